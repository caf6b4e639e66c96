import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import {
  type Entry,
  type Mark,
  markOf,
  type ReadingRecord,
  UNREAD,
} from '../../../src/record/marks.ts';
import { actsOf, merge, mergeEntries, withAct } from '../../../src/record/merge.ts';
import {
  compareStamps,
  firstStamp,
  LATEST,
  MOST_TICKS,
  nextStamp,
  type Stamp,
} from '../../../src/record/clock.ts';
import { runs } from '../runs.ts';
import { act, entry as entryOf, record, stamp } from './arbitraries.ts';
import { decidingAct } from './plain-acts.ts';

const RUNS = { numRuns: runs(1_000) };

/** Acts with different stamps: only a forger makes two acts with the same stamp. */
const differentActs = fc.uniqueArray(act, {
  minLength: 1,
  maxLength: 8,
  selector: (each) => JSON.stringify(each.stamp),
});

describe('merging two records', () => {
  it('gives the same result in either direction', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(merge(a, b)).toEqual(merge(b, a));
      }),
      RUNS,
    );
  });

  it('gives the same result whichever two of three are merged first', () => {
    fc.assert(
      fc.property(record, record, record, (a, b, c) => {
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
      }),
      RUNS,
    );
  });

  it('changes nothing if a record is merged with itself, with nothing, or again', () => {
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

  it('loses no post and invents no act', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        const merged = merge(a, b);
        expect(new Set(merged.keys())).toEqual(new Set([...a.keys(), ...b.keys()]));
        const given = (id: number) =>
          [a.get(id), b.get(id)].flatMap((each) => (each ? actsOf(each) : []));
        for (const [id, each] of merged)
          for (const kept of actsOf(each)) expect(given(id)).toContainEqual(kept);
      }),
      RUNS,
    );
  });

  it('changes neither of the two given records', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        const before = [new Map(a), new Map(b)];
        merge(a, b);
        expect([a, b]).toEqual(before);
      }),
      RUNS,
    );
  });

  it('gives the mark that all acts together give, though it keeps at most three', () => {
    fc.assert(
      fc.property(differentActs, (acts) => {
        const merged = acts.reduce<Entry | undefined>(mergeEntries, undefined);
        expect(merged?.hidden?.length ?? 0).toBeLessThanOrEqual(2);
        const deciding = decidingAct(acts);
        expect({ mark: merged?.mark, stamp: merged?.stamp }).toEqual({
          mark: deciding?.mark,
          stamp: deciding?.stamp,
        });
      }),
      RUNS,
    );
  });

  it('settles ties in the same way in whatever order records are merged', () => {
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

  it('keeps an undone mark undone if it was undone after all other acts', () => {
    fc.assert(
      fc.property(stamp, fc.array(entryOf), (at, others) => {
        const taken: Entry = { mark: UNREAD, stamp: at };
        const isOlder = (entry: Entry) =>
          actsOf(entry).every((each) => compareStamps(each.stamp, at) < 0);
        let merged: ReadingRecord = new Map([[7, taken]]);
        for (const other of others.filter(isOlder)) merged = merge(new Map([[7, other]]), merged);
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

  it('a mark that was taken back stays unread if an older record says read', () => {
    const undone = entry(UNREAD, 1_500_000_000_001, 'b');
    expect(markOf(merge(new Map([[7, undone]]), new Map([[7, read]])), 7)).toEqual(UNREAD);
    expect(markOf(merge(new Map([[7, read]]), new Map([[7, undone]])), 7)).toEqual(UNREAD);
  });

  it('two marks with one forged stamp merge to the same mark in either direction', () => {
    const a: ReadingRecord = new Map([[7, entry(UNREAD, 1_500_000_000_000)]]);
    const b: ReadingRecord = new Map([[7, entry({ kind: 'later' }, 1_500_000_000_000)]]);
    expect(merge(a, b)).toEqual(merge(b, a));
  });

  it('a post that is read again after that is marked as read', () => {
    const undone: ReadingRecord = new Map([[7, entry(UNREAD, 1_500_000_000_001)]]);
    const again = entry({ kind: 'read', at: 1_500_000_000_002, by: 'hand' }, 1_500_000_000_002);
    expect(markOf(merge(undone, new Map([[7, again]])), 7).kind).toBe('read');
  });
});

describe('what is done by hand and what is observed', () => {
  const T = Date.UTC(2026, 10, 22);
  const HOUR = 3_600_000;
  type Entries = (Entry | undefined)[];
  const byHand = (on: Entry | undefined, mark: Mark, now: number, device = 'a') =>
    withAct(on, { mark }, now, device);
  const observed = (on: Entry | undefined, mark: Mark, now: number, device = 'b') =>
    withAct(on, { mark }, now, device);
  const together = (...entries: Entries) => {
    const [one, other] = [entries, entries.toReversed()].map((each) =>
      each.reduce<Entry | undefined>(mergeEntries, undefined),
    );
    expect(one).toEqual(other);
    return one?.mark;
  };
  const hand: Mark = { kind: 'read', at: T, by: 'hand' };
  const read: Mark = { kind: 'read', at: T, by: 'reading' };
  const later: Mark = { kind: 'later' };
  const progress = (fraction: number): Mark => ({ kind: 'reading', fraction });

  it('progress on another device, which did not know of 已读 by hand, does not lower it', () => {
    expect(
      together(byHand(undefined, hand, T), observed(undefined, progress(0.08), T + HOUR)),
    ).toEqual(hand);
  });

  it('the larger of two shares of progress stays, whichever is newer', () => {
    const [more, less] = [progress(0.6), progress(0.2)];
    expect(
      together(observed(undefined, more, T), observed(undefined, less, T + HOUR, 'c')),
    ).toEqual(more);
    const onOne = observed(observed(undefined, more, T), less, T + HOUR);
    expect(onOne?.mark).toEqual(more);
  });

  it('automatic 已读 replaces 在读 and 稍后, even if it did not know of them', () => {
    const noticed = observed(undefined, read, T + HOUR);
    for (const mark of [later, progress(0)])
      expect(together(byHand(undefined, mark, T), noticed)).toEqual(read);
    expect(together(observed(undefined, progress(0.9), T, 'c'), noticed)).toEqual(read);
    expect(observed(byHand(undefined, later, T), read, T + HOUR)?.mark).toEqual(read);
  });

  it('稍后 by hand after automatic 已读 stays', () => {
    const noticed = observed(undefined, read, T);
    expect(together(byHand(noticed, later, T + HOUR), noticed)).toEqual(later);
  });

  it.each([
    ['automatic 已读', read],
    ['progress', progress(0.5)],
  ])('%s replaces a mark that was taken back only if the visit knew of that', (_, mark) => {
    const before = byHand(undefined, hand, T - HOUR);
    const takenBack = byHand(before, UNREAD, T);
    expect(together(takenBack, observed(before, mark, T + HOUR))).toEqual(UNREAD);
    expect(together(takenBack, observed(takenBack, mark, T + HOUR))).toEqual(mark);
    // A clock that is behind makes no difference.
    expect(together(takenBack, observed(takenBack, mark, T - HOUR))).toEqual(mark);
  });

  it('progress that did not know of 稍后 leaves it, and progress after it shows', () => {
    const marked = byHand(undefined, later, T);
    expect(together(marked, observed(undefined, progress(0.5), T + HOUR))).toEqual(later);
    expect(observed(marked, progress(0.1), T + HOUR)?.mark).toEqual(progress(0.1));
  });

  it('an undo gives an observed mark back by hand: an older observation does not change it', () => {
    const first = observed(undefined, progress(0.4), T);
    const marked = byHand(first, hand, T + HOUR);
    const undone = withAct(marked, { mark: progress(0.4), isGivenBack: true }, T + HOUR, 'a');
    expect(together(undone, marked, first)).toEqual(progress(0.4));
    expect(observed(undone, progress(0.7), T + 2 * HOUR)?.mark).toEqual(progress(0.7));
  });

  it('an observation never lowers the mark of its own device, and an act by hand sets the mark', () => {
    const RANKS = { unread: 0, later: 0, reading: 1, read: 2 };
    const rank = (mark: Mark | undefined) =>
      RANKS[mark?.kind ?? 'unread'] + (mark?.kind === 'reading' ? mark.fraction : 0);
    const marks = fc.constantFrom(hand, UNREAD, later, progress(0));
    const notices = fc.oneof(
      fc.constant(read),
      fc.integer({ min: 1, max: 100 }).map((percent) => progress(percent / 100)),
    );
    const step = fc.record({
      device: fc.nat({ max: 2 }),
      now: fc.integer({ min: -5_000, max: 5_000 }).map((days) => T + days * 24 * HOUR),
      does: fc.oneof(
        fc.record({ hand: marks }),
        fc.record({ notice: notices }),
        fc.record({ from: fc.nat({ max: 2 }) }),
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const entries: Entries = [undefined, undefined, undefined];
        for (const { device, now, does } of steps) {
          const old = entries[device];
          const name = 'abc'.charAt(device);
          if ('from' in does) {
            const received = entries[does.from];
            if (received) entries[device] = mergeEntries(old, received);
          } else if ('hand' in does) {
            const next = byHand(old, does.hand, now, name);
            expect(next?.mark).toEqual(does.hand);
            entries[device] = next;
          } else {
            const next = observed(old, does.notice, now, name);
            expect(rank(next?.mark)).toBeGreaterThanOrEqual(
              Math.max(rank(old?.mark), rank(does.notice)),
            );
            entries[device] = next;
          }
        }
        together(...entries);
      }),
      RUNS,
    );
  });
});

it('a post without an entry is unread', () => {
  expect(markOf(new Map(), 9708)).toEqual({ kind: 'unread' });
});

describe('stamps', () => {
  it('are totally ordered: any two compare, and never in a circle', () => {
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
          if (!next) return expect([last.time + 1, last.tick]).toEqual([LATEST, MOST_TICKS]);
          expect(compareStamps(next, last)).toBeGreaterThan(0);
          expect(next.device).toBe(device);
          last = next;
        }
      }),
    );
  });

  it('count ticks while the clock stands still, and start again when it goes on', () => {
    const T = Date.UTC(2026, 0);
    const first = firstStamp(T, 'a');
    const second: Stamp = { time: T, tick: 1, device: 'a' };
    expect([first, nextStamp(first, T, 'a'), nextStamp(second, T + 1, 'a')]).toEqual([
      { time: T, tick: 0, device: 'a' },
      second,
      { time: T + 1, tick: 0, device: 'a' },
    ]);
    expect(nextStamp(second, 5, 'b')).toEqual({ time: T, tick: 2, device: 'b' });
  });
});
