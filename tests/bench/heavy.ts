/** Measures the processor time of tabs with pages that are made to be slow to read, with and without us. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from 'puppeteer-core';
import { type Figure, figure, median, type Name, summary } from './measure.ts';
import { type Bench, samplesOf, type Subject, withSubjects } from './subjects.ts';
import { markAt, sum, trace } from './trace.ts';

const ADDRESS = 'https://kexue.fm/';
/** The main thread counts as idle when it was busy for less than this share of the time. */
const IDLE_SHARE = 0.02;
const LOOK_EVERY_MS = 500;

const link = (at: number) => `<a href="/archives/${9_000 + (at % 2_000)}">x</a>`;
const times = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join('');
const nested = (depth: number, open: string, inside: string) =>
  `${open.repeat(depth)}${inside}${'</div>'.repeat(depth)}`;

const item = (
  at: number,
) => `<div class="Post"><div class="PostHead"><div class="title-wrap"><h2>${link(at)}</h2>
  <span class="submitted">By 某人 | 2023-08-24</span></div></div><div class="PostContent"><p>x</p></div></div>`;

const ORDINARY = times(8, item);

const PAGES: Record<string, string> = {
  '10,000 links in one h2': `<div class="Post"><div class="title-wrap"><h2>${times(10_000, link)}</h2></div></div>`,
  '1,500 nested boxes of titles': nested(1_500, '<div class="title-wrap">', `<h2>${link(1)}</h2>`),
  '1,000 items at a depth of 480': nested(480, '<div>', times(1_000, item)),
  '100,000 links': `<div class="Post"><div class="PostHead"><div class="title-wrap"><h2>${link(1)}</h2></div></div>
    <div class="PostContent">${times(1_000, (at) => `<p>${times(100, (k) => link(at + k))}</p>`)}</div></div>`,
};

/**
 * The processor time of the main thread from the start of the load until it is idle. The cost of an ordinary
 * page is subtracted before the ratio is taken.
 */
export async function heavyFigures(bench: Bench): Promise<Figure[]> {
  const stage = { browser: 'chromium', beside: ['absent'] } as const;
  return withSubjects(bench, stage, async (subjects) => {
    const figures: Figure[] = [];
    const ordinary = await samplesOf(subjects, bench.rounds(5), (each) => cost(each, ORDINARY));
    figures.push(figure('Chromium: a page of eight items', ordinary, 'ms', '', 0));
    for (const [what, html] of Object.entries(PAGES)) {
      const samples = await samplesOf(subjects, bench.rounds(5), (each) => cost(each, html));
      figures.push(figureOf(what, samples, ordinary));
    }
    const typeset = await samplesOf(
      subjects.filter(({ name }) => name !== 'absent'),
      bench.rounds(5),
      typesetting,
    );
    figures.push(
      figure('Chromium: ours while 500 formulas are typeset', typeset, 'ms', '≤ 2 ms', 2),
    );
    return figures;
  });
}

type Samples = ReadonlyMap<Name, readonly number[]>;

function figureOf(what: string, samples: Samples, ordinary: Samples): Figure {
  const own = (name: Name) => median(samples.get(name) ?? []) - median(ordinary.get(name) ?? []);
  const cells = [...samples].map(([name, all]) => {
    const ratio = name === 'absent' ? '' : `, × ${(own(name) / own('absent')).toFixed(2)}`;
    return [name, summary(all, 'ms', 0) + ratio];
  });
  return { what: `Chromium: ${what}`, cells: Object.fromEntries(cells), budget: '≤ 2 ×' };
}

/** Opens a tab that gets the blog's home page with this HTML in its main column. */
async function openPage({ launched }: Subject, html: string): Promise<Page> {
  const page = await launched.browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isPage = request.isNavigationRequest();
    const body = isPage ? `<!DOCTYPE html><body><div id="content">${html}</div>` : '';
    void request.respond({
      status: isPage ? 200 : 404,
      contentType: 'text/html; charset=utf-8',
      body,
    });
  });
  return page;
}

async function cost(subject: Subject, html: string): Promise<number> {
  const page = await openPage(subject, html);
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(ADDRESS, { waitUntil: 'load', timeout: 0 });
  for (let last = await busy(session); ;) {
    await delay(LOOK_EVERY_MS);
    const now = await busy(session);
    if (now - last < LOOK_EVERY_MS * IDLE_SHARE) {
      await page.close();
      return now;
    }
    last = now;
  }
}

/** Milliseconds of processor time that the tasks of the tab have taken until now. */
async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
}

const FORMULAS = 500;
const POST = '《Transformer升级之路：2、博采众长的旋转式位置编码》';
const BOOK = '《数学分析》';

/** An item with formulas: most in paragraphs, a few directly in the content box, a few beside a book or a post. */
const WITH_FORMULAS = item(1).replace(
  '<p>x</p>',
  `<p>见${POST}和${BOOK}。</p>` +
    times(FORMULAS, (at) => {
      if (at % 100 === 0) return '设$x$。<br>';
      const named = at % 250 === 1 ? POST : at % 25 === 1 ? BOOK : '';
      return `<p>设$x$${named && `，见${named}`}。</p>`;
    }),
);

/** The time of our functions, in ms, while a script of the page inserts formulas as MathJax does. */
async function typesetting(subject: Subject): Promise<number> {
  const page = await openPage(subject, WITH_FORMULAS);
  const events = await trace(page, ADDRESS, async () => {
    await page.goto(ADDRESS, { waitUntil: 'load' });
    await delay(2_000);
    await page.evaluate(typesetAll);
    await delay(2_000);
  });
  await page.close();
  const from = markAt(events, 'typesetting') ?? NaN;
  const { baseUrl } = subject.launched;
  const ours = events.filter(
    ({ name, ts, args }) =>
      name === 'FunctionCall' && ts >= from && args.data?.url?.startsWith(baseUrl) === true,
  );
  return sum(ours.map(({ tdur = 0 }) => tdur / 1_000));
}

/** Runs in the page. Inserts previews and scripts first, then a drawing of each formula, in slices. */
async function typesetAll(): Promise<void> {
  performance.mark('typesetting');
  const walker = document.createTreeWalker(document.querySelector('.PostContent') as Element, 4);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  const scripts = texts.flatMap((text) => {
    const [before, tex, after] = text.data.split('$');
    if (tex === undefined) return [];
    const preview = Object.assign(document.createElement('span'), { className: 'MathJax_Preview' });
    const script = Object.assign(document.createElement('script'), { type: 'math/tex', text: tex });
    text.data = before ?? '';
    text.after(preview, script, after ?? '');
    return [script];
  });
  for (const [at, script] of scripts.entries()) {
    const drawn = Object.assign(document.createElement('span'), { className: 'MathJax' });
    drawn.append(...Array.from({ length: 100 }, () => document.createElement('span')));
    script.before(drawn);
    if (at % 25 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
