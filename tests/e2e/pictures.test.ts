/**
 * Pictures of every surface, in both browsers, light and dark, in both languages: for whoever looks
 * at a change. With PICTURES=docs only those that the README shows are taken, into docs/pictures.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openExtensionPage } from '../../scripts/browsers.ts';
import type { Mark } from '../../src/reading/marks.ts';
import { BROWSERS, click, filledLines, setStage, waitForLines } from './harness.ts';

const isForDocs = process.env['PICTURES'] === 'docs';
const FOLDER = new URL(isForDocs ? '../../docs/pictures/' : './screenshots/', import.meta.url);
const STAGES = (isForDocs ? (['chromium'] as const) : BROWSERS).flatMap((browser) => [
  [browser, 'light'] as const,
  [browser, 'dark'] as const,
]);
const LANGUAGES = isForDocs ? (['zh-CN'] as const) : (['zh-CN', 'en'] as const);

const read: Mark = { kind: 'read', at: Date.UTC(2026, 9, 1, 4), by: 'hand' };
const MARKS: Record<number, Mark> = {
  ...Object.fromEntries(
    [
      8231, 8265, 8338, 8397, 8601, 9403, 9431, 9444, 9603, 9675, 9706, 9708, 9728, 9948, 10122,
      9119, 9152, 9164, 9181, 9209, 9228, 9245, 9246, 10699, 10735, 10757, 10815, 11196, 11215,
    ].map((id) => [id, read]),
  ),
  9731: { kind: 'reading', fraction: 0.4 },
  10945: { kind: 'reading', fraction: 0.2 },
  9257: { kind: 'later' },
  11945: { kind: 'later' },
};
describe.each(STAGES)('pictures in %s, %s', (browser, colour) => {
  const stage = setStage(browser, { colour });
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    await stage.current.mark(MARKS);
  });

  describe.each(LANGUAGES)('%s', (language) => {
    const shoot = async (page: Page, name: string) => {
      const file = new URL(`${browser}-${name}-${language}-${colour}.png`, FOLDER);
      const picture = await page.screenshot({ path: fileURLToPath(file) });
      expect(picture.length).toBeGreaterThan(5_000);
    };
    const dress = async (page: Page, width: number, height: number) => {
      await page.setViewport({ width, height });
      if (browser === 'chromium') {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colour }]);
      }
    };
    beforeAll(async () => {
      await stage.current.inExtension(
        `browser.runtime.sendMessage(${JSON.stringify({ type: 'settings', settings: { language } })})`,
      );
    });
    it('a listing, wide with a series open, and narrow', async () => {
      const page = await stage.current.open('https://kexue.fm/2025/05/');
      await dress(page, 1180, 1000);
      await page.reload({ waitUntil: 'load' });
      await filledLines(page);
      await click(page, 'MoE环游记：5、', 'series');
      await waitForLines(page, (all) => all.some(({ rows }) => rows.length === 9));
      await shoot(page, 'listing');
      await dress(page, 360, 800);
      await page.evaluate(() => scrollTo(0, 0));
      await shoot(page, 'listing-360');
      await page.close();
    });

    it('a post, its head and its end', async () => {
      const page = await stage.current.open('https://kexue.fm/archives/9731');
      await dress(page, 1180, 1000);
      await page.reload({ waitUntil: 'load' });
      await waitForLines(page, (all) => all.length === 2 && all[0]?.text !== '');
      await shoot(page, 'post');
      await page.evaluate(() => document.querySelectorAll('kexue-companion')[1]?.scrollIntoView());
      await shoot(page, 'post-end');
      await page.close();
    });

    it('the popup', async () => {
      const popup = await stage.current.openPopup();
      await dress(popup, 380, 560);
      await shoot(popup, 'popup');
      await popup.keyboard.press('/');
      await popup.keyboard.type('RoPE');
      await popup.waitForSelector('[aria-selected], [role="option"], .hits, .results');
      await popup.keyboard.press('ArrowDown');
      await shoot(popup, 'popup-search');
      await popup.close();
    });

    it.each(['map', 'plan', 'list', 'record'])('the library: %s', async (view) => {
      const address = view === 'plan' ? 'plan?goal=10815' : view;
      const page = await openExtensionPage(
        stage.current.launched,
        `src/library/index.html#${address}`,
        { readySelector: `html[data-ready="${view}"]` },
      );
      await dress(page, 1180, 800);
      // The map is drawn anew for the window, by the frame.
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))),
      );
      await shoot(page, `library-${view}`);
      await page.close();
    });
  });
});
