/** Which openings are kept, and which stored values are valid openings. */
import { describe, expect, it } from 'vitest';
import type { Opening } from '../../../src/catalogue/discovered/openings.ts';
import { keptOpeningOf, readKeptOpening } from '../../../src/memory/kept-opening.ts';
import * as fc from '../fc.ts';

const NOW = Date.UTC(2026, 10, 28);
const HOUR = 3_600_000;
const DRAWN: Opening = ['若 ', ['$x_1$', ['math', ['mi', 'x']]]];
const keep = (opening: Opening, known?: ReturnType<typeof keptOpeningOf>, now = NOW) =>
  keptOpeningOf({ id: 5, opening }, known, now);

describe('an opening that a listing shows', () => {
  it('is kept with its size and the time', () => {
    expect(keep(['甲'])).toEqual({ id: 5, opening: ['甲'], bytes: 7, readAt: NOW });
  });

  it('is stored again if it changed, or a day later, so that it is removed later than others', () => {
    const known = keep(['甲']);
    expect(keep(['乙'], known)?.opening).toEqual(['乙']);
    expect(keep(['甲'], known, NOW + 23 * HOUR)).toBeUndefined();
    expect(keep(['甲'], known, NOW + 24 * HOUR)?.readAt).toBe(NOW + 24 * HOUR);
    // The clock was set back.
    expect(keep(['甲'], known, NOW - 48 * HOUR)?.readAt).toBe(NOW - 48 * HOUR);
  });

  it('with drawn formulas stays if it is shown undrawn', () => {
    const undrawn = keep(['若 ', '$x_1$']);
    const drawn = keep(DRAWN, undrawn);
    expect(drawn?.opening).toEqual(DRAWN);
    expect(keep(['若 ', '$x_1$'], drawn)).toBeUndefined();
    expect(keep(['若 ', '$x_1$'], drawn, NOW + 48 * HOUR)?.opening).toEqual(DRAWN);
  });
});

describe('a stored opening', () => {
  const stored = { id: 5, opening: DRAWN, bytes: 9, readAt: NOW };

  it('is read as it was kept', () => {
    expect(readKeptOpening(stored)).toEqual(stored);
  });

  it.each<[what: string, given: unknown]>([
    ['has no size', { ...stored, bytes: undefined }],
    ['has a size below zero', { ...stored, bytes: -1 }],
    ['has no time', { ...stored, readAt: 'today' }],
    ['is of no post', { ...stored, id: '5' }],
    [
      'has an element that formulas do not have',
      { ...stored, opening: [['$x$', ['script', 'x']]] },
    ],
    ['is too long', { ...stored, opening: ['字'.repeat(601)] }],
    ['is a shard of an earlier version', [[5, DRAWN]]],
  ])('is invalid if it %s', (_, given) => {
    expect(readKeptOpening(given)).toBeUndefined();
  });

  it('can be any value without an error', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        readKeptOpening(given);
        readKeptOpening({ ...stored, opening: given });
      }),
    );
  });
});
