/** MathJax 2.7.9 with the settings of the blog, served to pages of a test. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import type { Page } from 'puppeteer-core';

const INSTALLED = dirname(createRequire(import.meta.url).resolve('mathjax/MathJax.js'));
const FOLDER = '/static/MathJax-2.7.9/';
/** The blog's settings, as far as they are known. */
const SETTINGS = `
  MathJax.Hub.Config({
    tex2jax: { inlineMath: [['$', '$'], ['\\\\(', '\\\\)']] },
    TeX: { equationNumbers: { autoNumber: ['AMS'], useLabelIds: true }, extensions: ['AMSmath.js', 'AMSsymbols.js', 'extpfeil.js'] },
    'HTML-CSS': { availableFonts: ['TeX'], noReflows: false },
  });`;

/** The response with a page that loads MathJax; `async` as its script element has it. */
export function pageResponse(html: string, async: '' | 'async' = '') {
  const scripts = `
  <script type="text/x-mathjax-config">${SETTINGS}</script>
  <script ${async} src="${FOLDER}MathJax.js?config=TeX-AMS-MML_HTMLorMML"></script>`;
  const body = html.replace('</head>', () => `${scripts}</head>`);
  return { status: 200, contentType: 'text/html; charset=UTF-8', body };
}

/** The response with the file of MathJax at an address; undefined if there is none. */
export function fileResponse(address: string) {
  const { pathname } = new URL(address);
  if (!pathname.startsWith(FOLDER)) return undefined;
  return {
    status: 200,
    contentType: pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=UTF-8',
    body: readFileSync(join(INSTALLED, normalize(pathname.slice(FOLDER.length)))),
  };
}

/** Waits until MathJax has typeset a page. */
export async function typeset(page: Page): Promise<void> {
  await page.waitForFunction('globalThis.MathJax?.isReady', { timeout: 60_000 });
  await page.evaluate('new Promise((resolve) => void MathJax.Hub.Queue(() => resolve(1)))');
}
