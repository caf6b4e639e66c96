import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packMarks, shardOf, unpackShard } from '../../../src/exchange/sync-packing.ts';
import type { Entry, Mark, ReadingRecord } from '../../../src/reading/marks.ts';
import { record } from '../reading/arbitraries.ts';

const day = fc.integer({ min: 0, max: 2 ** 16 - 1 });
const T = Date.UTC(2026, 10, 22, 12);
const entry = (mark: Mark, time = T, tick = 0, device = 'k3f9x0zz'): Entry => ({
  mark,
  stamp: { time, tick, device },
});

/** A generator of numbers from 0 to 1 that gives the same ones each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * 1,400 marks as four years leave them: of ids up to 12,000, at times at random, which pack
 * worst, by two devices; six of seven read, a hundred half read and with the place, the others kept
 * for later or taken back.
 */
function fourYears(): ReadingRecord {
  const random = seeded(20_261_122);
  const ids = new Set<number>();
  while (ids.size < 1_400) ids.add(1 + Math.floor(random() * 12_000));
  return new Map(
    [...ids].map((id) => {
      const time = Date.UTC(2022, 10) + Math.floor(random() * 4 * 365.25 * 86_400_000);
      const kind = random();
      const mark: Mark =
        kind < 0.85
          ? { kind: 'read', at: time, by: random() < 0.7 ? 'reading' : 'hand' }
          : kind < 0.92
            ? {
                kind: 'reading',
                fraction: Math.floor(random() * 100) / 100,
                place: {
                  at: Math.floor(random() * 20_000),
                  print: Math.floor(random() * 2 ** 24),
                },
              }
            : { kind: kind < 0.97 ? 'later' : 'unread' };
      return [id, entry(mark, time, 0, random() < 0.6 ? 'k3f9x0zz' : 'abcd0123')];
    }),
  );
}

/** As the strictest of the browsers counts: bytes of the JSON, with `<` escaped. */
const bytes = (text: string) =>
  Buffer.byteLength(JSON.stringify(text).replaceAll('<', String.raw`\u003C`));

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

  it('and equal marks give one text, in whatever order they come', () => {
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
    const marks = fourYears();
    const halves = [0, 1].map((rest) => new Map([...marks].filter(([id]) => id % 2 === rest)));
    const each =
      halves.reduce((sum, half, i) => sum + bytes(shardOf(packMarks(half, 2, i), 20_000)), 0) /
      1_400;
    console.log(`${each.toFixed(2)} bytes a mark`);
    expect(each).toBeLessThanOrEqual(8);
    expect(each).toBeGreaterThan(4);
  });

  it('marks of one act, or of an act after the other in one evening, take less', () => {
    const ids = Array.from({ length: 200 }, (_, i) => 9_000 + 7 * i);
    const read = (time: number): Mark => ({ kind: 'read', at: time, by: 'hand' });
    const atOnce = new Map(ids.map((id) => [id, entry(read(T))]));
    const evening = new Map(ids.map((id, i) => [id, entry(read(T + i * 61_234), T + i * 61_234)]));
    expect(bytes(shardOf(packMarks(atOnce), 20_000)) / 200).toBeLessThan(4.5);
    expect(bytes(shardOf(packMarks(evening), 20_000)) / 200).toBeLessThan(7);
  });

  it('in bytes as in characters, whatever is in it', () => {
    fc.assert(
      fc.property(record, day, (entries, day) => {
        const text = shardOf(packMarks(entries), day);
        expect(bytes(text)).toBe(text.length + 2);
      }),
    );
  });
});

describe('what was not packed so', () => {
  const text = shardOf(packMarks(fourYears()), 20_000);

  it('is nothing: cut short, altered, lengthened, of another version or type', () => {
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
      `2${text.slice(1)}`,
      `1${'~'.repeat(8_000)}`,
    ])
      expect(unpackShard(other)).toBeUndefined();
  });

  it('is nothing or sound marks, and never an error, for any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (noise) => {
        expect(unpackShard(`1${noise}`)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
