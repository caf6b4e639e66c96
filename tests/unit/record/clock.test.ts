import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { exportFile, readFile } from '../../../src/exchange/record-file.ts';
import { packMarks, shardOf, unpackShard } from '../../../src/exchange/sync-codec.ts';
import { decodeRecord, encodeRecord } from '../../../src/record/codec.ts';
import { type Entry, isAct, type Mark, type ReadingRecord } from '../../../src/record/marks.ts';
import { actsOf, merge, mergeEntries, withAct } from '../../../src/record/merge.ts';
import { isStamp, MOST_TICKS } from '../../../src/record/clock.ts';
import { runs } from '../runs.ts';
import { entry, mark } from './arbitraries.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const UNREAD: Mark = { kind: 'unread' };
const LATER: Mark = { kind: 'later' };

/** A record after one more act; `now` is the time of the device's clock. */
const acted = (record: ReadingRecord, post: number, mark: Mark, now: number, device: string) =>
  new Map([...record, [post, withAct(record.get(post), { mark }, now, device)]]);

/** A record whose act was made by a clock that is ten years ahead. */
const ahead = acted(new Map(), 7, LATER, NOW + 3_650 * DAY, 'a');

describe('a stamp years ahead counts as the time at which it was received', () => {
  it('an act before its arrival loses to it, an act after its arrival wins, on every device', () => {
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

  it('it changes nothing when it is received again from any device', () => {
    const after = acted(ahead, 7, UNREAD, NOW, 'b');
    expect(merge(merge(after, ahead), ahead)).toEqual(after);
  });

  it('the device’s own next act wins once its clock is right again', () => {
    const after = acted(ahead, 7, UNREAD, NOW, 'a');
    expect(merge(after, ahead).get(7)?.mark).toEqual(UNREAD);
  });
});

it('an act by a device that knew of another act wins over it, whatever the clocks say', () => {
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

describe('a forged stamp at the very end of the range', () => {
  const end = { time: Date.UTC(2109, 0) - 1, tick: MOST_TICKS, device: 'z' };

  it.each([
    ['that end', end],
    ['one before it', { ...end, tick: MOST_TICKS - 1 }],
  ])('does not block later acts, which get valid stamps: %s', (_, stamp) => {
    let record: ReadingRecord = new Map([[7, { mark: LATER, stamp }]]);
    const marks: Mark[] = [UNREAD, { kind: 'read', at: NOW, by: 'hand' }, LATER, UNREAD, LATER];
    for (const mark of marks) {
      record = acted(record, 7, mark, NOW, 'a');
      const entry = record.get(7);
      expect(entry?.mark).toEqual(mark);
      expect(entry && isStamp(entry.stamp)).toBe(true);
      expect(decodeRecord(encodeRecord(record)).record).toEqual(record);
    }
  });

  it('of an observation does not either', () => {
    const forged: Entry = {
      mark: { kind: 'read', at: NOW, by: 'reading' },
      stamp: end,
      basis: 'nothing',
    };
    const record = acted(new Map([[7, forged]]), 7, UNREAD, NOW, 'a');
    expect(record.get(7)?.mark).toEqual(UNREAD);
  });
});

it('stamps made with any clock are valid, and every stored form can hold them', () => {
  const times = fc.oneof(
    fc.integer({ min: -9e15, max: 9e15 }),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, Date.UTC(2109, 0)),
  );
  fc.assert(
    fc.property(fc.option(entry, { nil: undefined }), mark, times, (on, done, now) => {
      const made = withAct(on, { mark: done }, now, 'k3f9x0zz');
      const record: ReadingRecord = new Map([[7, made]]);
      expect(actsOf(made).every(isAct)).toBe(true);
      expect(decodeRecord(encodeRecord(record))).toMatchObject({ record, damaged: [] });
      expect(unpackShard(shardOf(packMarks(record), 1))?.entries).toEqual(record);
      const file = readFile(exportFile({ record, discovered: new Map() }, 'a', NOW));
      expect(file).toMatchObject({ record, refused: [] });
    }),
    { numRuns: runs(1_000) },
  );
});
