/**
 * The forms of themes.ts: which posts are recognised on their pages, and where the line is inserted. Among the
 * items of each listing are a post that is newer than the catalogue, and one that shows the title of
 * another post; both must get nothing.
 */
import { describe, expect, it } from 'vitest';
import { catalogueOf, readSource } from '../../../scripts/source.ts';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { titleLookup } from '../../../src/catalogue/recognise.ts';
import { isCut } from '../../../src/site/article.ts';
import { foreignItems } from '../../../src/site/foreign-items.ts';
import { foreignPost, foreignText } from '../../../src/site/foreign-post.ts';
import { isForeign } from '../../../src/site/foreign.ts';
import { postLinksIn } from '../../../src/site/links.ts';
import { namingTexts } from '../../../src/site/mentions.ts';
import { passageBehind } from '../../../src/site/passage.ts';
import type { ForeignText } from '../../../src/site/types.ts';
import { parsePage } from '../support.ts';
import { ARTICLE, LEFT_OUT, listingOf, postOf, type ThemePost, THEMES } from './themes.ts';

const catalogue = new Catalogue(
  catalogueOf(readSource(new URL('../../fixtures/catalogue/', import.meta.url))),
);
const titled = titleLookup(catalogue);
const known: ThemePost[] = [...catalogue.posts.values()]
  .filter(({ title }) => titled(title).length === 1)
  .toReversed();
const at = (from: number, count: number) => known.slice(from, from + count);
const [SWAPPED = { id: 0, title: '', date: '' }] = at(40, 1);
const NEW: ThemePost = { id: 99_999, title: '占位新文章', date: '2099-01-01' };
const OTHERS: ThemePost[] = [NEW, { ...SWAPPED, title: known[50]?.title ?? '' }];

/** Inserts a `mark` element where the line of each post goes. */
function withLines(page: Document, lines: readonly { id: number; anchor: Element | undefined }[]) {
  for (const { id, anchor } of lines) {
    const mark = page.createElement('mark');
    mark.id = `line-${id}`;
    mark.textContent = `\u0001${id}\u0001`;
    anchor?.after(mark);
  }
}

/** The faults of lines: in a link, beside other boxes, or under the title of another post. */
function misplaced(page: Document, posts: readonly ThemePost[]): string[] {
  const view = page.defaultView as Window & typeof globalThis;
  const text = page.body.textContent?.replace(/\s+/g, ' ') ?? '';
  const faults: string[] = [];
  for (const mark of page.querySelectorAll('mark')) {
    const id = Number(mark.id.slice('line-'.length));
    const before = text.slice(0, text.indexOf(mark.textContent ?? ''));
    const [last] = posts.toSorted(
      (a, b) => before.lastIndexOf(b.title) - before.lastIndexOf(a.title),
    );
    const { display, flexDirection } = view.getComputedStyle(mark.parentElement as Element);
    const isInRow = /flex|grid|table-row|inline/.test(display) && flexDirection !== 'column';
    if (last?.id !== id) faults.push(`${id} under ${last?.title}`);
    if (mark.closest('a')) faults.push(`${id} in a link`);
    if (isInRow) faults.push(`${id} in a row`);
  }
  return faults;
}

/**
 * Adds a name of a post and a link to a post to every element that has words, and a link to each heading;
 * returns the elements in which our functions find them.
 */
function withTextIn(page: Document, text: ForeignText) {
  // A byline inside the article's box counts as text of the article.
  for (const element of page.body.querySelectorAll('p:not(.s), li, h1, h2, h3, h4, span, time')) {
    if (element.closest('a, .s')) continue;
    const link = page.createElement('a');
    link.href = `/archives/${at(60, 1)[0]?.id}`;
    element.append('《占位》', link);
  }
  const reached = [...page.body.querySelectorAll('h1, h2, h3, h4')].filter((heading, k) => {
    heading.id = `to-${k}`;
    const link = page.createElement('a');
    link.setAttribute('href', `#to-${k}`);
    page.body.append(link);
    return passageBehind(link, text) !== undefined;
  });
  const named = namingTexts(page, 1_000, text).readable.filter(({ data }) => data === '《占位》');
  const links = postLinksIn([page], true, text);
  return {
    named: named.map(({ parentElement }) => parentElement),
    linked: links.map(({ anchor }) => anchor.parentElement),
    reached: reached.map((heading) => heading.firstChild?.textContent),
  };
}

