/** Whether a page at /archives/90001 shows that post, and where its title and article are. */
import { describe, expect, it } from 'vitest';
import { postPage } from '../../../src/site/post-page.ts';
import { readTitle } from '../../../src/site/title.ts';
import { fixture, parsePage } from '../support.ts';

const ID = 90_001;
const ADDRESS = `https://kexue.fm/archives/${ID}`;
const BYLINE = '<span class="submitted">By x | 2099-08-28 | 1位读者</span>';
const OTHER = '<h3><a href="/archives/90002">别的</a></h3>';
const LINKED = `<h1><a href="/archives/${ID}">本篇</a></h1>`;
const UNLINKED = '<h1>本篇</h1>';
const ARTICLE = '<div class="PostContent" id="PostContent"><p>正文</p></div>';

const pageOf = (body: string, title = '本篇 - 科学空间|Scientific Spaces') =>
  parsePage(`<head><title>${title}</title></head><body>${body}</body>`, ADDRESS);
const read = (page: Document, id = ID) => {
  const found = postPage(page, id);
  return found && [readTitle(found.title), found.article?.textContent?.trim()];
};
/** A page as the theme writes it. */
const themed = (heading: string, byline: string, content = ARTICLE) =>
  pageOf(`<div id="content"><div class="Post"><div class="PostHead"><div class="title-wrap">
    ${heading}${byline}</div></div>${content}</div></div>`);

describe('the page of a post', () => {
  it.each(['post', 'post-mathjax'])('is known on %s', (name) => {
    const page = fixture(name, 'https://kexue.fm/archives/90003');
    const found = postPage(page, 90_003);
    expect(found?.title.nodeName).toBe('H1');
    expect(found?.article?.id).toBe('PostContent');
    expect(postPage(page, 90_004)).toBeUndefined();
  });

  it.each<[what: string, page: Document]>([
    ['its title links to it', themed(LINKED, '')],
    ['its title links nowhere, but there are a byline and an article', themed(UNLINKED, BYLINE)],
    [
      'the byline of an unlinked title has lost its class',
      themed(UNLINKED, '<p>By x | 2099-08-28</p>'),
    ],
    [
      'there is a date block only',
      themed(UNLINKED, '<div class="date-wrap"><b>28</b> <b>Aug</b></div>'),
    ],
    ['no class is left of the head', pageOf(`${UNLINKED}<p>2099-08-28</p>${ARTICLE}`)],
  ])('is known where %s', (_, page) => {
    expect(read(page)).toEqual(['本篇', '正文']);
  });

  it('has no article until the article is parsed', () => {
    expect(read(themed(LINKED, BYLINE, ''))).toEqual(['本篇', undefined]);
    expect(read(themed(UNLINKED, BYLINE, ''))).toBeUndefined();
  });

  it('has no article where a listing is shown in its place', () => {
    const item = (id: number, text: string) => `<div class="Post"><div class="title-wrap">
      <h2><a href="/archives/${id}">题${id}</a></h2>${BYLINE}</div><div class="PostContent">${text}
      <p class="more"><a href="/archives/${id}">点击阅读全文...</a></p></div></div>`;
    const page = pageOf(item(90_002, '甲') + item(ID, '乙') + item(90_003, '丙'));
    expect(read(page)).toEqual([`题${ID}`, undefined]);
    const whole = pageOf(page.body.innerHTML.replaceAll(/<p class="more">.*?<\/p>/g, ''));
    expect(whole.querySelector('.more')).toBeNull();
    expect(read(whole)).toEqual([`题${ID}`, undefined]);
  });
});

describe('the title of a post', () => {
  it.each<[what: string, body: string]>([
    ['after the title of another post', `${OTHER}${LINKED}${BYLINE}${ARTICLE}`],
    [
      'in one item with another post’s',
      `<div class="Post">${OTHER}${LINKED}${BYLINE}${ARTICLE}</div>`,
    ],
    ['unlinked, after another post’s', `${OTHER}${UNLINKED}${BYLINE}${ARTICLE}`],
    [
      'unlinked, before related posts',
      `${UNLINKED}${BYLINE}${ARTICLE}<h2><a href="/archives/90004">又</a></h2>`,
    ],
    [
      'before a heading of the text that links to it',
      `${UNLINKED}${BYLINE}<div class="PostContent"><h2><a href="/archives/${ID}">x</a></h2>正文</div>`,
    ],
    [
      'rather than a link to it in a list beside',
      `<h3><a href="/archives/${ID}">热门</a></h3>${LINKED}${BYLINE}${ARTICLE}`,
    ],
    [
      'unlinked, rather than a link to it in a list beside',
      `<h3><a href="/archives/${ID}">热门</a></h3>${UNLINKED}${BYLINE}${ARTICLE}`,
    ],
  ])('is found %s', (_, body) => {
    expect(read(pageOf(body))?.[0]).toBe('本篇');
  });
});

describe('an error page at the address of a post', () => {
  it.each<[what: string, page: Document]>([
    [
      'in the theme’s own boxes',
      pageOf(`<div class="Post"><div class="PostHead"><div class="title-wrap"><h1>出错</h1></div></div>
        <div class="PostContent" id="PostContent"><p>稍后</p></div></div>`),
    ],
    ['without any box', pageOf('<h1>503 Service Unavailable</h1><p>nginx</p>')],
    ['with the time in its text', themed('<h1>出错</h1>', '', `<p>2099-08-28</p>${ARTICLE}`)],
    ['with links to other posts', pageOf(`<h1>出错</h1>${OTHER}${ARTICLE}`)],
    ['that names another post', themed('<h1><a href="/archives/90002">别的</a></h1>', BYLINE)],
    ['whose title leads home', themed('<h1><a href="/">科学空间</a></h1>', BYLINE)],
    [
      'of the blog, even with a byline and a link',
      pageOf(
        `<div class="Post"><div class="title-wrap">${LINKED}${BYLINE}</div>${ARTICLE}</div>`,
        '页面没找到 - 科学空间|Scientific Spaces',
      ),
    ],
    ['that is empty', pageOf('')],
    [
      'that links to it among popular posts',
      pageOf(`<h1>出错</h1><h3><a href="/archives/${ID}">热门</a></h3>${ARTICLE}`),
    ],
  ])('is not that post’s page: %s', (_, page) => {
    expect(read(page)).toBeUndefined();
  });

  it('nor is the page of a first visit, which only sets a cookie', () => {
    expect(postPage(fixture('gate', ADDRESS), ID)).toBeUndefined();
  });
});

describe('the page of another post at the address of a post', () => {
  const notice = (id: number) =>
    `<p>转载到请包括本文地址：<a href="https://kexue.fm/archives/${id}">https://kexue.fm/archives/${id}</a></p>`;
  const quoting = (id: number) =>
    themed(UNLINKED, BYLINE, `<div class="PostContent" id="PostContent">正文${notice(id)}</div>`);

  it.each<[what: string, page: Document]>([
    [
      'that links to it among related posts',
      pageOf(
        `<h1><a href="/archives/90002">别的</a></h1>${BYLINE}${ARTICLE}<h3><a href="/archives/${ID}">相关</a></h3>`,
      ),
    ],
    ['whose notice at the end says so', quoting(90_002)],
  ])('is not its page: %s', (_, page) => {
    expect(read(page)).toBeUndefined();
  });

  it('is its page if the reprint notice names the post itself', () => {
    expect(read(quoting(ID))?.[0]).toBe('本篇');
  });
});
