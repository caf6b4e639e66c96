/**
 * Runs axe-core on the popup, the library, and the lines on the blog. axe cannot see into closed shadow
 * roots, so the built content script draws the lines on a page of ours whose shadow roots are open,
 * with a fake extension API.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Launched } from '../../scripts/browsers.ts';
import { type Site, startSite } from '../../scripts/sample/server.ts';
import { run, violations } from './axe.ts';
import { BROWSERS, launchBare, setStage } from './harness.ts';
import { button, find, press, waitForText, wanted, within } from './roles.ts';
import { until } from './until.ts';
import { ofAll } from '../facts.ts';

const CONTENT = readFileSync(
  new URL('../../dist/chrome/src/content/index.iife.js', import.meta.url),
  'utf8',
);
const COLOURS = ['light', 'dark'] as const;
/** Views of the library, and an element that is there when they are drawn. */
const LIBRARY = [
  ['map', wanted('application')],
  ['map?post=8265', wanted('group', '选中的文章')],
  ['year', wanted('group', '按周')],
] as const;

/** Checks a page of ours in both themes. */
async function hasNoViolations(page: Page): Promise<void> {
  for (const colour of COLOURS) {
    await page.evaluate((theme) => (document.documentElement.dataset['theme'] = theme), colour);
    expect(await violations(page), colour).toEqual([]);
  }
}

describe.each(BROWSERS)('the popup in %s', (browser) => {
  const stage = setStage(browser);

  it('has no violations, empty, filled and searching, light and dark', async () => {
    const popup = await stage.current.openPopup();
    await hasNoViolations(popup);
    await stage.current.mark({
      9708: { kind: 'read', at: Date.now(), by: 'hand' },
      9731: { kind: 'reading', fraction: 0.3 },
    });
    await waitForText(popup, ofAll(1));
    await popup.click('button[aria-expanded="false"]');
    await popup.waitForSelector('button[aria-expanded="true"]');
    await hasNoViolations(popup);
    await popup.keyboard.press('/');
    await popup.keyboard.type('Attention');
    await find(popup, wanted('option', /Attention/));
    await hasNoViolations(popup);
    const unread = within(wanted('group', '按标记筛选'), button('未读'));
    await press(popup, unread);
    await until(async () => {
      return (await find(popup, unread)).evaluate((toggle) => toggle.ariaPressed === 'true');
    });
    await hasNoViolations(popup);
    await popup.close();
    await stage.current.inExtension('browser.storage.local.remove(["record", "journal"])');
  });
});

describe.each(BROWSERS)('the library in %s', (browser) => {
  const stage = setStage(browser);

  it.each(LIBRARY)('has no violations, %s, light and dark', async (view, ready) => {
    await stage.current.mark({ 8265: { kind: 'read', at: Date.UTC(2026, 2, 2), by: 'hand' } });
    const page = await stage.current.openLibrary(view);
    await find(page, ready);
    await hasNoViolations(page);
    await page.close();
  });
});

describe('the lines on the blog', () => {
  let site: Site;
  let bare: Launched;
  beforeAll(async () => {
    site = await startSite();
    bare = await launchBare(site);
  });
  afterAll(async () => {
    await bare.close();
    await site.close();
  });

  it.each([
    ['zh-CN', 'https://kexue.fm/2025/05/'],
    ['en', 'https://kexue.fm/archives/9731'],
  ])('have no violation, light and dark, %s, %s', async (language, url) => {
    const page = await bare.browser.newPage();
    await page.evaluateOnNewDocument(standIn, language);
    await page.evaluateOnNewDocument(CONTENT);
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[data-kexue-companion]')].every((host) =>
        host.shadowRoot?.querySelector('button, nav'),
      ),
    );
    const series = await page.$('[data-kexue-companion] >>> button[aria-expanded="false"]');
    await series?.click();
    await page.waitForSelector('[data-kexue-companion] >>> button[aria-expanded="true"]');
    for (const colour of COLOURS) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colour }]);
      expect(await violations(page, '[data-kexue-companion]'), colour).toEqual([]);
    }
    const visited = await buttonsVisited(page);
    const shown = await page.$$eval(
      '[data-kexue-companion] >>> button',
      (buttons) => buttons.length,
    );
    expect(visited).toBe(shown);
    expect(visited).toBeGreaterThanOrEqual(2);
    await page.close();
  });
});

/** The part of the extension API that the content script uses, with a record of four marks. */
function standIn(language: string): void {
  const attachShadow: Element['attachShadow'] = Reflect.get(Element.prototype, 'attachShadow');
  Element.prototype.attachShadow = function open(options) {
    return attachShadow.call(this, { ...options, mode: 'open' });
  };
  const event = { addListener: () => undefined, removeListener: () => undefined };
  const time = Date.UTC(2026, 9, 1).toString(36);
  const stored = {
    record: `1 test\n${[8231, 10699, 10735].map((id) => `${id.toString(36)} R ${time}.0 0`).join('\n')}\n7i3 p14 ${time}.0 0`,
    settings: { language },
  };
  Object.assign(globalThis, {
    browser: {
      runtime: {
        id: 'test',
        getURL: (path: string) => `chrome-extension://test/${path}`,
        onMessage: event,
        sendMessage: () => Promise.resolve({ value: { ok: true } }),
      },
      i18n: { getUILanguage: () => language },
      extension: { inIncognitoContext: false },
      storage: { local: { get: () => Promise.resolve(stored) }, onChanged: event },
    },
  });
}

async function buttonsVisited(page: Page): Promise<number> {
  const { passes } = await run(page, '[data-kexue-companion]');
  return passes.find(({ id }) => id === 'button-name')?.nodes.length ?? 0;
}
