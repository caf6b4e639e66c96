/** Measures a listing page: the time of its main thread, when the lines are drawn, and layout shift. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { type Figure, figure, median, over } from './measure.ts';
import { type Bench, BROWSERS, samplesOf, seen, type Subject, withSubjects } from './subjects.ts';
import { markAt, scriptTime, sum, tasks, trace } from './trace.ts';
import { HALF_READ } from './readers.ts';

/** Both have eight excerpts. */
const LISTING = 'https://kexue.fm/search/Transformer/';
const NEXT_LISTING = 'https://kexue.fm/category/Big-Data/2/';
/** Its items arrive one by one, so lines appear while a reader looks at the page. */
const SLOW_LISTING = 'https://kexue.fm/?slow=60';
const POST = 'https://kexue.fm/archives/9708';
/** After this time, in ms, work that waits for an idle page is done. */
const QUIET_MS = 1_000;

/** Script time and tasks, in a fresh tab and again on a second page in the same tab. */
export async function pageFigures(bench: Bench): Promise<Figure[]> {
  const stage = { browser: 'chromium', beside: ['nothing'], probe: true, read: HALF_READ } as const;
  const samples = await withSubjects(bench, stage, (subjects) =>
    samplesOf(subjects, bench.rounds(15), async ({ name, launched }) => {
      const page = await launched.browser.newPage();
      await delay(300);
      const first = await load(page, LISTING, name !== 'nothing');
      const next = await load(page, NEXT_LISTING, name !== 'nothing');
      await page.close();
      return { first, next };
    }),
  );
  const rows = (which: string, of: (both: { first: Load; next: Load }) => Load) => {
    const pick = (what: keyof Load) =>
      new Map([...samples].map(([name, all]) => [name, all.map((both) => of(both)[what])]));
    return [
      figure(`${which}: script until eight lines stand`, pick('script'), 'ms', ''),
      figure('… over nothing', over(pick('script'), 'nothing'), 'ms', '≤ 10 ms, < before'),
      figure('… style and layout forced by script', pick('forced'), 'ms', ''),
      figure('… all tasks until a second after load', pick('tasks'), 'ms', ''),
      figure('… over nothing', over(pick('tasks'), 'nothing'), 'ms', ''),
    ];
  };
  return [
    ...rows('Chromium, first page in a tab', ({ first }) => first),
    ...rows('Chromium, next page in the tab', ({ next }) => next),
  ];
}

interface Load {
  script: number;
  forced: number;
  tasks: number;
}

async function load(page: Page, url: string, hasLines: boolean): Promise<Load> {
  const events = await trace(page, url, async () => {
    await page.goto(url, { waitUntil: 'load' });
    if (hasLines) await seen(page, ({ stood }) => stood !== undefined);
    await delay(QUIET_MS);
  });
  const stood = markAt(events, 'lines stand');
  return { ...scriptTime(events, -Infinity, stood), tasks: sum(tasks(events)) };
}

/** The time from the first byte until eight lines have words, and its ratio to the time until DOMContentLoaded. */
export async function standFigures(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const browser of BROWSERS) {
    const stage = { browser, probe: true, read: HALF_READ };
    const samples = await withSubjects(bench, stage, (subjects) =>
      samplesOf(subjects, bench.rounds(21), standing),
    );
    const pick = (part: (sample: Standing) => number) =>
      new Map([...samples].map(([name, all]) => [name, all.map(part)]));
    const of = browser === 'chromium' ? 'Chromium' : 'Firefox';
    figures.push(
      figure(
        `${of}: lines stand, of the time to DOMContentLoaded`,
        pick(({ stood, parsed }) => stood / parsed),
        '×',
        '≤ 1.1 ×',
        2,
      ),
      figure(
        `${of}: lines stand, after the first byte`,
        pick(({ stood }) => stood),
        'ms',
        '',
      ),
    );
  }
  return figures;
}

interface Standing {
  stood: number;
  parsed: number;
}

async function standing({ launched }: Subject): Promise<Standing> {
  const page = await launched.browser.newPage();
  await page.goto(LISTING, { waitUntil: 'load' });
  const { stood = NaN } = await seen(page, (noted) => noted.stood !== undefined);
  const [start, parsed] = (await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType(
      'navigation',
    ) as PerformanceNavigationTiming[];
    return [navigation?.responseStart, navigation?.domContentLoadedEventStart];
  })) as [number, number];
  await page.close();
  return { stood: stood - start, parsed: parsed - start };
}

/** The layout shift of a listing and of a post from the start until a second after load. */
export async function shiftFigures(bench: Bench): Promise<Figure[]> {
  const stage = { browser: 'chromium', beside: ['nothing'], read: HALF_READ } as const;
  const samples = await withSubjects(bench, stage, (subjects) =>
    samplesOf(subjects, bench.rounds(9), async ({ launched }) => {
      const page = await launched.browser.newPage();
      await page.evaluateOnNewDocument(noteShifts);
      const shifts: number[] = [];
      for (const url of [SLOW_LISTING, POST]) {
        await page.goto(url, { waitUntil: 'load' });
        await delay(QUIET_MS);
        shifts.push(Number(await page.evaluate('shift')));
      }
      await page.close();
      return shifts;
    }),
  );
  const row = (which: string, at: number): Figure => {
    // The menu of the page itself shifts now and then while it is parsed, with and without us.
    const cells = [...samples].map(([name, all]) => {
      const shifts = all.map((each) => each[at] ?? NaN);
      const most = Math.max(...shifts).toFixed(4);
      return [name, `${median(shifts).toFixed(4)}, at most ${most} (n ${shifts.length})`];
    });
    const budget = '0, at most as without us';
    return { what: `Chromium: layout shift, ${which}`, cells: Object.fromEntries(cells), budget };
  };
  return [row('a listing that arrives slowly', 0), row('a post', 1)];
}

/** Runs in a page before its own scripts. Adds up the layout shift. */
function noteShifts(): void {
  const scope = globalThis as { shift?: number };
  scope.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
      scope.shift = (scope.shift ?? 0) + entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}
