/**
 * Searches series, titles, tags and categories. Width, case and spaces make no difference. Substrings
 * come first, then pinyin matches. Similar texts are searched only if there are neither.
 */
import { compareText } from '../../record/clock.ts';
import type { Catalogue } from '../catalogue.ts';
import { addTo } from '../grouping.ts';
import type { DetailsOfPosts, Post, Series } from '../post.ts';
import { normaliseTitle } from '../normalise.ts';
import type { SearchData } from '../packed-files.ts';
import { Names } from './names.ts';
import { Pinyin } from './pinyin.ts';
import { withBlogTerms } from './simplified.ts';

export interface PostHit {
  post: Post;
  /** The tag that matches, if the title does not. */
  tag: string | undefined;
}

/** A tag or a category. */
export interface Topic {
  name: string;
  /** How many posts have it. */
  count: number;
}

export interface SearchResults {
  series: Series[];
  posts: PostHit[];
  tags: Topic[];
  /** Their posts are not in `posts`, because a category has hundreds. */
  categories: Topic[];
  /** The normalised query; '' if nothing was typed. */
  query: string;
  /** The words of the query, normalised. */
  words: string[];
  /** Whether the results contain the query, as text or as pinyin; otherwise they are similar to it. */
  isExact: boolean;
  /** For highlights. */
  pinyin: Pinyin;
}

/** A tag or a category, with its posts. */
interface Group {
  name: string;
  posts: Post[];
}

/** In texts of read posts, words in quotes are a phrase. */
const QUOTES = /["“”「」]/gu;

/** Longer than any title. The rest of a longer query is ignored. */
const LONGEST_QUERY = 80;

export class Search {
  readonly #titles: Names<Post>;
  readonly #tags: Names<Group>;
  readonly #categories: Names<Group>;
  readonly #series: Names<Series>;
  readonly #pinyin: Pinyin;
  readonly #simplify: (text: string) => string;

  /** Without pinyin and `simplify`, characters match only themselves. */
  constructor(
    catalogue: Catalogue,
    details: DetailsOfPosts,
    { pinyin = new Pinyin({}), simplify = (text) => text }: Partial<SearchData> = {},
  ) {
    const posts = [...catalogue.posts.values()].sort(newestFirst);
    const groups = (of: 'tags' | 'categories') =>
      groupsOf(posts, (id) => details.get(id)?.[of] ?? []);
    const nameOf = ({ name }: { name: string }) => name;
    this.#pinyin = pinyin;
    this.#simplify = simplify;
    this.#titles = new Names(posts, ({ title }) => title, pinyin);
    this.#tags = new Names(groups('tags'), nameOf, pinyin);
    this.#categories = new Names(groups('categories'), nameOf, pinyin);
    this.#series = new Names(catalogue.series, nameOf, pinyin);
  }

  /**
   * Searches the typed text; if nothing contains it, searches its form in simplified characters, then the
   * same with the terms of the blog, then all of this without quotes. If nothing contains any of them,
   * returns what is similar.
   */
  find(typed: string): SearchResults {
    const forms = [typed, typed.replace(QUOTES, ' ')].flatMap((text) => [
      text,
      this.#simplify(text),
      this.#simplify(withBlogTerms(text)),
    ]);
    for (const form of new Set(forms)) {
      const found = this.#exact(form);
      if (found) return found;
    }
    return this.#similar(this.#simplify(typed));
  }

  /** What contains a text, or matches it as pinyin; undefined if nothing does. */
  #exact(typed: string): SearchResults | undefined {
    const none = this.#nothing(typed);
    const { query, words } = none;
    if (!query) return undefined;
    const literal = this.#titles.with(query);
    // Three or more letters that a title contains literally are probably not meant as pinyin.
    const asPinyin = literal.length === 0 || query.length < 3;
    const series = named(this.#series, query, asPinyin);
    const posts = this.#postsWith(query, words, literal, asPinyin);
    const categories = named(this.#categories, query, asPinyin).map(topic);
    // A tag that is found has posts, which are found with it.
    if (series.length + posts.length + categories.length === 0) return undefined;
    const tags = named(this.#tags, query, asPinyin).map(topic);
    return { ...none, series, posts, tags, categories };
  }

  #similar(typed: string): SearchResults {
    const none = this.#nothing(typed);
    const { query } = none;
    if (!query) return none;
    const posts = this.#titles.near(query).map((post) => ({ post, tag: undefined }));
    return { ...none, isExact: false, series: this.#series.near(query), posts };
  }

  /** Results of a search that finds nothing. */
  #nothing(typed: string): SearchResults {
    const cut = typed.slice(0, LONGEST_QUERY);
    const query = normaliseTitle(cut);
    const split = cut.trim().split(/\s+/u);
    const words = split.length > 1 ? split.map(normaliseTitle).filter(Boolean) : [query];
    return {
      series: [],
      posts: [],
      tags: [],
      categories: [],
      query,
      words,
      isExact: true,
      pinyin: this.#pinyin,
    };
  }

  /**
   * Finds posts in this order: titles that begin with the query, contain it, contain all its words, or
   * match as pinyin at a start; tags that contain it; titles that match as pinyin anywhere; tags that
   * match as pinyin.
   */
  #postsWith(query: string, words: string[], literal: Post[], asPinyin: boolean): PostHit[] {
    const found = new Map<Post, string | undefined>();
    const addTitles = (posts: readonly Post[]) => {
      for (const post of posts) if (!found.has(post)) found.set(post, undefined);
    };
    const addTags = (tags: readonly Group[]) => {
      tags
        .flatMap(({ name, posts }) => posts.map((post) => ({ name, post })))
        .sort((a, b) => newestFirst(a.post, b.post))
        .forEach(({ name, post }) => found.has(post) || found.set(post, name));
    };
    const titles = asPinyin ? this.#titles.readAs(query) : NONE;
    const tags = asPinyin ? this.#tags.readAs(query) : NONE;
    addTitles(literal);
    if (words.length > 1) addTitles(this.#titles.withAll(words));
    addTitles(titles.starts);
    addTags(this.#tags.with(query));
    addTitles(titles.anywhere);
    addTags([...tags.starts, ...tags.anywhere]);
    return [...found].map(([post, tag]) => ({ post, tag }));
  }
}

const NONE = { starts: [], anywhere: [] };

function newestFirst(a: Post, b: Post): number {
  return compareText(b.date, a.date) || b.id - a.id;
}

/** The things whose names begin with the query, then those that contain it, then those that match as pinyin. */
function named<T>(names: Names<T>, query: string, asPinyin: boolean): T[] {
  const { starts, anywhere } = asPinyin ? names.readAs(query) : NONE;
  return [...new Set([...names.with(query), ...starts, ...anywhere])];
}

/** The groups of posts; the posts of each group keep their order. */
function groupsOf(posts: readonly Post[], namesOf: (id: number) => readonly string[]): Group[] {
  const groups = new Map<string, Post[]>();
  for (const post of posts) for (const name of namesOf(post.id)) addTo(groups, name, post);
  return [...groups].map(([name, members]) => ({ name, posts: members }));
}

function topic({ name, posts }: Group): Topic {
  return { name, count: posts.length };
}
