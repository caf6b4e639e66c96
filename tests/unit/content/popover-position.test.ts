import { assert, constant, integer, property, record } from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { placePopover, placePopoverClearOf } from '../../../src/content/popover-position.ts';

const VIEW = { width: 1000, height: 800 };
const CARD = { width: 380, height: 240 };
const piece = (left: number, top: number) => ({ left, top, bottom: top + 20 });
const stand = (
  pieces: ReturnType<typeof piece>[],
  others: ReturnType<typeof piece>[] = [],
  card = CARD,
  view = VIEW,
) => {
  const found = placePopover(pieces, others, card, view);
  if (!found) throw new Error('stands nowhere');
  const [top, , foot, left] = found.inset.split(' ').map(parseFloat);
  const isBelow = !Number.isNaN(top);
  return { left, isBelow, offset: isBelow ? top : foot, room: parseFloat(found.maxHeight) };
};

describe('where a preview stands', () => {
  it('is eight pixels below its link, at its left', () => {
    expect(stand([piece(100, 300)])).toEqual({ left: 100, isBelow: true, offset: 328, room: 460 });
  });

  it('is eight pixels above it where there is no room below', () => {
    expect(stand([piece(100, 700)])).toEqual({ left: 100, isBelow: false, offset: 108, room: 680 });
  });

  it('is on the side with more room, and no higher than that, if neither side has enough', () => {
    const low = { width: 1000, height: 300 };
    expect(stand([piece(100, 100)], [], CARD, low)).toMatchObject({ isBelow: true, room: 160 });
    expect(stand([piece(100, 180)], [], CARD, low)).toMatchObject({ isBelow: false, room: 160 });
  });

  it('is twelve pixels inside the window at its sides', () => {
    expect(stand([piece(900, 300)]).left).toBe(1000 - 12 - 380);
    expect(stand([piece(-40, 300)]).left).toBe(12);
    expect(stand([piece(900, 300)], [], CARD, { width: 300, height: 800 }).left).toBe(12);
  });

  it('is below the last line of a link that wraps, or above its first', () => {
    const over = (top: number) => [piece(700, top), piece(50, top + 26)];
    expect(stand(over(300))).toMatchObject({ left: 50, offset: 354 });
    expect(stand(over(700))).toMatchObject({ left: 608, offset: 108 });
  });

  it('does not cover the rest of its line, but may cover other lines', () => {
    const formula = { left: 400, top: 290, bottom: 345 };
    const [before, after] = [piece(50, 274), piece(50, 326)];
    expect(stand([piece(100, 300)], [formula, before, after]).offset).toBe(347);
    expect(stand([piece(100, 700)], [{ left: 400, top: 680, bottom: 720 }]).offset).toBe(122);
    const column = { left: 0, top: -900, bottom: 2000 };
    expect(stand([piece(100, 300)], [column]).offset).toBe(328);
  });

  it('does not open for a link without a box', () => {
    expect(placePopover([], [], CARD, VIEW)).toBeUndefined();
  });

  it('is inside the window and never over the link, wherever the link is', () => {
    const place = record({
      left: integer({ min: 0, max: 980 }),
      top: integer({ min: 12, max: 760 }),
      card: record({ width: constant(380), height: integer({ min: 40, max: 900 }) }),
    });
    assert(
      property(place, ({ left, top, card }) => {
        const { left: x = 0, isBelow, offset = 0, room } = stand([piece(left, top)], [], card);
        const height = Math.min(card.height, room);
        const y = isBelow ? offset : VIEW.height - offset - height;
        expect(isBelow ? y - (top + 20) : top - (y + height)).toBeGreaterThanOrEqual(8);
        expect(x).toBeGreaterThanOrEqual(12);
        expect(x + card.width).toBeLessThanOrEqual(VIEW.width - 12);
        if (height === 0) return;
        expect(y).toBeGreaterThanOrEqual(12);
        expect(y + height).toBeLessThanOrEqual(VIEW.height - 12);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });
});

describe('where a preview of a link of ours stands', () => {
  const LIST = { top: 200, bottom: 500, left: 100, right: 700 };
  const WIDE = { width: 1200, height: 800 };
  const clear = (isRow: boolean, view = WIDE, box = LIST, at = 300) => {
    const found = placePopoverClearOf(
      { top: at, bottom: at + 28, left: 140 },
      box,
      isRow,
      CARD,
      view,
    );
    if (!found) return undefined;
    const [top = NaN, , foot = NaN, left = NaN] = found.inset.split(' ').map(parseFloat);
    const room = parseFloat(found.maxHeight);
    const height = Math.min(CARD.height, room);
    const y = Number.isNaN(top) ? view.height - foot - height : top;
    return { y, left, right: left + CARD.width, bottom: y + height };
  };

  it('is beside the list for a row, its head or its foot at the row’s', () => {
    expect(clear(true)).toMatchObject({ left: 708, y: 300 });
    expect(clear(true, WIDE, LIST, 740)).toMatchObject({ left: 708, bottom: 768 });
  });

  it('is below the box, or else above, if there is no row or no room beside the row', () => {
    const narrow = { width: 800, height: 800 };
    expect(clear(false)).toMatchObject({ left: 140, y: 508 });
    expect(clear(true, narrow)).toMatchObject({ left: 140, y: 508 });
    const low = { ...LIST, top: 420, bottom: 740 };
    expect(clear(false, narrow, low)).toMatchObject({ y: 420 - 8 - CARD.height });
  });

  it('is beside the box if there is no row and no room below or above', () => {
    const all = { ...LIST, top: -900, bottom: 900 };
    expect(clear(false, WIDE, all)).toMatchObject({ left: 708 });
  });

  it('does not open if it would cover the list', () => {
    expect(clear(true, { width: 800, height: 560 }, { ...LIST, top: 60 })).toBeUndefined();
  });

  it('never covers the box or leaves the window', () => {
    const places = record({
      view: record({
        width: integer({ min: 320, max: 2_000 }),
        height: integer({ min: 200, max: 1_200 }),
      }),
      top: integer({ min: -800, max: 1_000 }),
      height: integer({ min: 26, max: 900 }),
      left: integer({ min: 0, max: 400 }),
      width: integer({ min: 200, max: 900 }),
      isRow: constant(true),
    });
    let [found, none] = [0, 0];
    assert(
      property(places, ({ view, top, height, left, width, isRow }) => {
        const box = { top, bottom: top + height, left, right: left + width };
        // The pointer must be in the window.
        if (top + height / 2 < 12 || top + height / 2 + 40 > view.height) return;
        const card = clear(isRow, view, box, top + height / 2);
        if (!card) {
          none++;
          return;
        }
        found++;
        const isOver =
          card.left < box.right &&
          card.right > box.left &&
          card.y < box.bottom &&
          card.bottom > box.top;
        expect(isOver).toBe(false);
        expect(card.y).toBeGreaterThanOrEqual(12);
        expect(card.bottom).toBeLessThanOrEqual(view.height - 12);
      }),
      { seed: 7, numRuns: 500 },
    );
    expect(found).toBeGreaterThan(100);
    expect(none).toBeGreaterThan(20);
  });
});
