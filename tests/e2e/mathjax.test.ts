/**
 * MathJax 2.7.9 with the settings of the blog typesets placeholder pages: in Chromium the titles and
 * openings are read before, during and after; in both browsers the reader follows references to equations.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../bundled.ts';
import {
  BROWSERS,
  cardIn,
  clickInCard,
  filledLines,
  seeLines,
  setStage,
  waitForFocus,
  waitForLines,
} from './harness.ts';
import { fileResponse, pageResponse, typeset } from './mathjax.ts';
import { wanted } from './roles.ts';
import { until } from './until.ts';

const HOME = readFileSync(new URL('../fixtures/home.html', import.meta.url), 'utf8');

/** Serves a page with MathJax at every address of the blog. */
async function serve(page: Page, html: string): Promise<void> {
  const whole = pageResponse(html);
  await page.setRequestInterception(true);
  page.on('request', (request) => void request.respond(fileResponse(request.url()) ?? whole));
}

interface Reading {
  title: string;
  date: string | undefined;
  link: number | string | undefined;
  text: string;
}

describe('MathJax (Chromium)', () => {
  const stage = setStage('chromium');
  let page: Page;
  beforeAll(async () => {
    const source = await bundled(new URL('read-page.ts', import.meta.url), 'reader');
    page = await stage.current.launched.browser.newPage();
    await serve(page, HOME);
    // Reads as soon as the page is parsed, then at every change by MathJax.
    await page.evaluateOnNewDocument(`${source}
      globalThis.readings = [];
      const note = () => {
        const now = JSON.stringify(reader.readPage());
        if (readings.at(-1) !== now) readings.push(now);
      };
      document.addEventListener('DOMContentLoaded', () => {
        note();
        globalThis.changes = 0;
        new MutationObserver(() => { changes++; note(); }).observe(document.body, { subtree: true, childList: true });
      });
    `);
    await page.goto('https://kexue.fm/', { waitUntil: 'load' });
    await typeset(page);
  });
  afterAll(() => page.close());

  it('typesets the page', async () => {
    expect(await page.$$eval('.MathJax', (all) => all.length)).toBeGreaterThanOrEqual(4);
    expect(Number(await page.evaluate('changes'))).toBeGreaterThanOrEqual(10);
  });

  it('does not change the titles, dates, links and openings that are read, at any moment', async () => {
    const readings = (await page.evaluate('readings')) as string[];
    const [before] = readings;
    const first = JSON.parse(before ?? '[]') as Reading[];
    expect(first).toHaveLength(8);
    expect(first[1]?.title).toBe('占位标题乙：含行内公式$\\beta$的标题');
    expect(first[2]?.text).toContain('\\begin{equation}\\boldsymbol{o}_i');
    for (const reading of readings) expect(JSON.parse(reading)).toEqual(first);
  });

  it('does not change the lines, and they do not disturb it', async () => {
    const lines = await filledLines(page);
    expect(lines).toHaveLength(8);
    expect(lines.every(({ text }) => text.startsWith('未读'))).toBe(true);
  });

  it('provides formulas that another page draws as MathML, including numbers', async () => {
    const openings = (await page.evaluate('reader.drawOpenings()')) as {
      texts: string[];
      formulas: number;
    }[];
    const formulas = openings.reduce((sum, each) => sum + each.formulas, 0);
    expect(formulas).toBeGreaterThanOrEqual(8);
    expect(openings[1]?.texts).toContain('$\\boldsymbol{x}\\in\\mathbb{R}^n$');
    const drawn = await page.$$eval('.drawn math', (all) =>
      all.map((math) => ({
        text: math.textContent,
        isSeen: math.getBoundingClientRect().width > 3 && math.getBoundingClientRect().height > 3,
      })),
    );
    expect(drawn).toHaveLength(formulas);
    expect(drawn.every(({ isSeen }) => isSeen)).toBe(true);
    const texts = drawn.map(({ text }) => text);
    expect(texts).toContain('𝒙∈ℝn');
    expect(texts.some((text) => text.endsWith('(1)'))).toBe(true);
    expect(texts).toContain('(1)');
  });

  // The reader chooses one in MathJax's menu.
  it.each(['CommonHTML', 'SVG', 'NativeMML', 'PreviewHTML', 'PlainSource'])(
    'does not change what is read if its renderer is %s',
    async (renderer) => {
      const [first] = (await page.evaluate('readings')) as string[];
      await page.evaluate(
        `new Promise((done) => MathJax.Hub.Queue(
          ['setRenderer', MathJax.Hub, '${renderer}'], ['Rerender', MathJax.Hub], () => done(1)))`,
      );
      expect(await page.evaluate('reader.readPage()')).toEqual(JSON.parse(first ?? ''));
    },
  );
});

