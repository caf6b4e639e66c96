/** 地图 and 年度: marks on the map, and its use by keys, mouse and fingers. */
import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogueOf, readSource } from '../../scripts/source.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { BROWSERS, setStage } from './harness.ts';
import {
  button,
  find,
  gone,
  link,
  press,
  selectorOf,
  textOf,
  waitForStatus,
  waitForText,
  wanted,
  within,
} from './roles.ts';
import { until } from './until.ts';

const catalogue = new Catalogue(catalogueOf(readSource()));
const titleOf = (id: number) => catalogue.post(id)?.title ?? '';

/** Part 2 of 21, and the parts beside it. */
const PART = 8265;
const [series] = catalogue.seriesOf(PART);
const partAt = (k: number) => series?.posts[k - 1] ?? 0;
const MAP = wanted('application', /的地图/);
const CARD = wanted('group', '选中的文章');
const PLAN = within(CARD, button('加入计划'));
const SEE_PLAN = within(CARD, link('看计划'));

/** A post without references, so that choosing it draws only a ring. */
const ALONE = [...catalogue.posts.values()].findLast(
  ({ id, refs }) =>
    refs?.length === 0 && catalogue.citedBy(id).length === 0 && catalogue.seriesOf(id).length === 0,
)?.id;

const PAPER = [251, 252, 251];
const ACCENT = [11, 96, 114];

const readIn = (year: number, month: number, day: number) =>
  ({ kind: 'read', at: new Date(year, month - 1, day, 12).getTime(), by: 'hand' }) as const;

