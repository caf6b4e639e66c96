/** Which titles are the author's, and which a theme or a translator has changed. */
import { describe, expect, it } from 'vitest';
import { ownTitle, plainTitle, readTitle } from '../../../src/site/title.ts';
import { parsePage } from '../support.ts';

const SITE = '科学空间|Scientific Spaces';
const headingOf = (inside: string, pageTitle = '', html = '') =>
  parsePage(
    `<html ${html}><head><title>${pageTitle}</title></head><body><h2>${inside}</h2></body></html>`,
  ).querySelector('h2') as Element;
const linked = (title: string) => `<a href="/archives/90001">${title}</a>`;
const FORMULA =
  '<span class="MathJax_Preview">x</span><span class="MathJax" id="f"><nobr><span>x</span></nobr></span><script type="math/tex">x</script>';

describe('a title that a list shows', () => {
  it.each([
    ['题名', '题名'],
    [linked('题名'), '题名'],
    [linked('　题名 \n'), '题名'],
    [`${linked('题名')} <a href="#题名">#</a>`, '题名'],
    [linked('关于 $x$ 的题'), '关于 $x$ 的题'],
    [linked(`关于 ${FORMULA} 的题`), '关于 $x$ 的题'],
    [linked('2.718 与 3.14'), '2.718 与 3.14'],
    [linked('[欧拉数学]黎曼ζ函数'), '[欧拉数学]黎曼ζ函数'],
    [linked('【理解黎曼几何】1. 一条几何之路'), '【理解黎曼几何】1. 一条几何之路'],
    [linked('2018年全年天象'), '2018年全年天象'],
  ])('is the author’s: %s', (inside, title) => {
    expect(plainTitle(headingOf(inside))).toBe(title);
  });

  it.each([
    linked('<span>[置顶] </span>题名'),
    linked('[置顶] 题名'),
    linked('【置顶】题名'),
    linked('置顶：题名'),
    linked('题名前半...'),
    linked('题名前半…'),
    linked('1. 题名'),
    linked('12、题名'),
    linked('#1 题名'),
    linked('🔥题名'),
    linked('NEW! 题名'),
    linked('推荐｜题名'),
    linked('题名前半⋯'),
    linked('题名前半。。。'),
    linked('题名 <small>NEW</small>'),
    `${linked('题名')} <small>NEW</small>`,
    `<span>热门</span> ${linked('题名')}`,
    `1. ${linked('题名')}`,
    `${linked('题名')}${linked('题名')}`,
    linked('<font><font>A title</font></font>'),
  ])('is not certain to be: %s', (inside) => {
    expect(plainTitle(headingOf(inside))).toBeUndefined();
  });
});

describe('the title on a post’s own page', () => {
  it.each([
    ['as the blog writes it', linked('题名'), `题名 - ${SITE}`],
    ['without the name of the site', linked('题名'), '题名'],
    ['without a link', '题名', `题名 - ${SITE}`],
    ['with the dash of the site’s name in it', linked('甲 - 乙'), `甲 - 乙 - ${SITE}`],
    ['with dots that are the author’s', linked('生活拾零...'), `生活拾零... - ${SITE}`],
    ['with a formula that was drawn', linked(FORMULA), `$x$ - ${SITE}`],
  ])('is the author’s %s', (_, inside, pageTitle) => {
    const heading = headingOf(inside, pageTitle);
    expect(ownTitle(heading)).toBe(readTitle(heading));
  });

  it.each([
    ['where the page has another title', linked('题名'), `别的 - ${SITE}`, ''],
    ['where the page’s title says more', linked('题名'), `题名：下篇 - ${SITE}`, ''],
    ['where the page has no title', linked('题名'), '', ''],
    ['where something is beside it', `${linked('题名')} <small>NEW</small>`, `题名 - ${SITE}`, ''],
    ['where it was translated', linked('<font>Title</font>'), `Title - ${SITE}`, ''],
  ])('is not certain %s', (_, inside, pageTitle, html) => {
    expect(ownTitle(headingOf(inside, pageTitle, html))).toBeUndefined();
  });
});
