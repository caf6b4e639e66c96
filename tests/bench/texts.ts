/**
 * Measures the kept texts: how soon the popup finds a phrase when the text of every post is kept and none is
 * loaded, and the time that reading the longest post takes on its page.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { openExtensionPage } from '../../scripts/browsers.ts';
import { readSource, type SourcePost } from '../../scripts/source.ts';
import { paragraphHash } from '../../src/memory/changes.ts';
import {
  foldBlocks,
  type KeptPost,
  type KeptText,
  storedSize,
} from '../../src/memory/kept-text.ts';
import { SEARCH_SHARDS, searchShardOf } from '../../src/memory/search-records.ts';
import type { TextBlock } from '../../src/site/types.ts';
import { seeded } from '../unit/support.ts';
import { type Figure, figure } from './measure.ts';
import {
  type Bench,
  BROWSERS,
  POPUP_SIZE,
  samplesOf,
  sleep,
  type Subject,
  withSubjects,
} from './subjects.ts';
import { trace } from './trace.ts';

/** A phrase that every eightieth text has. */
const RARE = '罕见的一句';
const ADDRESS = 'https://kexue.fm/archives/9708';
const BLOCK_CHARACTERS = 220;
/** The characters that a formula with its delimiters takes in a post. */
const FORMULA_CHARACTERS = 30;
/** After a mark the text is read while the page is idle; each slice waits for that at most two seconds. */
const KEPT_MS = 4_000;

export async function findFigures(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const browser of BROWSERS) {
    const samples = await withSubjects(bench, { browser }, async (subjects) => {
      for (const subject of subjects) await storeTexts(subject);
      return samplesOf(subjects, bench.rounds(11), async ({ launched, popup }) => {
        await sleep(launched);
        const page = await openExtensionPage(launched, popup.slice(launched.baseUrl.length + 1), {
          readySelector: 'input',
        });
        await page.setViewport(POPUP_SIZE);
        const found = (await page.evaluate(FIND_AGAIN)) as Found;
        await page.close();
        return found;
      });
    });
    const pick = (what: keyof Found) =>
      new Map([...samples].map(([name, all]) => [name, all.map((each) => each[what])]));
    const of = browser === 'chromium' ? 'Chromium' : 'Firefox';
    figures.push(
      figure(
        `${of}: popup opened, background asleep, to texts found`,
        pick('cold'),
        'ms',
        '≤ 300 ms',
      ),
      figure('… from a key to texts found, all of it loaded', pick('warm'), 'ms', '≤ 50 ms'),
    );
  }
  return figures;
}

/** In ms. */
interface Found {
  /** From opening the popup, if the phrase is typed as soon as there is a field. */
  cold: number;
  /** From typing the phrase again: the median of five times. */
  warm: number;
}

/**
 * Runs in the popup; resolves with a `Found`. A program sees the popup some 200 ms after a reader does. So the
 * time until the field is there is read from the page, and that from the phrase to the texts is added to it.
 * The phrase arrives as a whole, as from an input method.
 */
const FIND_AGAIN = `(async () => {
  const field = document.querySelector('input');
  const isFound = () => document.querySelector('[data-key="found-texts"] mark');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const search = async () => {
    const start = performance.now();
    field.focus();
    document.execCommand('insertText', false, '${RARE}');
    while (!isFound()) await frame();
    return performance.now() - start;
  };
  // Our script has run by then.
  const fieldStood = performance.getEntriesByType('navigation')[0].domContentLoadedEventStart;
  const cold = fieldStood + (await search());
  // Then all is loaded: the texts in the background, and KaTeX here.
  while (document.querySelector('[data-key="found-texts"] .tex')) await frame();
  const again = [];
  while (again.length < 5) {
    field.select();
    document.execCommand('delete');
    // Until what the deletion draws is drawn: a reader does not type within the same frame.
    await new Promise((resolve) => setTimeout(resolve, 200));
    again.push(await search());
  }
  return { cold, warm: again.sort((a, b) => a - b)[2] };
})()`;

export async function keepFigures(bench: Bench): Promise<Figure[]> {
  const samples = await withSubjects(bench, { browser: 'chromium' }, (subjects) =>
    samplesOf(subjects, bench.rounds(9), async (subject, round) => {
      const page = await subject.launched.browser.newPage();
      await serve(page, longestArticle());
      const events = await trace(page, ADDRESS, async () => {
        await page.goto(ADDRESS, { waitUntil: 'load' });
        await delay(KEPT_MS);
        await page.evaluate(`performance.mark('marked')`);
        await mark(subject, round);
        await delay(KEPT_MS);
      });
      await page.close();
      const from = events.find(({ name }) => name === 'marked')?.ts ?? NaN;
      return events
        .filter(({ name, ts }) => name === 'FireIdleCallback' && ts >= from)
        .map(({ tdur = 0 }) => tdur / 1_000);
    }),
  );
  const of = (work: (slices: number[]) => number) =>
    new Map([...samples].map(([name, all]) => [name, all.map(work)]));
  return [
    figure(
      'Chromium: reading the longest text, all slices',
      of((all) => all.reduce((sum, each) => sum + each, 0)),
      'ms',
      '≤ 20 ms',
    ),
    figure(
      '… the longest slice',
      of((all) => Math.max(...all)),
      'ms',
      '',
    ),
    figure(
      '… slices',
      of((all) => all.length),
      '',
      '',
    ),
  ];
}

/** The number of characters of a post; 3,000 if it is not known. */
function charactersOf({ length }: SourcePost): number {
  return length
    ? length.chars + (length.inlineFormulas + 3 * length.displayFormulas) * FORMULA_CHARACTERS
    : 3_000;
}

