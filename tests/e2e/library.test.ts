/** 书房: what the reader does with the record, and a list in an address. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exportFile } from '../../src/exchange/record-file.ts';
import { planSync } from '../../src/exchange/sync.ts';
import { dayAt, readSynced } from '../../src/exchange/synced.ts';
import { packList } from '../../src/exchange/share.ts';
import {
  BROWSERS,
  click,
  clickInCard,
  filledLines,
  lineOf,
  MARK,
  seeLines,
  setStage,
  waitForLines,
} from './harness.ts';
import { all, button, find, press, textOf, waitForText, wanted, within } from './roles.ts';
import { until } from './until.ts';
import { NEWEST_ID, partsOf } from '../facts.ts';

const group = (name: string) => wanted('group', name);
/** The button that imports the shown posts: 导入, 导入 3 篇. */
const TAKE = button(/^导入(?: \d+ 篇)?$/);

/** Addresses of all views. */
const VIEWS = ['map?post=9708', 'plan?goal=11111', 'list', 'year', 'record', 'settings', 'welcome'];

const READ = { kind: 'read', at: Date.UTC(2026, 9, 1, 12), by: 'hand' } as const;

describe.each(BROWSERS)('the library in %s', (browser) => {
  const stage = setStage(browser, { language: 'zh-CN' });
  let exported = '';
  const pages: Page[] = [];
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  const openLibrary = async (view: string) => {
    const page = await stage.current.openLibrary(view);
    pages.push(page);
    return page;
  };
  const open = async (url: string) => {
    const page = await stage.current.open(url);
    pages.push(page);
    return page;
  };

  it('shows what a pasted list would change, imports it, and undoes that', async () => {
    await stage.current.mark({ 9708: READ });
    const page = await openLibrary('record');
    await press(page, button('粘贴文字'));
    const field = await find(page, wanted('textbox', '粘贴文字'));
    await field.type(
      'https://kexue.fm/archives/9708\nhttps://kexue.fm/archives/10122\n没有编号\n10001, 10017',
    );
    await press(page, button('看看'));
    await waitForText(
      page,
      '新增 3 篇，改变 0 篇，保留这边的 1 篇，两边一样 0 篇，没有收下 1 处。',
    );
    await press(page, button('没有收下 1'));
    expect(await textOf(page)).toContain('第 3 行：没有文章的网址或编号');
    await press(page, TAKE);
    await waitForText(page, '已经合并。');
    await waitForText(page, '4 条记录。');
    await press(page, button('撤销'));
    await waitForText(page, '已撤销 3 篇的标记');
    await waitForText(page, '1 条记录。');
  });

  it('opens at the settings from the browser’s own options', async () => {
    const opened = await stage.current.inExtension<string>(`(async () => {
      const known = new Set((await browser.tabs.query({})).map(({ id }) => id));
      await browser.runtime.openOptionsPage();
      for (let tries = 0; tries < 100; tries++) {
        const tab = (await browser.tabs.query({})).find(({ id, url }) => !known.has(id) && url);
        if (tab && tab.url !== 'about:blank') {
          await browser.tabs.remove(tab.id);
          return tab.url;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return 'no tab opened';
    })()`);
    expect(opened).toMatch(/\/src\/library\/index\.html#settings$/);
  });

  it('rejects a truncated file with the line number, and changes nothing', async () => {
    const page = await openLibrary('record');
    const file = await written('cut.json', '{\n  "format": "kexue-companion",\n  "vers');
    await upload(page, file);
    await waitForText(page, '读不懂：第 3 行起不是完整的 JSON');
    await waitForText(page, '1 条记录。');
  });

  it('exports a file, and keeps later marks when it is imported', async () => {
    await stage.current.mark({ 10001: { kind: 'later' }, 10017: READ });
    const page = await openLibrary('record');
    exported = await exportedBy(page);
    expect(JSON.parse(exported)).toMatchObject({ format: 'kexue-companion', version: 1 });
    await stage.current.mark({ 10001: { kind: 'unread' }, 10017: { kind: 'unread' } });
    await waitForText(page, '1 条记录。');
    await upload(page, await written('record.json', exported));
    await waitForText(page, '新增 0 篇，改变 0 篇');
    expect(await all(page, TAKE)).toEqual([]);
  });

  it('restores a backup, and undoes that', async () => {
    const page = await openLibrary('record');
    await press(page, within(group('备份'), button('查看')));
    await press(page, button(/^恢复：/));
    await press(page, button(/^恢复，改 \d+ 篇$/));
    await waitForText(page, '已经恢复成那时的样子。');
    await press(page, button('撤销'));
    await waitForText(page, /已撤销 \d+ 篇的标记|已标为/);
    await waitForText(page, '1 条记录。');
  });

  it('undoes any one of the last steps', async () => {
    await stage.current.mark({ 8231: READ });
    const page = await openLibrary('record');
    await waitForText(page, '2 条记录。');
    await press(page, within(group('撤销'), button('查看')));
    await press(page, within(group('撤销'), button(/^撤销：/)));
    await waitForText(page, '1 条记录。');
  });

  it('switches the line on the blog off and on', async () => {
    const settings = await openLibrary('settings');
    const blog = await open('https://kexue.fm/');
    await filledLines(blog);
    await press(settings, wanted('switch', '摘要下的一行'));
    await waitForLines(blog, (lines) => lines.every(({ box }) => box.height === 0));
    const again = await open('https://kexue.fm/');
    // Long enough for lines to appear.
    await delay(1_000);
    expect((await seeLines(again)).filter(({ box }) => box.height > 0)).toEqual([]);
    await press(settings, wanted('switch', '摘要下的一行'));
    await waitForLines(blog, (lines) => lines.every(({ box }) => box.height > 20));
  });

  it('imports a list from an address of the blog', async () => {
    const packed = packList({ title: '一起读', ids: [8620, 8711] });
    const page = await open(`https://kexue.fm/content.html#kexue-list=${packed}`);
    expect(page.url()).toBe('https://kexue.fm/content.html');
    // It may appear before the settings are read, and then is in the browser's language.
    await clickInCard(page, button(/^(?:导入这份清单|Import list)$/));
    const library = await newLibrary();
    await waitForText(library, '新增 2 篇');
    await press(library, TAKE);
    await waitForText(library, '已经合并。');

    // However often a page changes its address, there is one bar, and no second library opens.
    const others = ['又一份', '再一份'].map(
      (title) => packList({ title, ids: [8620, 8711] }) ?? '',
    );
    for (const other of others) {
      for (let i = 0; i < 10; i++)
        await page.evaluate((hash) => {
          location.hash = hash;
        }, `kexue-list=${other}`);
      const bars = await until(async () => {
        const cards = (await seeLines(page)).filter(({ card }) => card !== null);
        return cards.length > 0 && page.url().endsWith('content.html') && cards;
      });
      expect(bars).toHaveLength(1);
      await clickInCard(page, button(/^(?:导入这份清单|Import list)$/));
      await until(async () => (await addressOf(library)).includes(other));
      await expect.poll(() => isInFront(library)).toBe(true);
      await page.bringToFront();
    }
    const libraries = (await stage.current.launched.browser.pages()).map(addressOf);
    const isLibrary = (address: string) => address.includes('library/index.html');
    expect((await Promise.all(libraries)).filter(isLibrary)).toHaveLength(1);
  });

  const isInFront = (page: Page) => page.evaluate(() => document.visibilityState === 'visible');

  /** The library that the background opened. */
  const newLibrary = () =>
    until(async () => {
      for (const page of await stage.current.launched.browser.pages())
        // Firefox's driver does not report the addresses of extension pages, so the page is asked.
        if ((await addressOf(page)).includes('library/index.html#record?list=')) {
          pages.push(page);
          return page;
        }
      return undefined;
    });

  it('syncs when switched on: writes its own marks, merges those of another computer', async () => {
    const synced = () =>
      stage.current.inExtension<Record<string, unknown>>('browser.storage.sync.get(null)');
    const page = await openLibrary('record');
    await waitForText(page, '默认关闭');
    expect(await synced()).toEqual({});
    await stage.current.mark({ 9119: READ });
    await press(page, within(group('同步'), button('打开')));
    await waitForText(page, '已打开');
    await waitForText(page, '这一台');
    expect(Object.keys(await synced()).some((key) => key.startsWith('m-'))).toBe(true);

    // The values of another computer with the same account arrive like this.
    const time = Date.now() - 60_000;
    const entry = { mark: READ, stamp: { time, tick: 0, device: 'other123' } };
    const me = { device: 'other123', name: '书桌上的电脑', isRenamed: true, nonce: 'n0nce000' };
    const { set } = planSync(
      readSynced(await synced()),
      new Map([[6508, entry]]),
      me,
      dayAt(time),
      new Set(),
    );
    await stage.current.inExtension(`browser.storage.sync.set(${JSON.stringify(set)})`);
    const blog = await open('https://kexue.fm/archives/6508');
    await waitForLines(blog, (lines) => lines.some(({ text }) => text.startsWith('已读')));
    const again = await openLibrary('record');
    await waitForText(again, '书桌上的电脑');

    await press(again, button('关闭并删除账号里这一台的记录'));
    await waitForText(again, '默认关闭');
    expect(Object.keys(await synced()).filter((key) => !key.includes('other123'))).toEqual([]);
  });

  it('has the reader’s acts on the blog in the undo list', async () => {
    const blog = await open('https://kexue.fm/');
    const lines = await filledLines(blog);
    const title = lines[0]?.title ?? '';
    await click(blog, title, MARK);
    await waitForLines(blog, (all) => lineOf(all, title).text.startsWith('已读'));
    const page = await openLibrary('record');
    await press(page, within(group('撤销'), button('查看')));
    await waitForText(page, title);
  });
});

describe.each(BROWSERS)('the library of a new reader in %s', (browser) => {
  const stage = setStage(browser);

  it('reports and keeps unreadable values; imports a record from a file', async () => {
    await stage.current.inExtension(`browser.storage.local.set({ journal: ['乱七八糟'] })`);
    await stage.current.mark({ 8265: READ });
    const popup = await stage.current.openPopup();
    await waitForText(popup, '1 条记录读不懂，已放在一边，原样保留。');
    await popup.close();
    const page = await stage.current.openLibrary('record');
    await waitForText(page, '1 条记录读不懂，已放在一边，原样保留。');
    await press(page, within(group('待处理'), button('查看')));
    await waitForText(page, '乱七八糟');
    const file = exportFile(
      {
        record: new Map([
          [9708, { mark: READ, stamp: { time: READ.at, tick: 0, device: 'other123' } }],
          [
            10001,
            { mark: { kind: 'later' }, stamp: { time: READ.at, tick: 1, device: 'other123' } },
          ],
        ]),
        discovered: new Map(),
      },
      'other123',
      READ.at,
    );
    await upload(page, await written('record.json', file));
    await waitForText(page, '新增 2 篇，改变 0 篇，保留这边的 0 篇，两边一样 0 篇。');
    await press(page, TAKE);
    await waitForText(page, '3 条记录。');
    expect(await stage.current.inExtension(`browser.storage.local.get('aside')`)).toMatchObject({
      aside: { said: true },
    });
    const told = await stage.current.openPopup();
    expect(await textOf(told)).not.toContain('读不懂');
    await told.close();
    await page.close();
  });
});

const addressOf = (page: Page) => page.evaluate(() => location.href).catch(() => '');

async function written(name: string, text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'library-')), name);
  await writeFile(path, text);
  return path;
}

