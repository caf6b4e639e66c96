/** The popup: progress, search, marks with undo; opened in a tab of its own. */
import type { Page } from 'puppeteer-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Mark } from '../../src/record/marks.ts';
import { BROWSERS, filledLines, lineOf, openOwnPage, setStage, waitForLines } from './harness.ts';
import {
  all,
  button,
  find,
  gone,
  press,
  selectorOf,
  textOf,
  type Wanted,
  waitForText,
  wanted,
  within,
} from './roles.ts';
import { NEWEST_DATE, ofAll, partsOf, SERIES_COUNT } from '../facts.ts';

const PARTS = partsOf('Transformer升级之路').length;

const FILTERS = wanted('group', '按标记筛选');
const CATEGORY = within(FILTERS, wanted('combobox', '分类'));
const POSTS = wanted('group', '文章');
const REST = wanted('option', /^还有 [\d,]+ 篇$/);

const read = (at = Date.now()): Mark => ({ kind: 'read', at, by: 'hand' });
/** Transformer升级之路 1 to 12, and 14 half read. */
const MARKS: Record<number, Mark> = {
  ...Object.fromEntries(
    [8231, 8265, 8338, 8397, 8601, 9403, 9431, 9444, 9603, 9675, 9706, 9708].map((id) => [
      id,
      read(),
    ]),
  ),
  9731: { kind: 'reading', fraction: 0.4 },
  9119: { kind: 'later' },
};

