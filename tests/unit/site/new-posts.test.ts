import { describe, expect, it } from 'vitest';
import { readNewPosts } from '../../../src/site/new-posts.ts';
import { parsePage } from '../support.ts';

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
    expect(readNewPosts(page)).toEqual([{ id: 90_002, title: '完整的题' }]);
  });

  it('have their formulas as TeX', () => {
    const page = drawer(
      `<h2>NEWPOSTS</h2>${item(90_002, '题 <span class="MathJax_Preview"></span><span class="MathJax">x</span><script type="math/tex">x^2</script>')}`,
    );
    expect(readNewPosts(page)[0]?.title).toBe('题 $x^2$');
  });
});