describe.each(BROWSERS)('in %s', (browser) => {
  const stage = setStage(browser, { language: 'zh-CN' });
  const pages: Page[] = [];
  beforeEach(async () => {
    await stage.current.inExtension('browser.storage.local.remove(["record", "journal"])');
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  const open = async (address: string, width = 1280) => {
    const page = await stage.current.openLibrary(address);
    pages.push(page);
    await page.setViewport({ width, height: 800 });
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
    await settled(page);
    return page;
  };

  describe('the map', () => {
    it('shows a mark in the dot, and its undo', async () => {
      const page = await open(`map?post=${ALONE}`);
      const { x, y } = await chosenDot(page);
      expect(await colourAt(page, x, y)).toSatisfy(near(PAPER));
      await stage.current.mark({ [Number(ALONE)]: readIn(2026, 10, 1) });
      await find(page, link('已读 1'));
      await settled(page);
      expect(await colourAt(page, x, y)).toSatisfy(near(ACCENT));
      // There is only background around it, so only one dot has changed.
      for (const [dx, dy] of [
        [0, 12],
        [0, -12],
      ] as const)
        expect(await colourAt(page, x + dx, y + dy)).not.toSatisfy(near(ACCENT));
      await stage.current.mark({ [Number(ALONE)]: { kind: 'unread' } });
      await find(page, link('已读 0'));
      await settled(page);
      expect(await colourAt(page, x, y)).toSatisfy(near(PAPER));
    });

    it('is navigated by keys, and every dot has a name', async () => {
      const page = await open('map');
      await (await find(page, MAP)).focus();
      await page.keyboard.press('ArrowLeft');
      await waitForSpoken(page, titleOf(catalogue.newestBundled.id));
      await page.evaluate((id) => (location.hash = `map?post=${id}`), PART);
      await waitForSpoken(page, titleOf(PART));
      expect(await spoken(page)).toMatch(
        /未读，Transformer升级之路 第 2 \/ \d+ 篇，2021-03-23，引用 3 篇，被 \d+ 篇引用$/m,
      );
      await (await find(page, MAP)).focus();
      await page.keyboard.press(']');
      await waitForSpoken(page, titleOf(partAt(3)));
      await page.keyboard.press('[');
      await page.keyboard.press('[');
      await waitForSpoken(page, titleOf(partAt(1)));
      await page.keyboard.press('ArrowRight');
      await waitForSpoken(page, titleOf(PART));
      await page.keyboard.press('ArrowUp');
      await until(async () => !(await spoken(page)).includes('Transformer升级之路'));
      expect(await textOf(page, CARD)).not.toContain('Transformer升级之路');
      await page.keyboard.press('Escape');
      await gone(page, CARD);
    });

    it('marks with Space, and undoes that with the toast and with Ctrl+Z', async () => {
      const page = await open(`map?post=${PART}`);
      await (await find(page, MAP)).focus();
      await page.keyboard.press(' ');
      await waitForText(page, '已标为已读');
      await find(page, within(CARD, button(/^标记：已读/)));
      await press(page, button('撤销'));
      await find(page, within(CARD, button(/^标记：未读/)));
      await press(page, within(CARD, button('稍后读')));
      await find(page, link('稍后读 1'));
      await (await find(page, MAP)).focus();
      await page.keyboard.down('Control');
      await page.keyboard.press('z');
      await page.keyboard.up('Control');
      await find(page, link('稍后读 0'));
    });

    it('plans with P and the card, and undoes that with the toast and with Ctrl+Z', async () => {
      const planned = () =>
        stage.current.inExtension<string>(
          'browser.storage.local.get("plans").then(({ plans = "" }) => plans)',
        );
      const page = await open(`map?post=${PART}`);
      await find(page, PLAN);
      await (await find(page, MAP)).focus();
      await page.keyboard.press('p');
      await waitForStatus(page, `已加入计划：《${titleOf(PART)}》`);
      await find(page, SEE_PLAN);
      // With its prerequisites.
      expect(await planned()).toMatch(new RegExp(`^${PART}\\t.*\\b${partAt(1)}\\b`, 'm'));
      await (await find(page, MAP)).focus();
      await page.keyboard.down('Control');
      await page.keyboard.press('z');
      await page.keyboard.up('Control');
      await waitForText(page, '已从计划里去掉');
      await find(page, PLAN);
      await press(page, PLAN);
      await find(page, SEE_PLAN);
      await press(page, button('撤销'));
      await find(page, PLAN);
      expect(await planned()).not.toContain(String(PART));
      // Once it is saved again, the same key and the same button open it.
      await (await find(page, MAP)).focus();
      await page.keyboard.press('P');
      await find(page, SEE_PLAN);
      await (await find(page, MAP)).focus();
      await page.keyboard.press('p');
      await find(page, wanted('heading', titleOf(PART)));
      await stage.current.inExtension('browser.storage.local.remove("plans")');
    });

    it('opens the list of a mark, a series and a category, from the legend and from names on the map', async () => {
      const listed = async (page: Page) => {
        await page.waitForFunction(() => location.hash.startsWith('#list?'));
        return new URLSearchParams(
          (await page.evaluate(() => location.hash)).slice('#list?'.length),
        );
      };
      const back = async (page: Page) => {
        await page.evaluate(() => history.back());
        await page.waitForSelector('html[data-ready="map"]');
        await settled(page);
      };
      const page = await open(`map?post=${PART}`);
      await press(page, link('稍后读 0'));
      expect((await listed(page)).get('mark')).toBe('later');
      await back(page);
      await press(page, within(CARD, link(/^Transformer升级之路$/)));
      const parts = await listed(page);
      expect([parts.get('series'), parts.get('order')]).toEqual([series?.name, 'up']);
      await find(page, link(titleOf(PART)));
      await back(page);
      await press(page, within(CARD, link('信息时代')));
      expect((await listed(page)).get('category')).toBe('信息时代');
      await back(page);
      // The names that are drawn on the map.
      await (await find(page, MAP)).focus();
      await page.keyboard.press('Escape');
      expect((await listedByName(page, 'category')).get('category')).toBeTruthy();
      await back(page);
      const name = (await listedByName(page, 'series')).get('series');
      expect(catalogue.series.map((each) => each.name)).toContain(name);
    });

    it('opens a post with Enter in a new tab', async () => {
      const page = await open(`map?post=${PART}`);
      const title = await find(page, within(CARD, link(titleOf(PART))));
      expect(await title.evaluate((each) => each.getAttribute('href'))).toContain(
        `/archives/${PART}`,
      );
      const tabs = () => stage.current.inExtension<{ id: number }[]>('browser.tabs.query({})');
      const before = new Set((await tabs()).map(({ id }) => id));
      const opened = async () => (await tabs()).filter(({ id }) => !before.has(id));
      await (await find(page, MAP)).focus();
      await page.keyboard.press('Enter');
      await expect.poll(opened, { timeout: 10_000 }).toHaveLength(1);
      // Firefox's driver does not report the address of a tab that a page opened.
      if (browser === 'chromium')
        await expect
          .poll(async () =>
            (await stage.current.launched.browser.pages()).map((each) => each.url()),
          )
          .toContainEqual(expect.stringContaining(`/archives/${PART}`));
      const [tab] = await opened();
      await stage.current.inExtension(`browser.tabs.remove(${tab?.id})`);
    });

    it('chooses a post by a click and moves by a drag', async () => {
      const page = await open(`map?post=${ALONE}`);
      const { x, y } = await chosenDot(page);
      await gone(page, CARD);
      const box = await (await page.$('canvas'))?.boundingBox();
      await page.mouse.click((box?.x ?? 0) + x + 3, (box?.y ?? 0) + y - 3);
      await find(page, within(CARD, link(titleOf(Number(ALONE)))));
      await page.keyboard.press('+');
      await settled(page);
      const before = await scrolled(page);
      await page.mouse.move(500, 400);
      await page.mouse.down();
      await page.mouse.move(520, 410);
      await page.mouse.move(600, 430);
      await page.mouse.up();
      const after = await scrolled(page);
      expect(before.left - after.left).toBeCloseTo(100, -0.5);
      // A drag is not a click, so the dot is still chosen.
      await find(page, within(CARD, link(titleOf(Number(ALONE)))));
    });

    it('is not dragged any more after the button was released over the card', async () => {
      const page = await open(`map?post=${ALONE}`);
      const card = await (await find(page, CARD)).boundingBox();
      const { x = 0, y = 0 } = card ?? {};
      await page.mouse.move(x - 3, y + 40);
      await page.mouse.down();
      await page.mouse.move(x + 30, y + 40);
      await page.mouse.up();
      const before = await scrolled(page);
      await page.mouse.move(x - 200, y + 40);
      await page.mouse.move(x - 20, y + 60, { steps: 4 });
      expect(await scrolled(page)).toEqual(before);
    });

    it('zooms about the chosen post with keys, buttons and the wheel, and shows the whole map', async () => {
      const page = await open(`map?post=${PART}`);
      await (await find(page, MAP)).focus();
      const first = await scrolled(page);
      await page.keyboard.press('+');
      await settled(page);
      expect((await scrolled(page)).width).toBeGreaterThan(first.width * 1.3);
      await press(page, button('放大'));
      await settled(page);
      const second = await scrolled(page);
      expect(second.width).toBeGreaterThan(first.width * 2);
      await page.keyboard.press('0');
      await settled(page);
      const whole = await scrolled(page);
      expect(whole.width).toBeLessThanOrEqual(whole.windowWidth + 1);
      expect(whole.height).toBeLessThanOrEqual(whole.windowHeight + 1);
      await page.mouse.move(700, 400);
      await page.keyboard.down('Control');
      for (let i = 0; i < 6; i++) await page.mouse.wheel({ deltaY: -100 });
      await page.keyboard.up('Control');
      await settled(page);
      expect((await scrolled(page)).width).toBeGreaterThan(whole.width * 2);
    });

    it('begins at the newest end in a narrow window, with the card at its foot', async () => {
      const page = await open('map', 320);
      const { left, width, windowWidth } = await scrolled(page);
      expect(width).toBeGreaterThan(1_200);
      expect(left).toBeGreaterThan(width - windowWidth - 2);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await page.evaluate((id) => (location.hash = `map?post=${id}`), PART);
      await waitForText(page, '第 2 /', CARD);
      const card = await (await find(page, CARD)).boundingBox();
      const plot = await (await find(page, MAP)).boundingBox();
      expect(
        (plot?.y ?? 0) + (plot?.height ?? 0) - (card?.y ?? 0) - (card?.height ?? 0),
      ).toBeCloseTo(8, 1);
    });
  });

  it('the map of a dark library is printed on white paper', async () => {
    await stage.current.set({ theme: 'dark' });
    const page = await stage.current.openLibrary('map');
    pages.push(page);
    await settled(page);
    const drawn = () =>
      page.$eval('canvas', (canvas) => {
        const data = canvas.getContext('2d')?.getImageData(0, canvas.height - 1, 1, 1).data;
        return [...(data ?? [])].slice(0, 3);
      });
    const dark = [19, 24, 26];
    await expect.poll(drawn).toEqual(dark);
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        const canvas = document.querySelector('canvas');
        const data = canvas?.getContext('2d')?.getImageData(0, canvas.height - 1, 1, 1).data;
        document.documentElement.dataset['printed'] = [...(data ?? [])].slice(0, 3).join();
      }),
    );
    await page.pdf();
    expect(await page.$eval('html', ({ dataset }) => dataset['printed'])).toBe(PAPER.join());
    await expect.poll(drawn).toEqual(dark);
    await stage.current.set({ theme: 'auto' });
  });

  describe('the year', () => {
    beforeEach(async () => {
      await stage.current.mark({
        [PART]: readIn(2026, 3, 2),
        [partAt(3)]: readIn(2026, 3, 3),
        [Number(ALONE)]: readIn(2025, 12, 31),
      });
    });

    it('counts reading by month and by category, also for another year', async () => {
      const page = await open('year');
      await find(page, wanted('heading', '2026 年读完 2 篇'));
      const plot = await find(page, wanted('img', /^每月读完的篇数：.*3月 2 篇/));
      const week = await plot.$eval('title', ({ textContent }) => textContent);
      expect(week).toBe('2026-03-02 至 2026-03-08：2 篇');
      const items = await page.$$eval('main li', (rows) => rows.map((row) => row.textContent));
      expect(items).toEqual(['信息时代2']);
      await page.select(selectorOf(wanted('combobox', '哪一年')), '2025');
      // Scripts cannot make the reader's choice, so the test sets the address.
      await page.evaluate(() => (location.hash = 'year?of=2025'));
      await find(page, wanted('heading', '2025 年读完 1 篇'));
    });

    it('begins at the last reading in a narrow window', async () => {
      await stage.current.mark({ [Number(ALONE)]: readIn(2026, 11, 1) });
      const page = await open('year', 320);
      await find(page, wanted('heading', '2026 年读完 3 篇'));
      const weeks = await find(page, wanted('group', '按周'));
      await until(() =>
        weeks.evaluate((box) => {
          const dots = [...box.querySelectorAll('.dots')].at(-1)?.getBoundingClientRect();
          const { left, right } = box.getBoundingClientRect();
          return dots !== undefined && dots.left >= left && dots.right <= right;
        }),
      );
      // The name of the month with its count is whole.
      const cut = await weeks.evaluate((box) => {
        const { right } = box.getBoundingClientRect();
        const names = [...box.querySelectorAll('text')].filter((name) => {
          const { left, right: end } = name.getBoundingClientRect();
          return left < right && end > right;
        });
        return names.map(({ textContent }) => textContent);
      });
      expect(cut).toEqual([]);
      // The reader's own scrolling stays when something is stored.
      await weeks.evaluate((box) => (box.scrollLeft = 0));
      await stage.current.mark({ [partAt(3)]: readIn(2026, 12, 30) });
      await find(page, wanted('img', /12月 1 篇/));
      expect(await weeks.evaluate(({ scrollLeft }) => scrollLeft)).toBe(0);
    });

    it('is saved as a picture with the same number of dots', async () => {
      const page = await open('year');
      await find(page, wanted('heading', '2026 年读完 2 篇'));
      await page.evaluate(() => {
        const made = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (blob: Blob) => {
          Object.assign(globalThis, { saved: blob });
          return made(blob);
        };
      });
      await press(page, button('存为图片'));
      await page.waitForFunction('globalThis.saved');
      const { type, head, width, height, accent } = await page.evaluate(async ([r, g, b]) => {
        const { saved } = globalThis as unknown as { saved: Blob };
        const bitmap = await createImageBitmap(saved);
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
        let count = 0;
        for (let i = 0; i < pixels.length; i += 4)
          if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b) count++;
        return {
          type: saved.type,
          head: [...new Uint8Array(await saved.slice(0, 8).arrayBuffer())],
          width: bitmap.width,
          height: bitmap.height,
          accent: count,
        };
      }, ACCENT);
      expect(type).toBe('image/png');
      expect(head).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      expect(width).toBe(2_400);
      expect(height).toBeGreaterThan(700);
      expect(height).toBeLessThan(1_400);
      // Two discs in a week and two in a category, with a radius of 16 · 0.38 px at twice the
      // resolution.
      const disc = Math.PI * (16 * 0.38 * 2) ** 2;
      expect(accent / disc).toBeGreaterThan(3.4);
      expect(accent / disc).toBeLessThan(4.2);
    });
  });
});