describe.each(BROWSERS)('the popup in %s', (browser) => {
  const stage = setStage(browser);
  const pages: Page[] = [];
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  const keep = async (page: Promise<Page>) => {
    pages.push(await page);
    return page;
  };
  const openPopup = () => keep(stage.current.openPopup());

  describe('for a new reader', () => {
    it('says what will appear, and lists all series', async () => {
      const popup = await openPopup();
      const text = await textOf(popup);
      expect(text).toContain('还没有读过的记录');
      expect(text).toContain(`读过 0 / ${SERIES_COUNT} 个系列`);
      // Every series can be opened.
      const series = () => popup.$$eval('main button[aria-expanded]', (rows) => rows.length);
      await expect.poll(series).toBe(SERIES_COUNT);
    });
  });

  it('offers the diagnosis of a page that is not understood, and copies what it shows', async () => {
    const { page: blog } = await openOwnPage(
      stage.current,
      '<section><p>去看<a href="/archives/9731">这一篇</a></p><textarea></textarea></section>',
    );
    pages.push(blog);
    const popup = await openPopup();
    // The popup asks the active tab, so it is loaded again behind the page.
    await blog.bringToFront();
    await popup.evaluate(() => location.reload());
    await waitForText(popup, '这一页没有认出来');
    await press(popup, button('查看诊断'));
    const region = await find(popup, wanted('region', '诊断全文'));
    const shown = await region.evaluate(({ textContent }) => textContent);
    expect(shown).toContain('textarea');
    expect(shown).not.toContain('去看');
    await press(popup, button('复制'));
    await waitForText(popup, '已经复制。');
    await blog.bringToFront();
    await blog.focus('textarea');
    await blog.keyboard.down('Control');
    await blog.keyboard.press('v', { commands: ['Paste'] });
    await blog.keyboard.up('Control');
    await expect.poll(() => blog.$eval('textarea', ({ value }) => value)).toBe(shown);
  });

  describe('for a reader with marks', () => {
    beforeAll(async () => {
      await stage.current.mark(MARKS);
    });

    it('counts posts that are read, in progress and for later, and says what to read next', async () => {
      const text = await textOf(await openPopup());
      expect(text).toMatch(ofAll(12));
      expect(text).toMatch(/今年读完\s*12/);
      expect(text).toMatch(/在读\s*1/);
      expect(text).toMatch(/稍后读\s*1/);
      expect(text).toMatch(
        new RegExp(`14、当HWFA遇见ReRoPE\\s*Transformer升级之路\\s*14 / ${PARTS}`),
      );
      expect(text).toContain(`读过 3 / ${SERIES_COUNT} 个系列`);
      expect(text).toContain(`目录到 ${NEWEST_DATE}`);
    });

    it('finds a post by a part of its title, marks it with the keyboard and undoes that', async () => {
      const popup = await openPopup();
      await popup.keyboard.press('/');
      await popup.keyboard.type('硬刚');
      await waitForText(popup, '12、“硬刚”扩散ODE');
      await popup.keyboard.press('ArrowDown');
      await popup.keyboard.press(' ');
      await waitForText(popup, '已标为已读：');
      await popup.keyboard.press('Escape');
      await waitForText(popup, ofAll(13));
      await press(popup, button('撤销'));
      await waitForText(popup, ofAll(12));
    });

    it('undoes a mark that was made elsewhere before it was opened', async () => {
      await stage.current.mark({ 2208: { kind: 'later' } });
      const popup = await openPopup();
      await waitForText(popup, /稍后读\s*2/);
      await popup.keyboard.down('Control');
      await popup.keyboard.press('z');
      await popup.keyboard.up('Control');
      await waitForText(popup, /稍后读\s*1/);
      await waitForText(popup, '已标为未读：');
    });

    it('shows its marks on the open listing at once, and vice versa', async () => {
      const listing = await keep(stage.current.open('https://kexue.fm/2022/06/'));
      await filledLines(listing);
      const popup = await openPopup();
      await popup.keyboard.press('/');
      await popup.keyboard.type('DDPM = 拆楼');
      await waitForText(popup, 'DDPM = 拆楼 + 建楼');
      await popup.keyboard.press('ArrowDown');
      await popup.keyboard.press(' ');
      await waitForLines(listing, (all) => lineOf(all, '（一）：DDPM').text.startsWith('已读'));
      await popup.keyboard.press('Escape');
      await stage.current.mark({ 9119: { kind: 'later' } });
      await waitForText(popup, /稍后读\s*1/);
    });

    describe('with a filter', () => {
      const titles = (popup: Page) =>
        popup.$$eval(selectorOf(within(POSTS, wanted('option'))), (options) =>
          options.map(({ textContent }) => textContent).filter((text) => !text.startsWith('还有')),
        );
      const pressedKinds = (popup: Page) =>
        popup.$$eval(selectorOf(within(FILTERS, wanted('button'))), (buttons) =>
          buttons.filter((each) => each.ariaPressed === 'true').map((each) => each.textContent),
        );

      it('lists posts for later, the last act first, and returns with Escape', async () => {
        await stage.current.mark({ 2208: { kind: 'later' } });
        const popup = await openPopup();
        expect(await all(popup, FILTERS)).toEqual([]);
        await press(popup, button(/^稍后读/));
        expect(await titles(popup)).toEqual([
          expect.stringContaining('5、体积=行列式'),
          expect.stringContaining('1、DDPM = 拆楼 + 建楼'),
        ]);
        expect(await pressedKinds(popup)).toEqual(['稍后']);
        expect(await textOf(popup, POSTS)).toMatch(/^文章\s*2\s/);
        // The keys work as in the search.
        await popup.keyboard.press('ArrowDown');
        await popup.keyboard.press(' ');
        await waitForText(popup, '已标为已读：');
        await expect.poll(() => titles(popup)).toHaveLength(1);
        await popup.keyboard.down('Control');
        await popup.keyboard.press('z');
        await popup.keyboard.up('Control');
        await expect.poll(() => titles(popup)).toHaveLength(2);
        await popup.keyboard.press('Escape');
        await waitForText(popup, '接着读');
        await gone(popup, FILTERS);
        await stage.current.mark({ 2208: { kind: 'unread' } });
      });

      it('narrows a search by keys only, and links to the same list in the library', async () => {
        const popup = await openPopup();
        await popup.keyboard.press('/');
        await popup.keyboard.type('Transformer升级之路');
        await waitForText(popup, '系列');
        expect(await titles(popup)).toHaveLength(PARTS);
        // Tab moves from the field over the links of the head to the first filter.
        for (let i = 0; i < 4; i++) await popup.keyboard.press('Tab');
        expect(await popup.evaluate(() => document.activeElement?.textContent)).toBe('未读');
        await popup.keyboard.press(' ');
        await expect.poll(() => titles(popup)).toHaveLength(PARTS - 13);
        expect(await popup.evaluate(() => document.activeElement?.textContent)).toBe('未读');
        await popup.keyboard.press('Tab');
        await popup.keyboard.press('Tab');
        await popup.keyboard.press('Enter');
        await expect.poll(() => titles(popup)).toHaveLength(PARTS - 12);
        expect(await pressedKinds(popup)).toEqual(['未读', '在读']);
        await popup.keyboard.press('ArrowDown');
        expect(await popup.$$('[aria-selected="true"]')).toHaveLength(1);
        // Without a query it lists everything that is unread or in progress; the rest of it is in the
        // library.
        await popup.keyboard.press('Escape');
        await waitForText(popup, /还有 1,\d\d\d 篇/);
        expect(await titles(popup)).toHaveLength(30);
        expect(await addressOf(popup, REST)).toMatch(
          /\/library\/index\.html#list\?mark=unread&mark=reading$/,
        );
        await popup.keyboard.press('Escape');
        await waitForText(popup, '接着读');
      });

      it('filters by category, says if there are no posts, and forgets the filter', async () => {
        const popup = await openPopup();
        await press(popup, button(/^在读/));
        await waitForText(popup, '当HWFA遇见ReRoPE');
        await chooseCategory(popup, '数学研究');
        await waitForText(popup, '没有这样的文章。');
        await chooseCategory(popup, '信息时代');
        await waitForText(popup, '当HWFA遇见ReRoPE');
        await chooseCategory(popup, '天文探索');
        await waitForText(popup, '没有这样的文章。');
        await press(popup, within(FILTERS, button('在读')));
        await waitForText(popup, /还有 \d+ 篇/);
        expect(await addressOf(popup, REST)).toContain(
          `#list?category=${encodeURIComponent('天文探索')}`,
        );
        await reload(popup);
        await gone(popup, FILTERS);
        await waitForText(popup, '接着读');
      });

      it('fits at 320 px and at twice the text size', async () => {
        const popup = await openPopup();
        for (const [width, height] of [
          [320, 560],
          [190, 280],
        ] as const) {
          await popup.setViewport({ width, height });
          await press(popup, button(/^稍后读/));
          await find(popup, within(POSTS, wanted('option')));
          const wide = await popup.evaluate(() => document.documentElement.scrollWidth);
          expect(wide).toBeLessThanOrEqual(width);
          const sizes = await popup.$eval(selectorOf(FILTERS), (row) =>
            [...row.children].map((each) => {
              const { left, right, height: high } = each.getBoundingClientRect();
              return { left, right, high };
            }),
          );
          for (const { left, right, high } of sizes) {
            expect(left).toBeGreaterThanOrEqual(0);
            expect(right).toBeLessThanOrEqual(width);
            expect(high).toBeGreaterThanOrEqual(24);
          }
          await popup.keyboard.press('Escape');
        }
      });
    });

    it('lists the current page first', async () => {
      const popup = await openPopup();
      const listing = await keep(stage.current.open('https://kexue.fm/2023/08/'));
      await filledLines(listing);
      await listing.bringToFront();
      await reload(popup);
      await waitForText(popup, /这一页的 \d 篇/);
      const post = await keep(stage.current.open('https://kexue.fm/archives/9731'));
      await filledLines(post);
      await post.bringToFront();
      await reload(popup);
      await waitForText(popup, /这一页\s*Transformer升级之路：\s*14、当HWFA遇见ReRoPE\s*在读 40%/);
    });

    it('links to the host that the reader used last', async () => {
      const page = await keep(stage.current.open('https://spaces.ac.cn/2013/'));
      await filledLines(page);
      const popup = await openPopup();
      await popup.waitForSelector('a[href^="https://spaces.ac.cn/archives/"]');
      await filledLines(await keep(stage.current.open('https://kexue.fm/2013/')));
      await popup.waitForSelector('a[href^="https://kexue.fm/archives/"]');
    });

    it('is in English if the reader chose that', async () => {
      const popup = await openPopup();
      await (await find(popup, wanted('combobox', '语言'))).focus();
      await popup.keyboard.press('End');
      await popup.keyboard.press('Enter');
      await waitForText(popup, 'Continue');
      expect(await popup.evaluate(() => document.documentElement.lang)).toBe('en');
      await stage.current.set({ language: 'zh-CN' });
      await waitForText(popup, '接着读');
    });
  });
});

function addressOf(page: Page, link: Wanted): Promise<string | null> {
  return page.$eval(selectorOf(link), (each) => each.getAttribute('href'));
}

async function reload(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.removeAttribute('data-ready');
    location.reload();
  });
  // The page may be behind another one, where no frames are drawn, so this polls by time.
  await page
    .waitForFunction(() => 'ready' in document.documentElement.dataset, { polling: 50 })
    .catch(() => undefined);
  await page.waitForSelector('html[data-ready]');
}

/** Chooses a category with the arrow keys. */
async function chooseCategory(popup: Page, name: string): Promise<void> {
  const select = await find(popup, CATEGORY);
  await select.focus();
  const steps = await select.evaluate((each, wanted) => {
    const { options, selectedIndex } = each as HTMLSelectElement;
    return [...options].findIndex(({ value }) => value === wanted) - selectedIndex;
  }, name);
  for (let i = 0; i < Math.abs(steps); i++)
    await popup.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
}
