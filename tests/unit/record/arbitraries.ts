/** Arbitraries of fast-check for valid marks, stamps, records and acts. */
import * as fc from '../fc.ts';
import type { JournalledAct } from './earlier.ts';
import {
  type Act,
  type Basis,
  type Entry,
  isAct,
  type Mark,
  type ReadingRecord,
} from '../../../src/record/marks.ts';
import type { Position } from '../../../src/site/types.ts';
import { mergeEntries } from '../../../src/record/merge.ts';
import { MOST_TICKS, type Stamp } from '../../../src/record/clock.ts';

/** The earliest time that a mark can have, in ms. */
export const EARLIEST = Date.UTC(2009, 0);
const LATEST = Date.UTC(2109, 0) - 1;

const time = fc.oneof(
  fc.integer({ min: EARLIEST, max: LATEST }),
  // Close together, so that equal stamps and marks occur.
  fc.integer({ min: EARLIEST, max: EARLIEST + 2 }),
);

const place: fc.Arbitrary<Position> = fc.record({
  at: fc.nat({ max: 999_999 }),
  print: fc.nat({ max: 2 ** 24 - 1 }),
});

export const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constant<Mark>({ kind: 'unread' }),
  fc.constant<Mark>({ kind: 'later' }),
  // Progress is stored in whole percents.
  fc.tuple(fc.integer({ min: 0, max: 100 }), fc.option(place)).map(([percent, at]): Mark => {
    const fraction = percent / 100;
    return at ? { kind: 'reading', fraction, place: at } : { kind: 'reading', fraction };
  }),
  fc
    .tuple(time, fc.constantFrom<'reading' | 'hand'>('reading', 'hand'))
    .map(([at, by]): Mark => ({ kind: 'read', at, by })),
);

export const stamp: fc.Arbitrary<Stamp> = fc.record({
  time,
  tick: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: MOST_TICKS }), fc.constant(MOST_TICKS)),
  device: fc.constantFrom('a', 'b', 'k3f9x0zz', '0'),
});

/** An entry of versions 1 to 4 of the format. */
export const earlierEntry: fc.Arbitrary<Entry> = fc.record({ mark, stamp });

const basis: fc.Arbitrary<Basis | undefined> = fc.oneof(
  fc.constantFrom<(Basis | undefined)[]>(undefined, 'hand', 'nothing'),
  stamp.map(({ time: at, tick }) => ({ time: at, tick })),
);

/** An act of any version. */
export const act: fc.Arbitrary<Act> = fc.tuple(mark, stamp, basis).map(([made, at, given]): Act => {
  const plain = { mark: made, stamp: at };
  const based = given === undefined ? plain : { mark: made, stamp: at, basis: given };
  return isAct(based) ? based : plain;
});

export const entry: fc.Arbitrary<Entry> = fc
  .array(act, { minLength: 1, maxLength: 4 })
  .map((acts) => acts.reduce<Entry | undefined>(mergeEntries, undefined))
  .filter((merged) => merged !== undefined);

const id = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 999_999 }));

const recordOf = (entries: fc.Arbitrary<Entry>): fc.Arbitrary<ReadingRecord> =>
  fc.array(fc.tuple(id, entries), { maxLength: 8 }).map((each) => new Map(each));

export const record = recordOf(entry);
export const earlierRecord = recordOf(earlierEntry);

export const journalled: fc.Arbitrary<JournalledAct> = fc.record({
  id: fc.oneof(fc.uuid(), fc.stringMatching(/^[0-9a-zA-Z_-]{1,40}$/)),
  post: id,
  entry: earlierEntry,
});
