import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import {
  type Entry,
  markOf,
  merge,
  type ReadingRecord,
  UNREAD,
} from '../../../src/record/marks.ts';
import { compareStamps, nextStamp, type Stamp } from '../../../src/record/clock.ts';
import { runs } from '../runs.ts';
import { entry as entryOf, record, stamp } from './arbitraries.ts';

const RUNS = { numRuns: runs(1_000) };

describe('merging two records', () => {
  it('gives the same in either direction', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(merge(a, b)).toEqual(merge(b, a));
      }),
      RUNS,
    );
  });

  it('gives the same whichever two are merged first', () => {
    fc.assert(
      fc.property(record, record, record, (a, b, c) => {
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
      }),
      RUNS,
    );
  });

  it('with itself, or with nothing, or again, changes nothing', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(merge(a, a)).toEqual(a);
        expect(merge(a, new Map())).toEqual(a);
        expect(merge(new Map(), a)).toEqual(a);
        expect(merge(merge(a, b), b)).toEqual(merge(a, b));
      }),
      RUNS,
    );
  });

  it('loses no post and invents no entry', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        const merged = merge(a, b);
        expect(new Set(merged.keys())).toEqual(new Set([...a.keys(), ...b.keys()]));
        for (const [id, entry] of merged) expect([a.get(id), b.get(id)]).toContainEqual(entry);
      }),
      RUNS,
    );
  });

  it('changes neither of the two', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        const before = [new Map(a), new Map(b)];
        merge(a, b);
        expect([a, b]).toEqual(before);
      }),
      RUNS,
    );
  });

  it('lets the later act on a post stand, whichever record it is in', () => {
    fc.assert(
      fc.property(entryOf, entryOf, (a, b) => {
        const merged = merge(new Map([[7, a]]), new Map([[7, b]])).get(7);
        const order = compareStamps(a.stamp, b.stamp);
        if (order !== 0) expect(merged).toEqual(order > 0 ? a : b);
      }),
      RUNS,
    );
  });

  it('settles ties the same way in whatever order any number of records meet', () => {
    const meeting = fc
      .uniqueArray(record, { minLength: 2, maxLength: 6 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      );
    const all = (records: readonly ReadingRecord[]) => records.reduce(merge, new Map());
    fc.assert(
      fc.property(meeting, ([some, shuffled]) => {
        expect(all(shuffled)).toEqual(all(some));
      }),
      RUNS,
    );
  });

  it('keeps undone what was undone after everything that says otherwise', () => {
    fc.assert(
      fc.property(entryOf, fc.array(entryOf), (undone, others) => {
        const taken: Entry = { ...undone, mark: UNREAD };
        const older = others.filter(({ stamp }) => compareStamps(stamp, taken.stamp) < 0);
        let merged: ReadingRecord = new Map([[7, taken]]);
        for (const other of older) merged = merge(new Map([[7, other]]), merged);
        expect(markOf(merged, 7)).toEqual(UNREAD);
      }),
      RUNS,
    );
  });

  const entry = (mark: Entry['mark'], time: number, device = 'a'): Entry => ({
    mark,
    stamp: { time, tick: 0, device },
  });
  const read = entry({ kind: 'read', at: 1_500_000_000_000, by: 'hand' }, 1_500_000_000_000);

  it('a mark that was taken back stays so, though an older record says read', () => {
    const undone = entry(UNREAD, 1_500_000_000_001, 'b');
    expect(markOf(merge(new Map([[7, undone]]), new Map([[7, read]])), 7)).toEqual(UNREAD);
    expect(markOf(merge(new Map([[7, read]]), new Map([[7, undone]])), 7)).toEqual(UNREAD);
  });

  it('two marks under one stamp, which only a forger makes, are settled alike in either direction', () => {
    const a: ReadingRecord = new Map([[7, entry(UNREAD, 1_500_000_000_000)]]);
    const b: ReadingRecord = new Map([[7, entry({ kind: 'later' }, 1_500_000_000_000)]]);
    expect(merge(a, b)).toEqual(merge(b, a));
  });

  it('a post read once more after that is read', () => {
    const undone: ReadingRecord = new Map([[7, entry(UNREAD, 1_500_000_000_001)]]);
    const again = entry({ kind: 'read', at: 1_500_000_000_002, by: 'hand' }, 1_500_000_000_002);
    expect(markOf(merge(undone, new Map([[7, again]])), 7).kind).toBe('read');
  });
});

it('a post without an entry is unread', () => {
  expect(markOf(new Map(), 9708)).toEqual({ kind: 'unread' });
});

describe('stamps', () => {
  it('are in one order: any two compare, and never in a circle', () => {
    fc.assert(
      fc.property(stamp, stamp, stamp, (a, b, c) => {
        expect(Math.sign(compareStamps(a, b))).toBe(0 - Math.sign(compareStamps(b, a)));
        if (compareStamps(a, b) <= 0 && compareStamps(b, c) <= 0)
          expect(compareStamps(a, c)).toBeLessThanOrEqual(0);
        if (compareStamps(a, b) === 0) expect(a).toEqual(b);
      }),
    );
  });

  it('rise with every act, whatever the clock and other devices do', () => {
    const clock = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(stamp, clock, fc.constantFrom('a', 'z'), (seen, steps, device) => {
        let now = seen.time;
        let last: Stamp = seen;
        for (const step of steps) {
          now += step;
          const next = nextStamp(last, now, device);
          expect(compareStamps(next, last)).toBeGreaterThan(0);
          expect(next.device).toBe(device);
          last = next;
        }
      }),
    );
  });

  it('count within a stopped clock, and begin anew when it goes on', () => {
    const first = nextStamp(undefined, 1_000, 'a');
    const second = nextStamp(first, 1_000, 'a');
    expect([first, second, nextStamp(second, 1_001, 'a')]).toEqual([
      { time: 1_000, tick: 0, device: 'a' },
      { time: 1_000, tick: 1, device: 'a' },
      { time: 1_001, tick: 0, device: 'a' },
    ]);
    expect(nextStamp(second, 5, 'b')).toEqual({ time: 1_000, tick: 2, device: 'b' });
  });
});
