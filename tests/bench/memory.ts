/** Measures the memory of a tab with a listing page, with and without us. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { type Figure, figure, over } from './measure.ts';
import { HALF_READ } from './readers.ts';
import {
  asFirefox,
  type Bench,
  BROWSERS,
  samplesOf,
  type Subject,
  withSubjects,
} from './subjects.ts';

const LISTING = 'https://kexue.fm/search/Transformer/';
/** After this time, in ms, the lines are drawn, and work that waits for an idle page is done. */
const QUIET_MS = 2_500;

export async function memoryFigures(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const browser of BROWSERS) {
    const stage = { browser, beside: ['absent', 'nothing'], read: HALF_READ } as const;
    const samples = await withSubjects(bench, stage, (subjects) =>
      samplesOf(subjects, bench.rounds(9), async (subject) => {
        const page = await subject.launched.browser.newPage();
        await page.goto(LISTING, { waitUntil: 'load' });
        await delay(QUIET_MS);
        return browser === 'chromium' ? inChromium(subject, page) : inFirefox(subject, page);
      }),
    );
    const of = browser === 'chromium' ? 'Chromium' : 'Firefox';
    figures.push(
      figure(`${of}: memory of a tab with a listing page`, samples, 'MB', ''),
      figure('… over the page without us', over(samples, 'absent'), 'MB', '≤ 3 MB'),
    );
  }
  return figures;
}

interface Dump {
  pid: number;
  args?: { dumps?: { process_totals?: { private_footprint_bytes?: string } } };
}

/**
 * The private footprint, in MB, of the process that ends when the tab is closed. Chromium collects
 * garbage before it counts.
 */
async function inChromium({ launched: { browser } }: Subject, page: Page): Promise<number> {
  const session = await browser.target().createCDPSession();
  const dumps: Dump[] = [];
  session.on('Tracing.dataCollected', ({ value }) => dumps.push(...(value as Dump[])));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['disabled-by-default-memory-infra'],
      excludedCategories: ['*'],
    },
  });
  await session.send('Tracing.requestMemoryDump', { deterministic: true, levelOfDetail: 'light' });
  await session.send('Tracing.end');
  await complete;
  const running = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Set(processInfo.map(({ id }) => id));
  };
  const before = await running();
  await page.close();
  let gone: number[] = [];
  for (let tries = 0; gone.length === 0 && tries < 50; tries++) {
    await delay(100);
    const after = await running();
    gone = [...before].filter((pid) => !after.has(pid));
  }
  await session.detach();
  const [bytes] = dumps.flatMap(({ pid, args }) => {
    const footprint = args?.dumps?.process_totals?.private_footprint_bytes;
    return gone.includes(pid) && footprint !== undefined ? [parseInt(footprint, 16)] : [];
  });
  if (gone.length !== 1 || bytes === undefined) throw new Error(`${gone.length} processes ended`);
  return bytes / 1e6;
}

/** The memory, in MB, of the process that has the page, after Firefox asked it to free what it can. */
async function inFirefox({ launched }: Subject, page: Page): Promise<number> {
  const memory = await asFirefox(
    launched,
    `(async () => {
      const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      for (let i = 0; i < 3; i++) {
        Services.obs.notifyObservers(null, 'child-mmu-request');
        await wait(300);
      }
      const { children } = await ChromeUtils.requestProcInfo();
      const has = ({ windows }) =>
        windows.some(({ documentURI }) => documentURI?.spec === ${JSON.stringify(LISTING)});
      return children.find(has)?.memory;
    })()`,
  );
  await page.close();
  if (typeof memory !== 'number') throw new Error('no process has the page');
  return memory / 1e6;
}
