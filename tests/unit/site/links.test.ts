import { describe, expect, it } from 'vitest';
import { linkBoxes, linkedPostId, postLinksIn } from '../../../src/site/links.ts';
import { textsIn } from '../../../src/site/text-boxes.ts';
import { parsePage } from '../support.ts';

const POST = 'https://kexue.fm/archives/9708';

/** The links to posts that are found, each as `id text`. */
function found(body: string, { url = POST, withSides = false } = {}): string[] {
  const page = parsePage(`<body>${body}</body>`, url);
  return postLinksIn([page], withSides).map(({ id, anchor }) => `${id} ${anchor.textContent}`);
}

const inArticle = (html: string) => found(`<div id="PostContent">${html}</div>`);

describe('a link to a post is found', () => {
  it.each([
    ['an article', '<div class="PostContent" id="PostContent"><p>@</p></div>'],
    ['an excerpt', '<div class="Post"><div class="PostContent"><p>@</p></div></div>'],
    ['a comment', '<div id="comments"><div class="block-comment">@</div></div>'],
    ['the related posts', '<div id="similar"><ul><li>@</li></ul></div>'],
    ['the neighbours', '<div id="entrynavigation">&lt; @ &gt;</div>'],
    ['the archive', '<div id="PostContent"><div id="archives"><ul><li>@</li></ul></div></div>'],
  ])('in %s', (_, html) => {
    expect(found(html.replace('@', '<a href="/archives/4">x</a>'))).toEqual(['4 x']);
  });

  it.each([
    ['https://kexue.fm/archives/4', 4],
    ['https://www.spaces.ac.cn/archives/4/', 4],
    ['http://kexue.fm/archives/4?from=x#part', 4],
    ['//kexue.fm/archives/12', 12],
    ['13', 13],
  ])('as %s', (href, id) => {
    expect(inArticle(`<a href="${href}">x</a>`)).toEqual([`${id} x`]);
  });
});

describe('no link to a post is found', () => {
  it.each([
    'https://example.org/archives/4',
    'https://kexue.fm.example.org/archives/4',
    '/archives/4/comment-page-1#comment-7',
    '/archives/4#comments',
    '/archives/4#PostComment',
    '/archives/9708',
    '/archives/9708#part',
    '#part',
    '',
    '/tag/x/',
    'javascript:/archives/4',
    'http://[',
    `/archives/4?${'x'.repeat(3_000)}`,
  ])('in %s', (href) => {
    expect(inArticle(`<a href="${href}">x</a>`)).toEqual([]);
  });

  it.each([
    ['a heading', '<div id="PostContent"><h2>@</h2></div>'],
    ['a title', '<div class="title-wrap"><h2>@</h2></div>'],
    ['the menu', '<div id="MainMenu">@</div>'],
    ['the way on from an excerpt', '<div class="PostContent"><p class="more">@</p></div>'],
    ['the sidebar', '<div id="SideBar">@</div>'],
    ['the drawer', '<div id="MobileSideBar"><ul><li>@</li></ul></div>'],
  ])('in %s', (_, html) => {
    expect(found(html.replace('@', '<a href="/archives/4">x</a>'))).toEqual([]);
  });
});

it('the sidebar and the drawer are looked at when asked for, but not their headings', () => {
  const side = `<div id="SideBar"><h3><a href="/archives/5">h</a></h3><a href="/archives/4">x</a></div>
    <div id="MobileSideBar"><a href="/archives/6">y</a></div>`;
  expect(found(side, { withSides: true })).toEqual(['4 x', '6 y']);
  const page = parsePage(side);
  expect(textsIn([page], linkBoxes(true))).toHaveLength(2);
  expect(textsIn([page], linkBoxes(false))).toEqual([]);
});

it('a link is found by itself too, as a script adds it', () => {
  const page = parsePage('<div id="PostContent"><a href="/archives/4">x</a></div>');
  const anchor = page.querySelector('a');
  expect(anchor && postLinksIn([anchor], false).map(({ id }) => id)).toEqual([4]);
});

it('a link within nested boxes counts once', () => {
  const page = parsePage('<div id="PostContent"><div class="PostContent"></div></div>');
  expect(textsIn([page], linkBoxes(false))).toHaveLength(1);
});

it('10,000 links are found', () => {
  const links = Array.from(
    { length: 10_000 },
    (_, i) => `<a href="13?${i}">x</a><a href="http://[">y</a>`,
  );
  expect(inArticle(links.join(''))).toHaveLength(10_000);
});

describe('a page with a base of its own', () => {
  const withBase = (base: string, link: string) =>
    parsePage(`<head><base href="${base}"></head><body><div id="PostContent">${link}</div></body>`);

  it.each([
    ['/', 'archives/4', 4],
    ['https://spaces.ac.cn/category/x/', '/archives/4', 4],
    ['https://spaces.ac.cn/archives/', '4', 4],
    ['https://example.org/', '/archives/4', undefined],
    ['https://example.org/', 'archives/4', undefined],
    ['https://example.org/', 'https://kexue.fm/archives/4', 4],
    ['ftp://kexue.fm/', '/archives/4', undefined],
  ])('%s: the link %s leads to post %s', (base, href, id) => {
    const page = withBase(base, `<a href="${href}">x</a>`);
    expect(linkedPostId(page.querySelector('a') as Element)).toBe(id);
    expect(postLinksIn([page], false).map((link) => link.id)).toEqual(id === undefined ? [] : [id]);
  });
});
