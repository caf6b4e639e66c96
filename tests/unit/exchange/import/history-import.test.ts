import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import {
  candidatesIn,
  type HistoryItem,
  previewSeeds,
} from '../../../../src/exchange/import/history-import.ts';
import { type ReadingRecord } from '../../../../src/record/marks.ts';
import { merge } from '../../../../src/record/merge.ts';
import { isReadingTime } from '../../../../src/record/clock.ts';
import * as reading from '../../record/arbitraries.ts';
import { catalogue, DEVICE, entryAt, hostile, NOW } from '../arbitraries.ts';

const DAY = 86_400_000;
const presentOf = (record: ReadingRecord) => ({ catalogue, record, now: NOW });
const nobody = presentOf(new Map());
const visit = (url: string, lastVisitTime = NOW - DAY): HistoryItem => ({
  url,
  lastVisitTime,
});

describe('the posts of a history', () => {
  it('are those of any address of theirs, with the last visit', () => {
    const items = [
      visit('https://kexue.fm/archives/10', NOW - 3 * DAY),
      visit('http://www.spaces.ac.cn/archives/10/comment-page-1#comment-7', NOW - 2 * DAY + 0.75),
      visit('https://kexue.fm/archives/20?utm=x', NOW - DAY),
    ];
    expect(candidatesIn(items, nobody)).toEqual([
      { id: 20, at: NOW - DAY },
      { id: 10, at: NOW - 2 * DAY },
    ]);
  });

  it.each([
    ['a listing', visit('https://kexue.fm/category/Mathematics/')],
    ['another site', visit('https://example.com/archives/10')],
    ['a site that looks alike', visit('https://kexue.fm.example.com/archives/10')],
    ['a file', visit('file:///archives/10')],
    ['a path alone', visit('/archives/10')],
    ['an id that is no post', visit('https://kexue.fm/archives/15')],
    ['a post of centuries to come', visit('https://kexue.fm/archives/900000')],
    ['no address', { lastVisitTime: NOW }],
    ['no time', { url: 'https://kexue.fm/archives/10' }],
    ['a visit of 1970', visit('https://kexue.fm/archives/10', 5)],
    ['a visit at no time', visit('https://kexue.fm/archives/10', Number.NaN)],
    ['a time of no kind', visit('https://kexue.fm/archives/10', { toString: 0 } as never)],
  ])('are not %s', (_, item) => {
    expect(candidatesIn([item], nobody)).toEqual([]);
  });

  it('include a post newer than the index, and a visit in the future counts as now', () => {
    expect(candidatesIn([visit('https://kexue.fm/archives/51', NOW + DAY)], nobody)).toEqual([
      { id: 51, at: NOW },
    ]);
  });

  it('are read from any value without an error', () => {
    const number = fc.oneof(fc.double(), hostile) as fc.Arbitrary<number>;
    const item = fc.record({
      url: fc.oneof(
        fc.constantFrom('https://kexue.fm/archives/10', 'https://kexue.fm/archives/51'),
        fc.webUrl(),
        fc.string(),
      ),
      lastVisitTime: number,
    });
    fc.assert(
      fc.property(fc.array(item), (items) => {
        for (const { id, at } of candidatesIn(items, nobody)) {
          expect([10, 51]).toContain(id);
          expect(isReadingTime(at) && at <= NOW).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the marks that they make', () => {
  const candidates = [
    { id: 10, at: NOW - DAY },
    { id: 20, at: NOW - 2 * DAY },
  ];

  it('are 已读 on the day of the visit, or 在读', () => {
    const { entries, fresh } = previewSeeds(candidates, 'read', DEVICE, nobody);
    expect(fresh.map(({ id }) => id)).toEqual([10, 20]);
    expect(entries.get(10)).toEqual(
      entryAt(NOW - DAY, { kind: 'read', at: NOW - DAY, by: 'hand' }),
    );
    expect(previewSeeds(candidates, 'reading', DEVICE, nobody).entries.get(20)?.mark).toEqual({
      kind: 'reading',
      fraction: 0,
    });
  });

  it('are not made for posts that have or had a mark', () => {
    const record = new Map([
      [10, entryAt(NOW - 9 * DAY, { kind: 'later' } as const)],
      [20, entryAt(NOW - 9 * DAY, { kind: 'unread' } as const)],
    ]);
    const preview = previewSeeds(candidates, 'read', DEVICE, presentOf(record));
    expect(preview.entries.size).toBe(0);
    expect(preview.kept.map(({ id }) => id)).toEqual([10, 20]);
  });

  it('give way to any mark by hand on another device after the visit', () => {
    const { entries } = previewSeeds(candidates, 'read', DEVICE, nobody);
    const elsewhere = new Map([[10, entryAt(NOW - DAY + 1, { kind: 'later' } as const)]]);
    expect(merge(entries, elsewhere).get(10)?.mark.kind).toBe('later');
  });

  it('leave every entry of a record as it was', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(
        some,
        reading.record,
        fc.constantFrom('reading', 'read'),
        (ids, record, choice) => {
          const all = ids.map((id) => ({ id, at: NOW - id }));
          const { entries } = previewSeeds(all, choice, DEVICE, presentOf(record));
          const merged = merge(record, entries);
          for (const [id, entry] of record) expect(merged.get(id)).toBe(entry);
          expect(merged.size).toBe(new Set([...ids, ...record.keys()]).size);
        },
      ),
      { numRuns: 300 },
    );
  });
});
