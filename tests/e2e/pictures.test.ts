/**
 * Takes pictures of every surface in Chromium, light and dark, in both languages. Those in Chinese, light,
 * and in English, dark, are compared with those in tests/e2e/pictures, and so are the stores' in all four
 * variants. The README and the stores use them too; `npm run pictures` replaces them. With `PICTURES=all`
 * pictures are taken in Firefox too, for reviewers. They show a separate catalogue, so that a new post does
 * not change them.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openExtensionPage } from '../../scripts/browsers.ts';
import type { Mark } from '../../src/record/marks.ts';
import stores from '../../store/stores.json' with { type: 'json' };
import {
  BROWSERS,
  click,
  clickOn,
  controlOf,
  filledLines,
  hasControl,
  type SeenLine,
  SERIES,
  setStage,
  waitForLines,
} from './harness.ts';
import { button, find, wanted } from './roles.ts';
import { until } from './until.ts';
import {
  buildFrozen,
  differenceOf,
  MADE_WITH,
  madeHere,
  REFERENCES,
  SHARE,
  whyNotCompared,
} from './pictures.ts';

// Set before any import, because the sample of the blog reads it.
vi.hoisted(() => (process.env['CATALOGUE_DATA'] = 'tests/fixtures/catalogue'));

const isRenewing = process.env['PICTURES'] === 'renew';
const browsers = process.env['PICTURES'] === 'all' ? BROWSERS : (['chromium'] as const);
const SCREENSHOTS = new URL('./screenshots/', import.meta.url);
const STAGES = browsers.flatMap((browser) => [
  [browser, 'light'] as const,
  [browser, 'dark'] as const,
]);
/** The variants that are stored of every surface: each language and each colour scheme once. */
const KEPT = new Set(['zh-CN-light', 'en-dark']);
/** The pictures of the stores, which are stored in every language and colour scheme. */
const STORES = new Set(
  Object.values(stores.screenshots)
    .flatMap(({ light, dark }) => light.concat(dark))
    .map((path) => basename(path)),
);
/** The size of screenshots in the stores, and of all wide pictures. */
const WIDE = [1280, 800] as const;
/** The time at which the popup is shown; it counts what was read this year. */
const NOW = Date.UTC(2026, 9, 10, 12);

const read: Mark = { kind: 'read', at: Date.UTC(2026, 9, 1, 12), by: 'hand' };
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

/** The first paragraphs of a post that was read; they are our own. */
const READ_TEXT = [
  '先看一个量怎样随时间变小。设 $\\beta_t=\\beta_0 e^{-t}$，其中 $\\beta_0$ 是它开始时的大小。',
  '于是 $\\beta_t$ 按指数衰减：$\\beta_t=\\beta_0 e^{-t}$，每过一个单位时间，剩下原来的三分之一多一点。',
];

/** An equation as MathJax leaves it, and a paragraph that refers to it; their text is our own. */
const EQUATION = [
  `先把所求的量写成加权平均，权重都不小于零：<div class="MathJax_Display" style="display: flex; justify-content: center; margin: 1em 0"><span class="MathJax" style="display: flex; align-items: center"><span class="MJX_Assistive_MathML"><math display="block"><mi>u</mi><mo>=</mo><mfrac><mrow><munder><mo>∑</mo><mi>i</mi></munder><msub><mi>a</mi><mi>i</mi></msub><msub><mi>v</mi><mi>i</mi></msub></mrow><mrow><munder><mo>∑</mo><mi>i</mi></munder><msub><mi>a</mi><mi>i</mi></msub></mrow></mfrac></math></span><span id="mjx-eqn-eq:mean" style="margin-left: 4em">(1)</span></span></div><script type="math/tex; mode=display">u=\\frac{\\sum_i a_iv_i}{\\sum_i a_i}</script>`,
  '后面要用到它的两个性质，先证明第一个。',
  '最后，由式<a href="#mjx-eqn-eq:mean">(1)</a>可知，它不会超过这些数里最大的一个。',
];

const here = madeHere();
const why = isRenewing ? undefined : whyNotCompared(here);
if (isRenewing && !here?.browser.includes('Debian'))
  throw new Error('only pictures of Debian’s Chromium are kept');
const isCompared = !isRenewing && why === undefined;
const taken = new Set<string>();

const builds = new Map(STAGES.map(([browser]) => [browser, '']));
for (const browser of builds.keys()) builds.set(browser, buildFrozen(browser));

