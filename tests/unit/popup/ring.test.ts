import { describe, expect, it } from 'vitest';
import { arcPath, arcsOf } from '../../../src/popup/ring.ts';

const YEARS = [
  { year: 2009, all: 30, read: 15 },
  { year: 2010, all: 10, read: 0 },
  { year: 2011, all: 0, read: 0 },
  { year: 2012, all: 20, read: 20 },
];

describe('年轮', () => {
  const arcs = arcsOf(YEARS, 0.1);

  it('has an arc for every year with posts, as long as its posts', () => {
    expect(arcs.map(({ year }) => year)).toEqual([2009, 2010, 2012]);
    const [a = 0, b = 0, c = 0] = arcs.map(({ from, to }) => to - from);
    expect(a / b).toBeCloseTo(3);
    expect(c / b).toBeCloseTo(2);
  });

  it('goes once around, with a gap after each year', () => {
    expect(arcs[0]?.from).toBeCloseTo(0.05);
    expect((arcs[1]?.from ?? 0) - (arcs[0]?.to ?? 0)).toBeCloseTo(0.1);
    expect((arcs.at(-1)?.to ?? 0) + 0.05).toBeCloseTo(2 * Math.PI);
  });

  it('is filled in proportion to the read posts', () => {
    const [half, none, whole] = arcs;
    expect(half?.filled).toBeCloseTo(((half?.from ?? 0) + (half?.to ?? 0)) / 2);
    expect(none?.filled).toBe(none?.from);
    expect(whole?.filled).toBeCloseTo(whole?.to ?? 0);
  });

  it('is empty without posts', () => {
    expect(arcsOf([], 0.1)).toEqual([]);
  });

  it('draws clockwise from 12 o’clock', () => {
    expect(arcPath(0, Math.PI / 2, 50, 40)).toBe('M50.00 10.00A40 40 0 0 1 90.00 50.00');
    expect(arcPath(0, 1.5 * Math.PI, 50, 40)).toBe('M50.00 10.00A40 40 0 1 1 10.00 50.00');
  });
});
