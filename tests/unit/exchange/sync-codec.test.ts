import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { packMarks, shardOf, unpackShard } from '../../../src/exchange/sync-codec.ts';
import type { Entry, Mark, ReadingRecord } from '../../../src/record/marks.ts';
import { record } from '../record/arbitraries.ts';
import { bytesOf, bytesOfMark, fourYears } from './four-years.ts';

const day = fc.integer({ min: 0, max: 2 ** 16 - 1 });
const T = Date.UTC(2026, 10, 22, 12);
const entry = (mark: Mark, time = T, tick = 0, device = 'k3f9x0zz'): Entry => ({
  mark,
  stamp: { time, tick, device },
});

describe('what is packed is what is read', () => {
  it('for any marks, with every ms, tick and device of their stamps', () => {
    fc.assert(
      fc.property(record, day, (entries, day) => {
        expect(unpackShard(shardOf(packMarks(entries), day))).toEqual({ day, entries });
      }),
      { numRuns: 500 },
    );
  });

  it('for marks dealt out by their ids', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 1, max: 64 }), (entries, of) => {
        const read = Array.from({ length: of }, (_, rest) => {
          const part = new Map([...entries].filter(([id]) => id % of === rest));
          return [...(unpackShard(shardOf(packMarks(part, of, rest), 1))?.entries ?? [])];
        });
        expect(new Map(read.flat())).toEqual(entries);
      }),
      { numRuns: 50 },
    );
  });

  it('for marks with places, at the edges of all numbers', () => {
    const entries: ReadingRecord = new Map([
      [1, entry({ kind: 'reading', fraction: 0, place: { at: 0, print: 0 } })],
      [
        999_999,
        entry({ kind: 'reading', fraction: 1, place: { at: 999_999, print: 2 ** 24 - 1 } }),
      ],
      [2, entry({ kind: 'unread' }, Date.UTC(2009, 0), 2 ** 30, '0')],
      [3, entry({ kind: 'later' }, Date.UTC(2109, 0) - 1, 0, 'zzzzzzzzzzzzzzzz')],
      [4, entry({ kind: 'read', at: Date.UTC(2109, 0) - 1, by: 'hand' })],
    ]);
    expect(unpackShard(shardOf(packMarks(entries), 0))?.entries).toEqual(entries);
  });

  it('and equal marks give the same text in any order', () => {
    fc.assert(
      fc.property(record, day, (entries, day) => {
        const other = new Map([...entries].reverse());
        expect(shardOf(packMarks(other), day)).toBe(shardOf(packMarks(entries), day));
      }),
    );
  });
});

describe('how long it is', () => {
  it('1,400 marks of four years take at most 8 bytes each', () => {
    const each = bytesOfMark();
    expect(each).toBeLessThanOrEqual(8);
    expect(each).toBeGreaterThan(4);
  });

  it('marks of one act, or of acts in one evening, take less', () => {
    const ids = Array.from({ length: 200 }, (_, i) => 9_000 + 7 * i);
    const read = (time: number): Mark => ({ kind: 'read', at: time, by: 'hand' });
    const atOnce = new Map(ids.map((id) => [id, entry(read(T))]));
    const evening = new Map(ids.map((id, i) => [id, entry(read(T + i * 61_234), T + i * 61_234)]));
    expect(bytesOf(shardOf(packMarks(atOnce), 20_000)) / 200).toBeLessThan(4.5);
    expect(bytesOf(shardOf(packMarks(evening), 20_000)) / 200).toBeLessThan(7);
  });

  it('the length in bytes equals the length in characters, for any marks', () => {
    fc.assert(
      fc.property(record, day, (entries, day) => {
        const text = shardOf(packMarks(entries), day);
        expect(bytesOf(text)).toBe(text.length + 2);
      }),
    );
  });
});

describe('what was not packed so', () => {
  const text = shardOf(packMarks(fourYears()), 20_000);

  it('is nothing if it is cut, changed, lengthened, or of another version or type', () => {
    for (const other of [
      undefined,
      null,
      7,
      {},
      [],
      '',
      '1',
      '1!!!!',
      text.slice(0, -1),
      text.slice(0, 3_000),
      `${text}!!`,
      text.replace(text.charAt(500), text.charAt(501)),
      `3${text.slice(1)}`,
      `2${'~'.repeat(8_000)}`,
    ])
      expect(unpackShard(other)).toBeUndefined();
  });

  it('is nothing or sound marks, and never an error, for any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (noise) => {
        expect(unpackShard(`2${noise}`)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

it('a shard of version 1, which had no basis, is read completely', () => {
  const start = Date.UTC(2026, 0, 2);
  const at = (n: number) => ({ time: start + n, tick: n % 2, device: n % 2 ? 'k3f9x0zz' : 'a' });
  const marks: Mark[] = [
    { kind: 'unread' },
    { kind: 'later' },
    { kind: 'reading', fraction: 0.4 },
    { kind: 'reading', fraction: 0.5, place: { at: 12, print: 34 } },
    { kind: 'read', at: start + 5, by: 'reading' },
    { kind: 'read', at: start + 60_000, by: 'hand' },
  ];
  const text = "1'Tu~!$Jg!d&:[|P#!!!#yc90P0>w11!!2t!$2*:~,.%TPWjrPGTH-9!!!!NxUlrl](Vi?bau";
  expect(unpackShard(text)?.entries).toEqual(
    new Map(marks.map((mark, i) => [i + 1, { mark, stamp: at(i + 1) }])),
  );
});
