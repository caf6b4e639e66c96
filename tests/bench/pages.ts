/**
 * Our own pages in Chromium: how soon the popup and the map stand, what a key in the search costs, and
 * whether the map is ever busy for long while it is moved.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { build } from 'vite';
import {
  closeWelcome,
  launchChromium,
  type Launched,
  openExtensionPage,
} from '../../scripts/browsers.ts';
import { catalogueOf, readSource } from '../../scripts/catalogue.ts';
import type { Site } from '../../scripts/sample/server.ts';
import { pack, packDetails, type Post } from '../../src/catalogue/packing.ts';
import { emptyPage } from './extensions.ts';
import { type Figure, median, ratio, ROUNDS } from './measure.ts';

const DIST = fileURLToPath(new URL('../../dist/chrome/', import.meta.url));
const MANY = 10_000;
const POPUP = 'src/popup/index.html';
const MAP = 'src/library/index.html#map';
const READY = { readySelector: 'html[data-ready]' };

/** Needs dist/chrome and CHROME_PATH. */
export async function pageFigures(site: Site): Promise<Figure[]> {
  const large = await buildWith(MANY);
  try {
    return [
      popupSize(),
      ...(await popupFigures(site)),
      ...(await mapFigures(site, DIST, readSource().posts.length)),
      ...(await mapFigures(site, large, MANY)),
    ];
  } finally {
    rmSync(large, { recursive: true });
  }
}

/** What the popup's page loads to be ready: its scripts and sheets, and what those import. */
function popupSize(): Figure {
  const seen = new Set<string>();
  const follow = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const source = readFileSync(join(DIST, path), 'utf8');
    const pattern = path.endsWith('.html')
      ? /(?:src|href)="([^"]+\.(?:js|css))"/g
      : /\b(?:import|from)\s*"(\.[^"]+\.js)"/g;
    for (const [, name = ''] of source.matchAll(pattern))
      follow(name.startsWith('/') ? name.slice(1) : relative('.', join(dirname(path), name)));
  };
  follow(POPUP);
  const bytes = [...seen].map((path) => gzipSync(readFileSync(join(DIST, path))).length);
  const sum = bytes.reduce((all, each) => all + each, 0);
  return {
    what: 'popup with the catalogue, gzip',
    value: `${(sum / 1_000).toFixed(1)} kB`,
    against: `${seen.size} files`,
    wanted: '≤ 120 kB',
  };
}

async function popupFigures(site: Site): Promise<Figure[]> {
  const launched = await launchChromium({ extension: DIST, site, headless: true });
  await closeWelcome(launched);
  const control = await openExtensionPage(launched, POPUP, READY);
  await control.goto(`${launched.baseUrl}/manifest.json`);
  await store(control, 1_400);
  const ready = median(await popupTimes(launched, ROUNDS));
  const keys = await keyTimes(launched);
  await store(control, 100_000);
  const many = median(await popupTimes(launched, ROUNDS / 3));
  await launched.close();
  const floor = await emptyTime(site);
  return [
    {
      what: 'popup ready, 1,400 marks, from its document’s start',
      value: `${ready.toFixed(1)} ms`,
      against: ratio(ready / floor, `an empty page (${floor.toFixed(1)} ms)`),
      wanted: '≤ 100 ms',
    },
    {
      what: 'popup ready, 100,000 marks',
      value: `${many.toFixed(1)} ms`,
      against: ratio(many / ready, 'with 1,400'),
      wanted: '≤ 2 ×',
    },
    {
      what: 'popup, script from a key to its results',
      value: `${median(keys).toFixed(1)} ms`,
      against: `at most ${Math.max(...keys).toFixed(1)} ms`,
      wanted: '≤ 8 ms',
    },
  ];
}

/** Stores a record of so many marks. */
async function store(control: Page, marks: number): Promise<void> {
  await control.evaluate(async (length) => {
    const time = Date.UTC(2026, 0).toString(36);
    const rows = Array.from({ length }, (_, i) => `${(i * 8 + 4).toString(36)} R ${time}.0 0`);
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { local: { set(v: object): Promise<void> } } };
    };
    await chrome.storage.local.set({ record: ['3 bench', ...rows].join('\n') });
  }, marks);
}

/** ms until the popup stands complete, from its document’s start. */
async function popupTimes(launched: Launched, rounds: number): Promise<number[]> {
  const ready: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const page = await launched.browser.newPage();
    await page.evaluateOnNewDocument(() => {
      new MutationObserver(() => {
        const { dataset } = document.documentElement ?? {};
        if (dataset && 'ready' in dataset)
          Object.assign(globalThis, {
            readyAt: (globalThis as { readyAt?: number }).readyAt ?? performance.now(),
          });
      }).observe(document, { subtree: true, childList: true, attributes: true });
    });
    await page.goto(`${launched.baseUrl}/${POPUP}`, { waitUntil: 'load' });
    await page.waitForSelector(READY.readySelector);
    ready.push(Number(await page.evaluate('globalThis.readyAt')));
    await page.close();
  }
  return ready;
}

