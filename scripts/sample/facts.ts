import { DAY_MS, utcDay } from '../../src/record/days.ts';
import { readSource } from '../source.ts';

const source = readSource();

/** The public facts of a post; `length` is null if not known. */
export interface PostFacts {
  readonly id: number;
  readonly title: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** The main one first. */
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  /** The ids of posts that it links to; null if not known. */
  readonly refs: readonly number[] | null;
  readonly length: { readonly chars: number } | null;
}

/** A listing page. */
export interface Listing {
  /** The listing's name in the page title; empty for the home page. */
  readonly title: string;
  /** At most eight. */
  readonly posts: readonly PostFacts[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** The root-relative address of a page of this listing, percent-encoded. */
  readonly pathOf: (page: number) => string;
}

const POSTS_PER_PAGE = 8;

/** The slugs of the categories by name, in menu order. */
export const categorySlugs: Readonly<Record<string, string>> = {
  千奇百怪: 'Everything',
  天文探索: 'Astronomy',
  数学研究: 'Mathematics',
  物理化学: 'Phy-chem',
  信息时代: 'Big-Data',
  生物自然: 'Biology',
  图片摄影: 'Photograph',
  问题百科: 'Questions',
  '生活/情感': 'Life-Feeling',
  资源共享: 'Resources',
};

/** All posts, newest first. */
export const posts: readonly PostFacts[] = [...source.posts].sort(
  (a, b) => b.date.localeCompare(a.date) || b.id - a.id,
);

/** The post with the highest id. */
const newest = posts.reduce((a, b) => (b.id > a.id ? b : a));

/** The series that invented posts claim to belong to, and the number of its next part. */
export const growing = 'Transformer升级之路';
export const nextPart =
  (source.series.find(({ name }) => name === growing)?.posts.length ?? Number.NaN) + 1;

/** A post that is not in the data: the next part of a series, one day after the newest post. */
export const newPost: PostFacts = claim(1, 1, {
  title: `${growing}：${nextPart}、样张里的新篇`,
  refs: [9708],
});

/** Facts that no post of the blog has: impossible ids and dates, markup in titles. */
export const nonsense: readonly PostFacts[] = [
  claim(9_000, 1, { title: `${growing}：${nextPart + 1}、太远的编号` }),
  claim(2, -400, { title: `${growing}：${nextPart + 2}、太早的日期` }),
  claim(3, 4_000, { title: `${growing}：${nextPart + 3}、太晚的日期` }),
  claim(4, 1, { title: `${growing}：${nextPart + 4}、<b>粗</b>` }),
  claim(5, 1, { title: `${growing}：${nextPart + 5}、${'长'.repeat(300)}` }),
  claim(6, 1, { title: `${growing}：${nextPart + 6}、反\u202e向` }),
];

/** A copy of the newest post with other facts, this many ids and days after it. */
function claim(ids: number, days: number, facts: Partial<PostFacts>): PostFacts {
  const date = utcDay(Date.parse(newest.date) + days * DAY_MS);
  return { ...newest, id: newest.id + ids, date, refs: null, length: null, ...facts };
}

const postsById = new Map([...posts, newPost].map((post) => [post.id, post]));

export function postById(id: number): PostFacts | undefined {
  return postsById.get(id);
}

/**
 * Finds the listing at an address.
 *
 * @param segments the decoded segments of the path
 * @returns null if there is no such listing or no such page of it
 */
export function listingAt(segments: readonly string[]): Listing | null {
  const [kind = '', name = '', page = '1'] = segments;
  if (kind === '' || kind === 'page') {
    if (segments.length > 2) return null;
    return listing('', posts, kind === '' ? '1' : name, (n) => `/page/${n}/`);
  }
  if (/^\d{4}$/.test(kind)) return dateListing(segments);
  if (name === '' || segments.length > 3) return null;
  const pathOf = (n: number) => `/${kind}/${encodeURIComponent(name)}/${n}/`;
  switch (kind) {
    case 'category': {
      const category = Object.keys(categorySlugs).find((key) => categorySlugs[key] === name);
      if (category === undefined) return null;
      const found = posts.filter((post) => post.categories.includes(category));
      return listing(`分类 ${category} 下的文章`, found, page, pathOf);
    }
    case 'tag': {
      const found = posts.filter((post) => post.tags.includes(name));
      return found.length === 0 ? null : listing(`标签 ${name} 下的文章`, found, page, pathOf);
    }
    case 'search':
      return listing(`包含关键字 ${name} 的文章`, search(name), page, pathOf);
    case 'author':
      return name === '1' ? listing('苏剑林 发布的文章', posts, page, pathOf) : null;
    default:
      return null;
  }
}

/** A listing at `/YYYY/` or `/YYYY/MM/`, optionally with `page/N/`. */
function dateListing(segments: readonly string[]): Listing | null {
  const path = segments.join('/');
  const [, year, month, page = '1'] = /^(\d{4})(?:\/(\d\d))?(?:\/page\/(\d+))?$/.exec(path) ?? [];
  if (year === undefined) return null;
  const found = posts.filter((post) => post.date.startsWith(month ? `${year}-${month}` : year));
  if (found.length === 0) return null;
  const title = month ? `${year}年${Number(month)}月` : `${year}年`;
  const base = month ? `/${year}/${month}` : `/${year}`;
  return listing(title, found, page, (n) => `${base}/page/${n}/`);
}

function listing(
  title: string,
  found: readonly PostFacts[],
  pageText: string,
  pathOf: Listing['pathOf'],
): Listing | null {
  const page = Number(pageText);
  const pages = Math.max(1, Math.ceil(found.length / POSTS_PER_PAGE));
  if (!/^[1-9]\d*$/.test(pageText) || page > pages) return null;
  const start = (page - 1) * POSTS_PER_PAGE;
  return { title, posts: found.slice(start, start + POSTS_PER_PAGE), page, pages, pathOf };
}

/** The posts whose title and tags contain all words, best match first; equal matches are not sorted by date. */
function search(words: string): readonly PostFacts[] {
  const wanted = words
    .toLowerCase()
    .split(/[\s+]+/)
    .filter(Boolean);
  const hits = (text: string) => wanted.filter((word) => text.toLowerCase().includes(word)).length;
  const relevance = (post: PostFacts) => 2 * hits(post.title) + hits(post.tags.join(' '));
  // Equal matches are ordered by a fixed permutation of their ids.
  const scatter = (post: PostFacts) => (post.id * 7919) % 10_007;
  return posts
    .filter((post) => hits(`${post.title} ${post.tags.join(' ')}`) === wanted.length)
    .sort((a, b) => relevance(b) - relevance(a) || scatter(a) - scatter(b));
}