describe('in chromium', () => {
  const stage = setStage('chromium', { language: 'zh-CN' });

  it('two fingers zoom the map about the point between them', async () => {
    const page = await stage.current.openLibrary('map');
    await page.setViewport({ width: 800, height: 800, hasTouch: true });
    await settled(page);
    const before = await scrolled(page);
    const fingers = await page.createCDPSession();
    const touch = (type: 'touchStart' | 'touchMove', apart: number) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: [
          { x: 400 - apart, y: 400, id: 0 },
          { x: 400 + apart, y: 400, id: 1 },
        ],
      });
    await touch('touchStart', 40);
    for (let apart = 45; apart <= 80; apart += 5) await touch('touchMove', apart);
    await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await settled(page);
    expect((await scrolled(page)).width / before.width).toBeGreaterThan(1.6);
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
    await page.close();
  });
});

/** Clicks points of the map, for categories only at its left edge, until one opens such a list. */
async function listedByName(page: Page, what: 'category' | 'series'): Promise<URLSearchParams> {
  const none = { x: 0, y: 0, width: 0, height: 0 };
  const { x, y, width, height } = (await (await page.$('canvas'))?.boundingBox()) ?? none;
  const columns = what === 'category' ? [6] : Array.from({ length: 12 }, (_, i) => 140 + 90 * i);
  for (let top = 20; top < height - 10; top += 6)
    for (const left of columns.filter((each) => each < width - 20)) {
      await page.mouse.move(x + left, y + top);
      if (!(await page.$('canvas.leads'))) continue;
      await page.mouse.click(x + left, y + top);
      const hash = await page.evaluate(() => location.hash);
      if (hash.startsWith(`#list?${what}=`)) return new URLSearchParams(hash.slice(6));
      // It was a dot; its card is closed because it would cover the next point.
      await page.keyboard.press('Escape');
    }
  throw new Error(`no name of a ${what}`);
}

