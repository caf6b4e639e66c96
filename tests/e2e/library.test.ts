/** 书房: what the reader does with his record in it; and a list that an address carries. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import { exportFile } from '../../src/exchange/record-file.ts';
import { dayAt, planSync, readSynced } from '../../src/exchange/sync.ts';
import { packList } from '../../src/exchange/share.ts';
import { BROWSERS, click, filledLines, lineOf, setStage, waitForLines } from './harness.ts';

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

  it('shows what a pasted list would change, imports it, and takes it back', async () => {
    await stage.current.mark({ 9708: READ });
    const page = await openLibrary('record');
    await press(page, 'import-paste');
    await page.type(
      'textarea',
      'https://kexue.fm/archives/9708\nhttps://kexue.fm/archives/10122\n没有编号\n10001, 10017',
    );
    await press(page, 'import-look');
    await says(page, '新增 3 篇，改变 0 篇，保留这边的 1 篇，两边一样 0 篇，没有收下 1 处。');
    expect(await textOf(page)).toContain('第 3 行：没有文章的网址或编号');
    await press(page, 'import-take');
    await says(page, '已经合并。');
    await says(page, '4 条记录。');
    await press(page, 'undo');
    await says(page, '已经撤销。');
    await says(page, '1 条记录。');
  });

  it('refuses a file that is cut, naming the line, and changes nothing', async () => {
    const page = await openLibrary('record');
    const file = await written('cut.json', '{\n  "format": "kexue-companion",\n  "vers');
    await upload(page, file);
    await says(page, '读不懂：第 3 行起不是完整的 JSON');
    await says(page, '1 条记录。');
  });

  it('writes a file, and what was done after it stands when it comes back', async () => {
    await stage.current.mark({ 10001: { kind: 'later' }, 10017: READ });
    const page = await openLibrary('record');
    exported = await exportedBy(page);
    expect(JSON.parse(exported)).toMatchObject({ format: 'kexue-companion', version: 1 });
    await stage.current.mark({ 10001: { kind: 'unread' }, 10017: { kind: 'unread' } });
    await says(page, '1 条记录。');
    await upload(page, await written('record.json', exported));
    await says(page, '新增 0 篇，改变 0 篇');
    expect(await page.$('[data-key="import-take"]')).toBeNull();
  });

  it('restores a backup, and undoes that', async () => {
    const page = await openLibrary('record');
    await press(page, 'backups');
    await press(page, 'restore-0');
    await says(page, '已经恢复成那时的样子。');
    await press(page, 'undo');
    await says(page, '已经撤销。');
    await says(page, '1 条记录。');
  });

  it('undoes any of the last steps', async () => {
    await stage.current.mark({ 8231: READ });
    const page = await openLibrary('record');
    await says(page, '2 条记录。');
    await press(page, 'steps');
    await press(page, 'undo-');
    await says(page, '1 条记录。');
  });

  it('switches the line on the blog off and on', async () => {
    const settings = await openLibrary('settings');
    const blog = await open('https://kexue.fm/');
    await filledLines(blog);
    await press(settings, 'listingLines');
    await waitForLines(blog, (lines) => lines.every(({ box }) => box.height === 0));
    const again = await open('https://kexue.fm/');
    await waitForLines(
      again,
      (lines) => lines.length === 8 && lines.every(({ box }) => box.height === 0),
    );
    await press(settings, 'listingLines');
    await waitForLines(blog, (lines) => lines.every(({ box }) => box.height > 20));
  });

  it('takes over a list that an address of the blog carries', async () => {
    const packed = packList({ title: '一起读', ids: [8620, 8711] });
    const page = await open(`https://kexue.fm/content.html#kexue-list=${packed}`);
    expect(page.url()).toBe('https://kexue.fm/content.html');
    const [bar] = await waitForLines(page, (lines) => lines.some(({ card }) => card !== null)).then(
      (lines) => lines.filter(({ card }) => card !== null),
    );
    const take = bar?.controls.find(({ class: name }) => name === 'action');
    const { x = 0, y = 0, width = 0, height = 0 } = take?.box ?? {};
    await page.mouse.click(x + width / 2, y + height / 2);
    const library = await newLibrary();
    await says(library, '新增 2 篇');
    await press(library, 'import-take');
    await says(library, '已经合并。');
  });

  /** The library that the background opened. */
  const newLibrary = async (): Promise<Page> => {
    const { browser: driven } = stage.current.launched;
    for (let i = 0; i < 100; i++) {
      for (const page of await driven.pages())
        // Firefox tells nobody where its own pages are; they know it themselves.
        if ((await addressOf(page)).includes('library/index.html#record?list=')) {
          pages.push(page);
          return page;
        }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the library was not opened');
  };

  it('syncs what it is told to: writes its own marks, merges those of another computer', async () => {
    const synced = () =>
      stage.current.inExtension<Record<string, unknown>>('browser.storage.sync.get(null)');
    const page = await openLibrary('record');
    await says(page, '默认关闭');
    expect(await synced()).toEqual({});
    await stage.current.mark({ 9119: READ });
    await press(page, 'sync-turn');
    await says(page, '已打开');
    await says(page, '这一台');
    expect(Object.keys(await synced()).some((key) => key.startsWith('m-'))).toBe(true);

    // What another computer with the same account writes arrives here as it does from the account.
    const time = Date.now() - 60_000;
    const entry = { mark: READ, stamp: { time, tick: 0, device: 'other123' } };
    const me = { device: 'other123', name: '书桌上的电脑', isRenamed: true };
    const { set } = planSync(
      readSynced(await synced()),
      new Map([[6508, entry]]),
      me,
      dayAt(time),
      false,
    );
    await stage.current.inExtension(`browser.storage.sync.set(${JSON.stringify(set)})`);
    const blog = await open('https://kexue.fm/archives/6508');
    await waitForLines(blog, (lines) => lines.some(({ text }) => text.startsWith('已读')));
    const again = await openLibrary('record');
    await says(again, '书桌上的电脑');

    await press(again, 'sync-leave');
    await says(again, '默认关闭');
    expect(Object.keys(await synced()).filter((key) => !key.includes('other123'))).toEqual([]);
  });

  it('keeps what the reader does on the blog in the undo list', async () => {
    const blog = await open('https://kexue.fm/');
    const lines = await filledLines(blog);
    const title = lines[0]?.title ?? '';
    await click(blog, title, 'mark');
    await waitForLines(blog, (all) => lineOf(all, title).text.startsWith('已读'));
    const page = await openLibrary('record');
    await press(page, 'steps');
    await says(page, title);
  });
});

