/** Pages with missing, doubled, nested and hostile markup: no exception, no wrong mark. */
import { describe, expect, it } from 'vitest';
import { posts } from '../../scripts/sample/facts.ts';
import { BROWSERS, openOwnPage, seeLines, setStage, waitForLines } from './harness.ts';

const item = (title: string, content = '<p>正文</p>') => `
  <div class="Post"><div class="PostHead"><div class="title-wrap">${title}
  <span class="submitted">By 某人 | 2023-08-24 | 1位读者 | 引用</span></div></div>
  <div class="PostContent">${content}</div></div>`;
const link = (href: string, text = '标题') => `<h2><a href="${href}">${text}</a></h2>`;

const HOSTILE = {
  'a script in the title': item(
    `<h2><a href="/archives/9731"><script>window.hurt=1</script><img src=x onerror="window.hurt=1">题</a></h2>`,
  ),
  'a forged item inside an excerpt': item(link('/archives/9728'), item(link('/archives/9119'))),
  'a heading of an excerpt that links to a post': item(
    link('/archives/9706'),
    `<h2><a href="/archives/9152">小节</a></h2>`,
  ),
  'two links in one title': item(
    `<h2><a href="/archives/9164">一</a><a href="/archives/9181">二</a></h2>`,
  ),
  'a link to another host': item(link('https://kexue.fm.example.org/archives/9209')),
  'a script as address': item(link('javascript:window.hurt=1//archives/9228')),
  'an id out of range': item(link('/archives/99999999')),
  'an id that the catalogue has a hole at': item(link('/archives/11944')),
  'no byline':
    '<div class="Post"><div class="title-wrap"><h2><a href="/archives/9675">题</a></h2></div></div>',
  'an item twice': item(link('/archives/9603')) + item(link('/archives/9603')),
  'nothing at all': '<div class="Post"></div><div class="title-wrap"></div><h2></h2>',
  'a newer post': item(link('/archives/12001', '还不知道的新文章')),
};

describe.each(BROWSERS)('hostile pages in %s', (browser) => {
  const stage = setStage(browser);

  it('every item is marked as the post that its own title links to, or not at all', async () => {
    const { page, errors } = await openOwnPage(stage.current, Object.values(HOSTILE).join('\n'));
    await stage.current.mark(
      Object.fromEntries(
        [9119, 9152, 9164, 9181, 9209, 9228].map((id) => [id, { kind: 'later' as const }]),
      ),
    );
    // 9731, 9728, 9706, 9675, 9603 twice, and the newer one.
    const lines = await waitForLines(
      page,
      (all) => all.length === 7 && all.every(({ text }) => text !== ''),
    );
    expect(lines.map(({ text }) => /第 \d+ \/ 21 篇|新文章/.exec(text)?.[0])).toEqual([
      '第 14 / 21 篇',
      '第 13 / 21 篇',
      '第 11 / 21 篇',
      '第 10 / 21 篇',
      '第 9 / 21 篇',
      '第 9 / 21 篇',
      '新文章',
    ]);
    expect(
      lines.every(({ text }) => text.startsWith('未读')),
      'none wears another’s mark',
    ).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('ten thousand items all get their line, and the page still answers', async () => {
    const items = Array.from({ length: 10_000 }, (_, at) => {
      const { id, title } = posts[at % posts.length] ?? { id: 0, title: '' };
      return item(link(`/archives/${id}`, title));
    });
    const { page, errors } = await openOwnPage(stage.current, items.join('\n'));
    const isThere = (count: number) =>
      document.querySelectorAll('kexue-companion').length === count;
    await page.waitForFunction(isThere, { timeout: 60_000 }, 10_000);
    // Far down a line is filled in when the reader comes near it.
    const isLastFilled = () => {
      scrollTo({ top: document.documentElement.scrollHeight });
      return [...document.querySelectorAll('kexue-companion')].at(-1)?.hasAttribute('data-ground');
    };
    await page.waitForFunction(isLastFilled, { timeout: 60_000 });
    expect(await page.evaluate('1 + 1')).toBe(2);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('a page that nests itself deeper than any stack is survived', async () => {
    const deep = `${'<div>'.repeat(5_000)}${item(link('/archives/9731'))}${'</div>'.repeat(5_000)}`;
    const { page, errors } = await openOwnPage(stage.current, deep);
    expect(await page.evaluate('1 + 1')).toBe(2);
    await seeLines(page);
    // Firefox itself remarks on such a tree.
    expect(errors.filter((error) => !error.includes('tree is too deep'))).toEqual([]);
    await page.close();
  });
});
