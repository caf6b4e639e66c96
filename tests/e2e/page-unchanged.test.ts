/**
 * The blog's page stays as it is: what is printed, copied and saved has nothing of ours. And a line has room
 * in every layout that the page's styles can give to items.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { posts } from '../../scripts/sample/facts.ts';
import { DEFAULTS } from '../../src/app/settings.ts';
import type { Mark } from '../../src/record/marks.ts';
import { partsOf } from '../facts.ts';
import {
  BROWSERS,
  click,
  controlOf,
  filledLines,
  hasControl,
  lineOf,
  MARK,
  openOwnPage,
  type SeenLine,
  SERIES,
  setStage,
  UNDO,
  waitForLines,
} from './harness.ts';
import { until } from './until.ts';

const PARTS = partsOf('Transformer升级之路').length;
const READ: Mark = { kind: 'read', at: Date.UTC(2025, 4, 6, 12), by: 'hand' };
const LISTING = 'https://kexue.fm/2023/08/';
const ARCHIVE = 'https://kexue.fm/content.html';
const POST = 'https://kexue.fm/archives/9731';
const HOST = '[data-kexue-companion]';

describe.each(BROWSERS)('with everything switched off in %s', (browser) => {
  const stage = setStage(browser);

  it.each([LISTING, POST, ARCHIVE])('%s has nothing of ours', async (url) => {
    const switches = Object.entries(DEFAULTS).filter(([, value]) => typeof value === 'boolean');
    await stage.current.mark({ 8265: READ });
    await stage.current.set(Object.fromEntries(switches.map(([name]) => [name, false])));
    const page = await stage.current.open(url);
    const ours = () =>
      page.evaluate(() => {
        const isOurs = (element: Element) =>
          element.getAttributeNames().some((name) => name.startsWith('data-kexue'));
        return (
          [...document.querySelectorAll('*')].filter(isOurs).length +
          document.adoptedStyleSheets.length
        );
      });
    await until(async () => (await ours()) === 0);
    await stage.current.set(Object.fromEntries(switches));
    await until(async () => (await ours()) > 0);
    await stage.current.set(Object.fromEntries(switches.map(([name]) => [name, false])));
    await until(async () => (await ours()) === 0);
    await stage.current.set(Object.fromEntries(switches));
    await page.close();
  });
});

describe('printed in Chromium', () => {
  const stage = setStage('chromium');

  it.each([LISTING, POST, ARCHIVE])('%s is the page alone', async (url) => {
    await stage.current.mark({ 8265: READ });
    const page = await stage.current.open(url);
    await page.waitForSelector(HOST);
    const shown = () =>
      page.$$eval(HOST, (hosts) => hosts.filter((host) => host.checkVisibility()).length);
    expect(await shown()).toBeGreaterThan(0);
    await page.emulateMediaType('print');
    expect(await shown()).toBe(0);
    const marks = await page.$$eval('a[data-kexue-mark]', (links) =>
      links.map((link) => getComputedStyle(link, '::before').display),
    );
    expect(marks.filter((display) => display !== 'none')).toEqual([]);
    await page.close();
  });

  it('the archive is the whole page, whatever filter is chosen', async () => {
    await stage.current.mark({ 8265: READ });
    await stage.current.set({ archiveFilter: 'read' });
    const page = await stage.current.open(ARCHIVE);
    const shown = () =>
      page.$$eval('#archives li', (all) => all.filter((each) => each.checkVisibility()).length);
    const all = await page.$$eval('#archives li', ({ length }) => length);
    await until(async () => (await shown()) < 10);
    await page.emulateMediaType('print');
    expect(await shown()).toBe(all);
    await stage.current.set({ archiveFilter: 'all' });
    await page.close();
  });

  it('a plan is printed without buttons and other plans, and no step is split', async () => {
    const page = await stage.current.openLibrary('plan?goal=9708');
    await page.waitForSelector('.plan .step');
    const read = () =>
      page.evaluate(() => {
        const [toggle, step] = ['.toggle', '.step'].map((each) => document.querySelector(each)!);
        return {
          toggle: toggle!.checkVisibility(),
          step: step!.checkVisibility(),
          breaks: getComputedStyle(step!).breakInside,
          headings: [...document.querySelectorAll('main :is(h1, h2)')].filter((each) =>
            each.checkVisibility(),
          ).length,
        };
      });
    expect(await read()).toEqual({ toggle: true, step: true, breaks: 'auto', headings: 3 });
    await page.emulateMediaType('print');
    expect(await read()).toEqual({ toggle: false, step: true, breaks: 'avoid', headings: 1 });
    await page.close();
  });
});

describe.each(BROWSERS)('copied in %s', (browser) => {
  const stage = setStage(browser);
  /** What Ctrl+A and Ctrl+C copy. */
  const copied = (page: Page) =>
    page.evaluate(() => {
      const selection = getSelection();
      selection?.selectAllChildren(document.body);
      const text = String(selection);
      selection?.removeAllRanges();
      return text;
    });

  it.each([LISTING, POST])('%s is the text of the page alone', async (url) => {
    const page = await stage.current.open(url);
    await waitForLines(page, (all) => all.length > 0 && all[0]?.text !== '');
    const text = await copied(page);
    expect(text.length).toBeGreaterThan(100);
    await page.$$eval(HOST, (hosts) => hosts.forEach((host) => host.remove()));
    const own = await copied(page);
    expect(text.replaceAll(/\s+/g, '\n')).toBe(own.replaceAll(/\s+/g, '\n'));
    await page.close();
  });
});

