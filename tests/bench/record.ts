/**
 * Reading the record and marking one post, each as a ratio to the least that could do it: one get of
 * a string of that size, one message whose handler makes one bare set. Awake, and with the worker
 * asleep beside an empty worker. Both in one browser, in turn, medians.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Page, TargetType } from 'puppeteer-core';
import {
  closeWelcome,
  launchChromium,
  launchFirefox,
  type Launched,
  openExtensionPage,
} from '../../scripts/browsers.ts';
import type { Site } from '../../scripts/sample/server.ts';
import { bundled } from '../bundled.ts';
import { bytesOfMark } from '../unit/exchange/four-years.ts';
import { folder } from './extensions.ts';
import { type Figure, median } from './measure.ts';

const ROUNDS = 15;
/** Of what takes half a millisecond. */
const READ_ROUNDS = 45;
/** Firefox’s clock may be coarse even with its rounding off: many at a time. */
const BATCH = 200;
const ASLEEP_ROUNDS = 40;
const FIREFOX_IDLE_MS = 400;

type BrowserName = 'chromium' | 'firefox';

/** Needs dist/chrome and dist/firefox, CHROME_PATH and FIREFOX_PATH. */
export async function recordFigures(site: Site): Promise<Figure[]> {
  const source = await bundled(new URL('in-record.ts', import.meta.url), 'bench');
  const all: Figure[] = [];
  for (const browser of ['chromium', 'firefox'] as const)
    all.push(...(await figuresIn(browser, site, source)));
  const value = `${bytesOfMark().toFixed(2)} bytes`;
  return [...all, { what: 'a mark of four years in sync', value, against: '', wanted: '≤ 8' }];
}

/** Our page and the floor's, with the bench in both. */
interface Pair {
  launched: Launched;
  ours: Page;
  floor: Page;
  floorUrl: string;
}

async function figuresIn(browser: BrowserName, site: Site, source: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  const pair = await open(browser, site, source);
  const note = (what: string, { ours, floor }: Times, wanted = '≤ 1.5 ×') =>
    figures.push({
      what: `${browser}: ${what}`,
      value: `${ours.toFixed(2)} ms`,
      against: `${(ours / floor).toFixed(2)} × the floor (${floor.toFixed(2)} ms)`,
      wanted,
    });
  const run = (page: Page, work: string) => page.evaluate(`bench.${work}`) as Promise<number>;

  await run(pair.ours, 'fill(1400)');
  const reading = (how: 'ours' | 'drawn' | 'whole') =>
    inTurn(
      READ_ROUNDS,
      () => run(pair.ours, `read('${how}', ${BATCH})`),
      () => run(pair.ours, `read('floor', ${BATCH})`),
    );
  note('reading 1,400 marks, 50 asked for', await reading('ours'));
  note('the same with all that a page is drawn from', await reading('drawn'), '');
  note('reading 1,400 marks, every one', await reading('whole'), '');
  note(
    'one mark, act to answer, worker awake',
    await inTurn(
      ROUNDS,
      () => run(pair.ours, `mark('ours', ${BATCH})`),
      () => run(pair.floor, `mark('floor', ${BATCH})`),
    ),
  );
  await sleep(pair);
  note(
    'one mark, worker asleep',
    await inTurn(
      ASLEEP_ROUNDS,
      () => run(pair.ours, `mark('ours', 1)`),
      () => run(pair.floor, `mark('floor', 1)`),
      () => sleep(pair),
    ),
  );
  const few = await run(pair.ours, `read('whole', ${BATCH})`);
  await run(pair.ours, 'fill(100000)');
  const many = await inTurn(
    5,
    () => run(pair.ours, `read('whole', 5)`),
    () => run(pair.ours, `read('floor', 5)`),
  );
  note('reading 100,000 marks, every one', many, '');
  figures.push({
    what: `${browser}: 100,000 marks, each`,
    value: `${((many.ours * 1_000) / 100_000).toFixed(2)} µs`,
    against: `${(many.ours / 100_000 / (few / 1_400)).toFixed(2)} × each of 1,400`,
    wanted: 'linear',
  });
  await pair.launched.close();
  return figures;
}

async function open(browser: BrowserName, site: Site, source: string): Promise<Pair> {
  const folder = bareExtension(browser);
  const path = (name: string) => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
  let launched: Launched;
  let floorUrl: string;
  if (browser === 'chromium') {
    launched = await launchChromium({ extension: path('chrome'), site, headless: true });
    floorUrl = `chrome-extension://${await launched.browser.installExtension(folder)}`;
  } else {
    launched = await launchFirefox({
      extension: [path('firefox'), folder],
      site,
      headless: true,
      backgroundIdleMs: FIREFOX_IDLE_MS,
      prefs: { 'privacy.reduceTimerPrecision': false },
    });
    floorUrl = 'moz-extension://11111111-2222-4333-8444-000000000002';
  }
  await closeWelcome(launched);
  const ours = await openExtensionPage(launched, 'src/popup/index.html', {
    readySelector: 'html[data-ready]',
  });
  const floor = await openExtensionPage({ ...launched, baseUrl: floorUrl }, 'page.html', {
    readySelector: 'html',
  });
  // Our page redraws at each change; a reader’s page is not looked at while it is measured. This one
  // shows a text: what Firefox shows JSON with is a page that does much.
  await ours.goto(`${launched.baseUrl}/background.js`, {
    waitUntil: browser === 'firefox' ? [] : 'load',
  });
  for (const page of [ours, floor]) await page.evaluate(source);
  return { launched, ours, floor, floorUrl };
}

interface Times {
  ours: number;
  floor: number;
}

async function inTurn(
  rounds: number,
  ours: () => Promise<number>,
  floor: () => Promise<number>,
  between: () => Promise<void> = async () => undefined,
): Promise<Times> {
  const times: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round++) {
    const turns = [
      async () => times.ours.push(await answered(ours)),
      async () => times.floor.push(await answered(floor)),
    ];
    // Who comes first wakes what both need: the browser's own parts, the processor.
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    await between();
  }
  return { ours: median(times.ours), floor: median(times.floor) };
}

/** Firefox now and then finds nobody at the other end while it is about to suspend a page. */
async function answered(work: () => Promise<number>, tries = 3): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (tries === 0) throw error;
    await delay(FIREFOX_IDLE_MS);
    return answered(work, tries - 1);
  }
}

/** Ends both workers. */
async function sleep({ launched: { kind, browser, baseUrl }, floorUrl }: Pair): Promise<void> {
  if (kind === 'firefox') return delay(FIREFOX_IDLE_MS * 4);
  for (const target of browser.targets()) {
    const isWorker = target.type() === TargetType.SERVICE_WORKER;
    if (!isWorker || ![baseUrl, floorUrl].some((url) => target.url().startsWith(url))) continue;
    await (await target.worker())?.close();
  }
  await delay(300);
}

/** A page and a worker that answers each message when one bare set is done. */
function bareExtension(browser: BrowserName): string {
  const worker = `const api = globalThis.browser ?? chrome;
    api.runtime.onMessage.addListener((message, sender, respond) => {
      api.storage.local.set({ last: message.set }).then(() => respond({ ok: true }));
      return true;
    });`;
  const background =
    browser === 'chromium' ? { service_worker: 'worker.js' } : { scripts: ['worker.js'] };
  const gecko = { id: 'floor@bench' };
  return folder(
    { name: 'floor', permissions: ['storage'], background, browser_specific_settings: { gecko } },
    { 'page.html': '<!doctype html><title>floor</title>', 'worker.js': worker },
  );
}