describe.each(STAGES)('pictures in %s, %s', (browser, colour) => {
  const stage = setStage(browser, { colour, isStill: true, extension: builds.get(browser) ?? '' });
  let blank: Page;
  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    blank = await stage.current.launched.browser.newPage();
    await stage.current.mark(MARKS);
  });

  describe.each(['zh-CN', 'en'] as const)('%s', (language) => {
    /** Takes a picture when everything is drawn, without the blinking caret. */
    const shoot = async (page: Page, surface: string) => {
      await page.evaluate(async () => {
        if (document.activeElement instanceof HTMLElement)
          document.activeElement.style.caretColor = 'transparent';
        for (let i = 0; i < 2; i++) await new Promise((done) => requestAnimationFrame(done));
        await document.fonts.ready;
      });
      const name = `${surface}-${language}-${colour}.png`;
      const isKept =
        browser === 'chromium' && (KEPT.has(`${language}-${colour}`) || STORES.has(name));
      const picture = Buffer.from(await page.screenshot());
      expect(picture.length).toBeGreaterThan(5_000);
      const isNew = isRenewing && isKept;
      writeFileSync(
        isNew ? new URL(name, REFERENCES) : new URL(`${browser}-${name}`, SCREENSHOTS),
        picture,
      );
      if (!isKept) return;
      taken.add(name);
      if (isCompared) await compare(name, picture);
    };
    const compare = async (name: string, now: Buffer) => {
      const file = new URL(name, REFERENCES);
      const differs = `${browser}-${name.replace('.png', '-differs.png')}`;
      rmSync(new URL(differs, SCREENSHOTS), { force: true });
      const kept = existsSync(file) ? readFileSync(file) : undefined;
      if (kept?.equals(now)) return;
      const difference = kept && (await differenceOf(blank, kept, now));
      const share = difference?.share ?? 1;
      if (difference && share > SHARE)
        writeFileSync(new URL(differs, SCREENSHOTS), difference.picture);
      const message =
        `${name} in tests/e2e/pictures is not what is drawn now: see ${browser}-${name}` +
        `${kept ? ` and ${differs}` : ''} in tests/e2e/screenshots. If it is to look so: npm run pictures. Share of pixels that differ`;
      expect.soft(share, message).toBeLessThanOrEqual(SHARE);
    };
    const dress = async (page: Page, width: number, height: number) => {
      await page.setViewport({ width, height });
      if (browser === 'chromium') {
        await page.emulateMediaFeatures([
          { name: 'prefers-color-scheme', value: colour },
          { name: 'prefers-reduced-motion', value: 'reduce' },
        ]);
      }
    };
    beforeAll(async () => {
      // Marks must not change while a page is open.
      await stage.current.set({ language, autoRead: false });
    });

    it('a listing, wide with an open series, and narrow', async () => {
      const page = await stage.current.open('https://kexue.fm/2025/05/');
      await dress(page, ...WIDE);
      await page.reload({ waitUntil: 'load' });
      await filledLines(page);
      await click(page, 'MoE环游记：5、', SERIES);
      await waitForLines(page, (all) => all.some(({ rows }) => rows.length === 9));
      await page.evaluate(() => {
        const titles = [...document.querySelectorAll('.title-wrap')];
        const title = titles.find(({ textContent }) => textContent?.includes('MoE环游记：5、'));
        scrollBy({ top: (title?.getBoundingClientRect().top ?? 0) - 56, behavior: 'instant' });
      });
      await shoot(page, 'listing');
      await dress(page, 360, 800);
      await page.evaluate(() => scrollTo(0, 0));
      await shoot(page, 'listing-360');
      await page.close();
    });

    it('a post: its head with the preview of a link, and its end', async () => {
      const page = await stage.current.open('https://kexue.fm/archives/9731');
      await dress(page, ...WIDE);
      await page.reload({ waitUntil: 'load' });
      await waitForLines(page, (all) => all.length === 2 && all[0]?.text !== '');
      await page.hover('#PostContent a[href$="/archives/8265"]');
      await waitForLines(page, (all) => all.some(({ card }) => card?.includes('2021-03-23')));
      await shoot(page, 'post');
      await page.mouse.move(2, 300);
      await waitForLines(page, (all) => all.every(({ card }) => card === null));
      await page.evaluate(() =>
        document.querySelectorAll('[data-kexue-companion]')[1]?.scrollIntoView(),
      );
      await shoot(page, 'post-end');
      await page.close();
    });

    it('the archive, with its bar', async () => {
      const page = await stage.current.open('https://kexue.fm/content.html');
      await dress(page, 760, 560);
      await page.reload({ waitUntil: 'load' });
      await waitForLines(page, (all) =>
        all.some(({ controls }) => controls.some(({ text }) => text.includes('1,308'))),
      );
      await shoot(page, 'archive');
      await page.close();
    });

    it('the popup', async () => {
      const popup = await stage.current.openPopup();
      await dress(popup, 380, 560);
      await popup.evaluateOnNewDocument((now) => (Date.now = () => now), NOW);
      await popup.reload({ waitUntil: browser === 'firefox' ? [] : 'load' });
      await popup.waitForSelector('html[data-ready]');
      await shoot(popup, 'popup');
      await popup.keyboard.press('/');
      await popup.keyboard.type('RoPE');
      await find(popup, wanted('option'));
      await popup.keyboard.press('ArrowDown');
      await shoot(popup, 'popup-search');
      await popup.close();
    });

    it('the library', async () => {
      // The discovered posts depend on when the pages above were closed.
      await stage.current.inExtension(`browser.storage.local.remove('learned')`);
      const page = await openExtensionPage(stage.current.launched, 'src/library/index.html#map', {
        readySelector: 'html[data-ready="map"]',
      });
      await dress(page, ...WIDE);
      for (const view of ['map', 'plan', 'list', 'year', 'record', 'settings', 'welcome']) {
        await page.evaluate(
          (hash) => (location.hash = hash),
          view === 'plan' ? 'plan?goal=11388' : view,
        );
        await page.waitForSelector(`html[data-ready="${view}"]`);
        await shoot(page, `library-${view}`);
      }
      await page.close();
    });

    // After the popup, because this page has another length of the post, on which its minutes depend.
    it('a post: the equation that a number refers to', async () => {
      const page = await stage.current.launched.browser.newPage();
      await page.evaluateOnNewDocument((texts) => {
        document.addEventListener('DOMContentLoaded', () => {
          const all = document.querySelectorAll('#PostContent p');
          texts.forEach((text, at) => {
            if (all[at]) all[at].innerHTML = text;
          });
        });
      }, EQUATION);
      await dress(page, ...WIDE);
      await page.goto('https://kexue.fm/archives/9731', { waitUntil: 'load' });
      await waitForLines(page, (all) => all.length === 2 && all[0]?.text !== '');
      await page.hover('#PostContent a[href^="#mjx-eqn"]');
      await waitForLines(page, (all) => all.some(({ card }) => card?.includes('(1)')));
      await shoot(page, 'post-equation');
      await page.close();
    });

    it('what was read: found in the popup, and changed since', async () => {
      const { current } = stage;
      /** The page of a post with these paragraphs first. */
      const open = async (...paragraphs: string[]) => {
        const page = await current.launched.browser.newPage();
        await page.evaluateOnNewDocument((texts) => {
          document.addEventListener('DOMContentLoaded', () => {
            const all = document.querySelectorAll('#PostContent p');
            texts.forEach((text, at) => all[at]?.replaceChildren(text));
          });
        }, paragraphs);
        await dress(page, ...WIDE);
        await page.goto('https://kexue.fm/archives/9731', { waitUntil: 'load' });
        await waitForLines(page, (all) => all.length === 2 && all[0]?.text !== '');
        return page;
      };
      const page = await open(...READ_TEXT);
      await current.mark({ 9731: { kind: 'later' } });
      await until(() =>
        current.inExtension<boolean>(
          `send({ type: 'isTextKept', id: 9731 }).then(({ value }) => value)`,
        ),
      );
      await page.close();
      await current.mark({ 9731: MARKS[9731] as Mark });

      const popup = await current.openPopup();
      await dress(popup, 380, 560);
      await popup.evaluateOnNewDocument((now) => (Date.now = () => now), NOW);
      await popup.reload({ waitUntil: browser === 'firefox' ? [] : 'load' });
      await popup.waitForSelector('html[data-ready]');
      await popup.keyboard.press('/');
      await popup.keyboard.type('衰减 \\beta_t');
      await popup.waitForSelector('.passage .katex');
      await shoot(popup, 'popup-texts');
      await popup.close();

      const [first = '', second = ''] = READ_TEXT;
      const changed = await open(first, second.replace('指数', '线性').replace('e^{-t}', '(1-t)'));
      const notice = button(/^(?:读后有改动|Changed since)/);
      await waitForLines(changed, (all) => all.some((line) => hasControl(line, notice)));
      await clickOn(changed, (all) => controlOf(all[0] as SeenLine, notice));
      await waitForLines(changed, (all) => all[0]?.rows.length === 1);
      await changed.mouse.move(2, 300);
      await changed.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
      await shoot(changed, 'post-changed');
      await changed.close();
      await current.inExtension(`send({ type: 'forgetTexts', ids: 'all' })`);
      // These marks make a backup, and the record view would show when.
      await current.inExtension(
        `browser.storage.local.remove(Array.from({ length: 7 }, (_, slot) => 'backup-' + slot))`,
      );
    });
  });
});

describe(`tests/e2e/pictures${why ? `: not compared, ${why}` : ''}`, () => {
  it.skipIf(why)('has no other pictures', () => {
    const kept = readdirSync(REFERENCES).filter((name) => name.endsWith('.png'));
    expect(kept.sort()).toEqual([...taken].sort());
  });
});

afterAll(() => {
  if (isRenewing)
    writeFileSync(
      MADE_WITH,
      `${JSON.stringify(here, null, 2)}
`,
    );
});
