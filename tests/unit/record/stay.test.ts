/** When a stay on the blog ends, and what is new since the last one. */
import { describe, expect, it } from 'vitest';
import { lastSeen, readStay, type Stay, withLook } from '../../../src/record/stay.ts';
import { array, assert, constantFrom, integer, jsonValue, property, record } from '../fc.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 27);

/** The stay after looks at the blog. Each look has the hours since the first one and the newest known post. */
function after(...looks: [hours: number, newest: number][]): Stay | undefined {
  let stay: Stay | undefined;
  for (const [hours, newest] of looks) stay = withLook(stay, NOW + hours * HOUR, newest) ?? stay;
  return stay;
}
const last = (hours: number, newest: number, stay: unknown) =>
  lastSeen(stay, NOW + hours * HOUR, newest);

describe('what is new', () => {
  it('is nothing on the first visit, however long it is', () => {
    expect(last(0, 100, undefined)).toBeNull();
    expect(last(11, 105, after([0, 100], [5.5, 101], [11, 105]))).toBeNull();
  });

  it('is what is newer than the last visit, until this one ends', () => {
    const first = after([0, 100]);
    expect(last(6, 103, first)).toBeNull();
    expect(last(6.1, 103, first)).toBe(100);
    const second = after([0, 100], [30, 103], [33, 104]);
    expect(last(33, 104, second)).toBe(100);
    expect(last(38, 104, second)).toBe(100);
    expect(last(40, 104, second)).toBe(104);
  });

  it('does not depend on the clock: only the end of a visit does', () => {
    const stay = after([0, 100], [30, 103]);
    for (const hours of [-1e6, -100, 100, 1e6]) expect(last(hours, 105, stay)).toBe(103);
    for (const hours of [25, 35]) expect(last(hours, 105, stay)).toBe(100);
  });

  it('is not hidden by a post that a page made up and that was forgotten', () => {
    expect(last(10, 104, after([0, 999_999]))).toBe(104);
  });
});

it('a visit is written seldom: at its beginning, every few minutes, and when there is a newer post', () => {
  const stay = after([0, 100]);
  expect(stay).toEqual({ at: NOW, seen: 100, before: null });
  expect(withLook(stay, NOW + 60_000, 100)).toBeUndefined();
  expect(withLook(stay, NOW + 60_000, 101)).toEqual({ at: NOW + 60_000, seen: 101, before: null });
  expect(withLook(stay, NOW + 600_000, 100)?.at).toBe(NOW + 600_000);
});

it('any stored value is read or counts as none', () => {
  for (const bad of [
    null,
    7,
    'x',
    [],
    {},
    { at: -1, seen: 5 },
    { at: 1, seen: 0 },
    { at: 1, seen: 5, before: 'x' },
  ])
    expect(readStay(bad)).toBeUndefined();
  expect(readStay({ at: 1, seen: 5 })).toEqual({ at: 1, seen: 5, before: null });
  assert(property(jsonValue(), (given) => void last(0, 5, given)));
});

it('the newest post seen never decreases, and no post that was seen is new, after any visits', () => {
  const look = record({ hours: integer({ min: -50, max: 50 }), newer: constantFrom(0, 0, 1, 3) });
  assert(
    property(array(look, { maxLength: 30 }), (looks) => {
      let [stay, newest]: [Stay | undefined, number] = [undefined, 10];
      let hours = 0;
      for (const each of looks) {
        hours += each.hours;
        newest += each.newer;
        const next: Stay | undefined = withLook(stay, NOW + hours * HOUR, newest) ?? stay;
        expect(next?.seen).toBe(newest);
        expect(next?.before ?? 0).toBeLessThanOrEqual(stay?.seen ?? 0);
        stay = next;
      }
    }),
  );
});