/** Waits until the zoom has ended and a frame was drawn. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve, 350));
    await frame();
    await frame();
  });
}

/** The position of the chosen dot on the canvas: where the ring disappears when the choice ends. */
async function chosenDot(page: Page): Promise<{ x: number; y: number }> {
  const drawn = () =>
    page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
      Object.assign(globalThis, { last: (globalThis as { now?: unknown }).now, now: pixels });
    });
  await drawn();
  await (await find(page, MAP)).focus();
  await page.keyboard.press('Escape');
  await settled(page);
  await drawn();
  const box = await page.evaluate(() => {
    const { last, now } = globalThis as unknown as { last: ImageData; now: ImageData };
    const [xs, ys]: [number[], number[]] = [[], []];
    for (let i = 0; i < now.data.length; i += 4) {
      if (last.data[i] === now.data[i]) continue;
      xs.push((i / 4) % now.width);
      ys.push(Math.floor(i / 4 / now.width));
    }
    return {
      left: Math.min(...xs),
      right: Math.max(...xs),
      top: Math.min(...ys),
      bottom: Math.max(...ys),
      ratio: devicePixelRatio,
    };
  });
  // Only a ring has changed.
  expect(box.right - box.left).toBeLessThan(20 * box.ratio);
  expect(box.bottom - box.top).toBeLessThan(20 * box.ratio);
  return {
    x: (box.left + box.right + 1) / 2 / box.ratio,
    y: (box.top + box.bottom + 1) / 2 / box.ratio,
  };
}

