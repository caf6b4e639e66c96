/** Measures how soon the map of all posts is drawn, and how long its tasks are while it moves. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { type Figure, figure, type Name } from './measure.ts';
import { HALF_READ } from './readers.ts';
import { type Bench, samplesOf, withSubjects } from './subjects.ts';
import { tasks, trace } from './trace.ts';

const MOVES = 120;
const LONG_MS = 50;

export async function mapFigures(bench: Bench): Promise<Figure[]> {
  const stage = { browser: 'chromium', read: HALF_READ } as const;
  const samples = await withSubjects(bench, stage, (subjects) =>
    samplesOf(subjects, bench.rounds(15), async ({ launched, library }, round) => {
      const url = `${library}#map`;
      const page = await launched.browser.newPage();
      await page.setViewport({ width: 1440, height: 1000 });
      await page.evaluateOnNewDocument(noteDrawing);
      await page.goto(url, { waitUntil: 'load' });
      await page.waitForFunction('globalThis.drawnAt');
      const drawn = Number(await page.evaluate('globalThis.drawnAt'));
      const moving = round < bench.rounds(3) ? await moved(page, library) : [];
      await page.close();
      return { drawn, moving };
    }),
  );
  const drawn = new Map([...samples].map(([name, all]) => [name, all.map((each) => each.drawn)]));
  const cells = [...samples].map(([name, all]): [Name, string] => {
    const moving = all.flatMap((each) => each.moving);
    const long = moving.filter((ms) => ms > LONG_MS);
    return [
      name,
      `${long.length} over ${LONG_MS} ms, longest ${Math.max(...moving).toFixed(1)} ms`,
    ];
  });
  return [
    figure('Chromium: map first drawn', drawn, 'ms', '≤ 200 ms'),
    {
      what: `Chromium: tasks while the map moves, ${MOVES} events`,
      cells: Object.fromEntries(cells),
      budget: 'none over 50 ms',
    },
  ];
}

/**
 * Runs in a page before its own scripts. Notes when a canvas of the page first receives a picture, or
 * many shapes. The function is sent to the page as text, so it has no named inner functions: the compiler
 * calls a helper for each, which the page does not have.
 */
function noteDrawing(): void {
  const MANY_SHAPES = 300;
  const scope = globalThis as { drawnAt?: number };
  let shapes = 0;
  const pen = CanvasRenderingContext2D.prototype;
  for (const method of ['drawImage', 'putImageData', 'arc', 'fillRect'] as const) {
    const isPicture = method === 'drawImage' || method === 'putImageData';
    const watched = new Proxy(pen[method] as () => void, {
      apply(draw, context: typeof pen, given) {
        Reflect.apply(draw, context, given);
        if (context.canvas.isConnected && (isPicture || ++shapes > MANY_SHAPES))
          scope.drawnAt ??= performance.now();
      },
    });
    Object.assign(pen, { [method]: watched });
  }
}

/** Milliseconds of each task while the pointer moves over the map, and the map is moved and zoomed. */
async function moved(page: Page, url: string): Promise<number[]> {
  const events = await trace(page, url, async () => {
    await page.reload({ waitUntil: 'load' });
    await page.waitForFunction('globalThis.drawnAt');
    await delay(1_000);
    await page.evaluate(`performance.mark('moving')`);
    await page.mouse.move(700, 500);
    for (let move = 0; move < MOVES; move++) {
      if (move % 3 === 0) await page.mouse.move(300 + move * 6, 250 + move * 4);
      else if (move % 3 === 1) await page.mouse.wheel({ deltaX: 30, deltaY: move % 2 ? 60 : -40 });
      else {
        await page.keyboard.down('Control');
        await page.mouse.wheel({ deltaY: move < MOVES / 2 ? -60 : 60 });
        await page.keyboard.up('Control');
      }
    }
    await delay(300);
  });
  const begun = events.find(({ name }) => name === 'moving')?.ts ?? NaN;
  return tasks(events.filter(({ ts }) => ts >= begun));
}
