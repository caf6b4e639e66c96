import { describe, expect, it } from 'vitest';
import { windowOf } from '../../../../../src/library/views/list/list-window.ts';

describe('the rows that are drawn', () => {
  it.each([
    ['at the top', 0],
    ['before the list begins', -500],
    ['in the middle', 170_000],
    ['at the end', 339_200],
    ['beyond the end', 400_000],
  ])('are few of 10,000 and all that are seen: %s', (_, top) => {
    const { from, to } = windowOf(top, 800, 34, 10_000);
    expect(to - from).toBeLessThan(60);
    expect(from).toBeGreaterThanOrEqual(0);
    expect(to).toBeLessThanOrEqual(10_000);
    const seen = [Math.max(0, Math.ceil(top / 34)), Math.min(9_999, Math.floor((top + 799) / 34))];
    for (const row of seen.filter((each) => each < 10_000))
      if (row * 34 < top + 800 && (row + 1) * 34 > top) {
        expect(row).toBeGreaterThanOrEqual(from);
        expect(row).toBeLessThan(to);
      }
  });

  it('are none in an empty list', () => {
    expect(windowOf(0, 800, 34, 0)).toEqual({ from: 0, to: 0 });
  });
});