describe.each(THEMES)('$name', (theme) => {
  it('shows the posts of a listing', () => {
    const items = at(0, 8);
    const shown = items.toSpliced(3, 0, ...OTHERS);
    const page = parsePage(listingOf(theme, shown, [...at(20, 6), ...at(2, 2)]));
    expect(isForeign(page)).toBe(true);
    const found = foreignItems(page, titled);
    const ids = items.map(({ id }) => id);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids));
    expect(found).toHaveLength(ids.length);
    withLines(page, found);
    expect(misplaced(page, shown)).toEqual([]);
  });

  it('shows its post, and in its article alone links, names of posts and headings', () => {
    const [post = NEW] = at(4, 1);
    const page = parsePage(postOf(theme, post, at(20, 6)), `https://kexue.fm/archives/${post.id}`);
    const found = foreignPost(page, post.id, titled);
    expect(
      found?.title.closest('.breadcrumb, .related-posts, #comments, .swiper-slide'),
    ).toBeFalsy();
    expect(found?.article?.textContent).toContain('占位文字');
    expect(found?.article?.querySelectorAll('p').length).toBeGreaterThanOrEqual(6);
    expect(found?.article && isCut(found.article)).toBe(false);
    expect(found?.article?.closest('#comments')).toBeNull();
    expect(found?.article?.querySelector('#comments, .related-posts')).toBeNull();
    withLines(page, [{ id: post.id, anchor: found?.anchor }]);
    expect(page.querySelectorAll('mark')).toHaveLength(1);
    expect(misplaced(page, [post, ...at(20, 6)])).toEqual([]);
    const own = [...(found?.article?.querySelectorAll('p') ?? [])].slice(-6);
    expect(withTextIn(page, foreignText(found))).toEqual({
      named: own,
      linked: own,
      reached: ['小节'],
    });
  });
});

it.each(LEFT_OUT)('nothing is taken for an item among $name', (theme) => {
  const page = parsePage(listingOf(theme, at(0, 8), at(20, 6)));
  expect(foreignItems(page, titled)).toEqual([]);
});

describe('no items of a listing are', () => {
  const title = ({ id, title: text }: ThemePost) => `<a href="/archives/${id}">${text}</a>`;
  const [FIRST = NEW, SECOND = NEW, OTHER = NEW, ANOTHER = NEW] = at(0, 4);
  const prose = `<p>${'占位文字没有意思。'.repeat(9)}</p>`;
  const item = (post: ThemePost, more = '') =>
    `<div class="it"><h2>${title(post)}</h2><p>${post.date}</p>${prose}${more}</div>`;
  it.each<[what: string, beside: string]>([
    ['the headings of an aside', `<aside><h3>${title(OTHER)}</h3><p>${prose}</p></aside>`],
    [
      'the titles in a widget',
      `<div class="widget"><h3>${title(OTHER)}</h3>2026-01-01 ${prose}</div>`,
    ],
    [
      'pinned covers',
      `<div class="covers"><div class="c"><a href="/archives/${OTHER.id}"><b>${OTHER.title}</b><i>2026-01-01</i></a></div>
       <div class="c"><a href="/archives/${ANOTHER.id}"><b>${ANOTHER.title}</b><i>2026-01-02</i></a></div></div>`,
    ],
    ['comments', `<ol class="comment-list"><li><h3>${title(OTHER)}</h3>${prose}</li></ol>`],
    ['a reference in a text', `<p>占位文字请参考前面写过的 ${title(OTHER)} 一文，以及别的。</p>`],
    ['previous and next', `<div class="post-nav"><p>${title(OTHER)}</p> 2026-01-01</div>`],
  ])('%s', (_, beside) => {
    for (const html of [beside + item(FIRST) + item(SECOND), item(FIRST) + item(SECOND) + beside]) {
      const found = foreignItems(parsePage(`<div class="list">${html}</div>`), titled);
      expect(found.map(({ id }) => id)).toEqual([FIRST.id, SECOND.id]);
    }
  });

  it('headings of an excerpt that link to another post by its title', () => {
    const page = parsePage(
      `<div class="list">${item(FIRST, `<div><h3>${title(OTHER)}</h3>${prose}</div>`)}${item(SECOND)}${item(ANOTHER)}</div>`,
    );
    const found = foreignItems(page, titled).map(({ id }) => id);
    expect(found).not.toContain(OTHER.id);
    expect(found).toEqual(expect.arrayContaining([SECOND.id, ANOTHER.id]));
  });

  it.each<[what: string, head: (post: ThemePost) => string]>([
    ['in a header', (post) => `<header><h2>${title(post)}</h2><time>${post.date}</time></header>`],
    [
      'in a box like that of the text',
      (post) => `<div class="head"><h3>${title(post)}</h3><span>${post.date}</span></div>`,
    ],
  ])('headings of an excerpt if the title of the item is %s', (_, head) => {
    const whole = (post: ThemePost, more = '') =>
      `<section>${head(post)}<div class="body">${prose}${more}</div></section>`;
    const other = `<h3>${title(OTHER)}</h3>${prose}`;
    // The title of a post that is newer than the catalogue is not known.
    for (const post of [FIRST, NEW]) {
      const others = [SECOND, ANOTHER, ...at(5, 4)].map((each) => whole(each));
      const page = parsePage(`<div class="list">${whole(post, other)}${others.join('')}</div>`);
      const found = foreignItems(page, titled).map(({ id }) => id);
      expect(found).not.toContain(OTHER.id);
      expect(found).toEqual(expect.arrayContaining([SECOND.id, ANOTHER.id]));
    }
  });
});

