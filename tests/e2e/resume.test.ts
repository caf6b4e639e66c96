/** The progress of a visit, and returning to the place where the reader stopped. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { decodeRecord } from '../../src/record/codec.ts';
import { type Mark, markOf } from '../../src/record/marks.ts';
import {
  BROWSERS,
  type Control,
  controlOf,
  filledLines,
  focusedControl,
  hasControl,
  middleOf,
  type SeenLine,
  seeLines,
  SERIES,
  setStage,
  type Stage,
  waitForLines,
} from './harness.ts';
import { fileResponse, pageResponse, typeset } from './mathjax.ts';
import { button, type Wanted } from './roles.ts';

const POST = 'https://kexue.fm/archives/9708';
const OFFER = '回到上次读到的地方';
const DECLINE = button('收起');

/** Moves the mouse occasionally, like a reader. */
async function stay(page: Page, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await page.mouse.move(300 + second, 300);
    await delay(1_000);
  }
}

const textOf = async (page: Page) => (await seeLines(page))[0]?.text ?? '';

/** Waits for a control of the post's line. */
async function control(page: Page, what: Wanted): Promise<Control> {
  const [line] = await waitForLines(page, ([own]) => own !== undefined && hasControl(own, what));
  return controlOf(line as SeenLine, what);
}

/** Presses at the control's position, because scrolling to it would change the reader's position. */
async function press(page: Page, { box }: Control): Promise<void> {
  const { x, y } = middleOf(box);
  await page.mouse.click(x, y);
}

/** The position of the article at the window's top: the index of a paragraph, and the share of it above. */
const topOf = (page: Page): Promise<{ at: number; share: number }> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('#PostContent p')];
    const at = all.findIndex((p) => p.getBoundingClientRect().bottom > 0);
    const { top, height } = all[at]?.getBoundingClientRect() ?? new DOMRect();
    return { at, share: Math.max(0, -top / height) };
  });

/** The current distance of that position from the window's top, in px. */
const heightOf = (page: Page, top: { at: number; share: number }): Promise<number> =>
  page.evaluate(({ at, share }) => {
    const box = document.querySelectorAll('#PostContent p')[at]?.getBoundingClientRect();
    return box ? box.top + share * box.height : NaN;
  }, top);

/** Reads the middle of the post for a while and leaves; returns the mark and that position. */
async function readAndLeave(
  stage: Stage,
  page: Page,
): Promise<{ mark: Mark; top: { at: number; share: number } }> {
  await stage.set({ strictness: 'loose' });
  await page.setViewport({ width: 1180, height: 700 });
  await page.goto(POST, { waitUntil: 'load' });
  await filledLines(page);
  await page.mouse.move(300, 300);
  await page.evaluate(() => scrollTo({ top: 1_500, behavior: 'instant' }));
  await stay(page, 12);
  expect(await textOf(page)).toMatch(/^在读 \d+%/);
  const top = await topOf(page);
  await page.goto('about:blank');
  await delay(300);
  const { record, journal } = await stage.inExtension<{ record: unknown; journal: unknown }>(
    'browser.storage.local.get(["record", "journal"])',
  );
  return { mark: markOf(decodeRecord(record, journal).record, 9708), top };
}