function colourAt(page: Page, x: number, y: number): Promise<number[]> {
  return page.evaluate(
    (left, top) => {
      const context = document.querySelector('canvas')?.getContext('2d');
      const ratio = devicePixelRatio;
      const pixel = context?.getImageData(Math.floor(left * ratio), Math.floor(top * ratio), 1, 1);
      return [...(pixel?.data ?? [])].slice(0, 3);
    },
    x,
    y,
  );
}

function near(wanted: readonly number[]): (colour: number[]) => boolean {
  return (colour) =>
    colour.length === 3 && colour.every((value, at) => Math.abs(value - (wanted[at] ?? 0)) < 8);
}

function scrolled(page: Page) {
  return page.$eval('.scroller', (box) => ({
    left: box.scrollLeft,
    top: box.scrollTop,
    width: box.scrollWidth,
    height: box.scrollHeight,
    windowWidth: box.clientWidth,
    windowHeight: box.clientHeight,
  }));
}

/** The text about the chosen dot for screen readers. */
function spoken(page: Page): Promise<string> {
  return page.$$eval('[role="status"]', (all) => all.map((each) => each.textContent).join('\n'));
}

async function waitForSpoken(page: Page, text: string): Promise<void> {
  await until(async () => (await spoken(page)).includes(text));
}
