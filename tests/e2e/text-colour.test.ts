/** Our text has the page's own text colour, so it stays readable when the page changes its colours. */
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  BROWSERS,
  click,
  filledLines,
  hasControl,
  lineOf,
  MARK,
  SERIES,
  setStage,
  UNDO,
  waitForLines,
} from './harness.ts';

/** The contrast that WCAG 2 requires for running text. */
const READABLE = 4.5;

/** Ways of darkening a page after load. */
const DARKENED: [how: string, darken: (page: Page) => Promise<unknown>][] = [
  [
    'a class on its body',
    (page) =>
      page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`
          body.night { background: #16181a; color: #d6d4d0; }
          body.night :is(.Post, .PostHead, .PostContent) { background: #1e2124; }`);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        document.body.className += ' night';
      }),
  ],
  [
    'styles on its elements',
    (page) =>
      page.evaluate(() => {
        document.documentElement.style.cssText = 'background: #000; color: #bbb';
        document.body.style.cssText = 'background: #000; color: #bbb';
        for (const item of document.querySelectorAll<HTMLElement>('.Post'))
          item.style.cssText = 'background: #111; color: #bbb';
      }),
  ],
];

/** A library that darkens pages, used by an extension for dark pages. */
const DARK_READER = createRequire(import.meta.url).resolve('darkreader/darkreader.js');

interface Ink {
  text: string;
  /** The contrast with the background according to WCAG 2. */
  contrast: number;
}

/** All our text on the page, after transitions have ended. */
async function inksOn(page: Page): Promise<Ink[]> {
  return page.evaluate(async () => {
    await new Promise((done) => setTimeout(done, 300));
    dispatchEvent(new Event('probe-inks'));
    return JSON.parse(document.documentElement.getAttribute('data-probe-inks') ?? '[]');
  });
}

/** The texts with too little contrast. */
const faintIn = (inks: Ink[]) =>
  inks
    .filter(({ contrast }) => contrast < READABLE)
    .map(({ text, contrast }) => `${text} ${contrast.toFixed(2)}`);

describe.each(BROWSERS)('a page that is darkened after load, in %s', (browser) => {
  const stage = setStage(browser);
  let page: Page | undefined;
  afterEach(async () => {
    await page?.close();
    page = undefined;
  });

  it.each(DARKENED)('by %s keeps a line and its open list readable', async (_, darken) => {
    const here = (page = await stage.current.open('https://kexue.fm/2025/05/'));
    await filledLines(here);
    const title = 'MoE环游记：5、';
    await click(here, title, SERIES);
    await waitForLines(here, (all) => lineOf(all, title).rows.length === 9);
    const before = await inksOn(here);
    expect(faintIn(before)).toEqual([]);
    expect(before.length).toBeGreaterThan(40);
    await darken(here);
    expect(faintIn(await inksOn(here))).toEqual([]);
    await click(here, title, MARK);
    await waitForLines(here, (all) => hasControl(lineOf(all, title), UNDO));
    expect(faintIn(await inksOn(here))).toEqual([]);
    await click(here, title, UNDO);
  });

  it.each(DARKENED)(
    'by %s keeps a post’s line, preview and contents readable',
    async (_, darken) => {
      const here = (page = await stage.current.open('https://kexue.fm/archives/9731'));
      await waitForLines(here, (all) => all.length === 2 && all[0]?.text !== '');
      await darken(here);
      await here.hover('#PostContent a[href$="/archives/8265"]');
      await waitForLines(here, (all) => all.some(({ card }) => card?.includes('2021-03-23')));
      const inks = await inksOn(here);
      expect(inks.some(({ text }) => text === '加入计划')).toBe(true);
      expect(faintIn(inks)).toEqual([]);
    },
  );

  it.each(DARKENED)('by %s keeps the archive’s bar readable', async (_, darken) => {
    const here = (page = await stage.current.open('https://kexue.fm/content.html'));
    await waitForLines(here, (all) => all.some(({ controls }) => controls.length === 5));
    await darken(here);
    expect(faintIn(await inksOn(here))).toEqual([]);
  });
});

describe.each(BROWSERS)('a page that an extension darkens after load, in %s', (browser) => {
  const stage = setStage(browser);

  it('has readable lines', async () => {
    const page = await stage.current.open('https://kexue.fm/2025/05/');
    await filledLines(page);
    const before = await inksOn(page);
    await page.addScriptTag({ path: DARK_READER });
    await page.evaluate('DarkReader.enable({ brightness: 100, contrast: 90, sepia: 10 })');
    await page.waitForFunction(() => {
      const [first = 255] = getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? [];
      return Number(first) < 80;
    });
    const inks = await inksOn(page);
    expect(inks.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    expect(faintIn(inks)).toEqual([]);
    await page.evaluate('DarkReader.disable()');
    expect(faintIn(await inksOn(page))).toEqual([]);
    await page.close();
  });
});

describe('a system that changes its colours, in chromium', () => {
  const stage = setStage('chromium');

  it('changes the lines with the page', async () => {
    const page = await stage.current.open('https://kexue.fm/2025/05/');
    await filledLines(page);
    for (const value of ['dark', 'light']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      expect(faintIn(await inksOn(page))).toEqual([]);
    }
    await page.close();
  });

  it.each([
    ['forced colours', [{ name: 'forced-colors', value: 'active' }]],
    ['more contrast', [{ name: 'prefers-contrast', value: 'more' }]],
  ])('shows its lines with %s', async (_, features) => {
    const page = await stage.current.open('https://kexue.fm/2025/05/');
    await filledLines(page);
    const before = await inksOn(page);
    const session = await page.createCDPSession();
    await session.send('Emulation.setEmulatedMedia', { features });
    const after = await inksOn(page);
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    after.forEach(({ text, contrast }, i) =>
      expect(contrast, text).toBeGreaterThanOrEqual(Math.min(before[i]?.contrast ?? 0, 7)),
    );
    await page.close();
  });
});
