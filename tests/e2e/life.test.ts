/** What may happen to an extension while it is in use. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Page, TargetType } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import {
  BROWSERS,
  click,
  filledLines,
  lineOf,
  seeLines,
  setStage,
  waitForLines,
} from './harness.ts';

const LISTING = 'https://kexue.fm/2013/';

describe.each(BROWSERS)('the background sleeps in %s', (browser) => {
  const stage = setStage(browser, { backgroundIdleMs: 1_000 });

  it('two marks with its death between them are both there', async () => {
    const page = await stage.current.open(LISTING);
    const [first, second] = await filledLines(page);
    await click(page, first?.title ?? '', 'mark');
    await waitForLines(page, (all) => all[0]?.text.startsWith('已读') ?? false);

    const { launched } = stage.current;
    if (browser === 'chromium') {
      const target = await launched.browser.waitForTarget(
        (each) => each.type() === TargetType.SERVICE_WORKER,
      );
      const worker = await target.worker();
      await worker?.close();
    } else {
      // The event page is suspended after a second of quiet.
      await delay(2_500);
    }
    await click(page, second?.title ?? '', 'mark');
    const lines = await waitForLines(page, (all) => all[1]?.text.startsWith('已读') ?? false);
    expect(lines[0]?.text).toMatch(/^已读/);
    const fresh = await stage.current.open(LISTING);
    expect(
      (await filledLines(fresh)).slice(0, 2).every(({ text }) => text.startsWith('已读')),
    ).toBe(true);
    await Promise.all([page.close(), fresh.close()]);
  });

  it('many marks at once from two tabs are all kept, also through a fold of the journal', async () => {
    const ids = Array.from({ length: 150 }, (_, i) => i + 4);
    await Promise.all(
      ids.map((id) => stage.current.mark({ [id]: { kind: 'read', at: Date.now(), by: 'hand' } })),
    );
    const page = await stage.current.open('https://kexue.fm/2009/07/');
    const lines = await filledLines(page);
    expect(lines.every(({ text }) => text.startsWith('已读'))).toBe(true);
    await page.close();
  });
});

describe.each(BROWSERS)('corrupt storage in %s', (browser) => {
  const stage = setStage(browser);

  it('what is sound is shown, what is not is left out, and the page works', async () => {
    // The first act makes the record, which is about to be lost; the second is in the journal.
    await stage.current.mark({ 9708: { kind: 'later' } });
    await stage.current.mark({ 2208: { kind: 'later' } });
    await stage.current.inExtension(
      `browser.storage.local.get('journal').then(({ journal }) => browser.storage.local.set({
        record: { not: 'a record' }, settings: [1, 2], journal: ['rubbish', 7, null, ...journal],
      }))`,
    );
    const page = await stage.current.open('https://kexue.fm/archives/2208');
    const [line] = await waitForLines(page, (all) => (all[0]?.text ?? '') !== '');
    expect(line?.text).toMatch(/^(稍后读|Later)/);
    await page.close();
  });
});

describe('full storage in Chromium', () => {
  const stage = setStage('chromium');

  it('says that a mark was not stored and why, keeps what was, and stores it when told to again', async () => {
    await stage.current.inExtension(
      `browser.storage.local.set({ filler: 'x'.repeat(10 * 1024 * 1024 - 700) })`,
    );
    const page = await stage.current.open(LISTING);
    const [line] = await filledLines(page);
    const title = line?.title ?? '';
    let failed = false;
    for (let i = 0; i < 30 && !failed; i++) {
      const answer = await stage.current.mark({ [i + 4]: { kind: 'later' } });
      failed = !answer.ok;
    }
    expect(failed).toBe(true);
    await click(page, title, 'mark');
    const lines = await waitForLines(page, (all) =>
      lineOf(all, title).text.includes('没存上：存储已满'),
    );
    expect(lineOf(lines, title).text).toMatch(/^未读.*没存上：存储已满再试/);
    await stage.current.inExtension(`browser.storage.local.remove('filler')`);
    await click(page, title, 'action');
    await waitForLines(page, (all) => lineOf(all, title).text.startsWith('已读'));
    await page.close();
  });
});

describe.each(BROWSERS)('the extension is reloaded under an open page in %s', (browser) => {
  const stage = setStage(browser);

  it('the old script falls silent and says so once; no line is doubled', async () => {
    const page = await stage.current.open(LISTING);
    await filledLines(page);
    await stage.current.reload();
    if (browser === 'firefox') {
      // Firefox lets the new script into open pages: the lines are its own and work.
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

  it('marks on links are the new script’s alone: the same, live, and gone without a trace', async () => {
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
    // The stage's own page of the extension went with it.
    const popup = await stage.current.openPopup();
    const changes = [{ post: 8265, mark: { kind: 'unread' } }];
    const act = JSON.stringify({ type: 'act', id: 'after-reload', changes });
    await popup.evaluate(`browser.runtime.sendMessage(${act})`);
    await page.waitForFunction(() => !document.querySelector('#PostContent [data-kexue-mark]'));
    const link = await page.$eval('#PostContent a[href$="/8265"]', (each) =>
      each.getAttributeNames(),
    );
    expect(link).toEqual(['href', 'target']);
    await Promise.all([page.close(), popup.close()]);
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

  it('the popup says so and gets it back; the blog is left alone meanwhile', async () => {
    await stage.current.inExtension(`browser.permissions.remove(${ORIGINS})`);
    const page = await stage.current.open(LISTING);
    await delay(500);
    expect(await seeLines(page)).toEqual([]);
    const popup = await stage.current.openPopup();
    expect(await popup.$eval('body', (body) => body.innerText)).toContain('还不能在博客上显示');
    const buttons = await popup.$$('button');
    for (const button of buttons) {
      if ((await button.evaluate((each) => each.textContent)) === '允许') await button.click();
    }
    await popup.waitForFunction(() => !document.body.innerText.includes('还不能在博客上显示'));
    await page.reload({ waitUntil: 'load' });
    expect(await filledLines(page)).toHaveLength(8);
    await Promise.all([page.close(), popup.close()]);
  });
});
