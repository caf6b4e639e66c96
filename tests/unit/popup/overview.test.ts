import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import type { Post } from '../../../src/catalogue/post.ts';
import { placeInSeries } from '../../../src/catalogue/place.ts';
import type { Entry, Mark, ReadingRecord } from '../../../src/record/marks.ts';
import {
  continueReading,
  countMarks,
  countYears,
  inOrder,
  isEmpty,
  seriesRows,
} from '../../../src/popup/overview.ts';

const post = (id: number): Post => ({
  id,
  title: `第 ${id} 篇`,
  date: id < 20 ? '2019-05-01' : '2021-05-01',
  refs: null,
  minutes: 7,
});
const series = (name: string, posts: number[]) => ({
  name,
  kind: 'curated' as const,
  posts,
});
const catalogue = new Catalogue({
  posts: [11, 12, 13, 14, 21, 22, 23, 31, 32].map(post),
  series: [series('a', [11, 12, 13, 14]), series('b', [21, 22, 23]), series('c', [31, 32])],
});
const placements = catalogue.series.map((each) => placeInSeries(each, catalogue));

const NOON = Date.UTC(2022, 5, 1, 12);
const READ: Mark = { kind: 'read', at: NOON, by: 'hand' };
const HALF: Mark = { kind: 'reading', fraction: 0.5 };
/** A record with these marks, made one millisecond apart. */
const record = (...acts: [id: number, mark: Mark][]): ReadingRecord =>
  new Map(
    acts.map(([id, mark], i): [number, Entry] => [
      id,
      { mark, stamp: { time: NOON + i, tick: 0, device: 'd' } },
    ]),
  );

const continued = (marks: ReadingRecord, most = 3) =>
  continueReading(seriesRows(placements, marks), marks, most).map(
    ({ view, next }) => `${view.name}${next.partNumber}`,
  );

describe('接着读', () => {
  it('continues after the last part read', () => {
    expect(continued(record([11, READ]))).toEqual(['a2']);
    expect(continued(record([12, READ]))).toEqual(['a3']);
    expect(continued(record([13, READ], [11, READ]))).toEqual(['a4']);
  });

  it('returns to the first unread part after the end', () => {
    expect(continued(record([14, READ]))).toEqual(['a1']);
    expect(continued(record([11, READ], [14, READ]))).toEqual(['a2']);
  });

  it('stays at a half-read part if that was the last act', () => {
    expect(continued(record([14, READ], [12, HALF]))).toEqual(['a2']);
    expect(continued(record([12, HALF], [13, READ]))).toEqual(['a4']);
  });

  it('leaves out finished series and undone marks', () => {
    expect(continued(record([31, READ], [32, READ], [21, { kind: 'unread' }]))).toEqual([]);
  });

  it('has the latest series first, up to the limit', () => {
    const marks = record([11, READ], [21, READ], [31, READ], [12, READ]);
    expect(continued(marks)).toEqual(['a3', 'c2', 'b2']);
    expect(continued(marks, 2)).toEqual(['a3', 'c2']);
  });

  it('lists a post of two series once', () => {
    const twice = [...catalogue.series, series('d', [11, 12])].map((each) =>
      placeInSeries(each, catalogue),
    );
    const marks = record([11, READ]);
    expect(continueReading(seriesRows(twice, marks), marks, 3)).toHaveLength(1);
  });
});

describe('系列', () => {
  const order = (marks: ReadingRecord) =>
    seriesRows(placements, marks).map(({ view }) => view.name);

  it('has those in progress first, the others in the given order', () => {
    expect(order(record())).toEqual(['a', 'b', 'c']);
    expect(order(record([31, HALF]))).toEqual(['c', 'a', 'b']);
    expect(order(record([31, { kind: 'later' }]))).toEqual(['a', 'b', 'c']);
    expect(order(record([31, READ], [22, READ]))).toEqual(['b', 'c', 'a']);
  });

  it('keeps an earlier order', () => {
    const rows = inOrder(seriesRows(placements, record([31, READ])), ['b', 'a', 'c']);
    expect(rows.map(({ view }) => view.name)).toEqual(['b', 'a', 'c']);
  });
});

describe('counts', () => {
  it('counts marks, and includes unknown posts with a mark', () => {
    const old: Mark = { kind: 'read', at: Date.UTC(2020, 5, 1), by: 'reading' };
    const marks = record([11, READ], [12, old], [13, HALF], [99, READ], [21, { kind: 'later' }]);
    expect(countMarks(catalogue, marks, NOON)).toEqual({
      read: 3,
      readThisYear: 2,
      reading: 1,
      later: 1,
      all: 10,
      unread: 5,
    });
  });

  it('counts years', () => {
    expect(countYears(catalogue, record([11, READ], [12, HALF]))).toEqual([
      { year: 2019, all: 4, read: 1 },
      { year: 2021, all: 5, read: 0 },
    ]);
  });

  it('counts a new post without a date among all, and in no year', () => {
    const discovered = new Map([[33, { id: 33, title: '新的一篇', seen: '2021-06-01' }]]);
    const known = catalogue.with(discovered);
    expect(countMarks(known, record(), NOON).all).toBe(10);
    expect(countYears(known, record())).toEqual(countYears(catalogue, record()));
  });

  it('is zero for an empty record', () => {
    expect(isEmpty(record())).toBe(true);
    expect(isEmpty(record([11, { kind: 'unread' }]))).toBe(true);
    expect(isEmpty(record([11, { kind: 'later' }]))).toBe(false);
  });
});
