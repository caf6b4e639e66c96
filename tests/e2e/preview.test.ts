/** The preview beside a link to a post: when it appears, its place, how it disappears, its text. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Box,
  BROWSERS,
  cardIn,
  click,
  clickInCard,
  controlOf,
  filledLines,
  focusedControl,
  hasControl,
  LATER,
  lineOf,
  middleOf,
  nextFrame,
  openOwnPage,
  type SeenLine,
  seeLines,
  SERIES,
  setStage,
  tabTo,
  UNDO,
  waitForLines,
} from './harness.ts';
import { keptOpenings, storeOpeningRows } from './openings.ts';
import { partsOf } from '../facts.ts';
import { wanted } from './roles.ts';
import { until } from './until.ts';

const PARTS = partsOf('Transformer升级之路').length;

const POST = 'https://kexue.fm/archives/9708';
/** Transformer升级之路：2, to which that post links. */
const LINKED = 8265;
/** After this time, in ms, a preview has appeared or disappeared. */
const SETTLED_MS = 1_500;

describe.each(BROWSERS)('the preview of a link in %s', (browser) => {
  const stage = setStage(browser);
  const pages: Page[] = [];
  /** The requests for details of posts: the post, and the time. */
  const asked = () =>
    stage.current.inExtension<{ id: number; at: number }[]>('globalThis.asked ?? []');

  beforeEach(() =>
    stage.current.inExtension(`void (globalThis.asked ??= (browser.runtime.onMessage.addListener(
      (message) => { if (message.type === 'postDetails') globalThis.asked.push({ id: message.id, at: Date.now() }); },
    ), []), globalThis.asked.length = 0)`),
  );
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  const open = async (url = POST) => {
    const page = await stage.current.open(url);
    pages.push(page);
    await filledLines(page);
    return page;
  };

  it('opens when the pointer has rested on the link for 500 ms, and asks nothing before 150 ms', async () => {
    const page = await open();
    await watch(page, LINKED);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await rest(page, LINKED);
    const { card } = await shown(page);
    expect(card).toMatch(
      new RegExp(
        `^Transformer升级之路：2、博采众长的旋转式位置编码2021-03-23 \\| 信息时代 \\| .*attention、位置编码.*未读第 2 / ${PARTS} 篇所引 3 篇中 3 篇未读稍后读`,
        's',
      ),
    );
    expect(card).toContain('还没有见过这篇的开头');
    const { entered, came } = await watched(page);
    expect(came - entered).toBeGreaterThanOrEqual(499);
    const questions = await asked();
    expect(questions.map(({ id }) => id)).toEqual([LINKED]);
    expect((questions[0]?.at ?? 0) - entered).toBeGreaterThanOrEqual(149);
    // The preview makes no request to the blog.
    expect(requests.filter((path) => path !== '/favicon.ico')).toEqual([]);
  });

  it('does not open and asks nothing if the pointer moves on', async () => {
    const page = await open();
    // On a busy machine the pointer may cross the link too slowly; then it is tried again.
    for (let tries = 0; ; tries++) {
      const before = (await asked()).length;
      await watch(page, LINKED);
      await rest(page, LINKED);
      await leave(page);
      await delay(SETTLED_MS);
      const { entered, left } = await watched(page);
      if (left - entered >= 150 && tries < 10) continue;
      expect(left - entered).toBeLessThan(150);
      expect(await asked()).toHaveLength(before);
      expect(cardIn(await seeLines(page))).toBeUndefined();
      return;
    }
  });

  it('moves nothing on the page, and is beside its line, inside the window', async () => {
    const page = await open();
    for (const [width, height, isAbove] of [
      [1000, 700, false],
      [1000, 420, true],
      [340, 700, false],
    ] as const) {
      await page.setViewport({ width, height });
      const link = await bring(page, LINKED, isAbove ? 'end' : 'center');
      const before = await layout(page);
      await leave(page);
      const { cardBox } = await restUntilShown(page, LINKED, isAbove ? 'end' : 'center');
      expect(await layout(page)).toBe(before);
      if (!cardBox) throw new Error('no box');
      const below = cardBox.y - link.bottom;
      const above = link.top - (cardBox.y + cardBox.height);
      expect(Math.max(below, above)).toBeGreaterThanOrEqual(7.9);
      expect(Math.max(below, above)).toBeLessThan(16);
      expect(above > 0).toBe(isAbove);
      expect(cardBox.x).toBeGreaterThanOrEqual(12);
      expect(cardBox.y).toBeGreaterThanOrEqual(12);
      const inner = await page.evaluate(() => document.documentElement.clientWidth);
      expect(cardBox.width).toBeCloseTo(Math.min(380, inner - 24), 0);
      expect(cardBox.x + cardBox.width).toBeLessThanOrEqual(inner - 12 + 0.1);
      expect(cardBox.y + cardBox.height).toBeLessThanOrEqual(height - 12 + 0.1);
      await leave(page);
      await gone(page);
    }
  });

  it('stays while the pointer is on it, and closes on leaving, scrolling or pressing the page', async () => {
    const page = await open();
    const { cardBox } = await restUntilShown(page, LINKED);
    await page.mouse.move((cardBox?.x ?? 0) + 190, (cardBox?.y ?? 0) + 60);
    await delay(SETTLED_MS);
    expect(cardIn(await seeLines(page))).toBeDefined();
    await leave(page);
    await gone(page);

    await restUntilShown(page, LINKED);
    await page.evaluate(() => scrollBy({ top: 300, behavior: 'instant' }));
    await gone(page);

    const found = await restUntilShown(page, LINKED);
    expect(found.card).toContain('博采众长');
    await page.mouse.down();
    await gone(page);
    await page.mouse.move(2, 300);
    await page.mouse.up();
  });

  it('stays closed after Escape until the pointer has left the link', async () => {
    const page = await open();
    await restUntilShown(page, LINKED);
    await page.keyboard.press('Escape');
    await gone(page);
    await rest(page, LINKED, undefined, 3);
    await delay(SETTLED_MS);
    expect(cardIn(await seeLines(page))).toBeUndefined();
    await leave(page);
    await restUntilShown(page, LINKED);
  });

  it('opens for the keyboard; Tab enters and leaves it, Escape closes it', async () => {
    const page = await open();
    const focused = () =>
      page.evaluate(
        () =>
          document.activeElement?.getAttribute('href') ??
          (document.activeElement?.matches('[data-kexue-companion]') ? 'our box' : 'elsewhere'),
      );
    const tabToLink = async () => {
      await page.focus('#PostContent a[href$="/archives/8130"]');
      await page.keyboard.press('Tab');
      expect(await focused()).toMatch(/\/archives\/8265$/);
    };
    await tabToLink();
    await shown(page);
    await page.keyboard.press('Tab');
    const inside = (await shown(page)).controls;
    expect(inside.findIndex((control) => control.focused)).toBe(0);
    expect(inside[0]?.href).toBe(`https://kexue.fm/archives/${LINKED}`);
    // Backwards out of its first control, then forwards through all of it to what follows the link.
    await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    await page.keyboard.up('Shift');
    expect(await focused()).toMatch(/\/archives\/8265$/);
    for (let i = 0; i < inside.length; i++) await page.keyboard.press('Tab');
    expect((await shown(page)).controls.at(-1)?.focused).toBe(true);
    await page.keyboard.press('Tab');
    const next = await focused();
    expect(next).not.toMatch(/\/archives\/8265$|^our box$/);
    await tabToLink();
    await shown(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await gone(page);
    expect(await focused()).toMatch(/\/archives\/8265$/);
    await delay(SETTLED_MS);
    expect(cardIn(await seeLines(page))).toBeUndefined();
  });

  it('does not open for a finger', async () => {
    const page = await open();
    await page.evaluate(() => {
      addEventListener('click', (event) => event.preventDefault(), true);
      addEventListener('pointerover', (event) => {
        (globalThis as { touched?: string }).touched = event.pointerType;
      });
    });
    const { x, y } = middleOf(await bring(page, LINKED));
    await page.touchscreen.touchStart(x, y);
    await delay(SETTLED_MS);
    await page.touchscreen.touchEnd();
    await delay(SETTLED_MS);
    expect(await page.evaluate(() => (globalThis as { touched?: string }).touched)).toBe('touch');
    expect(cardIn(await seeLines(page))).toBeUndefined();
    expect(await asked()).toEqual([]);
  });

  it('does not open if it is switched off, or for events that a script makes', async () => {
    const page = await open();
    await stage.current.set({ previews: false });
    await rest(page, LINKED);
    await delay(SETTLED_MS);
    expect(cardIn(await seeLines(page))).toBeUndefined();
    await stage.current.set({ previews: true });
    await leave(page);
    await page.evaluate(() => {
      const link = document.querySelector('#PostContent a[href$="/archives/8265"]');
      link?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
    });
    await delay(SETTLED_MS);
    expect(cardIn(await seeLines(page))).toBeUndefined();
    expect(await asked()).toEqual([]);
    await restUntilShown(page, LINKED);
  });

  it('marks the post 稍后读, and takes it back', async () => {
    const page = await open();
    await restUntilShown(page, LINKED);
    await clickInCard(page, LATER);
    const marked = await waitFor(page, (card) => hasControl(card, UNDO));
    expect(marked.card).toContain(`稍后读第 2 / ${PARTS} 篇`);
    const mark = () =>
      page.$eval('#PostContent a[href$="/archives/8265"]', (link) =>
        link.getAttribute('data-kexue-mark'),
      );
    expect(await mark()).toBe('later');
    await clickInCard(page, UNDO);
    const back = await waitFor(page, (card) => hasControl(card, LATER));
    expect(back.card).toContain(`未读第 2 / ${PARTS} 篇`);
    await expect.poll(mark).toBeNull();
  });

  it('removes the browser’s own tooltip of the link while the pointer rests on it', async () => {
    await stage.current.mark({ [LINKED]: { kind: 'later' } });
    const page = await open();
    const link = '#PostContent a[href$="/archives/8265"]';
    const title = () => page.$eval(link, (each) => each.getAttribute('title'));
    const own = await title();
    expect(own).toContain('稍后读');
    await restUntilShown(page, LINKED);
    expect(await title()).toBeNull();
    await leave(page);
    await gone(page);
    expect(await title()).toBe(own);
    await stage.current.mark({ [LINKED]: { kind: 'unread' } });
  });

  describe('of our own links', () => {
    const LISTING = 'https://kexue.fm/2023/08/';
    const TITLE = '12、无限外推的ReRoPE';
    const row = (lines: SeenLine[], text: string) => {
      const links = lines
        .flatMap(({ controls }) => controls)
        .filter((control) => control.role === 'link' && control.text.includes(text));
      // The next part is also in the line; a row ends with a date.
      const found = links.find((link) => /-\d\d$/.test(link.text)) ?? links[0];
      if (!found) throw new Error(`no row ${text}`);
      return found;
    };
    /** The listing with the series of the first excerpt open, in a window with room beside it. */
    const openList = async (width = 1_500, height = 800) => {
      const page = await stage.current.open(LISTING);
      pages.push(page);
      await page.setViewport({ width, height });
      await filledLines(page);
      await click(page, TITLE, SERIES);
      const lines = await waitForLines(page, (all) => lineOf(all, TITLE).rows.length > 0);
      await page.evaluate(
        ({ y }) => scrollBy({ top: y - innerHeight / 2, behavior: 'instant' }),
        middleOf(lineOf(lines, TITLE).box),
      );
      await leave(page);
      await nextFrame(page);
      return page;
    };
    const onRow = async (page: Page, text: string) => {
      const { x, y, height } = row([lineOf(await seeLines(page), TITLE)], text).box;
      await page.mouse.move(x + 120, y + height / 2);
      await page.mouse.move(x + 122, y + height / 2);
    };
    const overlaps = (a: Box, b: Box) =>
      a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y;

    it('opens beside the list, and the pointer reaches its buttons along the row', async () => {
      const page = await openList();
      await onRow(page, '逆用Leaky');
      const { card, cardBox } = await shown(page);
      expect(card).toMatch(
        new RegExp(
          `^Transformer升级之路：13、逆用Leaky ReRoPE2023-08-14.*第 13 / ${PARTS} 篇`,
          's',
        ),
      );
      // On a busy machine the pointer may rest on the rows that it passes.
      expect((await asked()).map(({ id }) => id).at(-1)).toBe(9728);
      const lines = await seeLines(page);
      const { box } = lineOf(lines, TITLE);
      if (!cardBox) throw new Error('no box');
      expect(overlaps(cardBox, box)).toBe(false);
      const own = row([lineOf(lines, TITLE)], '逆用Leaky').box;
      const level = own.y + own.height / 2;
      // Moves along the row, slowly, and across the gap.
      await comeUntilShown(page, async () => {
        await onRow(page, '逆用Leaky');
        await shown(page);
        for (let x = own.x + 140; x < cardBox.x + 60; x += 40) await page.mouse.move(x, level);
        await delay(SETTLED_MS);
      });
      await clickInCard(page, LATER);
      await waitFor(page, (card) => hasControl(card, UNDO));
      // The list behind the card was redrawn; the card still belongs to its row.
      await onRow(page, '逆用Leaky');
      await delay(SETTLED_MS);
      expect(cardIn(await seeLines(page))).toBeDefined();
      await clickInCard(page, UNDO);
      await waitFor(page, (card) => hasControl(card, LATER));
      await leave(page);
      await gone(page);
    });

    it('moves from row to row, and does not open for a row that the pointer only passes', async () => {
      const page = await openList();
      await onRow(page, '逆用Leaky');
      expect((await shown(page)).card).toContain('逆用Leaky');
      await onRow(page, '当HWFA');
      await waitFor(page, ({ card }) => card?.includes('当HWFA') ?? false);
      await onRow(page, '无限外推');
      await gone(page);
      // The row of the post whose excerpt this is has no preview.
      await delay(SETTLED_MS);
      expect(cardIn(await seeLines(page))).toBeUndefined();
    });

    it('opens for the keyboard; Escape closes it and then the list', async () => {
      const page = await stage.current.open(LISTING);
      pages.push(page);
      await page.setViewport({ width: 1_500, height: 800 });
      await filledLines(page);
      await tabTo(page, TITLE, SERIES);
      await page.keyboard.press('Enter');
      await waitForLines(page, (all) => lineOf(all, TITLE).rows.length > 0);
      await page.keyboard.press('ArrowDown');
      const { card } = await shown(page);
      const focused = await focusedControl(page);
      expect(focused?.role).toBe('link');
      expect(card).toContain(focused?.text.match(/\d+(\D+?)\d{4}-/)?.[1]?.slice(0, 6));
      // The press of Space redraws the mark and its row; both stay.
      await page.keyboard.press(' ');
      await waitFor(page, (now) => now.card?.includes('已读') ?? false);
      await page.keyboard.press(' ');
      await waitFor(page, (now) => now.card?.includes('未读第') ?? false);
      expect((await focusedControl(page))?.href).toBe(focused?.href);
      // Moves into it and back.
      await page.keyboard.press('Tab');
      expect((await shown(page)).controls[0]?.focused).toBe(true);
      await page.keyboard.press('Escape');
      await gone(page);
      expect(lineOf(await seeLines(page), TITLE).rows.length).toBeGreaterThan(20);
      expect((await focusedControl(page))?.href).toBe(focused?.href);
      await delay(SETTLED_MS);
      expect(cardIn(await seeLines(page))).toBeUndefined();
      await page.keyboard.press('Escape');
      await waitForLines(page, (all) => lineOf(all, TITLE).rows.length === 0);
    });

    it('covers no row if there is room only below or above, and does not open if there is none', async () => {
      const page = await openList(800, 800);
      await onRow(page, '逆用Leaky');
      const { cardBox } = await shown(page);
      const { box } = lineOf(await seeLines(page), TITLE);
      expect(cardBox && overlaps(cardBox, box)).toBe(false);
      await leave(page);
      await gone(page);
      await page.setViewport({ width: 800, height: box.height + 150 });
      await page.evaluate(
        (y) => scrollBy({ top: y - 75, behavior: 'instant' }),
        lineOf(await seeLines(page), TITLE).box.y,
      );
      await nextFrame(page);
      await onRow(page, '逆用Leaky');
      await delay(SETTLED_MS);
      expect(cardIn(await seeLines(page))).toBeUndefined();
    });

    it('opens for the series and the neighbours at a post’s end, and for neither if switched off', async () => {
      const page = await open();
      await page.setViewport({ width: 1_500, height: 800 });
      const ending = async (text: string) => {
        const lines = (await seeLines(page)).filter(({ isEnding }) => isEnding);
        const { box } = row(lines, text);
        await page.evaluate((y) => scrollBy({ top: y - 400, behavior: 'instant' }), box.y);
        const { x, y, height } = row(
          (await seeLines(page)).filter(({ isEnding }) => isEnding),
          text,
        ).box;
        await page.mouse.move(x + 60, y + height / 2);
        await page.mouse.move(x + 62, y + height / 2);
      };
      await leave(page);
      await ending('逆用Leaky');
      expect((await shown(page)).card).toContain('逆用Leaky');
      await leave(page);
      await gone(page);
      await ending('下一篇');
      const { cardBox } = await shown(page);
      const at = (await seeLines(page)).find(({ isEnding }) => isEnding)?.box;
      expect(cardBox && at && overlaps(cardBox, at)).toBe(false);
      await leave(page);
      await gone(page);
      await stage.current.set({ previews: false });
      await ending('逆用Leaky');
      await delay(SETTLED_MS);
      expect(cardIn(await seeLines(page))).toBeUndefined();
      await stage.current.set({ previews: true });
    });
  });

  describe('shows the opening', () => {
    const keep = (rest: object) => storeOpeningRows(stage.current, [{ id: LINKED, ...rest }]);
    afterEach(() => stage.current.inExtension(`send({ type: 'forgetDiscovered', ids: 'all' })`));

    it('that a listing had, with its formula drawn by the browser', async () => {
      const { page: listing } = await openOwnPage(
        stage.current,
        `<div class="Post"><div class="title-wrap"><h2><a href="/archives/${LINKED}">Transformer升级之路：2、博采众长的旋转式位置编码</a></h2></div>
         <div class="PostContent"><p>占位的开头，设<span class="MathJax"><span class="MJX_Assistive_MathML"><math><msub><mi>q</mi><mi>m</mi></msub></math></span></span><script type="math/tex" id="MathJax-Element-1">q_m</script>为所求。</p></div></div>`,
      );
      pages.push(listing);
      await expect
        .poll(async () => JSON.stringify(await keptOpenings(stage.current)))
        .toContain('占位的开头');
      const page = await open();
      const { card, formulas } = await restUntilShown(page, LINKED);
      expect(card).toContain('占位的开头，设qm为所求。');
      expect(card).not.toContain('还没有见过');
      expect(formulas).toEqual(['qm']);
    });

    it('that is hostile as text, within its four lines', async () => {
      const rows = Array.from({ length: 150 }, () => ['mtr', ['mtd', ['mi', 'x']]]);
      const bomb = String.raw`$\def\x{\x\x}\x$<img src=x onerror=alert(1)> שלום‮`;
      const opening = [bomb, ['$t$', ['math', ['mtable', ...rows]]]];
      await keep({ opening, bytes: 5, readAt: 1 });
      const page = await open();
      const { card, cardBox } = await restUntilShown(page, LINKED);
      expect(card).toContain(bomb);
      expect(cardBox?.height).toBeLessThan(480);
      await keep({ opening: { length: 1e9 }, bytes: 5, readAt: 1 });
      await leave(page);
      await gone(page);
      expect((await restUntilShown(page, LINKED)).card).toContain('还没有见过这篇的开头');
    });
  });

  it('is no higher than the window for a link of 10,000 characters', async () => {
    const title = `${'长'.repeat(5_000)} ${'x'.repeat(5_000)}`;
    const { page } = await openOwnPage(
      stage.current,
      `<div class="Post"><div class="PostContent"><p id="PostContent">看<a href="/archives/${LINKED}">${title}</a></p></div></div>`,
    );
    pages.push(page);
    const { cardBox } = await comeUntilShown(page, () => page.mouse.move(210, 300));
    const height = await page.evaluate(() => innerHeight);
    expect(cardBox?.height).toBeLessThanOrEqual(height);
  });
});

describe.each(BROWSERS)('with a smallest font size of 20 px in %s', (browser) => {
  const stage = setStage(browser, { language: 'en', smallestFontSize: 20 });

  it('the preview shows its controls whole, each on one line, in a window of 340 px', async () => {
    const page = await stage.current.open(POST);
    await page.setViewport({ width: 340, height: 700 });
    await filledLines(page);
    const card = await restUntilShown(page, LINKED);
    const controls = ['Read later', 'Add to plan'].map((name) =>
      controlOf(card, wanted('button', name)),
    );
    for (const { box, name } of controls) {
      expect(box.height, name).toBeLessThan(2 * 20);
      expect(box.width, name).toBeGreaterThan(4 * 20);
    }
    await page.close();
  });

  it('a line omits the title of the next unread post if it would be cut', async () => {
    const page = await stage.current.open(POST);
    const next = wanted('link', /^Next unread /);
    /** The room behind the link, in px; one that is cut ends with the row. undefined without the link. */
    const roomIn = async (width: number) => {
      await page.setViewport({ width, height: 700 });
      const [line] = await filledLines(page);
      if (!line?.row || !hasControl(line, next)) return undefined;
      const { box } = controlOf(line, next);
      return line.row.x + line.row.width - box.x - box.width;
    };
    await expect.poll(() => roomIn(560)).toBeGreaterThan(20);
    await expect.poll(() => roomIn(340)).toBeUndefined();
    await page.close();
  });

  it('the filters of the archive have room for their words in a window of 320 px', async () => {
    const page = await stage.current.open('https://kexue.fm/content.html');
    await page.setViewport({ width: 320, height: 700 });
    const [bar] = await waitForLines(page, ([first]) => first?.controls.length === 5);
    const widths = bar?.controls.map(({ box }) => box.width) ?? [];
    // The longest word, Reading, takes less than four times the font size.
    expect(Math.min(...widths)).toBeGreaterThan(4 * 20);
    await page.close();
  });

  it.each([700, 900])(
    'the filters of the archive show their counts beside or below their words at %i px',
    async (width) => {
      const page = await stage.current.open('https://kexue.fm/content.html');
      await page.setViewport({ width, height: 700 });
      const [bar] = await waitForLines(page, ([first]) => first?.controls.length === 5);
      for (const { box, text } of bar?.controls ?? []) {
        // "Unread" and its count take less than seven times the font size; two lines are higher than 40 px.
        const hasRoom = box.width > 6.8 * 20 || box.height > 2 * 20;
        expect([text, hasRoom]).toEqual([text, true]);
      }
      await page.close();
    },
  );
});

async function waitFor(page: Page, isWanted: (card: SeenLine) => boolean): Promise<SeenLine> {
  const lines = await waitForLines(page, (all) => {
    const card = cardIn(all);
    return card !== undefined && isWanted(card);
  });
  const card = cardIn(lines);
  if (!card) throw new Error('no card');
  return card;
}

const shown = (page: Page) => waitFor(page, () => true);
const gone = (page: Page) => waitForLines(page, (lines) => cardIn(lines) === undefined);

/**
 * Repeats an approach of the pointer until a preview appears. On a busy machine our script may start after
 * the pointer has come, or a late scroll event may close the preview.
 */
function comeUntilShown(page: Page, come: () => Promise<void>): Promise<SeenLine> {
  return until(async () => {
    await leave(page);
    await come();
    for (let looks = 0; looks < 20; looks++) {
      const card = cardIn(await seeLines(page));
      if (card) return card;
      await delay(100);
    }
    return false;
  });
}

const restUntilShown = (page: Page, id: number, block?: 'center' | 'end') =>
  comeUntilShown(page, () => rest(page, id, block));

/** Scrolls the article's link to a post into view. Returns its top and bottom, and the box of its first line. */
function bring(page: Page, id: number, block: 'center' | 'end' = 'center') {
  return page.$eval(
    `#PostContent a[href$="/archives/${id}"]`,
    (link, where) => {
      link.scrollIntoView({ block: where, behavior: 'instant' });
      const { top, bottom } = link.getBoundingClientRect();
      const [first] = link.getClientRects();
      const { x = 0, y = 0, width = 0, height = 0 } = first ?? {};
      return { top, bottom, x, y, width, height };
    },
    block,
  );
}

/** Moves the pointer to the middle of the link, or `aside` px from it. */
async function rest(page: Page, id: number, block?: 'center' | 'end', aside = 0): Promise<void> {
  const { x, y } = middleOf(await bring(page, id, block));
  await nextFrame(page);
  await page.mouse.move(x + aside, y);
}

/** Moves the pointer to the page's edge, where there is no link. */
const leave = (page: Page) => page.mouse.move(2, 300);

/** Place and size of all elements that are not ours, and of the page. */
function layout(page: Page): Promise<string> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('body *:not([data-kexue-companion])')];
    const boxes = all.map((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join();
    });
    const { scrollHeight, scrollWidth } = document.documentElement;
    return JSON.stringify([scrollHeight, scrollWidth, scrollY, boxes]);
  });
}

interface Watched {
  entered: number;
  left: number;
  came: number;
}

/** Notes in the page when the pointer enters and leaves a link, and when a box of ours is added. */
async function watch(page: Page, id: number): Promise<void> {
  await page.evaluate((post) => {
    const seen: Watched = { entered: 0, left: 0, came: 0 };
    Object.assign(globalThis, { seen });
    const link = document.querySelector(`#PostContent a[href$="/archives/${post}"]`);
    link?.addEventListener('pointerenter', () => (seen.entered ||= Date.now()));
    link?.addEventListener('pointerleave', () => (seen.left ||= Date.now()));
    new MutationObserver((records) => {
      const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
      if (added.some((node) => node instanceof Element && node.matches('[data-kexue-companion]')))
        seen.came ||= Date.now();
    }).observe(document.body, { childList: true });
  }, id);
}

const watched = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { seen: Watched }).seen);
