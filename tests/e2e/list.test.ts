/** 列表: filters in the address, drawing few of many rows, keys, and marking many posts at once. */
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import { BROWSERS, setStage } from './harness.ts';
import { violations } from './axe.ts';
import {
  all,
  button,
  find,
  press,
  selectorOf,
  waitForStatus,
  waitForText,
  wanted,
  within,
} from './roles.ts';
import { until } from './until.ts';
import { partsOf, POSTS, written } from '../facts.ts';

const GRID = wanted('grid', '全部文章');
/** The first row is the head of the columns. */
const ROW = within(GRID, wanted('row'));
const COLUMNS = ['mark', 'title', 'series', 'part', 'category', 'minutes', 'date'] as const;
const SEARCH = wanted('searchbox', '搜标题、系列、标签、拼音首字母');
/** The button in the head of a column. */
const sortBy = (name: string) => within(wanted('columnheader', name), button(name));

const READ = { kind: 'read', at: Date.UTC(2026, 9, 1, 12), by: 'hand' } as const;
const ALL = `${written(POSTS)} 篇`;
/** The rows of the grid: the head and the posts. */
const ROWS = POSTS + 1;
const PARTS = partsOf('生成扩散模型漫谈').length;

describe.each(BROWSERS)('the list in %s', (browser) => {
  const stage = setStage(browser, { language: 'zh-CN' });
  let page: Page;
  afterEach(async () => {
    await page.close();
    await stage.current.inExtension('browser.storage.local.remove(["record", "journal"])');
  });
  const openList = async (query = '') => {
    page = await stage.current.openLibrary(`list${query && `?${query}`}`);
  };

  it('draws a few of all rows, and every row can be reached', async () => {
    await openList();
    await waitForStatus(page, ALL);
    expect(await page.$eval('[role="grid"]', (grid) => grid.ariaRowCount)).toBe(String(ROWS));
    expect((await rows()).length).toBeLessThan(80);
    const newest = (await rows())[0]?.title;
    await (await find(page, GRID)).focus();
    await page.keyboard.press('End');
    const last = await atHand();
    expect(last.index).toBe(ROWS);
    expect(last.date.slice(0, 4)).toBe('2009');
    expect(last.isSeen).toBe(true);
    expect((await rows()).length).toBeLessThan(80);
    await page.keyboard.press('PageUp');
    expect((await atHand()).index).toBeLessThan(ROWS);
    expect((await atHand()).isSeen).toBe(true);
    await page.keyboard.press('Home');
    expect(await atHand()).toMatchObject({ index: 2, title: newest, isSeen: true });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    expect((await atHand()).index).toBe(3);
  });

  it('is printed as a list: all rows, one below the other, and nothing to press', async () => {
    await openList('category=天文探索');
    const count = Number((await page.$eval('[role="grid"]', (grid) => grid.ariaRowCount)) ?? 0);
    expect((await rows()).length).toBeLessThan(count - 1);
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        const printed = [...document.querySelectorAll('[role="grid"] [role="row"]')];
        const boxes = printed.map((row) => row.getBoundingClientRect());
        const overlaps = boxes.filter(({ top }, at) => top < (boxes[at - 1]?.bottom ?? 0) - 1);
        const { dataset } = document.documentElement;
        dataset['printed'] = `${printed.length} rows, ${overlaps.length} over another`;
      }),
    );
    await page.pdf();
    expect(await page.$eval('html', ({ dataset }) => dataset['printed'])).toBe(
      `${count} rows, 0 over another`,
    );
    expect((await rows()).length).toBeLessThan(count - 1);
  });

  it('keeps filters in the address, and the back button restores them', async () => {
    await stage.current.mark({ 9708: READ, 9675: READ, 10122: { kind: 'later' } });
    await openList();
    await press(page, button('已读'));
    await waitForStatus(page, '2 篇');
    expect(await hash()).toBe('#list?mark=read');
    await press(page, button('稍后'));
    await waitForStatus(page, '3 篇');
    await (await find(page, button('年份'))).focus();
    await page.keyboard.press('Enter');
    await find(page, within(wanted('group', '年份'), wanted('button')));
    await page.keyboard.type('2024');
    await page.keyboard.press('Enter');
    await waitForStatus(page, '1 篇');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('年份');
    expect(await hash()).toContain('year=2024');
    await page.goBack();
    await waitForStatus(page, '3 篇');
    await page.goBack();
    await waitForStatus(page, '2 篇');
    expect((await rows()).map(({ id }) => id)).toEqual([9708, 9675]);
    const later = await find(page, button('稍后'));
    expect(await later.evaluate((toggle) => toggle.ariaPressed)).toBe('false');
    await page.goBack();
    await waitForStatus(page, ALL);
  });

  it('is where it was when the reader goes back to it, and begins at the top otherwise', async () => {
    await openList();
    await waitForStatus(page, ALL);
    const top = () => page.evaluate(() => scrollY);
    await page.evaluate(() => scrollTo(0, 20_000));
    await until(async () => (await top()) === 20_000);
    const going = (work: string) => page.evaluate(work);
    await going(`location.hash = '#list?series=生成扩散模型漫谈'`);
    await waitForStatus(page, `${PARTS} 篇`);
    expect(await top()).toBe(0);
    await page.goBack();
    await waitForStatus(page, ALL);
    await until(async () => (await top()) === 20_000);
    await going(`location.hash = '#list?order=up'`);
    await until(async () => (await hash()) === '#list?order=up' && (await top()) === 0);
  });

  it('filters by series, length, category and tag from the address', async () => {
    await openList('category=信息时代&parts=10-&mark=unread&tag=优化器');
    const toggles = await page.$$eval('button[aria-pressed="true"]', (pressed) =>
      pressed.map(({ textContent }) => textContent),
    );
    expect(toggles).toEqual(['未读', '信息时代', '优化器', '10 篇以上']);
    const found = await rows();
    expect(found.length).toBeGreaterThan(0);
    for (const { category, part } of found) {
      expect(category).toBe('信息时代');
      expect(Number(part.split('/')[1])).toBeGreaterThanOrEqual(10);
    }
  });

  it('sorts by the head of a column, and reverses at the second press', async () => {
    await openList('parts=10-');
    await press(page, sortBy('分钟'));
    await sorted('分钟', 'descending');
    const down = (await rows()).map(({ minutes }) => Number(minutes));
    expect(down.slice(0, 20)).toEqual(down.slice(0, 20).toSorted((a, b) => b - a));
    await press(page, sortBy('分钟'));
    await sorted('分钟', 'ascending');
    const up = (await rows()).map(({ minutes }) => Number(minutes));
    expect(up.slice(0, 20)).toEqual(up.slice(0, 20).toSorted((a, b) => a - b));
    expect(up[0]).toBeLessThan(down[0] ?? 0);
    expect(await hash()).toBe('#list?parts=10-&sort=minutes&order=up');
  });

  it('is narrowed by the field in the head, also by pinyin, from any view', async () => {
    await openList();
    await page.evaluate(() => (location.hash = '#settings'));
    await page.waitForSelector('html[data-ready="settings"]');
    await page.keyboard.press('/');
    await page.keyboard.type('scksmxmt');
    await page.waitForSelector('html[data-ready="list"]');
    await waitForStatus(page, `${PARTS} 篇`);
    for (const { title } of await rows()) expect(title).toContain('生成扩散模型漫谈');
    expect(await hash()).toBe('#list?q=scksmxmt');
    await press(page, sortBy('系列'));
    await sorted('系列', 'ascending');
    await waitForStatus(page, `${PARTS} 篇`);
    await page.goBack();
    await page.goBack();
    await page.waitForSelector('html[data-ready="settings"]');
    expect(await page.$eval(selectorOf(SEARCH), (input) => (input as HTMLInputElement).value)).toBe(
      '',
    );
    await page.goForward();
    await waitForStatus(page, `${PARTS} 篇`);
    await (await find(page, SEARCH)).focus();
    await page.keyboard.press('Escape');
    await waitForStatus(page, ALL);
  });

  it('marks with Space, selects with Shift, marks the selection as one act, and undoes that', async () => {
    await openList('q=scksmxmt');
    await (await find(page, GRID)).focus();
    await page.keyboard.press(' ');
    await marks(['已读', '未读', '未读', '未读']);
    await page.keyboard.press(' ');
    await marks(['未读', '未读', '未读', '未读']);
    await page.keyboard.down('Shift');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.up('Shift');
    await waitForStatus(page, '选了 3 篇');
    await markAll('稍后');
    await marks(['稍后读', '稍后读', '稍后读', '未读']);
    await waitForStatus(page, '已标记 3 篇');
    await press(page, button('撤销'));
    await marks(['未读', '未读', '未读', '未读']);
    await press(page, button('取消选择'));
    await markAll('已读');
    await waitForStatus(page, `已标记 ${PARTS} 篇`);
    await marks(['已读', '已读', '已读', '已读']);
    await (await find(page, GRID)).focus();
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    await marks(['未读', '未读', '未读', '未读']);
  });

  it('selects by clicks on rows, marks by a click on the mark, and keeps dates of reading', async () => {
    await stage.current.mark({ 10958: READ });
    await openList('q=scksmxmt');
    await clickRow(2);
    await page.keyboard.down('Shift');
    await clickRow(4);
    await page.keyboard.up('Shift');
    await waitForStatus(page, '选了 3 篇');
    expect((await rows()).filter(({ isSelected }) => isSelected)).toHaveLength(3);
    await markAll('已读');
    await waitForStatus(page, '已标记 2 篇');
    await page.keyboard.press('Escape');
    await press(page, button(/^标记：/));
    await marks(['已读', '已读', '已读', '已读', '未读']);
    expect(
      await stage.current
        .inExtension(`browser.storage.local.get(['record', 'journal'])`)
        .then((stored) => JSON.stringify(stored)),
    ).toContain(READ.at.toString(36));
  });

  it('opens a post with Enter', async () => {
    await openList('q=scksmxmt');
    await (await find(page, GRID)).focus();
    const { id } = await atHand();
    // Firefox's driver does not report the new tab, so the test observes the link.
    await page.evaluate(() =>
      addEventListener('click', (event) => {
        event.preventDefault();
        const link = event.target instanceof Element ? event.target.closest('a') : null;
        document.documentElement.dataset['opened'] = `${link?.target} ${link?.href}`;
      }),
    );
    await page.keyboard.press('Enter');
    expect(await page.$eval('html', ({ dataset }) => dataset['opened'])).toMatch(
      new RegExp(`^_blank https://.*/archives/${id}$`),
    );
  });

  it('says that nothing is found, and clears the filters', async () => {
    await openList('mark=read');
    await waitForText(page, '没有这样的文章。');
    await press(page, button('清除筛选'));
    await waitForStatus(page, ALL);
  });

  it('shows titles on two lines if there is little room', async () => {
    await openList();
    await page.setViewport({ width: 320, height: 700 });
    await until(async () => (await rows())[0]?.height === 58 || undefined);
    expect(await overflow()).toBe(0);
    await (await find(page, GRID)).focus();
    await page.keyboard.press('End');
    expect(await atHand()).toMatchObject({ index: ROWS, isSeen: true });
  });

  it.each(['light', 'dark'] as const)('has no accessibility violations, %s', async (theme) => {
    await stage.current.mark({ 10958: READ });
    await openList('category=信息时代&q=scksmxmt');
    await page.evaluate((each) => (document.documentElement.dataset['theme'] = each), theme);
    await clickRow(2);
    expect(await violations(page)).toEqual([]);
  });

  /** How far the page exceeds the width of the window, in px. */
  const overflow = () =>
    page.$eval('html', ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);

  const hash = () => page.evaluate(() => decodeURIComponent(location.hash));

  /** The rows that are drawn, each with the texts of its columns. */
  const rows = () =>
    page.$$eval(
      selectorOf(ROW),
      ([, ...drawn], columns) =>
        drawn.map((row) => {
          const cells = [...row.querySelectorAll('[role="gridcell"]')];
          const texts = Object.fromEntries(
            columns.map((name, at) => [name, cells[at]?.textContent ?? '']),
          ) as Record<(typeof columns)[number], string>;
          return {
            ...texts,
            mark: row.querySelector('button')?.ariaLabel ?? '',
            id: Number(/\d+$/.exec(row.querySelector('a')?.href ?? '')?.[0]),
            isSelected: row.ariaSelected === 'true',
            height: row.getBoundingClientRect().height,
          };
        }),
      COLUMNS,
    );

  /** The active row, which a screen reader announces. */
  const atHand = () =>
    page.$eval(selectorOf(GRID), (grid) => {
      const row = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
      if (!row) throw new Error('no row at hand');
      const { top, bottom } = row.getBoundingClientRect();
      const cells = [...row.querySelectorAll('[role="gridcell"]')];
      return {
        id: Number(/\d+$/.exec(row.querySelector('a')?.href ?? '')?.[0]),
        index: Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex')),
        title: cells[1]?.textContent,
        date: cells.at(-1)?.textContent ?? '',
        isSeen: top >= 0 && bottom <= innerHeight + 0.5,
      };
    });

  /** Clicks a row, counted from 1, on its date, where there is no control. */
  const clickRow = async (n: number) => {
    const row = (await all(page, ROW))[n];
    const cells = await row?.$$('[role="gridcell"]');
    await cells?.at(-1)?.click();
  };

  /**
   * Presses a button above the list. A filter has the same name, so the button is searched in its
   * group.
   */
  const markAll = (name: string) => press(page, within(wanted('group', /标为$/), button(name)));

  const sorted = (by: string, order: string) =>
    until(async () => {
      const head = await find(page, wanted('columnheader', by));
      return (await head.evaluate((each) => each.getAttribute('aria-sort'))) === order;
    });

  /** Waits until the first rows have these marks. */
  const marks = (words: string[]) =>
    until(async () => {
      const now = await rows();
      return words.every((word, at) => now[at]?.mark.startsWith(`标记：${word}，`));
    });
});

