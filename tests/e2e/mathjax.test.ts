/**
 * MathJax 2.7.9 with the settings of the blog typesets a placeholder page in Chromium, while the titles
 * and openings are read before, during and after.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../bundled.ts';
import { filledLines, setStage } from './harness.ts';

const MATHJAX = dirname(createRequire(import.meta.url).resolve('mathjax/MathJax.js'));
const HOME = readFileSync(new URL('../fixtures/home.html', import.meta.url), 'utf8');
/** The blog's settings, as far as they are known. */
const SETTINGS = `
  MathJax.Hub.Config({
    tex2jax: { inlineMath: [['$', '$'], ['\\\\(', '\\\\)']] },
    TeX: { equationNumbers: { autoNumber: ['AMS'], useLabelIds: true }, extensions: ['AMSmath.js', 'AMSsymbols.js', 'extpfeil.js'] },
    'HTML-CSS': { availableFonts: ['TeX'], noReflows: false },
  });`;
const SCRIPTS = `
  <script type="text/x-mathjax-config">${SETTINGS}</script>
  <script src="/static/MathJax-2.7.9/MathJax.js?config=TeX-AMS-MML_HTMLorMML"></script>`;

interface Reading {
  title: string;
  date: string | undefined;
  link: number | string | undefined;
  text: string;
}

describe('MathJax (Chromium)', () => {
  const stage = setStage('chromium');
  let page: Page;
  beforeAll(async () => {
    const source = await bundled(new URL('read-page.ts', import.meta.url), 'reader');
    page = await stage.current.launched.browser.newPage();
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      const file = pathname.startsWith('/static/MathJax-2.7.9/')
        ? join(MATHJAX, normalize(pathname.slice('/static/MathJax-2.7.9/'.length)))
        : undefined;
      const contentType = pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=UTF-8';
      const body = file ? readFileSync(file) : HOME.replace('</head>', () => `${SCRIPTS}</head>`);
      void request.respond({
        status: 200,
        contentType: file ? contentType : 'text/html; charset=UTF-8',
        body,
      });
    });
    // Reads as soon as the page is parsed, then at every change by MathJax.
    await page.evaluateOnNewDocument(`${source}
      globalThis.readings = [];
      const note = () => {
        const now = JSON.stringify(reader.readPage());
        if (readings.at(-1) !== now) readings.push(now);
      };
      document.addEventListener('DOMContentLoaded', () => {
        note();
        globalThis.changes = 0;
        new MutationObserver(() => { changes++; note(); }).observe(document.body, { subtree: true, childList: true });
      });
    `);
    await page.goto('https://kexue.fm/', { waitUntil: 'load' });
    await page.waitForFunction('globalThis.MathJax?.isReady', { timeout: 60_000 });
    await page.evaluate('new Promise((resolve) => MathJax.Hub.Queue(resolve))');
  });
  afterAll(() => page.close());

  it('typesets the page', async () => {
    expect(await page.$$eval('.MathJax', (all) => all.length)).toBeGreaterThanOrEqual(4);
    expect(Number(await page.evaluate('changes'))).toBeGreaterThanOrEqual(10);
  });

  it('does not change the titles, dates, links and openings that are read, at any moment', async () => {
    const readings = (await page.evaluate('readings')) as string[];
    const [before] = readings;
    const first = JSON.parse(before ?? '[]') as Reading[];
    expect(first).toHaveLength(8);
    expect(first[1]?.title).toBe('占位标题乙：含行内公式$\\beta$的标题');
    expect(first[2]?.text).toContain('\\begin{equation}\\boldsymbol{o}_i');
    for (const reading of readings) expect(JSON.parse(reading)).toEqual(first);
  });

  it('does not change the lines, and they do not disturb it', async () => {
    const lines = await filledLines(page);
    expect(lines).toHaveLength(8);
    expect(lines.every(({ text }) => text.startsWith('未读'))).toBe(true);
  });

  it('provides formulas that another page draws as MathML, including numbers', async () => {
    const openings = (await page.evaluate('reader.drawOpenings()')) as {
      texts: string[];
      formulas: number;
    }[];
    const formulas = openings.reduce((sum, each) => sum + each.formulas, 0);
    expect(formulas).toBeGreaterThanOrEqual(8);
    expect(openings[1]?.texts).toContain('$\\boldsymbol{x}\\in\\mathbb{R}^n$');
    const drawn = await page.$$eval('.drawn math', (all) =>
      all.map((math) => ({
        text: math.textContent,
        isSeen: math.getBoundingClientRect().width > 3 && math.getBoundingClientRect().height > 3,
      })),
    );
    expect(drawn).toHaveLength(formulas);
    expect(drawn.every(({ isSeen }) => isSeen)).toBe(true);
    const texts = drawn.map(({ text }) => text);
    expect(texts).toContain('𝒙∈ℝn');
    expect(texts.some((text) => text.endsWith('(1)'))).toBe(true);
    expect(texts).toContain('(1)');
  });
});