/** Typed one key after the other, as text and as pinyin, the first in a popup that has just opened. */
const TYPED = ['扩散模型', 'scksmxmt', 'RoPE', 'transformer', '梯度下将'];

/** ms of script from each key to its results: what stands between the event's first listener and its last. */
async function keyTimes(launched: Launched): Promise<number[]> {
  const times: number[] = [];
  for (const text of TYPED) {
    const page = await openExtensionPage(launched, POPUP, READY);
    await page.evaluate(() => {
      const noted: number[] = [];
      Object.assign(globalThis, { noted });
      let start = 0;
      addEventListener('input', () => (start = performance.now()), { capture: true });
      addEventListener('input', () => noted.push(performance.now() - start));
    });
    await page.bringToFront();
    await page.type('input', text);
    times.push(...((await page.evaluate('noted')) as number[]));
    if (await page.$eval('#found', (list) => (list as HTMLElement).hidden))
      throw new Error(`nothing was drawn for ${text}`);
    await page.close();
  }
  return times;
}

/** ms until an extension's empty page has loaded. */
async function emptyTime(site: Site): Promise<number> {
  const bare = await launchChromium({ extension: emptyPage(), site, headless: true });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await bare.browser.newPage();
    await page.goto(`${bare.baseUrl}/page.html`, { waitUntil: 'load' });
    times.push(
      Number(await page.evaluate('performance.getEntriesByType("navigation")[0].loadEventEnd')),
    );
    await page.close();
  }
  await bare.close();
  return median(times);
}

async function mapFigures(site: Site, extension: string, posts: number): Promise<Figure[]> {
  const launched = await launchChromium({ extension, site, headless: true });
  await closeWelcome(launched);
  const first: number[] = [];
  let busy: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await launched.browser.newPage();
    await page.setViewport({ width: 1440, height: 1000 });
    await page.evaluateOnNewDocument(noteFirstDots);
    await page.goto(`${launched.baseUrl}/${MAP}`, { waitUntil: 'load' });
    await page.waitForFunction('globalThis.dotsAt');
    first.push(Number(await page.evaluate('globalThis.dotsAt')));
    if (round === 0) busy = await longTasks(page);
    await page.close();
  }
  await launched.close();
  const name = posts.toLocaleString('en');
  return [
    {
      what: `map of ${name} posts, first drawn`,
      value: `${median(first).toFixed(1)} ms`,
      against: '',
      wanted: '≤ 200 ms',
    },
    {
      what: `map of ${name} posts, moved and zoomed for ${MOVES} events`,
      value: `${busy.length} long tasks`,
      against: busy.length > 0 ? `${Math.max(...busy).toFixed(0)} ms at most` : '',
      wanted: '0',
    },
  ];
}

/** In a page before its own scripts: when a canvas of it is first given the picture of the dots. */
function noteFirstDots(): void {
  const pen = CanvasRenderingContext2D.prototype;
  const drawImage = new Proxy(pen['drawImage'], {
    apply(draw, context: typeof pen, given) {
      Reflect.apply(draw, context, given);
      const scope = globalThis as { dotsAt?: number };
      if (context.canvas.isConnected) scope.dotsAt ??= performance.now();
    },
  });
  Object.assign(pen, { drawImage });
}

const MOVES = 120;

/** ms of each task over 50 ms while the map is pointed at, scrolled and zoomed. */
async function longTasks(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
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
  return page.evaluate('tasks') as Promise<number[]>;
}

/** The package with the real posts over and over, a day apart, up to so many; the folder it is in. */
async function buildWith(count: number): Promise<string> {
  const source = readSource();
  const known = catalogueOf(source);
  const posts = Array.from({ length: count }, (_, at): Post => {
    const { title = '', minutes } = known.posts[at % known.posts.length] ?? {};
    const date = new Date(Date.UTC(2009, 2, 1) + at * 16 * 3_600_000).toISOString().slice(0, 10);
    return {
      id: at + 1,
      title,
      date,
      refs: at > 9 ? [at - 9, at - 3] : [],
      minutes: minutes ?? null,
    };
  });
  const series = Array.from({ length: count / 20 }, (_, at) => ({
    name: `系列${at}`,
    kind: known.series[0]?.kind ?? 'numbered',
    posts: Array.from({ length: 12 }, (_part, part) => at * 20 + part + 1),
  }));
  const abouts = posts.map((_, at) => {
    const { category = '', tags = [] } = source.posts[at % source.posts.length] ?? {};
    return { category, tags };
  });
  const packed: Record<string, string> = {
    index: pack(posts, series),
    details: packDetails(abouts),
  };
  const outDir = mkdtempSync(join(tmpdir(), 'kexue-bench-'));
  await build({
    mode: 'chrome',
    logLevel: 'silent',
    build: { outDir },
    plugins: [
      {
        name: 'many-posts',
        enforce: 'pre',
        load(id) {
          const name = /\/catalogue\/packed\/(index|details)\.ts$/.exec(id)?.[1];
          return name && `export default ${JSON.stringify(packed[name])};`;
        },
      },
    ],
  });
  return outDir;
}
