import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standing } from '../../../src/features/standing.ts';

const VIEW = { width: 1000, height: 800 };
const CARD = { width: 380, height: 240 };
const piece = (left: number, top: number) => ({ left, top, bottom: top + 20 });
const stand = (
  pieces: ReturnType<typeof piece>[],
  others: ReturnType<typeof piece>[] = [],
  card = CARD,
  view = VIEW,
) => {
  const found = standing(pieces, others, card, view);
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

  it('is where there is more room, and no higher than that, where there is enough on no side', () => {
    const low = { width: 1000, height: 300 };
    expect(stand([piece(100, 100)], [], CARD, low)).toMatchObject({ isBelow: true, room: 160 });
    expect(stand([piece(100, 180)], [], CARD, low)).toMatchObject({ isBelow: false, room: 160 });
  });

  it('is twelve pixels inside the window at its sides', () => {
    expect(stand([piece(900, 300)]).left).toBe(1000 - 12 - 380);
    expect(stand([piece(-40, 300)]).left).toBe(12);
    expect(stand([piece(900, 300)], [], CARD, { width: 300, height: 800 }).left).toBe(12);
  });

  it('is at the end of a link that goes over the end of a line, or before its beginning', () => {
    const over = (top: number) => [piece(700, top), piece(50, top + 26)];
    expect(stand(over(300))).toMatchObject({ left: 50, offset: 354 });
    expect(stand(over(700))).toMatchObject({ left: 608, offset: 108 });
  });

  it('is clear of what else is on the line, but not of what is on others', () => {
    const formula = { left: 400, top: 290, bottom: 345 };
    const [before, after] = [piece(50, 274), piece(50, 326)];
    expect(stand([piece(100, 300)], [formula, before, after]).offset).toBe(347);
    expect(stand([piece(100, 700)], [{ left: 400, top: 680, bottom: 720 }]).offset).toBe(122);
    const column = { left: 0, top: -900, bottom: 2000 };
    expect(stand([piece(100, 300)], [column]).offset).toBe(328);
  });

  it('is nowhere for a link that has no box', () => {
    expect(standing([], [], CARD, VIEW)).toBeUndefined();
  });

  it('is never over the link, and inside the window, wherever the link is in it', () => {
    const place = fc.record({
      left: fc.integer({ min: 0, max: 980 }),
      top: fc.integer({ min: 12, max: 760 }),
      card: fc.record({ width: fc.constant(380), height: fc.integer({ min: 40, max: 900 }) }),
    });
    fc.assert(
      fc.property(place, ({ left, top, card }) => {
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
