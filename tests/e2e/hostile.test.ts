/** Pages with missing, doubled, nested and hostile markup: no exception, no wrong mark. */
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openExtensionPage } from '../../scripts/browsers.ts';
import { posts } from '../../scripts/sample/facts.ts';
import { BROWSERS, openOwnPage, seeLines, setStage, waitForLines } from './harness.ts';
import { all, button, find, press, textOf, waitForText, wanted, within } from './roles.ts';
import { storeOpeningRows } from './openings.ts';
import { extreme, FIRST_ID } from './extreme-values.ts';
import { partsOf } from '../facts.ts';

const PARTS = partsOf('Transformer升级之路').length;

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
    // 9731, 9728, 9706, 9675, 9603 twice, and the new post.
    const lines = await waitForLines(
      page,
      (all) => all.length === 7 && all.every(({ text }) => text !== ''),
    );
    expect(lines.map(({ text }) => /第 \d+ \/ \d+ 篇|新文章/.exec(text)?.[0])).toEqual([
      `第 14 / ${PARTS} 篇`,
      `第 13 / ${PARTS} 篇`,
      `第 11 / ${PARTS} 篇`,
      `第 10 / ${PARTS} 篇`,
      `第 9 / ${PARTS} 篇`,
      `第 9 / ${PARTS} 篇`,
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
      document.querySelectorAll('[data-kexue-companion]').length === count;
    await page.waitForFunction(isThere, { timeout: 0 }, 10_000);
    // A line far down is filled in when the reader scrolls near it.
    await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight }));
    await waitForLines(page, (all) => all.at(-1)?.text.startsWith('未读') ?? false);
    expect(await page.evaluate('1 + 1')).toBe(2);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('a page that is nested deeper than any stack causes no error', async () => {
    const deep = `${'<div>'.repeat(5_000)}${item(link('/archives/9731'))}${'</div>'.repeat(5_000)}`;
    const { page, errors } = await openOwnPage(stage.current, deep);
    expect(await page.evaluate('1 + 1')).toBe(2);
    await seeLines(page);
    // Firefox itself reports such a tree as an error.
    expect(errors.filter((error) => !error.includes('tree is too deep'))).toEqual([]);
    await page.close();
  });

  it('an excerpt that is nested deeper than any stack is read like any other', async () => {
    // It is hidden because its layout would overflow the browser's own stack.
    const script = `<script>
      let at = document.querySelector('.PostContent');
      at.hidden = true;
      for (let depth = 0; depth < 20_000; depth++)
        at = at.appendChild(document.createElement('span'));
      at.append('底');
    </script>`;
    const items = [item(link('/archives/9731')) + script, item(link('/archives/9728'))];
    const { page, errors } = await openOwnPage(stage.current, items.join('\n'));
    await waitForLines(page, (all) => all.length === 2 && all.every(({ text }) => text !== ''));
    expect(errors).toEqual([]);
    await page.close();
  });
});

describe.each(BROWSERS)(
  'our pages with the worst that a page may have taught, in %s',
  (browser) => {
    const stage = setStage(browser);
    beforeAll(async () => {
      await stage.current.inExtension(
        `browser.storage.local.set(${JSON.stringify(extreme.stored())})`,
      );
      await storeOpeningRows(stage.current, extreme.openings());
    });

    /** How far the page exceeds the window's width, in px, and its number of elements. */
    const measured = (page: Page) =>
      page.evaluate(() => ({
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        elements: document.querySelectorAll('*').length,
      }));
    const open = async (path: string, width: number) => {
      const page = await openExtensionPage(stage.current.launched, path, {
        readySelector: 'html[data-ready]',
      });
      await page.setViewport({ width, height: 700 });
      await page.bringToFront();
      return page;
    };

    it.each(['list', 'map', 'plan', `plan?goal=${FIRST_ID}`, 'year', 'record'])(
      'the library’s %s keeps its layout, in a wide window and in a narrow one',
      async (view) => {
        for (const width of [1280, 360]) {
          const page = await open(`src/library/index.html#${view}`, width);
          const { over, elements } = await measured(page);
          expect([view, width, over]).toEqual([view, width, 0]);
          // A plan of a thousand steps has the most elements.
          expect(elements).toBeLessThan(15_000);
          await page.close();
        }
      },
    );

    it('the list offers some of thousands of tags, and finds any of them by name', async () => {
      const page = await open('src/library/index.html#list', 1280);
      await press(page, button('标签'));
      const tag = within(wanted('group', '标签'), wanted('button'));
      await find(page, tag);
      const offered = (await all(page, tag)).length;
      expect(offered).toBeGreaterThan(100);
      expect(offered).toBeLessThan(1_000);
      expect((await measured(page)).over).toBe(0);
      await page.keyboard.press('Escape');
      const field = await find(page, wanted('searchbox', '搜标题、系列、标签、拼音首字母'));
      await field.type(`169-29-${'签'.repeat(5)}`);
      await waitForText(page, '1 篇');
      expect(await textOf(page)).toContain(extreme.title(169));
      await page.close();
    });

    it('the popup finds a right-to-left title, and gets no wider', async () => {
      const page = await open('src/popup/index.html', 380);
      await (await find(page, wanted('combobox', '搜标题、系列、标签、拼音首字母'))).type('שלום');
      await find(page, wanted('option', /שלום/));
      const { over, elements } = await measured(page);
      expect(over).toBe(0);
      expect(elements).toBeLessThan(3_000);
      await page.close();
    });

    it('the map’s card shows a formula of the greatest allowed depth, drawn or as its source', async () => {
      const page = await open('src/library/index.html#map', 1280);
      await (await find(page, wanted('application'))).focus();
      await page.keyboard.press('ArrowLeft');
      await waitForText(page, /开头 .*1/s, wanted('group', '选中的文章'));
      expect((await measured(page)).over).toBe(0);
      await page.close();
    });
  },
);

describe('the content script in chromium', () => {
  const stage = setStage('chromium');

  it('cannot read the copy in the account', async () => {
    const page = await stage.current.open('https://kexue.fm/');
    const session = await page.createCDPSession();
    const ours: number[] = [];
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin === stage.current.launched.baseUrl) ours.push(context.id);
    });
    await session.send('Runtime.enable');
    await expect.poll(() => ours).toHaveLength(1);
    const reads = async (area: 'local' | 'sync') => {
      const expression = `chrome.storage.${area}.get(null).then(() => true, () => false)`;
      const contextId = ours[0] ?? NaN;
      const asked = { expression, contextId, awaitPromise: true };
      const { result } = await session.send('Runtime.evaluate', asked);
      return result.value as unknown;
    };
    expect(await reads('local')).toBe(true);
    expect(await reads('sync')).toBe(false);
    await page.close();
  });
});
