/** Pages at the address of a post: some show the post, others do not. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  BROWSERS,
  filledLines,
  openOwnPage,
  type OwnPage,
  seeLines,
  setStage,
  waitForLines,
} from './harness.ts';
import { partsOf } from '../facts.ts';

const PARTS = partsOf('Transformer升级之路').length;

const KNOWN = 'https://kexue.fm/archives/9708';
const NEW = 'https://kexue.fm/archives/12345';
/** Longer than the time after which a visit is stored. */
const VISIT_MS = 12_000;

const BYLINE = '<span class="submitted">By 某人 | 2023-08-24 | 1位读者 | 引用</span>';
const OTHER = '<h3><a href="/archives/4765">别的</a></h3>';
const post = (heading: string, byline: string, text = '<p>稍后</p>') =>
  `<div class="Post"><div class="PostHead"><div class="title-wrap">${heading}${byline}</div></div>
  <div class="PostContent" id="PostContent">${text}</div></div>`;
const ERROR = post('<h1>出错</h1>', '');

describe.each(BROWSERS)('at the address of a post, in %s,', (browser) => {
  const stage = setStage(browser);
  const pages: Page[] = [];
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  const open = async (column: string, options: OwnPage) => {
    const { page } = await openOwnPage(stage.current, column, '', options);
    pages.push(page);
    return page;
  };
  const stored = () =>
    stage.current.inExtension<string[]>(
      `browser.storage.local.get(null).then((all) => Object.keys(all).filter((key) => /^(record|journal|learned|opening)/.test(key)))`,
    );
  /** Moves the mouse on the page until a visit would be stored. */
  const stay = async (page: Page) => {
    await page.bringToFront();
    for (let ms = 0; ms < VISIT_MS; ms += 500) {
      await page.mouse.move(100 + (ms % 1_000) / 10, 100);
      await delay(500);
    }
  };

  describe('an error page', () => {
    it.each<[what: string, column: string, options: OwnPage]>([
      ['503', ERROR, { address: KNOWN, status: 503 }],
      ['404', ERROR, { address: NEW, status: 404 }],
      ['200', ERROR, { address: KNOWN }],
      [
        '404 of the blog itself',
        post('<h1>页面没找到</h1>', ''),
        { address: KNOWN, status: 404, title: '页面没找到 - 科学空间|Scientific Spaces' },
      ],
    ])('of status %s has no line and no contents', async (_, column, options) => {
      const page = await open(column, options);
      // Longer than reading the record takes, for which the lines wait.
      await delay(1_500);
      expect(await seeLines(page)).toEqual([]);
    });

    it('is no visit, even after a long stay, and nothing is discovered on it', async () => {
      for (const address of [KNOWN, NEW]) {
        await stay(await open(ERROR, { address, status: 503 }));
        expect(await stored()).toEqual([]);
      }
    });
  });

  it.each<[what: string, column: string]>([
    ['below the title of another post', `${OTHER}<h1><a href="${KNOWN}">本篇</a></h1>`],
    [
      'in one element with another post’s title',
      `<div class="Post">${OTHER}<h1><a href="/archives/9708">本篇</a></h1></div>`,
    ],
    [
      'without a link, among links to other posts',
      `${OTHER}${post('<h1>本篇</h1>', BYLINE, `<h2><a href="/archives/4765">文中</a></h2>`)}${OTHER}`,
    ],
  ])('shows the line below the post’s own title %s', async (_, column) => {
    const page = await open(column, { address: KNOWN });
    const [line, ...others] = (await filledLines(page)).filter(({ isEnding }) => !isEnding);
    expect(others).toEqual([]);
    const own = await page.$eval('h1', (heading) => heading.getBoundingClientRect().bottom);
    const next = await page.evaluate(
      (from) =>
        [...document.querySelectorAll('h2, h3')]
          .map((heading) => heading.getBoundingClientRect().top)
          .find((top) => top > from) ?? Infinity,
      own,
    );
    expect(line?.row?.y).toBeGreaterThanOrEqual(own);
    expect(line?.row?.y).toBeLessThan(next);
    expect(line?.text).toContain(`第 12 / ${PARTS} 篇`);
  });

  it('does all of that on a page of the same form that shows the post', async () => {
    const page = await open(post(`<h1><a href="${KNOWN}">本篇</a></h1>`, BYLINE), {
      address: KNOWN,
    });
    await waitForLines(page, (all) => all.length === 2 && all[0]?.text !== '');
    await stay(page);
    await expect.poll(async () => [...(await stage.current.record()).keys()]).toEqual([9708]);
  });
});
