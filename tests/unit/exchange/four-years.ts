/** A record as it is after four years, and the space that it takes in sync. */
import { packMarks, shardOf } from '../../../src/exchange/sync-codec.ts';
import { isObserved, type Mark, type ReadingRecord } from '../../../src/record/marks.ts';
import { seeded } from '../support.ts';

/**
 * 1,400 marks by two devices, with ids up to 12,000 and random times in four years, which pack worst. 85 % are
 * read; a hundred are half read, with the position; the others are `later` or `unread`.
 */
export function fourYears(): ReadingRecord {
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
      const device = random() < 0.6 ? 'k3f9x0zz' : 'abcd0123';
      const stamp = { time, tick: 0, device };
      return [id, isObserved(mark) ? { mark, stamp, basis: 'nothing' } : { mark, stamp }];
    }),
  );
}

/** The bytes that the strictest browser counts: those of the JSON, with `<` escaped. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text).replaceAll('<', String.raw`\u003C`));
}

/** The mean bytes of a mark of this record in sync, in two shards. */
export function bytesOfMark(): number {
  const marks = fourYears();
  const shards = [0, 1].map((rest) => {
    const part = new Map([...marks].filter(([id]) => id % 2 === rest));
    return shardOf(packMarks(part, 2, rest), 20_000);
  });
  return shards.reduce((sum, shard) => sum + bytesOf(shard), 0) / marks.size;
}
