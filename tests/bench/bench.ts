/**
 * Speed and size, all in one table: every time as a ratio to a floor or a peer of the same run, all
 * of them medians. The machines are noisy; figures are printed beside what is wanted, never asserted.
 *
 *   npm run bench            builds first: npm run build
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { closeWelcome, launchChromium, openExtensionPage } from '../../scripts/browsers.ts';
import { type Site, startSite } from '../../scripts/sample/server.ts';
import { bundled } from '../bundled.ts';
import { buildMaths } from '../e2e/maths/build.ts';
import { emptyPage, extensions } from './extensions.ts';
import { benchGrowth } from './growth.ts';
import type { InPage, PageGrowth } from './in-page.ts';
import { type Figure, median, ratio, ROUNDS } from './measure.ts';
import { pageFigures } from './pages.ts';
import { recordFigures } from './record.ts';
import { benchSearch } from './search.ts';
import { benchText } from './text.ts';

const DIST = fileURLToPath(new URL('../../dist/chrome/', import.meta.url));

const figures: Figure[] = [];
const note = (what: string, value: string, against = '', wanted = '') =>
  figures.push({ what, value, against, wanted });
const us = (microseconds: number) => `${microseconds.toFixed(1)} µs`;
const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

process.env['CHROME_PATH'] ??= '/usr/bin/chromium';
process.env['FIREFOX_PATH'] ??= '/usr/bin/firefox-esr';
if (!existsSync(DIST)) throw new Error('dist/chrome is not there; run npm run build first');
const site = await startSite();
try {
  sizes();
  await evaluation(site);
  await lines(site);
  figures.push(...(await pageFigures(site)));
  await recognition(site);
  await formulas();
  figures.push(...(await recordFigures(site)));
} finally {
  await site.close();
}
titleSearch();
textRecognition();
growth();
console.table(figures);

function sizes(): void {
  const kB = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;
  const gzip = (path: string) =>
    gzipSync(readFileSync(join(DIST, path)), { level: 9, memLevel: 6 }).length;
  note('content script, gzip', kB(gzip('src/content/index.iife.js')), '', '≤ 65 kB');
  note('background, gzip', kB(gzip('background.js')));
}

/** KaTeX on a page of its own: what it weighs, and a formula's time without its drawing. */
async function formulas(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kexue-maths-'));
  await buildMaths(folder);
  const assets = readdirSync(join(folder, 'assets')).map((name) => {
    const bytes = readFileSync(join(folder, 'assets', name));
    return { name, plain: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  });
  const sum = (pattern: RegExp, size: 'plain' | 'gzip') =>
    `${(assets.reduce((all, each) => all + (pattern.test(each.name) ? each[size] : 0), 0) / 1_000).toFixed(1)} kB`;
  note('KaTeX, script, gzip', sum(/^katex.*\.js$/, 'gzip'));
  note('KaTeX, sheet, gzip', sum(/^katex.*\.css$/, 'gzip'));
  note('KaTeX, 20 fonts', sum(/\.woff2$/, 'plain'));
  const launched = await launchChromium({ extension: folder, site: null, headless: true });
  const page = await openExtensionPage(launched, 'index.html', {
    readySelector: 'html[data-ready]',
  });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    times.push(Number(await page.evaluate('measure(samples.slice(0, -1))')));
  note('a formula set, Chromium', `${median(times).toFixed(0)} µs`);
  await launched.close();
  rmSync(folder, { recursive: true });
}

/** Evaluating the content script on a page where it draws nothing, by Chromium's own trace. */
async function evaluation(at: Site): Promise<void> {
  const scripts = {
    empty: '(() => {})();',
    // The least that a script must do that is to know where it is.
    address: '(() => { if (location.pathname === "/never") console.log(); })();',
  };
  const medians: Record<string, number> = {};
  for (const [name, extension] of Object.entries({ ours: DIST, ...extensions(scripts) })) {
    const launched = await launchChromium({ extension, site: at, headless: true });
    const page = await launched.browser.newPage();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++)
      times.push(await evaluated(page, 'https://kexue.fm/archives/0'));
    medians[name] = median(times);
    if (name === 'ours') {
      const other = await evaluated(page, 'https://kexue.fm/links.html');
      note('evaluating on a page of another kind', `${other} µs`, '', '0: it is not let in there');
    }
    await launched.close();
  }
  const { ours = 0, empty = 1, address = 1 } = medians;
  note(
    'evaluating where nothing is drawn',
    `${ours} µs`,
    ratio(ours / empty, `an empty script (${empty} µs)`),
  );
  note('', '', ratio(ours / address, `one that reads its address (${address} µs)`));
}

/** µs that the trace gives for all content scripts of a page. */
async function evaluated(page: Page, url: string): Promise<number> {
  await page.tracing.start({ categories: ['devtools.timeline'] });
  await page.goto(url, { waitUntil: 'load' });
  const trace = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as {
    traceEvents: { name: string; dur?: number; args: { data?: { url?: string } } }[];
  };
  return trace.traceEvents
    .filter(
      ({ name, args }) =>
        name === 'EvaluateScript' && args.data?.url?.startsWith('chrome-extension:'),
    )
    .reduce((sum, { dur = 0 }) => sum + dur, 0);
}

