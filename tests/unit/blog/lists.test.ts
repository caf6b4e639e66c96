import { describe, expect, it } from 'vitest';
import { readArchive, readNewPosts } from '../../../src/blog/lists.ts';
import { fixture, parsePage } from '../support.ts';

const drawer = (html: string) => parsePage(`<div id="MobileSideBar">${html}</div>`);
const item = (id: number | string, title: string) =>
  `<li><a href="https://kexue.fm/archives/${id}">${title}</a></li>`;

describe('the drawer’s new posts', () => {
  it('are those with a whole title, and no menu, category or comment', () => {
    const page = drawer(`
      <h2>MENU</h2><ul>${item(90_001, '菜单')}</ul>
      <h2>NEWPOSTS</h2>
      <ul>${item(90_002, '完整的题')}${item(90_003, '截断的题...')}${item(90_004, '截断…')}
        ${item('90005#comments', '某评论')}${item('90006/comment-page-1', '某评论')}
        <li><a href="https://example.org/archives/90007">外站</a></li>${item(90_008, '')}</ul>
      <div id="MobileComments"><h2>NEWPOSTS</h2><ul>${item(90_009, '读者: 话')}</ul></div>
      <h2>USERLOGIN</h2><ul>${item(90_010, '登录')}</ul>`);
    expect(readNewPosts(page)).toEqual([{ id: 90_002, title: '完整的题', date: undefined }]);
  });

  it('have their formulas as TeX', () => {
    const page = drawer(
      `<h2>NEWPOSTS</h2>${item(90_002, '题 <span class="MathJax_Preview"></span><span class="MathJax">x</span><script type="math/tex">x^2</script>')}`,
    );
    expect(readNewPosts(page)[0]?.title).toBe('题 $x^2$');
  });

  it.each(['home', 'home-mathjax', 'post', 'gate'])('all cut, are none on %s', (name) => {
    expect(readNewPosts(fixture(name))).toEqual([]);
  });
});

describe('the archive page', () => {
  it('lists every post with its whole date', () => {
    const list = readArchive(fixture('content'));
    expect(list.map(({ id, date }) => [id, date])).toEqual([
      [90_001, '2099-08-28'],
      [90_002, '2099-08-24'],
      [90_003, '2099-07-20'],
      [90_004, '2099-07-06'],
      [90_005, '2098-12-31'],
      [90_006, '2098-11-09'],
      [90_007, '2098-11-02'],
    ]);
    expect(list[1]?.title).toBe('占位标题乙：含行内公式$\\beta$的标题');
    expect(list[6]?.title).toBe('占位标题庚：多行公式与 & 实体 <占位>');
  });

  const archive = (html: string) =>
    readArchive(parsePage(`<div id="archives_body"><div id="archives">${html}</div></div>`));
  const day = (text: string) => `<ul><li>${text}<a href="/archives/90001">题</a></li></ul>`;

  it.each([
    ['a year', `<li><span>08月</span>${day('28日: ')}</li>`],
    ['a month', `<h3>2099年 (共1篇)</h3>${day('28日: ')}`],
    ['a day', `<h3>2099年</h3><li><span>08月</span>${day('')}</li>`],
    ['a year that is read', `<h3>今年</h3><li><span>08月</span>${day('28日: ')}</li>`],
  ])('leaves out what stands under no year, month or day: %s', (_, html) => {
    expect(archive(html)).toEqual([]);
  });

  it('a month does not reach into the next year', () => {
    expect(
      archive(
        `<h3>2099年</h3><li><span>8月</span>${day('3日: ')}</li><h3>2098年</h3>${day('3日: ')}`,
      ),
    ).toEqual([{ id: 90_001, title: '题', date: '2099-08-03' }]);
  });

  it('is no other page', () => {
    expect(readArchive(fixture('home'))).toEqual([]);
    expect(readArchive(fixture('post'))).toEqual([]);
  });
});