describe.each(BROWSERS)('the library of a new reader in %s', (browser) => {
  const stage = setStage(browser);

  it('says what it could not read, and keeps it; a file brings a record from elsewhere', async () => {
    await stage.current.inExtension(`browser.storage.local.set({ journal: ['乱七八糟'] })`);
    await stage.current.mark({ 8265: READ });
    const page = await stage.current.openLibrary('record');
    await says(page, '1 条记录读不懂，已放在一边，原样保留。');
    await press(page, 'aside');
    await says(page, '乱七八糟');
    const file = exportFile(
      {
        record: new Map([
          [9708, { mark: READ, stamp: { time: READ.at, tick: 0, device: 'other123' } }],
          [
            10001,
            { mark: { kind: 'later' }, stamp: { time: READ.at, tick: 1, device: 'other123' } },
          ],
        ]),
        learned: new Map(),
      },
      'other123',
      READ.at,
    );
    await upload(page, await written('record.json', file));
    await says(page, '新增 2 篇，改变 0 篇，保留这边的 0 篇，两边一样 0 篇。');
    await press(page, 'import-take');
    await says(page, '3 条记录。');
    expect(await stage.current.inExtension(`browser.storage.local.get('aside')`)).toMatchObject({
      aside: { said: true },
    });
    await page.close();
  });
});

const addressOf = (page: Page) => page.evaluate(() => location.href).catch(() => '');

/** The view may be drawn anew at any moment, so the control is looked for until it was pressed. */
async function press(page: Page, key: string): Promise<void> {
  await page.bringToFront();
  await page.locator(`[data-key^="${key}"]`).click();
}

function textOf(page: Page): Promise<string> {
  return page.$eval('main', (main) => main.textContent);
}

async function says(page: Page, text: string): Promise<void> {
  const until = Date.now() + 10_000;
  while (!(await textOf(page)).includes(text)) {
    if (Date.now() > until) expect(await textOf(page)).toContain(text);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

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

/** The text that 导出文件 would save: read where the page makes it. */
async function exportedBy(page: Page): Promise<string> {
  await page.evaluate(() => {
    const made = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      void blob.text().then((text) => (document.documentElement.dataset['exported'] = text));
      return made(blob);
    };
  });
  await press(page, 'export-json');
  await page.waitForSelector('html[data-exported]');
  return page.$eval('html', (root) => root.dataset['exported'] ?? '');
}

describe.each(BROWSERS)('the library in English, whose words are longer, in %s', (browser) => {
  const stage = setStage(browser, { language: 'en' });

  it('stands within windows of any width', async () => {
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
