import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { type Mark, type ReadingRecord } from '../../../src/record/marks.ts';
import { mergeEntries, merge } from '../../../src/record/merge.ts';
import { MOST_TICKS, nextStamp } from '../../../src/record/clock.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const UNREAD: Mark = { kind: 'unread' };
const LATER: Mark = { kind: 'later' };

/** A record after one more act, by this device's own clock. */
const acted = (record: ReadingRecord, post: number, mark: Mark, now: number, device: string) =>
  new Map([...record, [post, { mark, stamp: nextStamp(record.get(post)?.stamp, now, device) }]]);

/** By a clock that is ten years ahead. */
const ahead = acted(new Map(), 7, LATER, NOW + 3_650 * DAY, 'a');

describe('a stamp years ahead counts as the time at which it was received', () => {
  it('an act done before it was received loses, one done after wins, here and everywhere', () => {
    const before = acted(new Map(), 7, UNREAD, NOW, 'b');
    const received = merge(before, ahead);
    expect(received.get(7)?.mark).toEqual(LATER);
    const after = acted(received, 7, UNREAD, NOW + 1, 'b');
    for (const record of [merge(after, ahead), merge(ahead, after), merge(received, after)])
      expect(record.get(7)?.mark).toEqual(UNREAD);
  });

  it('acts on other posts are stamped as if it had never come', () => {
    const record = acted(merge(new Map(), ahead), 8, LATER, NOW, 'b');
    expect(record.get(8)?.stamp).toEqual({ time: NOW, tick: 0, device: 'b' });
  });

  it('received again, from wherever, it changes nothing', () => {
    const after = acted(ahead, 7, UNREAD, NOW, 'b');
    expect(merge(merge(after, ahead), ahead)).toEqual(after);
  });

  it('and when the clock is right again, the device’s own next act stands too', () => {
    const after = acted(ahead, 7, UNREAD, NOW, 'a');
    expect(merge(after, ahead).get(7)?.mark).toEqual(UNREAD);
  });
});

it('whoever acts knowing of an act beats it, whatever all their clocks say', () => {
  const step = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: -5_000, max: 5_000 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let record: ReadingRecord = new Map();
      for (const [device, days] of steps) {
        const before = record.get(7);
        record = acted(record, 7, LATER, NOW + days * DAY, device);
        const after = record.get(7);
        if (before && after) expect(mergeEntries(before, after)).toBe(after);
      }
    }),
  );
});

it('a forged tick at the end of all ticks is beaten too, and by one that others accept', () => {
  const forged: ReadingRecord = new Map([
    [7, { mark: LATER, stamp: { time: NOW + DAY, tick: MOST_TICKS, device: 'z' } }],
  ]);
  const after = acted(forged, 7, UNREAD, NOW, 'a');
  expect(merge(forged, after).get(7)?.mark).toEqual(UNREAD);
  expect(after.get(7)?.stamp.tick).toBeLessThanOrEqual(MOST_TICKS);
});