/** A post with two equations far from the references to them. The second is long and refers to the first. */
const ARTICLE = String.raw`<!DOCTYPE html><html><head><title>占位</title></head><body>
  <div id="MainBody"><div id="content"><div class="Post">
  <div class="PostHead"><div class="title-wrap"><h1><a href="/archives/9708">占位标题</a></h1>
    <span class="submitted">By 某某 | 2023-08-07 | 1位读者</span></div></div>
  <div class="PostContent" id="PostContent">
    <h2 id="推导">推导 <a href="#推导">#</a></h2>
    <p>把所求的量记作$\boldsymbol{u}$，它满足下面这个定义<br>
    \begin{equation}\boldsymbol{u} = \frac{\sum_{i=1}^n a_i \boldsymbol{v}_i}{\sum_{i=1}^n a_i}\label{eq:def}\end{equation}</p>
    <p style="height: 2500px">空白。</p>
    <p>两边取范数，由三角不等式得到一个上界<br>
    \begin{align}\Vert\boldsymbol{u}\Vert =&\, \left\Vert\frac{\sum_i a_i \boldsymbol{v}_i}{\sum_i a_i}\right\Vert \\ \leq&\, \max_i \Vert\boldsymbol{v}_i\Vert\label{eq:bound}\end{align}
    其中用到了式<span id="inner">$\eqref{eq:def}$</span>的定义。</p>
    <p style="height: 2500px">空白。</p>
    <p id="outer">最后，由式$\eqref{eq:bound}$可知结论成立。</p>
    <p style="height: 1500px">空白。</p>
  </div></div></div>
  <div id="SideBar" style="position: fixed; right: 0; top: 0; width: 200px"><h3>内容速览</h3><a href="#推导">推导</a></div></div>
  </body></html>`;

describe.each(BROWSERS)('the references of a post to its own equations in %s', (browser) => {
  const stage = setStage(browser);
  let page: Page;
  beforeAll(async () => {
    page = await stage.current.launched.browser.newPage();
    await serve(page, ARTICLE);
    await page.goto('https://kexue.fm/archives/9708', { waitUntil: 'load' });
    await typeset(page);
    await filledLines(page);
  });
  afterAll(() => page.close());

  const BACK = wanted('button', '回到刚才');
  const card = async () => {
    const lines = await waitForLines(page, (all) => cardIn(all)?.card?.includes('式') ?? false);
    return cardIn(lines);
  };
  const noCard = () => waitForLines(page, (all) => cardIn(all) === undefined);
  const topOf = (selector: string) =>
    page.$eval(selector, (each) => Math.round(each.getBoundingClientRect().top));
  /** Scrolls a link into the window and rests the pointer on it. */
  const rest = async (selector: string) => {
    await page.mouse.move(2, 2);
    const place = await page.$eval(selector, (each) => {
      each.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { x, y, width, height } = each.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    });
    await page.mouse.move(place.x, place.y);
    await page.mouse.move(place.x + 1, place.y);
    return place;
  };

  it('show the equation beside them, lead to it, and the way back leads to the exact place', async () => {
    const { x, y } = await rest('#outer a');
    const shown = await card();
    expect(shown?.card).toMatch(/^式 \(3\)两边取范数，由三角不等式得到一个上界/);
    expect(shown?.formulas.some((formula) => formula.includes('(3)'))).toBe(true);
    const outer = await topOf('#outer a');
    await page.mouse.click(x, y);
    await waitForLines(page, (all) => cardIn(all)?.card?.startsWith('回到刚才') ?? false);
    expect(await page.evaluate('location.hash')).toBe('#mjx-eqn-eq%3Abound');
    const top = await page.$eval(
      '[id="mjx-eqn-eq:bound"]',
      (each) => (each.closest('.MathJax_Display') as Element).getBoundingClientRect().top,
    );
    expect(Math.abs(top - 72)).toBeLessThan(2);

    // Follows the next link from there, now by keyboard.
    await page.mouse.move(2, 2);
    await page.focus('#inner a');
    const inner = await topOf('#inner a');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#mjx-eqn-eq%3Adef');
    await page.keyboard.press('Tab');
    await waitForFocus(page, ({ name }) => name === '回到刚才');
    await page.keyboard.press('Enter');
    await until(async () => (await topOf('#inner a')) === inner);
    expect(await page.evaluate('document.activeElement?.closest("#inner") !== null')).toBe(true);
    await page.keyboard.press('Escape');
    await clickInCard(page, BACK);
    await until(async () => (await topOf('#outer a')) === outer);
    await noCard();
  });

  it('of 内容速览 show what stands under the heading', async () => {
    await rest('#SideBar a');
    const lines = await waitForLines(page, (all) => cardIn(all)?.card?.startsWith('推导') ?? false);
    expect(cardIn(lines)?.card).toContain('它满足下面这个定义');
    await page.mouse.move(2, 2);
    await noCard();
  });

  it('show it to a finger first, and lead there with the second tap', async () => {
    const { x, y } = await rest('#outer a');
    await page.mouse.move(2, 2);
    await noCard();
    const tap = async () => {
      await page.touchscreen.touchStart(x, y);
      await page.touchscreen.touchEnd();
    };
    await tap();
    await card();
    const before = await page.evaluate('scrollY');
    expect(await topOf('#outer a')).toBeGreaterThan(0);
    await tap();
    await until(async () => (await page.evaluate('scrollY')) !== before);
    await clickInCard(page, BACK);
    await until(async () => (await page.evaluate('scrollY')) === before);
  });

  it('are the page’s own when the reader has switched it off', async () => {
    await stage.current.set({ passagePreviews: false });
    await rest('#outer a');
    await page.evaluate(() => new Promise((done) => setTimeout(done, 1_500)));
    expect(cardIn(await seeLines(page))).toBeUndefined();
    await stage.current.set({ passagePreviews: true });
  });
});
