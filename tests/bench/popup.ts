/** Measures how soon the popup is ready, and the script time of a key in its search. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { Launched } from '../../scripts/browsers.ts';
import { type Figure, figure } from './measure.ts';
import { ALL_READ } from './readers.ts';
import { type Bench, POPUP_SIZE, samplesOf, sleep, withSubjects } from './subjects.ts';
import { dispatchedAt, markAt, scriptTime, sum, tasks, trace } from './trace.ts';

/** Each word is typed key by key in a popup that has just opened. */
const TYPED = ['扩散模型', 'scksmxmt', 'RoPE', 'transformer', '梯度下将'];
/** The pause after a key, in milliseconds; longer than the results take. */
const KEY_MS = 150;
/** The handlers of keydown run at most this many microseconds before those of input. */
const BEFORE_INPUT_US = 1_000;

const stage = { browser: 'chromium', read: ALL_READ } as const;

/**
 * Warm: the extension's process runs already, because another page of ours is open. Cold: the browser
 * starts the process for the popup, which takes longer than the popup's own work.
 */
export async function popupFigures(bench: Bench): Promise<Figure[]> {
  const samples = await withSubjects(bench, stage, (subjects) =>
    samplesOf(subjects, bench.rounds(21), async ({ launched, popup: url }) => {
      const beside = await launched.browser.newPage();
      await beside.goto(`${launched.baseUrl}/licences.html`);
      const { ready, last } = await opened(launched, async (page) => {
        await open(page, url);
        const text = await page.$eval('body', (body) => body.innerText);
        // If not every post is read, the popup did not understand the stored marks.
        if (!/(?<![\d,])([\d,]+)\s*\/\s*\1(?![\d,])/.test(text))
          throw new Error('the popup does not say that every post is read');
        return drawnOn(page);
      });
      const thread = await opened(launched, async (page) => {
        const events = await trace(page, url, () => open(page, url));
        return sum(tasks(events, markAt(events, 'ready')));
      });
      await beside.close();
      await sleep(launched);
      const cold = await opened(launched, async (page) => {
        await open(page, url);
        return drawnOn(page);
      });
      return { ready, last, thread, cold: cold.ready };
    }),
  );
  const pick = (what: 'ready' | 'last' | 'thread' | 'cold') =>
    new Map([...samples].map(([name, all]) => [name, all.map((each) => each[what])]));
  return [
    figure('Chromium: popup ready, the whole catalogue read', pick('ready'), 'ms', '≤ 100 ms'),
    figure('… processor time of its main thread until then', pick('thread'), 'ms', ''),
    figure('… nothing in it changes any more', pick('last'), 'ms', ''),
    figure('… ready, after the browser started its process', pick('cold'), 'ms', ''),
  ];
}

const drawnOn = async (page: Page) => (await page.evaluate('drawn')) as Drawn;

async function opened<T>({ browser }: Launched, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage();
  await page.setViewport(POPUP_SIZE);
  await page.evaluateOnNewDocument(noteDrawing);
  const result = await work(page);
  await page.close();
  return result;
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForSelector('html[data-ready]');
  await delay(500);
}

interface Drawn {
  /** Milliseconds from the start of the document. */
  ready: number;
  last: number;
}

/** Runs in a page before its own scripts. Notes when it is ready, and when it last changed. */
function noteDrawing(): void {
  const drawn = { ready: NaN, last: NaN };
  Object.assign(globalThis, { drawn });
  new MutationObserver(() => {
    drawn.last = performance.now();
    if ('ready' in (document.documentElement?.dataset ?? {}) && Number.isNaN(drawn.ready)) {
      drawn.ready = drawn.last;
      performance.mark('ready');
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}

/** Measures all script from one key to the next, because any task may draw the results. */
export async function keyFigures(bench: Bench): Promise<Figure[]> {
  const samples = await withSubjects(bench, stage, (subjects) =>
    samplesOf(subjects, bench.rounds(TYPED.length), async ({ launched, popup: url }, round) => {
      const page = await launched.browser.newPage();
      const text = TYPED[round % TYPED.length] ?? '';
      const events = await trace(page, url, async () => {
        await open(page, url);
        await page.focus('input');
        for (const key of text) {
          await page.keyboard.type(key);
          await delay(KEY_MS);
        }
      });
      await page.close();
      const keys = dispatchedAt(events, 'input');
      if (keys.length !== text.length) throw new Error(`${keys.length} keys of ${text}`);
      const begun = (index: number) => (keys[index] ?? Infinity) - BEFORE_INPUT_US;
      return keys.map((_, index) => scriptTime(events, begun(index), begun(index + 1)).script);
    }),
  );
  const all = new Map([...samples].map(([name, words]) => [name, words.flat()]));
  const cells = [...all].map(([name, times]) => [name, `${Math.max(...times).toFixed(1)} ms`]);
  return [
    figure('Chromium: script of a key in the search', all, 'ms', '≤ 8 ms'),
    { what: '… the slowest key', cells: Object.fromEntries(cells), budget: '' },
  ];
}