function proseFrom(random: () => number, characters: number): string {
  return Array.from({ length: characters }, () =>
    random() < 0.06 ? '，' : String.fromCharCode(0x4e00 + Math.floor(random() * 3_000)),
  ).join('');
}

function blocksOf(id: number, characters: number): TextBlock[] {
  const random = seeded(id);
  return Array.from({ length: Math.ceil(characters / BLOCK_CHARACTERS) }, (_, at) => {
    const formula = '$\\beta_t = \\frac{1}{2}x^2$';
    const rare = at === 3 && id % 80 === 0 ? RARE : '';
    const text = proseFrom(random, BLOCK_CHARACTERS - formula.length) + rare + formula;
    const formulas = [text.length - formula.length, text.length];
    const place = { at: at * BLOCK_CHARACTERS, print: at };
    return { kind: 'paragraph', text, formulas, numbers: [], place };
  });
}

/** Stores a text for each post, of the post's length, in the form that the background stores. */
async function storeTexts({ launched, popup }: Subject): Promise<void> {
  const path = popup.slice(launched.baseUrl.length + 1);
  const page = await openExtensionPage(launched, path, { readySelector: 'html[data-ready]' });
  // The background makes the database.
  await page.evaluate(`(globalThis.browser ?? chrome).runtime.sendMessage({ type: 'keptPosts' })`);
  const { posts } = readSource();
  for (let shard = 0; shard < SEARCH_SHARDS; shard++) {
    const kept = posts.filter(({ id }) => searchShardOf(id) === shard).map((post) => keptOf(post));
    await page.evaluate(`new Promise((done, fail) => {
      const opening = indexedDB.open('texts');
      opening.onerror = () => fail(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        const transaction = database.transaction(['texts', 'shards'], 'readwrite');
        const kept = ${JSON.stringify(kept)};
        for (const { text } of kept) transaction.objectStore('texts').put(text, text.id);
        transaction.objectStore('shards').put(kept.map(({ row }) => row), ${shard});
        transaction.onabort = () => fail(transaction.error);
        transaction.oncomplete = () => {
          database.close();
          done();
        };
      };
    })`);
  }
  await page.close();
}

function keptOf(post: SourcePost): { text: KeptText; row: [KeptPost, string] } {
  const { id, title, date } = post;
  const blocks = blocksOf(id, charactersOf(post));
  const text = { id, blocks, hashes: blocks.map(paragraphHash) };
  const fold = foldBlocks(blocks);
  const length = blocks.reduce((sum, each) => sum + each.text.length, 0);
  const bytes = storedSize(text) + storedSize(fold);
  const kept = { id, title, day: date, length, bytes, readAt: id, changedAt: [], changed: 0 };
  return { text, row: [kept, fold] };
}

/** An article as long as the longest post, with its formulas as MathJax leaves them. */
function longestArticle(): string {
  const longest = readSource().posts.reduce((a, b) => (charactersOf(a) > charactersOf(b) ? a : b));
  const { chars = 0, inlineFormulas = 0, displayFormulas = 0 } = longest.length ?? {};
  const random = seeded(1);
  const count = Math.ceil(chars / BLOCK_CHARACTERS);
  const drawn = (tex: string, isDisplay: boolean) =>
    `<span class="${isDisplay ? 'MathJax_Display' : 'MathJax'}">${'<span><span>x</span><span>y</span></span>'.repeat(12)}` +
    `<span class="MJX_Assistive_MathML"><math><mrow>${'<mi>x</mi><mo>+</mo>'.repeat(8)}</mrow></math></span></span>` +
    `<script type="math/tex${isDisplay ? '; mode=display' : ''}">${tex}</script>`;
  const paragraphs = Array.from({ length: count }, () => {
    const inline = Array.from({ length: Math.ceil(inlineFormulas / count) }, () =>
      drawn('\\beta_t = \\frac{1}{2}x^2', false),
    );
    const display = Array.from({ length: Math.ceil(displayFormulas / count) }, () =>
      drawn('\\sum_{i=1}^n \\frac{\\partial L}{\\partial \\theta_i} x_i^2 + \\beta_t = 0', true),
    );
    const prose = proseFrom(random, BLOCK_CHARACTERS);
    return `<p>${prose}${inline.join(proseFrom(random, 4))}</p>${display.join('')}`;
  });
  return (
    '<div class="Post"><h1><a href="/archives/9708">Transformer升级之路：12、无限外推的ReRoPE？</a></h1>' +
    '<div class="submitted">By 苏剑林 | 2023-08-07 | <a href="/category/Big-Data">信息时代</a></div>' +
    `<div class="PostContent" id="PostContent">${paragraphs.join('')}</div></div>`
  );
}

async function serve(page: Page, column: string): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isPage = request.isNavigationRequest();
    void request.respond({
      status: isPage ? 200 : 404,
      contentType: 'text/html; charset=UTF-8',
      body: isPage
        ? `<!DOCTYPE html><html><body><div id="MainBody"><div id="content">${column}</div></div></body></html>`
        : '',
    });
  });
}

/** Marks the post as read, at another time in each round, so that its text is kept. */
async function mark({ launched, popup }: Subject, round: number): Promise<void> {
  const path = popup.slice(launched.baseUrl.length + 1);
  const page = await openExtensionPage(launched, path, { readySelector: 'html[data-ready]' });
  const changes = [
    { post: 9708, mark: { kind: 'read', at: 1_700_000_000_000 + round, by: 'hand' } },
  ];
  const message = JSON.stringify({ type: 'mark', id: `bench-${round}`, changes });
  await page.evaluate(`(globalThis.browser ?? chrome).runtime.sendMessage(${message})`);
  await page.close();
}