async function upload(page: Page, path: string): Promise<void> {
  const input = await page.$('input[type=file]');
  if (!input) throw new Error('no place for a file');
  await input.uploadFile(path);
}

/** The text that 导出文件 saves, read where the page creates it. */
async function exportedBy(page: Page): Promise<string> {
  await page.evaluate(() => {
    const made = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      void blob.text().then((text) => (document.documentElement.dataset['exported'] = text));
      return made(blob);
    };
  });
  await press(page, button('导出文件'));
  await page.waitForSelector('html[data-exported]');
  return page.$eval('html', (root) => root.dataset['exported'] ?? '');
}

describe.each(BROWSERS)('the library in English, with longer texts, in %s', (browser) => {
  const stage = setStage(browser, { language: 'en' });

  it('fits into windows of any width', async () => {
    for (const view of ['map', 'plan', 'list', 'year', 'record', 'settings', 'welcome']) {
      const page = await stage.current.openLibrary(view);
      for (const width of [1280, 1000, 900, 800, 761, 760, 600, 480, 360, 320]) {
        await page.setViewport({ width, height: 700 });
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect([view, width, over]).toEqual([view, width, 0]);
      }
      await page.close();
    }
  });
});

describe.each(BROWSERS)('our pages with fonts of twice the usual size in %s', (browser) => {
  const stage = setStage(browser, { language: 'en', fontSize: 32 });

  it.each([320, 800])('have room for all texts in a window of %i px', async (width) => {
    const ids = partsOf('生成扩散模型漫谈').concat(partsOf('Transformer升级之路'));
    await stage.current.mark(Object.fromEntries(ids.map((id) => [id, READ])));
    const page = await stage.current.openLibrary('map?post=9708');
    await page.setViewport({ width, height: 800 });
    for (const view of VIEWS) {
      await page.evaluate((fragment) => (location.hash = fragment), `#${view}`);
      await page.waitForSelector(`html[data-ready="${view.split('?')[0]}"]`);
      const widest = () => page.evaluate(() => document.documentElement.scrollWidth);
      await until(
        async () => (await widest()) <= width,
        async () => `${view} is ${await widest()} px wide`,
      );
    }
    await page.close();
  });

  it.each([360, 1280])('have the minutes of a plan in one line at %i px', async (width) => {
    const page = await stage.current.openLibrary('plan?goal=9708');
    await page.setViewport({ width, height: 800 });
    await page.waitForSelector('.step');
    const broken = await page.$$eval(
      '.step .minutes',
      (all) =>
        all.filter((each) => {
          const range = document.createRange();
          range.selectNodeContents(each);
          return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
        }).length,
    );
    expect(broken).toBe(0);
    await page.close();
  });

  it('show the whole card of a post on the map, if it is scrolled', async () => {
    const page = await stage.current.openLibrary('map?post=9708');
    await page.setViewport({ width: 400, height: 800 });
    const isWhole = () =>
      page.evaluate(() => {
        const [card, plot] = ['.card', '.plot'].map((each) => document.querySelector(each));
        if (!card || !plot) return false;
        const [inner, outer] = [card.getBoundingClientRect(), plot.getBoundingClientRect()];
        return inner.height > 0 && inner.top >= outer.top && inner.bottom <= outer.bottom;
      });
    await until(isWhole);
    await page.close();
  });

  it('have the number of read posts inside the ring of the popup', async () => {
    const page = await stage.current.openPopup();
    await page.setViewport({ width: 400, height: 600 });
    const isInside = () =>
      page.evaluate(() => {
        const [sum, ring] = ['.sum small', '.ring svg'].map((each) => {
          const box = document.querySelector(each)?.getBoundingClientRect();
          return box?.width ?? 0;
        });
        // The stroke of the ring takes a fifth of its width.
        return (sum ?? 0) > 0 && (sum ?? 0) < 0.8 * (ring ?? 0);
      });
    await until(isInside);
    await page.close();
  });
});