/** From the first byte of a listing page to eight lines that are filled in. */
async function lines(at: Site): Promise<void> {
  const launched = await launchChromium({ extension: DIST, site: at, headless: true });
  await closeWelcome(launched);
  const page = await launched.browser.newPage();
  await page.evaluateOnNewDocument(() => {
    const times: Record<string, number> = {};
    Object.assign(globalThis, { times });
    new MutationObserver(() => {
      const filled = document.querySelectorAll('kexue-companion[data-ground]').length;
      if (filled === 8) times['filled'] ??= performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  const filled: number[] = [];
  const parsed: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await page.goto('https://kexue.fm/search/Transformer/', { waitUntil: 'load' });
    const times = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType(
        'navigation',
      ) as PerformanceNavigationTiming[];
      const { times: noted } = globalThis as unknown as { times: { filled: number } };
      const start = navigation?.responseStart ?? 0;
      return [noted.filled - start, (navigation?.domContentLoadedEventStart ?? 0) - start];
    });
    filled.push(times[0] ?? NaN);
    parsed.push(times[1] ?? NaN);
  }
  const [lineTime, pageTime] = [median(filled), median(parsed)];
  note(
    'eight lines filled in, from the first byte',
    `${lineTime.toFixed(1)} ms`,
    ratio(lineTime / pageTime, `DOMContentLoaded (${pageTime.toFixed(1)} ms)`),
  );
  await launched.close();
}

/** Reading ids and recognising excerpts in a real DOM, beside the least that could do it. */
async function recognition(at: Site): Promise<void> {
  const launched = await launchChromium({ extension: emptyPage(), site: at, headless: true });
  const source = await bundled(new URL('in-page.ts', import.meta.url), 'bench');
  const run = async <T>(url: string, work: string): Promise<T> => {
    const page = await launched.browser.newPage();
    await page.goto(url, { waitUntil: 'load' });
    await page.evaluate(source);
    const result = (await page.evaluate(`bench.${work}()`)) as T;
    await page.close();
    return result;
  };
  const row = (what: string, { ours, floor }: { ours: number; floor: number }) =>
    note(what, us(ours), ratio(ours / floor, `the floor (${us(floor)})`), '≤ 2 × the floor');

  const listing = await run<InPage>('https://kexue.fm/search/Transformer/', 'measure');
  row(`recognising ${listing.found.excerpts} excerpts`, listing.excerpts);
  row('… right after a change, the browser’s list of headings lost', listing.changed);
  row(`ids of ${listing.found.links} links of a listing`, listing.links);
  const archive = await run<InPage>('https://kexue.fm/content.html', 'measure');
  row(`ids of ${archive.found.links} links of the archive`, archive.links);
  const pages = await run<PageGrowth[]>('https://kexue.fm/', 'growth');
  const [smallest, largest] = [pages[0], pages.at(-1)];
  for (const { items, each } of pages)
    note(
      `recognising, a page of ${items} items`,
      `${us(each)} an item`,
      ratio(each / (smallest?.each ?? NaN), `that of ${smallest?.items}`),
      'linear',
    );
  if (smallest && largest) {
    const more = largest.items * largest.each - smallest.items * smallest.each;
    note('… slope', `${us(more / (largest.items - smallest.items))} an item more`);
  }
  await launched.close();
}

function titleSearch(): void {
  const rows = benchSearch();
  const ours = rows[0]?.microseconds ?? NaN;
  rows.forEach(({ method, microseconds, exact, edited }, at) => {
    const recall = `recall@10 ${percent(exact)}, one edit ${percent(edited)}`;
    note(
      `title search: ${method}`,
      us(microseconds),
      at === 0 ? recall : `${ratio(microseconds / ours, 'ours')}; ${recall}`,
      at === 0 ? '≥ 98 %, one edit ≥ 97 %' : 'where it reaches 95 % of our recall: ≥ 5 × ours',
    );
  });
}

function textRecognition(): void {
  const rows = benchText();
  if (!rows) {
    note('recognising a text', 'not measured: the texts are not beside the checkout');
    return;
  }
  const wanted = ['recall ≥ the others’', '≥ 20 × ours', '≥ 100 × ours'];
  rows.forEach(({ method, microseconds, ratio: slower, excerpts, edited, asked, ours }, at) => {
    const recall =
      `recall ${percent(excerpts)} of ${asked.excerpts} excerpts, ` +
      `${percent(edited)} of ${asked.edited} edited openings`;
    note(
      `recognising a text: ${method}`,
      us(microseconds),
      at === 0 ? recall : `${ratio(slower, 'ours')}; ${recall} (ours ${percent(ours)})`,
      wanted[at],
    );
  });
}

function growth(): void {
  const rows = benchGrowth();
  const [first] = rows;
  if (!first) return;
  for (const { posts, link, text, recall, catalogueBytes, indexBytes } of rows) {
    const of = `${posts.toLocaleString('en')} posts`;
    const logarithm = Math.log(posts) / Math.log(first.posts);
    note(
      `a link, ${of}`,
      `${(link * 1_000).toFixed(1)} ns`,
      ratio(link / first.link, 'the first'),
      'flat: one look-up in a Map',
    );
    note(
      `a text, ${of}`,
      us(text),
      `${ratio(text / first.text, 'the first')}; recall ${percent(recall)}`,
      `≤ ${ratio(logarithm, 'the first, the logarithm')}`,
    );
    note(
      `memory, ${of}`,
      `${Math.round(catalogueBytes)} B a post`,
      `and ${Math.round(indexBytes)} B for its signatures`,
      'linear: alike',
    );
  }
}