it.each<[what: string, day: string]>([
  ['a day with the year first', '2026-03-05'],
  ['an English month first', 'March 5, 2026'],
  ['an English month second', '05 Mar 2026'],
])('the line comes below the whole byline: %s', (_, day) => {
  const [post = NEW, other = NEW] = at(0, 2);
  // Templates leave much white space around the parts of a byline, which nobody sees.
  const parts = [`发表于 ${day}`, '更新于 2026-04-01', '数学研究', '作者 苏剑林', '阅读量 0'];
  const item = ({ id, title }: ThemePost) =>
    `<div class="it"><h2><a href="/archives/${id}">${title}</a></h2><div class="meta">${parts
      .map((part) => `${' '.repeat(40)}<span><i></i>${' '.repeat(40)}${part}</span>`)
      .join('')}</div><p>占位文字没有意思。</p></div>`;
  const found = foreignItems(parsePage(item(post) + item(other)), titled);
  expect(found.map(({ anchor }) => anchor.className)).toEqual(['meta', 'meta']);
});

it('a post whose title has changed, and an error page, show no post', () => {
  const [post = NEW] = at(4, 1);
  const address = `https://kexue.fm/archives/${post.id}`;
  const page = (heading: string) =>
    parsePage(
      `<article><h1>${heading}</h1><div><p>${'占位文字。'.repeat(20)}</p></div></article>`,
      address,
    );
  expect(foreignPost(page(post.title), post.id, titled)).toBeDefined();
  expect(foreignPost(page('出错'), post.id, titled)).toBeUndefined();
  expect(foreignPost(page(known[9]?.title ?? ''), post.id, titled)).toBeUndefined();
  expect(
    foreignPost(parsePage(`<h1>${post.title}</h1><p>稍后</p>`, address), post.id, titled),
  ).toBeUndefined();
});

it.each<[what: string, main: (card: string, list: string) => string]>([
  ['an error page', (card) => `<h1>404</h1><p>稍后</p>${card}`],
  ['another post', (card) => `<h1>占位新文章</h1>${ARTICLE}${card}`],
  ['a list', (_, list) => list],
])('%s that recommends the post of its address does not show that post', (_, main) => {
  const [post = NEW] = at(4, 1);
  const card = ({ id, title, date }: ThemePost) =>
    `<div class="card"><h2><a href="/archives/${id}">${title}</a></h2><p>${date}</p>${ARTICLE}</div>`;
  const html = (title: string, inside: string) =>
    parsePage(
      `<head><title>${title} - 科学空间|Scientific Spaces</title></head><div class="m">${inside}</div>`,
      `https://kexue.fm/archives/${post.id}`,
    );
  const shown = main(card(post), at(0, 8).map(card).join(''));
  expect(foreignPost(html('占位', shown), post.id, titled)).toBeUndefined();
  expect(foreignPost(html(post.title, card(post)), post.id, titled)).toBeDefined();
});

it('a title that is no h1 must agree with the page’s title, without its label and own link', () => {
  const [post = NEW] = at(4, 1);
  const shown = (heading: string, pageTitle: string) =>
    foreignPost(
      parsePage(
        `<head><title>${pageTitle}</title></head><div><h2>${heading}</h2>${ARTICLE}</div>`,
        `https://kexue.fm/archives/${post.id}`,
      ),
      post.id,
      titled,
    );
  const pageTitle = `${post.title} - 占位`;
  expect(shown(`<span>置顶</span> ${post.title}`, pageTitle)).toBeDefined();
  expect(shown(`${post.title} <a href="#top">#</a>`, pageTitle)).toBeDefined();
  expect(shown(`<span>置顶</span> ${post.title}`, '置顶')).toBeUndefined();
});

it('of tens of thousands of links only the first are looked at', () => {
  const links = Array.from({ length: 30_000 }, (_, n) => `<a href="/archives/${n % 9_000}">x</a>`);
  const page = parsePage(
    `<div>${links.join('')}</div>${'<div>'.repeat(300)}${links.slice(0, 500).join('')}`,
  );
  expect(foreignItems(page, titled)).toEqual([]);
});