describe('saved as one file in Chromium', () => {
  const stage = setStage('chromium');

  it.each([LISTING, POST])('%s shows nothing of ours', async (url) => {
    const page = await stage.current.open(url);
    await waitForLines(page, (all) => all.length > 0 && all[0]?.text !== '');
    const session = await page.createCDPSession();
    const { data } = await session.send('Page.captureSnapshot', { format: 'mhtml' });
    const folder = mkdtempSync(join(tmpdir(), 'kexue-companion-'));
    const file = join(folder, 'saved.mhtml');
    writeFileSync(file, data);
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    rmSync(folder, { recursive: true });
    expect(await page.$eval('body', (body) => body.innerText.length)).toBeGreaterThan(100);
    const shown = await page.$$eval(HOST, (hosts) =>
      hosts.filter((host) => host.checkVisibility()).map((host) => host.outerHTML),
    );
    expect(shown).toEqual([]);
    await page.close();
  });
});

/** Styles that leave a line no room or cover it, in the blog's own markup. */
const CROWDED: [what: string, css: string][] = [
  ['titles in rows of flex items', '.PostHead, .title-wrap { display: flex; gap: 12px }'],
  ['titles in rows that wrap', '.title-wrap { display: flex; flex-wrap: wrap; gap: 0 12px }'],
  [
    'titles in rows of cells',
    '.title-wrap { display: table-row } .title-wrap > * { display: table-cell }',
  ],
  ['titles in grids', '.title-wrap { display: grid; grid-template-columns: auto 1fr; gap: 0 8px }'],
  [
    'titles in rows, under links that cover their items',
    `.Post { position: relative } .title-wrap { display: flex }
     h2 a::after { content: ""; position: absolute; inset: 0; z-index: 30 }`,
  ],
];
const CROWD = { 9708: '甲', 8265: '乙' };
const hasRoom = ({ row }: SeenLine, room: number) => (row?.width ?? 0) > room * 0.95;

/** An item of a listing. */
const itemOf = (id: number, title: string) =>
  `<div class="Post"><div class="PostHead"><div class="title-wrap">
   <h2><a href="/archives/${id}">${title}</a></h2><span class="submitted">By 某人 | 2023-08-24</span>
   </div></div><div class="PostContent"><p>某某的正文。</p></div></div>`;

describe.each(BROWSERS)('a line in %s has its width and its own presses among', (browser) => {
  const stage = setStage(browser);

  it('items of 224 px: nothing in it is cut, and a mark can be undone', async () => {
    const { page } = await openOwnPage(
      stage.current,
      `<style>.Post { width: 224px } .wide .Post { width: 700px }</style>
       ${itemOf(9708, '甲')}<div class="wide">${itemOf(8265, '乙')}</div>`,
    );
    await waitForLines(page, (all) => all[0]?.text === `未读 第 12 / ${PARTS} 篇`);
    await click(page, '乙', MARK);
    await click(page, '甲', MARK);
    const isDone = (line?: SeenLine) => line !== undefined && hasControl(line, UNDO);
    const lines = await waitForLines(page, (all) => all.length === 2 && all.every(isDone));
    const [narrow, wide] = ['甲', '乙'].map((title) => controlOf(lineOf(lines, title), UNDO).box);
    const { row } = lineOf(lines, '甲');
    expect(narrow?.width).toBeCloseTo(wide?.width ?? 0, 0);
    expect((narrow?.x ?? 0) + (narrow?.width ?? 0)).toBeLessThanOrEqual(
      (row?.x ?? 0) + (row?.width ?? 0),
    );
    await click(page, '甲', UNDO);
    await until(async () => (await stage.current.record()).get(9708)?.mark.kind === 'unread');
    await click(page, '甲', SERIES);
    await waitForLines(page, (all) => all.some(({ rows }) => rows.length > 5));
    await page.$eval('.Post', (item) => ((item as HTMLElement).style.width = '180px'));
    await waitForLines(page, (all) => all[0]?.box.width === 180 && all[0].overflow < 1);
    await page.close();
    await stage.current.mark({ 8265: { kind: 'unread' } });
  });

  it.each(CROWDED)('%s', async (_, css) => {
    await stage.current.mark({ 9708: { kind: 'unread' }, 8265: { kind: 'unread' } });
    const items = Object.entries(CROWD).map(([id, title]) => itemOf(Number(id), title));
    const { page } = await openOwnPage(stage.current, `<style>${css}</style>${items.join('')}`);
    await filledLines(page);
    const room = await page.$eval('.Post', (item) => item.getBoundingClientRect().width);
    // A line gets its room in the frame after it was filled in.
    const lines = await waitForLines(page, (all) => all.every((line) => hasRoom(line, room)));
    expect(lines.map(({ title }) => title)).toEqual(Object.values(CROWD));
    for (const { title } of lines) await click(page, title, MARK);
    await until(async () => {
      const record = await stage.current.record();
      return Object.keys(CROWD).every((id) => record.get(Number(id))?.mark.kind === 'read');
    });
    expect(page.url()).toBe('https://kexue.fm/');
    await page.close();
  });

  it('rows far down a long page, when the reader scrolls there', async () => {
    const items = posts.slice(-60).map(({ id, title }) => itemOf(id, title));
    const css = '.title-wrap { display: flex } h2 { width: 400px }';
    const { page } = await openOwnPage(stage.current, `<style>${css}</style>${items.join('')}`);
    const room = await page.$eval('.Post', (item) => item.getBoundingClientRect().width);
    await waitForLines(page, (all) => all.length === 60);
    await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight }));
    await waitForLines(page, (all) => {
      const last = all.at(-1);
      return last?.text.startsWith('未读') === true && hasRoom(last, room);
    });
    await page.close();
  });
});
