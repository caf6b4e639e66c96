/** Reading a post, and its mark on every page afterwards. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import {
  BROWSERS,
  controlOf,
  filledLines,
  lineOf,
  MARK,
  seeLines,
  setStage,
  waitForLines,
} from './harness.ts';
import { readSynced } from '../../src/exchange/synced.ts';
import { partsOf } from '../facts.ts';
import { until } from './until.ts';

const PARTS = partsOf('Transformer升级之路').length;

/** A short post, part 1 of 6, that fits in the window: reading it takes the minimum time, 20 s. */
const SHORT = {
  title: '《新理解矩阵1》',
  path: '/archives/1765',
  listing: 'https://kexue.fm/2012/10/',
};
const LONG = 'https://kexue.fm/archives/9708';

describe.each(BROWSERS)('reading in %s', (browser) => {
  const stage = setStage(browser);

  it('a post has its line below the title and its series at the end, both current', async () => {
    const page = await stage.current.open(LONG);
    const lines = await waitForLines(page, (all) => all.length === 2 && all[0]?.text !== '');
    const [line, ending] = lines;
    expect(line?.text).toContain(`第 12 / ${PARTS} 篇`);
    expect(ending?.rows).toHaveLength(PARTS);
    expect(ending?.rows[11]).toMatch(/^12无限外推的ReRoPE？本篇/);
    expect(ending?.controls.at(-2)?.text).toBe('上一篇11、将β进制位置进行到底');
    expect(ending?.controls.at(-1)?.href).toBe('https://kexue.fm/archives/9728');
    await stage.current.mark({ 8231: { kind: 'read', at: Date.now(), by: 'hand' } });
    await waitForLines(page, (all) => all[1]?.ruler === `${PARTS} 篇中已读 1 篇`);
    await page.close();
  });

  it('opening a post and closing it again makes no mark', async () => {
    const page = await stage.current.open('https://kexue.fm/archives/9603');
    await filledLines(page);
    await delay(2_000);
    await page.goto('about:blank');
    await delay(300);
    expect((await stage.current.record()).has(9603)).toBe(false);
    await page.close();
  });

  it('a page that scrolls automatically is not read, even if it is open for long', async () => {
    const page = await stage.current.open(LONG);
    await filledLines(page);
    // Progress would show after 8 s.
    for (let second = 0; second < 12; second++) {
      await page.evaluate(() => scrollBy({ top: 200, behavior: 'instant' }));
      await delay(1_000);
    }
    expect((await seeLines(page))[0]?.text).toMatch(/^未读/);
    await page.mouse.wheel({ deltaY: 10 });
    await waitForLines(page, (all) => /^在读 \d+%/.test(all[0]?.text ?? ''));
    await page.close();
  });

  it('scrolling to the end quickly marks it as reading, not read', async () => {
    const page = await stage.current.open(LONG);
    await filledLines(page);
    for (let i = 0; i < 40; i++) {
      await page.mouse.wheel({ deltaY: 240 });
      await delay(300);
    }
    const lines = await waitForLines(page, (all) => /^在读 \d+%/.test(all[0]?.text ?? ''));
    expect(lines[0]?.text).not.toContain('已读');
    await page.close();
  });

  it('a post that was really read is marked as read on the previous page and in another tab', async () => {
    const other = await stage.current.open(SHORT.listing);
    const page = await stage.current.open(SHORT.listing);
    await filledLines(page);
    await page.bringToFront();
    await page.evaluate('globalThis.wasHere = true');
    const title = await titleLink(page);
    await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), title.click()]);
    expect(new URL(page.url()).pathname).toBe(SHORT.path);
    // It fits in the window; a reader who moves the mouse occasionally needs 20 s. A second may take
    // longer on a busy machine.
    const opened = performance.now();
    for (let move = 0; performance.now() - opened < 16_000; move++) {
      await page.mouse.move(400 + move, 300);
      await delay(1_000);
    }
    expect((await seeLines(page))[0]?.text, 'after 16 s').not.toMatch(/^已读/);
    await page.mouse.move(400, 320);
    const [line] = await waitForLines(page, (all) => all[0]?.text.startsWith('已读') ?? false);
    expect(line?.text).toContain('下一篇未读 2、矩阵是什么？');

    await page.goBack({ waitUntil: browser === 'firefox' ? [] : 'load' });
    const back = await waitForLines(page, (all) =>
      all.some((each) => each.title.includes(SHORT.title) && each.text.startsWith('已读')),
    );
    expect(await page.evaluate('globalThis.wasHere'), 'from the back/forward cache').toBe(true);
    expect(back).toHaveLength(8);
    expect(controlOf(lineOf(back, SHORT.title), MARK).pressed).toBe('true');
    await waitForLines(other, (all) => lineOf(all, SHORT.title).text.startsWith('已读'));
    await Promise.all([page.close(), other.close()]);
  });

  // It waits until the next write is due, 20 s; that is why it is among other tests that wait.
  it('with sync on, the last mark is in the account within a minute, though nothing else happens', async () => {
    const inExtension = <T>(work: string) => stage.current.inExtension<T>(work);
    // A page that reads the account does not wake the background.
    const isSynced = async (post: number) => {
      const items = await inExtension<Record<string, unknown>>('browser.storage.sync.get(null)');
      return readSynced(items).entries.has(post);
    };
    await inExtension(`send({ type: 'sync', ask: 'on' })`);
    await stage.current.mark({ 6508: { kind: 'later' } });
    expect(await isSynced(6508)).toBe(false);
    await until(() => isSynced(6508));
    await inExtension(`send({ type: 'sync', ask: 'leave' })`);
  });
});

async function titleLink(page: Page) {
  const links = await page.$$('.Post .title-wrap h2 a');
  for (const link of links) {
    if ((await link.evaluate((a) => a.textContent)).includes(SHORT.title)) return link;
  }
  throw new Error(`${SHORT.title} is not on the page`);
}
