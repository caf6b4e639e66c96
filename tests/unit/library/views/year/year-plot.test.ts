import { describe, expect, it } from 'vitest';
import { readYear } from '../../../../../src/library/views/year/year.ts';
import { gridFor, plotYear, WEEKS_WIDTH } from '../../../../../src/library/views/year/year-plot.ts';
import type { ReadingRecord } from '../../../../../src/record/marks.ts';

/** Posts read on these days of 2026, counted from January 1. */
function yearOf(days: number[], categoriesOf: (id: number) => string[] = () => ['a']) {
  const record: ReadingRecord = new Map(
    days.map((day, at) => [
      at + 1,
      {
        mark: { kind: 'read', at: new Date(2026, 0, 1 + day, 12).getTime(), by: 'hand' },
        stamp: { time: 1, tick: 0, device: 'd' },
      },
    ]),
  );
  return readYear(2026, record, () => undefined, categoriesOf);
}

/** The centre and the radius of each disc of a path. */
function discs(path: string): { x: number; y: number; r: number }[] {
  return [...path.matchAll(/M(-?[\d.]+) (-?[\d.]+)a([\d.]+)/g)].map(([, x, y, r]) => ({
    x: Number(x) + Number(r),
    y: Number(y),
    r: Number(r),
  }));
}

describe('the weeks', () => {
  it('have a dot for each post, over the month in which it was read', () => {
    const { weeks, months } = plotYear(yearOf([0, 1, 40, 200, 364]));
    const dots = weeks.flatMap(({ path }) => discs(path));
    expect(dots).toHaveLength(5);
    expect(weeks.map(({ count }) => count).filter((count) => count > 0)).toEqual([2, 1, 1, 1]);
    const february = dots[2]?.x ?? 0;
    expect(february).toBeGreaterThan(months[1] ?? 0);
    expect(february).toBeLessThan(months[2] ?? 0);
    expect(Math.max(...dots.map(({ x }) => x))).toBeLessThan(WEEKS_WIDTH);
  });

  it('are stacks on the line', () => {
    const { weeks, height } = plotYear(yearOf([5, 5, 5]));
    const dots = weeks.flatMap(({ path }) => discs(path));
    expect(new Set(dots.map(({ x }) => x)).size).toBe(1);
    const [first, second, third] = dots.map(({ y }) => y);
    expect(first).toBeLessThan(height);
    expect((first ?? 0) - (second ?? 0)).toBeCloseTo((second ?? 0) - (third ?? 0), 5);
  });

  it.each([1, 12, 60, 400, 3_000])(
    'show %d posts in a week without touching or missing dots',
    (n) => {
      const { weeks, height } = plotYear(yearOf(Array.from({ length: n }, () => 100)));
      const dots = weeks.flatMap(({ path }) => discs(path));
      expect(dots).toHaveLength(n);
      expect(new Set(dots.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)).size).toBe(n);
      expect(Math.min(...dots.map(({ y, r }) => y - r))).toBeGreaterThanOrEqual(0);
      expect(Math.max(...dots.map(({ y, r }) => y + r))).toBeLessThanOrEqual(height);
      if (n <= 400) expect(height).toBeLessThan(240);
    },
  );
});

describe('the categories', () => {
  it('have a row each, with dots of one size', () => {
    const { categories } = plotYear(
      yearOf([1, 2, 3, 4, 5], (id) => (id < 4 ? ['a'] : ['b'])),
      300,
    );
    expect(categories.map(({ name, count }) => [name, count])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
    const radii = categories.flatMap(({ path }) => discs(path).map(({ r }) => r));
    expect(radii).toHaveLength(5);
    expect(new Set(radii).size).toBe(1);
  });

  it('are at most as wide as there is room', () => {
    const [many] = plotYear(yearOf(Array.from({ length: 300 }, (_, i) => i)), 150).categories;
    expect(many?.width).toBeLessThanOrEqual(150);
    const dots = discs(many?.path ?? '');
    expect(dots).toHaveLength(300);
    expect(Math.max(...dots.map(({ x, r }) => x + r))).toBeLessThanOrEqual(150);
    expect(Math.max(...dots.map(({ y, r }) => y + r))).toBeLessThanOrEqual(many?.height ?? 0);
  });
});

it('a grid is as wide as possible, and never too narrow to see', () => {
  expect(gridFor(1, 20, 200)).toEqual({ pitch: 16, across: 1 });
  expect(gridFor(13, 20, 200).pitch).toBe(15);
  expect(gridFor(100_000, 20, 200)).toEqual({ pitch: 2, across: 10 });
});