describe.each(BROWSERS)('our pages with a minimum font size of 20 px in %s', (browser) => {
  const SIZE = 20;
  const stage = setStage(browser, { language: 'en', smallestFontSize: SIZE });

  /** Pairs of lines of text that are so near to each other that their letters touch. */
  const touching = (page: Page) =>
    page.evaluate((size) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const lines: { text: string; left: number; right: number; middle: number }[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!parent?.checkVisibility() || parent.closest('.unseen, .katex, .ring, select'))
          continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const { left, right, top, bottom } of range.getClientRects())
          if (right - left > 2)
            lines.push({ text: node.nodeValue ?? '', left, right, middle: (top + bottom) / 2 });
      }
      return lines.flatMap((one, at) =>
        lines.slice(at + 1).flatMap((other) => {
          const isBeside = one.right - 2 <= other.left || other.right - 2 <= one.left;
          const apart = Math.abs(one.middle - other.middle);
          return isBeside || apart < 6 || apart > 1.05 * size
            ? []
            : [`${one.text} | ${other.text}`];
        }),
      );
    }, SIZE);

  beforeAll(async () => {
    const parts = partsOf('Transformer升级之路').slice(0, 3);
    // The last post is known only by its mark, so it has no category.
    const ids = [...parts, NEWEST_ID + 40];
    await stage.current.mark(Object.fromEntries(ids.map((id) => [id, READ])));
  });

  it.each(['plan?goal=9708', 'year', 'welcome'])(
    'have lines of text apart from each other: %s',
    async (view) => {
      const page = await stage.current.openLibrary(view);
      for (const width of [360, 1280]) {
        await page.setViewport({ width, height: 800 });
        await until(
          async () => (await touching(page)).length === 0,
          async () => `at ${width} px: ${(await touching(page)).join('\n')}`,
        );
      }
      await page.close();
    },
  );

  it('have lines of text apart from each other: the popup', async () => {
    const page = await stage.current.openPopup();
    await page.setViewport({ width: 320, height: 600 });
    await until(
      async () => (await touching(page)).length === 0,
      async () => (await touching(page)).join('\n'),
    );
    await page.close();
  });

  it('have the names of the year’s categories beside the dots, not under them', async () => {
    const page = await stage.current.openLibrary('year');
    const rights = await page.$$eval('.categories li', (rows) =>
      rows.map((row) => {
        const range = document.createRange();
        range.selectNodeContents(row.querySelector('span')!);
        const dots = row.querySelector('svg')!.getBoundingClientRect().left;
        return range.getBoundingClientRect().right <= dots;
      }),
    );
    expect(rights).toContain(true);
    expect(rights).not.toContain(false);
    await page.close();
  });

  it('have the marks of the welcome page’s list beside its text', async () => {
    const page = await stage.current.openLibrary('welcome');
    const indents = await page.$$eval('.never li', (items) =>
      items.map((item) => {
        const range = document.createRange();
        range.selectNodeContents(item);
        return range.getBoundingClientRect().left - item.getBoundingClientRect().left;
      }),
    );
    for (const indent of indents) expect(indent).toBeGreaterThanOrEqual(SIZE);
    await page.close();
  });
});