describe.each(BROWSERS)('progress and place in %s', (browser) => {
  const stage = setStage(browser);

  it('is shown while it grows, moves nothing, and is stored in steps', async () => {
    await stage.current.set({ strictness: 'loose' });
    const page = await stage.current.open('https://kexue.fm/archives/9728');
    await filledLines(page);
    await stage.current.inExtension(`(globalThis.writes = 0, browser.storage.onChanged.addListener(
      (changed) => { if (changed.journal) globalThis.writes++; }))`);
    const seen = new Map<string, number>();
    for (let second = 0; second < 16; second++) {
      await page.mouse.move(300 + second, 300);
      await delay(1_000);
      const [line] = await seeLines(page);
      const { x } = controlOf(line as SeenLine, SERIES).box;
      seen.set(/^(?:未读|在读 \d+%)/.exec(line?.text ?? '')?.[0] ?? '', x);
    }
    expect(seen.size, [...seen.keys()].join()).toBeGreaterThanOrEqual(4);
    expect(seen.keys().next().value).toBe('未读');
    expect(new Set(seen.values()).size, 'places of what stands beside it').toBe(1);
    const percents = [...seen.keys()].slice(1).map((text) => Number(text.slice(3, -1)));
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    const writes = await stage.current.inExtension<number>('globalThis.writes');
    expect(writes).toBeLessThanOrEqual(Math.floor((percents.at(-1) ?? 0) / 5));
    await page.close();
  });

  it('is neither shown nor stored if recording is switched off', async () => {
    await stage.current.set({ autoRead: false });
    const page = await stage.current.open('https://kexue.fm/archives/9706');
    await filledLines(page);
    await stay(page, 11);
    expect(await textOf(page)).toMatch(/^未读/);
    await page.goto('about:blank');
    await delay(300);
    const { journal = [] } = await stage.current.inExtension<{ journal?: string[] }>(
      'browser.storage.local.get("journal")',
    );
    expect(journal.filter((line) => line.includes(` ${(9706).toString(36)} `))).toEqual([]);
    await stage.current.set({ autoRead: true });
    await page.close();
  });

  it('does not grow in a hidden tab', async () => {
    const page = await stage.current.open('https://kexue.fm/archives/9675');
    await filledLines(page);
    const other = await stage.current.open('https://kexue.fm/');
    await other.bringToFront();
    const isHidden = 'document.visibilityState === "hidden"';
    expect(await page.evaluate(isHidden), 'the first tab is hidden').toBe(true);
    await stay(other, 11);
    await page.bringToFront();
    await delay(1_500);
    expect(await textOf(page)).toMatch(/^未读/);
    await Promise.all([page.close(), other.close()]);
  });

  it('offers the position where the reader stopped, and scrolls there in a narrower window', async () => {
    const page = await stage.current.launched.browser.newPage();
    const { mark, top } = await readAndLeave(stage.current, page);
    expect(mark).toMatchObject({ kind: 'reading', place: { at: expect.any(Number) } });
    const comeBack = async () => {
      await page.goto('about:blank');
      await stage.current.mark({ 9708: mark });
      await page.goto(POST, { waitUntil: 'load' });
    };
    await page.setViewport({ width: 760, height: 700 });
    await page.goto(POST, { waitUntil: 'load' });
    await press(page, await control(page, button(OFFER)));
    await delay(300);
    const y = await heightOf(page, top);
    expect(y).toBeGreaterThan(-30);
    expect(y).toBeLessThan(180);
    expect(await textOf(page), 'once gone there').not.toContain(OFFER);

    // The reader scrolls away by themselves, so no way back is offered.
    await page.mouse.wheel({ deltaY: -300 });
    await delay(800);
    expect(await heightOf(page, top)).toBeGreaterThan(y + 200);

    // Declines by keyboard, with Escape. The offer also disappears when the reader scrolls past the position.
    await comeBack();
    await control(page, button(OFFER));
    await page.evaluate(() => {
      [...document.querySelectorAll<HTMLElement>('.title-wrap h1 a')][0]?.focus();
    });
    for (let i = 0; i < 12 && (await focusedControl(page))?.text !== OFFER; i++)
      await page.keyboard.press('Tab');
    expect((await focusedControl(page))?.text).toBe(OFFER);
    await page.keyboard.press('Escape');
    await waitForLines(page, (all) => !all[0]?.text.includes(OFFER));

    await comeBack();
    await control(page, button(OFFER));
    await page.evaluate(() => scrollTo({ top: 4_000, behavior: 'instant' }));
    await waitForLines(page, (all) => !all[0]?.text.includes(OFFER));

    // Declines with the button.
    await comeBack();
    await press(page, await control(page, button(OFFER)).then(() => control(page, DECLINE)));
    await waitForLines(page, (all) => !all[0]?.text.includes(OFFER));
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.close();
  });
});

const FORMULA = '</p><p>$$\\sum_{i=1}^n \\frac{\\frac{x_i}{y_i}}{\\int_0^1 f(t)dt}$$</p>';

describe('while MathJax still typesets (Chromium)', () => {
  const stage = setStage('chromium');

  it('finds the position, and keeps it until the page has stopped growing', async () => {
    const page = await stage.current.launched.browser.newPage();
    const address = `http://127.0.0.1:${stage.current.site.plainPort}/archives/9708`;
    const html = await (await fetch(address)).text();
    const [head = '', body = ''] = html.split('id="PostContent"');
    const [article = '', tail = ''] = body.split('<div id="content_tips"');
    const withFormulas = article.replaceAll('</p>', () => FORMULA);
    const whole = `${head}id="PostContent"${withFormulas}<div id="content_tips"${tail}`;
    // Otherwise the page would wait for MathJax.
    const response = pageResponse(whole, 'async');
    let lateness = 0;
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const { pathname, protocol } = new URL(request.url());
      if (protocol !== 'https:') return void request.continue();
      const file = fileResponse(request.url());
      if (!file && pathname !== '/archives/9708') return void request.continue();
      const respond = () => void request.respond(file ?? response).catch(() => undefined);
      setTimeout(respond, file ? lateness : 0);
    });
    const { top } = await readAndLeave(stage.current, page);

    lateness = 250;
    await page.setViewport({ width: 760, height: 700 });
    await page.goto(POST, { waitUntil: 'domcontentloaded' });
    const formulas = () => page.$$eval('.MathJax_Display', (all) => all.length);
    const offered = await control(page, button(OFFER));
    expect(await formulas(), 'formulas typeset before the click').toBe(0);
    await press(page, offered);
    await delay(300);
    const before = await page.evaluate(() => document.documentElement.scrollHeight);
    await typeset(page);
    await delay(300);
    expect(await formulas()).toBeGreaterThan(8);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).not.toBe(before);
    const y = await heightOf(page, top);
    expect(y).toBeGreaterThan(-30);
    expect(y).toBeLessThan(180);
    await page.close();
  });
});