describe.each(BROWSERS)('the list with a smallest font size of 20 px in %s', (browser) => {
  const stage = setStage(browser, { language: 'en', smallestFontSize: 20 });

  it.each([1180, 800, 320])(
    'cuts no number, word or letter in a window of %i px',
    async (width) => {
      const page = await stage.current.openLibrary('list');
      await page.setViewport({ width, height: 700 });
      await waitForStatus(page, `${written(POSTS)} posts`);
      await (await find(page, wanted('grid', 'All posts'))).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.down('Shift');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.up('Shift');
      await waitForStatus(page, '2 selected');
      const cuts = () =>
        page.evaluate(() => {
          const boxOf = (element: Element) => element.getBoundingClientRect();
          const shown = (selector: string) =>
            [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
          const heightOfText = (element: Element) => {
            const range = document.createRange();
            range.selectNodeContents(element);
            return range.getClientRects()[0]?.height ?? 0;
          };
          const numbers = shown(
            '.line :is(.part, .minutes, .date), .line-head .cell:not(.mark)',
          ).filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
          // A line of text with descenders is 1.2 times the font size high.
          const titles = shown('.lines .title').filter((title) => {
            const lines = boxOf(title).height > 40 ? 2 : 1;
            return boxOf(title).height < lines * 24 || heightOfText(title) < 20;
          });
          const bar = boxOf(document.querySelector('.over') as Element);
          const outside = shown('.over > *, .over button').filter(
            (each) => boxOf(each).top < bar.top - 1 || boxOf(each).bottom > bar.bottom + 1,
          );
          const tabs = shown('nav a').filter((each) => boxOf(each).right > innerWidth);
          return [...numbers, ...titles, ...outside, ...tabs].map(({ textContent }) => textContent);
        });
      await until(
        async () => (await cuts()).length === 0,
        async () => `cut: ${(await cuts()).join(' | ')}`,
      );
      await page.close();
    },
  );
});

describe('the list in English in chromium', () => {
  const stage = setStage('chromium', { language: 'en' });

  it.each(['minutes', 'category', 'series', 'date'])(
    'shows that it is sorted by %s',
    async (by) => {
      const page = await stage.current.openLibrary(`list?sort=${by}`);
      for (const width of [1100, 800]) {
        await page.setViewport({ width, height: 700 });
        const seen = await page.$eval('.line-head [aria-sort]', (cell) => {
          const { right } = (cell.querySelector('.caret') as Element).getBoundingClientRect();
          const { overflowX, paddingRight } = getComputedStyle(cell);
          const end = cell.getBoundingClientRect().right;
          return right <= (overflowX === 'visible' ? end : end - parseFloat(paddingRight));
        });
        expect([width, seen]).toEqual([width, true]);
      }
      await page.close();
    },
  );

  it('has selected rows of one colour of text if the system has a palette of its own', async () => {
    const page = await stage.current.openLibrary('list');
    const session = await page.createCDPSession();
    const features = [{ name: 'forced-colors', value: 'active' }];
    await session.send('Emulation.setEmulatedMedia', { features });
    await waitForStatus(page, `${written(POSTS)} posts`);
    await (await find(page, wanted('grid', 'All posts'))).focus();
    await page.keyboard.down('Shift');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.up('Shift');
    await waitForStatus(page, '2 selected');
    const colours = () =>
      page.$$eval('.lines [aria-selected="true"]', (lines) => [
        ...new Set(
          lines.flatMap((line) =>
            [...line.querySelectorAll('a, .date, button')].map(
              (each) => getComputedStyle(each).color,
            ),
          ),
        ),
      ]);
    // Colours change within 120 ms.
    await until(
      async () => (await colours()).length === 1,
      async () => `colours: ${(await colours()).join(' | ')}`,
    );
    await page.close();
  });
});
