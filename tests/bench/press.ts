/** Measures the time from a press on a mark to the frame that shows the new mark. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { type Figure, figure, type Name } from './measure.ts';
import { HALF_READ } from './readers.ts';
import {
  assertAwake,
  type Bench,
  BROWSERS,
  type Press,
  samplesOf,
  seen,
  sleep,
  type Subject,
  withSubjects,
} from './subjects.ts';

const LISTING = 'https://kexue.fm/search/Transformer/';
/** After this time, in ms, the mark is stored and every page has drawn it. */
const SETTLED_MS = 500;

export async function pressFigures(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const browser of BROWSERS) {
    const stage = { browser, probe: true, read: HALF_READ };
    await withSubjects(bench, stage, async (subjects) => {
      const pages = new Map<Subject, Page>();
      for (const subject of subjects) pages.set(subject, await openListing(subject));
      const of = browser === 'chromium' ? 'Chromium' : 'Firefox';
      for (const isAsleep of [false, true]) {
        const samples = await samplesOf(subjects, bench.rounds(24), (subject, round) =>
          press(subject, pages.get(subject) as Page, round, isAsleep),
        );
        figures.push(...rows(`${of}: press, background ${isAsleep ? 'asleep' : 'awake'}`, samples));
      }
    });
  }
  return figures;
}

async function openListing({ launched }: Subject): Promise<Page> {
  const page = await launched.browser.newPage();
  await page.goto(LISTING, { waitUntil: 'load' });
  await seen(page, ({ stood }) => stood !== undefined);
  return page;
}

async function press(
  { launched }: Subject,
  page: Page,
  round: number,
  isAsleep: boolean,
): Promise<Press> {
  if (isAsleep) await sleep(launched);
  else {
    // This press wakes the background and is not counted.
    await pressOnce(page, round);
    await assertAwake(launched);
  }
  return pressOnce(page, round + 1);
}

/** Presses the mark of a line, another one in each round. */
async function pressOnce(page: Page, round: number): Promise<Press> {
  const { marks, presses } = await seen(page, ({ marks: all }) => all.length > 0);
  const at = round % marks.length;
  await page.evaluate(
    (y) => scrollBy({ top: y - innerHeight / 2, behavior: 'instant' }),
    marks[at]?.y ?? NaN,
  );
  await delay(100);
  const { x, y, width, height } = (await seen(page, () => true)).marks[at] ?? {};
  if (!(x && y && width && height)) throw new Error('no mark to press');
  await page.mouse.click(x + width / 2, y + height / 2);
  const pressed = await seen(page, (now) => now.presses.length > presses.length);
  await delay(SETTLED_MS);
  return pressed.presses.at(-1) as Press;
}

function rows(what: string, samples: ReadonlyMap<Name, readonly Press[]>): Figure[] {
  const pick = (part: (press: Press) => number) =>
    new Map([...samples].map(([name, all]) => [name, all.map(part)]));
  const share = new Map(
    [...samples].map(([name, all]) => [name, all.filter(({ frames }) => frames === 1).length]),
  );
  const cells = [...samples].map(([name, all]) => {
    const most = Math.max(...all.map(({ frames }) => frames));
    return [name, `${share.get(name)} of ${all.length} in the next frame, at most ${most} frames`];
  });
  return [
    { what: `${what}, drawn`, cells: Object.fromEntries(cells), budget: 'the next frame' },
    figure(
      '… from the press to that frame',
      pick(({ drawn }) => drawn),
      'ms',
      '',
    ),
    figure(
      '… from the press to the change of the mark',
      pick(({ changed }) => changed),
      'ms',
      '',
    ),
  ];
}
