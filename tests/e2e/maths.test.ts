/**
 * Formulas on our own pages: KaTeX under the content security policy of our pages, in both browsers.
 * The page is tests/e2e/maths, built as a separate extension.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  launchChromium,
  launchFirefox,
  type Launched,
  openExtensionPage,
} from '../../scripts/browsers.ts';
import { BROWSERS } from './harness.ts';
import { buildMaths } from './maths/build.ts';
import { SAMPLES } from './maths/samples.ts';

const PICTURES = new URL('./screenshots/', import.meta.url);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const COLOURS = ['light', 'dark'] as const;

const folder = mkdtempSync(join(tmpdir(), 'kexue-maths-'));

beforeAll(async () => {
  await buildMaths(folder);
  mkdirSync(PICTURES, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (place: string) =>
  readdirSync(place, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );

describe('the build', () => {
  it('contains one format of KaTeX’s fonts as files', () => {
    const fonts = filesIn(folder).filter((path) => /\.(?:woff2?|ttf|otf|eot)$/.test(path));
    expect(fonts).toHaveLength(20);
    expect(fonts.every((path) => path.endsWith('.woff2'))).toBe(true);
    const sheet = filesIn(folder).find((path) => /katex.*\.css$/.test(path)) ?? '';
    const css = readFileSync(join(folder, sheet), 'utf8');
    expect(css.match(/url\(/g)).toHaveLength(20);
    expect(css).not.toContain('data:');
  });

  it.each(['chrome', 'firefox'])('for %s has the licences of KaTeX and its fonts', (name) => {
    const dist = fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
    const licences = readFileSync(join(dist, 'licences.html'), 'utf8');
    for (const text of ['Khan Academy', 'SIL OPEN FONT LICENSE', 'Mozilla Public License'])
      expect(licences).toContain(text);
  });

  it.each(['chrome', 'firefox'])(
    'for %s has no KaTeX in the content script and the background',
    (name) => {
      const dist = fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
      const built = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as {
        content_scripts: { js: string[] }[];
        background: { service_worker?: string; scripts?: string[] };
      };
      const { service_worker, scripts = [] } = built.background;
      const entries = [
        ...built.content_scripts.flatMap(({ js }) => js),
        ...scripts,
        ...(service_worker ? [service_worker] : []),
      ];
      const loaded = withImports(dist, entries);
      expect(loaded.length).toBeGreaterThanOrEqual(2);
      for (const path of loaded)
        expect(readFileSync(join(dist, path), 'utf8'), path).not.toMatch(/katex/i);
      expect(filesIn(dist).filter((path) => /\.(?:woff|ttf)$/.test(path))).toEqual([]);
    },
  );
});

/** Scripts and their imports. */
function withImports(dist: string, entries: readonly string[]): string[] {
  const found = [...entries];
  for (const path of found) {
    const text = readFileSync(join(dist, path), 'utf8');
    for (const [, named = ''] of text.matchAll(/["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)) {
      const next = relative(dist, join(dist, dirname(path), named));
      if (!found.includes(next)) found.push(next);
    }
  }
  return found;
}

describe.each(BROWSERS)('formulas in %s', (name) => {
  let launched: Launched;
  let page: Page;
  beforeAll(async () => {
    const options = { site: null, headless: true, extension: folder };
    launched = await (name === 'chromium' ? launchChromium(options) : launchFirefox(options));
    page = await openExtensionPage(launched, 'index.html', { readySelector: 'html[data-ready]' });
    await page.setViewport({ width: 420, height: 900 });
  });
  afterAll(() => launched.close());

  it('load KaTeX, its style sheet and its fonts only if there is one', async () => {
    expect(await page.$eval('html', (html) => html.dataset['without'])).toBe('0 0');
    expect(await page.evaluate('document.fonts.size')).toBe(20);
  });

  it('are all typeset, except invalid ones, which stay source', async () => {
    const sources = await page.$$eval('.formula .tex', (all) =>
      all.map((each) => each.textContent),
    );
    expect(sources).toEqual(['$\\unknown{x}$', '$\\def\\a{\\a\\a}\\a$']);
    const formulas = await page.$$eval('.formula', (all) => all.length);
    expect(await page.$$eval('.katex-html', (all) => all.length)).toBe(formulas - 2);
    expect(await page.$$eval('.katex-mathml math', (all) => all.length)).toBe(formulas - 2);
    expect(formulas).toBeGreaterThan(SAMPLES.length);
  });

  it('do not violate the policy of our pages', async () => {
    expect(await page.evaluate('violations')).toEqual([]);
  });

  it('use KaTeX’s fonts, and stay within their column', async () => {
    expect(
      await page.evaluate(`[...document.fonts].filter(({ status }) => status === 'error').length`),
    ).toBe(0);
    expect(
      await page.evaluate(
        `document.fonts.check('16px KaTeX_Main') && document.fonts.check('italic 16px KaTeX_Math')`,
      ),
    ).toBe(true);
    expect(
      await page.evaluate(
        'document.documentElement.scrollWidth <= document.documentElement.clientWidth',
      ),
    ).toBe(true);
  });

  it('have their colours mixed with our text colour, except transparent ones', async () => {
    const colours = await page.$$eval('.katex-html [style*="color"]', (all) =>
      all.map((each) => [each.textContent, getComputedStyle(each).color]),
    );
    const colourOf = (text: string) => colours.find(([first]) => first === text)?.[1];
    expect(colourOf('a')).toMatch(/^color\(srgb/);
    expect(colourOf('c')).toBe('rgba(0, 0, 0, 0)');
  });

  it('can be focused if they are wider than their column, and only then', async () => {
    const reached = await page.$$eval('.formula[tabindex="0"]', (all) =>
      all.map((each) => each.scrollWidth > each.clientWidth),
    );
    expect(reached).toEqual([true]);
  });

  it('have no accessibility violations (axe)', async () => {
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate('axe.run("main")')) as AxeResults;
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });

  it.each(COLOURS)('have a picture, %s', async (colour) => {
    await page.evaluate((theme) => {
      document.documentElement.dataset['theme'] = theme;
    }, colour);
    const file = fileURLToPath(new URL(`${name}-maths-${colour}.png`, PICTURES));
    const picture = await page.screenshot({ path: file, fullPage: true });
    expect(picture.length).toBeGreaterThan(5_000);
  });
});
