/** Corrupt storage, a script that runs again, removed access, missing parts of the API, slow storage. */
import { mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { BROWSERS, filledLines, seeLines, setStage, waitForLines } from './harness.ts';
import { button, press, textOf, waitForText } from './roles.ts';
import { until } from './until.ts';

const LISTING = 'https://kexue.fm/2013/';

describe.each(BROWSERS)('corrupt storage in %s', (browser) => {
  const stage = setStage(browser);

  it('shows valid values, omits others, and leaves the page working', async () => {
    await stage.current.mark({ 9708: { kind: 'later' }, 2208: { kind: 'later' } });
    const line = (9708).toString(36);
    await stage.current.inExtension(
      `browser.storage.local.get('record').then(({ record }) => browser.storage.local.set({
        record: record.replace('\\n${line} ', '\\n?? ') + '\\nrubbish', settings: [1, 2],
      }))`,
    );
    const textAt = async (id: number) => {
      const page = await stage.current.open(`https://kexue.fm/archives/${id}`);
      const [shown] = await waitForLines(page, (all) => (all[0]?.text ?? '') !== '');
      await page.close();
      return shown?.text;
    };
    expect(await textAt(2208)).toMatch(/^(稍后读|Read later)/);
    expect(await textAt(9708)).toMatch(/^(未读|Unread)/);
  });
});

describe.each(BROWSERS)('the extension is reloaded under an open page in %s', (browser) => {
  const stage = setStage(browser);

  it('stops the old script, which says so once; no line is duplicated', async () => {
    const page = await stage.current.open(LISTING);
    await filledLines(page);
    await stage.current.reload();
    if (browser === 'firefox') {
      // Firefox runs the new script in open pages: the lines are its own and work.
      const lines = await waitForLines(
        page,
        (all) => all.length === 8 && all.every(({ text }) => text !== ''),
      );
      expect(lines.every(({ text }) => /^(未读|Unread)/.test(text))).toBe(true);
    } else {
      await page.bringToFront();
      await page.mouse.click(5, 5);
      const lines = await waitForLines(page, (all) =>
        all.some(({ text }) => text === '已更新，请刷新本页'),
      );
      expect(lines).toHaveLength(8);
      expect(lines.filter(({ text }) => text !== '')).toHaveLength(1);
      expect(lines.flatMap(({ controls }) => controls)).toEqual([]);
    }
    await page.reload({ waitUntil: 'load' });
    expect(await filledLines(page)).toHaveLength(8);
    await page.close();
  });
});

describe('the content script is run again over itself in Firefox', () => {
  const stage = setStage('firefox');
  const worn = (page: Page) =>
    page.evaluate(() => ({
      sheets: document.adoptedStyleSheets.length,
      links: [...document.querySelectorAll('#PostContent [data-kexue-mark]')].map((link) =>
        link
          .getAttributeNames()
          .filter((name) => name !== 'target')
          .map((name) => `${name}=${link.getAttribute(name)}`),
      ),
    }));

  it('link marks belong to the new script only: equal, live, and completely removable', async () => {
    const page = await stage.current.open('https://kexue.fm/archives/9708');
    await stage.current.mark({ 8265: { kind: 'later' } });
    await page.waitForSelector('#PostContent [data-kexue-mark="later"]');
    const before = await worn(page);
    expect(before.links).toHaveLength(1);
    await stage.current.reload();
    await waitForLines(
      page,
      (all) => all.length === 2 && all.every(({ text, isEnding }) => isEnding || text !== ''),
    );
    expect(await worn(page)).toEqual(before);
    await stage.current.mark({ 8265: { kind: 'unread' } });
    await page.waitForFunction(() => !document.querySelector('#PostContent [data-kexue-mark]'));
    const link = await page.$eval('#PostContent a[href$="/8265"]', (each) =>
      each.getAttributeNames(),
    );
    expect(link).toEqual(['href', 'target']);
    await page.close();
  });
});

describe('access to the blog is taken away in Firefox', () => {
  const stage = setStage('firefox');
  const ORIGINS = JSON.stringify({
    origins: [
      '*://kexue.fm/*',
      '*://www.kexue.fm/*',
      '*://spaces.ac.cn/*',
      '*://www.spaces.ac.cn/*',
    ],
  });

  it('the popup says so and requests it; the blog is unchanged meanwhile', async () => {
    await stage.current.inExtension(`browser.permissions.remove(${ORIGINS})`);
    const page = await stage.current.open(LISTING);
    await delay(500);
    expect(await seeLines(page)).toEqual([]);
    const popup = await stage.current.openPopup();
    expect(await textOf(popup)).toContain('还不能在博客上显示');
    await press(popup, button('允许'));
    await until(async () => !(await textOf(popup)).includes('还不能在博客上显示'));
    await page.reload({ waitUntil: 'load' });
    expect(await filledLines(page)).toHaveLength(8);
    await Promise.all([page.close(), popup.close()]);
  });
});

// Firefox for Android runs Firefox's package with fewer parts of the API. A test can remove them in Chromium
// only; built-background.test.ts does so for the background.
describe('our pages as Firefox for Android shows them', () => {
  const stage = setStage('chromium');
  const MISSING = ['commands', 'contextMenus', 'omnibox', 'history'];
  const SIZES = [
    { width: 360, height: 740 },
    { width: 412, height: 915 },
  ];
  const PICTURES = new URL('./screenshots/', import.meta.url);

  const openOnPhone = async (path: string, ready: string, size: (typeof SIZES)[number]) => {
    const { launched } = stage.current;
    const page = await launched.browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.setViewport({ ...size, isMobile: true, hasTouch: true });
    await page.evaluateOnNewDocument((names: string[]) => {
      const scope = globalThis as unknown as Record<string, Record<string, unknown> | undefined>;
      for (const name of names) for (const api of ['chrome', 'browser']) delete scope[api]?.[name];
    }, MISSING);
    await page.goto(`${launched.baseUrl}/${path}`, { waitUntil: 'load' });
    await page.waitForSelector(`html[data-ready${ready}]`);
    return { page, errors };
  };

  it.each(['zh-CN', 'en'] as const)(
    'start, fill the screen and can be used, in %s',
    async (language) => {
      mkdirSync(PICTURES, { recursive: true });
      await stage.current.set({ language });
      await stage.current.mark({ 9708: { kind: 'read', at: Date.now(), by: 'hand' } });
      const views = ['map', 'plan', 'list', 'year', 'record', 'settings', 'welcome'];
      for (const size of SIZES)
        for (const view of ['popup', ...views]) {
          const isPopup = view === 'popup';
          const { page, errors } = await openOnPhone(
            isPopup ? 'src/popup/index.html' : `src/library/index.html#${view}`,
            isPopup ? '' : `="${view}"`,
            size,
          );
          const { width, height, contents } = await page.evaluate(() => ({
            width: document.body.getBoundingClientRect().width,
            height: document.body.getBoundingClientRect().height,
            contents: document.documentElement.scrollWidth,
          }));
          expect([view, contents, width]).toEqual([view, size.width, size.width]);
          if (isPopup) expect(height).toBe(size.height);
          const path = `phone-${size.width}-${view}-${language}.png`;
          await page.screenshot({
            path: fileURLToPath(new URL(path, PICTURES)),
          });
          expect(errors).toEqual([]);
          await page.close();
        }
    },
  );

  it('offer nothing that the phone lacks, and store marks', async () => {
    await stage.current.set({ language: 'zh-CN' });
    const [size] = SIZES as [(typeof SIZES)[number]];
    const record = await openOnPhone('src/library/index.html#record', '="record"', size);
    const text = await textOf(record.page);
    expect(text).toContain('安卓版 Firefox 不把扩展的数据带到别处');
    expect(text).not.toMatch(/从历史记录开始|默认关闭|电脑上$/m);
    await record.page.close();

    const settings = await openOnPhone('src/library/index.html#settings', '="settings"', size);
    expect(await textOf(settings.page)).not.toContain('图标角标');
    await settings.page.close();

    const { page, errors } = await openOnPhone('src/popup/index.html', '', size);
    const id = await page.$eval('[data-mark]', (mark) => Number(mark.getAttribute('data-mark')));
    await page.tap('[data-mark]');
    await until(async () => (await stage.current.record()).get(id)?.mark.kind === 'read');
    await waitForText(page, '撤销');
    expect(errors).toEqual([]);
    await page.close();
  });
});

// In Firefox a test cannot change an extension page before its scripts run; the unit test of
// ui/loading-notice.ts covers both browsers.
describe('the storage answers late or not at all in Chromium', () => {
  const stage = setStage('chromium');
  const PAGES = ['src/popup/index.html', 'src/library/index.html#list'];

  /** Opens a page of ours whose reads of the storage wait until the test calls `end`. */
  const openKeptWaiting = async (path: string): Promise<Page> => {
    const { launched } = stage.current;
    const page = await launched.browser.newPage();
    await page.evaluateOnNewDocument(() => {
      interface Area {
        get(keys: unknown): Promise<unknown>;
      }
      const scope = globalThis as unknown as Record<string, { storage: { local: Area } }> & {
        ends: ((how: 'answer' | 'fail') => void)[];
      };
      scope.ends = [];
      const api = scope['browser'] ?? scope['chrome'];
      if (!api) throw new Error('no extension API');
      const { local } = api.storage;
      const get = local.get.bind(local);
      local.get = (keys) =>
        new Promise((resolve, reject) => {
          scope.ends.push((how) =>
            how === 'fail' ? reject(new Error('no disk')) : resolve(get(keys)),
          );
        });
    });
    await page.goto(`${launched.baseUrl}/${path}`, { waitUntil: 'load' });
    return page;
  };
  const end = (page: Page, how: 'answer' | 'fail') =>
    page.evaluate((way) => {
      for (const each of (globalThis as never as { ends: ((h: string) => void)[] }).ends.splice(0))
        each(way);
    }, how);

  it.each(PAGES)('%s says so, and continues after a retry', async (path) => {
    await stage.current.mark({ 9708: { kind: 'later' } });
    const page = await openKeptWaiting(path);
    // The settings are not known yet, so the language is the browser's.
    await waitForText(page, 'Loading your record');
    await end(page, 'fail');
    await waitForText(page, 'Nothing is lost');
    await press(page, button('Try again'));
    await delay(100);
    await end(page, 'answer');
    await page.waitForSelector('html[data-ready]');
    expect(await textOf(page)).not.toMatch(/正在读取|没有丢|Loading your record|is lost/);
    await page.close();
  });
});
