import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { place, placeInSeries } from '../../../src/catalogue/place.ts';
import type { Mark, ReadingRecord } from '../../../src/record/marks.ts';
import { dayOf } from '../../../src/record/days.ts';
import { lineView, seriesView, toggled } from '../../../src/app/line-view.ts';
import { post } from '../support.ts';

const catalogue = new Catalogue({
  posts: [
    post(1, { title: '长路：1、甲', minutes: 10 }),
    post(2, { title: '长路：2、乙', minutes: 20, refs: [1, 30] }),
    post(3, { title: '长路：3、丙', refs: [] }),
    post(4, { title: '长路：4、丁', minutes: 5 }),
    post(20, { refs: [30, 31] }),
    post(21, { refs: null }),
    post(22, { refs: [] }),
    post(30),
    post(31),
  ],
  series: [
    { name: '《别》', kind: 'curated', posts: [2, 30] },
    { name: '长路', kind: 'numbered', posts: [1, 2, 3, 4] },
  ],
});

const READ: Mark = { kind: 'read', at: Date.UTC(2026, 0, 2), by: 'hand' };
const recordOf = (marks: Record<number, Mark>): ReadingRecord =>
  new Map(
    Object.entries(marks).map(([id, mark]) => [
      Number(id),
      { mark, stamp: { time: Date.UTC(2026, 0, 2), tick: 0, device: 'a' } },
    ]),
  );
const read = (...ids: number[]) => recordOf(Object.fromEntries(ids.map((id) => [id, READ])));
const view = (id: number, record: ReadingRecord, title = '') =>
  lineView(place(id, catalogue), title, record);
const road = (id: number, record: ReadingRecord) =>
  view(id, record).series.find(({ name }) => name === '长路');

describe('a post in a series', () => {
  it('has a part on both sides in the middle', () => {
    const series = road(2, read());
    expect([series?.partNumber, series?.previous?.id, series?.next?.id]).toEqual([2, 1, 3]);
    expect(series?.parts.map(({ partNumber, title, short }) => [partNumber, title, short])).toEqual(
      [
        [1, '甲', '1、甲'],
        [2, '乙', '2、乙'],
        [3, '丙', '3、丙'],
        [4, '丁', '4、丁'],
      ],
    );
  });

  it('has none before the first part and none after the last', () => {
    expect([road(1, read())?.previous, road(1, read())?.next?.id]).toEqual([undefined, 2]);
    expect([road(4, read())?.previous?.id, road(4, read())?.next]).toEqual([3, undefined]);
  });

  it.each<[what: string, at: number, readIds: number[], unread: [number, string] | undefined]>([
    ['the next one if nothing is read', 2, [], [3, 'later']],
    ['the next unread one, after read ones', 1, [2, 3], [4, 'later']],
    ['not itself', 2, [1, 3], [4, 'later']],
    ['an earlier one if all later ones are read', 3, [3, 4], [1, 'earlier']],
    ['the first of the earlier ones', 4, [4], [1, 'earlier']],
    ['an earlier one, from the last', 4, [1, 4], [2, 'earlier']],
    ['none if only the current one is left', 3, [1, 2, 4], undefined],
    ['none if all are read', 3, [1, 2, 3, 4], undefined],
  ])('offers to go on with %s', (_, at, readIds, unread) => {
    const series = road(at, read(...readIds));
    expect(series?.unread && [series.unread.part.id, series.unread.where]).toEqual(unread);
    expect(series?.read).toBe(readIds.length);
    expect(series?.allRead).toBe(readIds.length === 4);
  });

  it('counts posts in progress or for later as unread', () => {
    const series = road(
      1,
      recordOf({ 2: { kind: 'later' }, 3: { kind: 'reading', fraction: 0.9 } }),
    );
    expect([series?.read, series?.unread?.part.id]).toEqual([0, 2]);
    expect(series?.parts.map(({ mark }) => mark.kind)).toEqual([
      'unread',
      'later',
      'reading',
      'unread',
    ]);
  });

  it.each([
    [[], { minutes: 35, unknown: 1 }],
    [[2], { minutes: 15, unknown: 1 }],
    [[3], { minutes: 35, unknown: 0 }],
    [[1, 2, 4], { minutes: 0, unknown: 1 }],
    [[1, 2, 3, 4], { minutes: 0, unknown: 0 }],
  ])('with %j read, what is left is %j', (ids, left) => {
    expect(road(1, read(...ids))?.left).toEqual(left);
  });

  it('shows both of its two series, the longest first', () => {
    const { series } = view(2, read(30));
    expect(series.map(({ name, partNumber, read: n }) => [name, partNumber, n])).toEqual([
      ['长路', 2, 0],
      ['别', 1, 1],
    ]);
  });
});

it('a series without a current post has no next part, and all its unread parts are later', () => {
  const series = catalogue.series[1]!;
  const whole = seriesView(placeInSeries(series, catalogue), read(1));
  expect([whole.partNumber, whole.previous, whole.next]).toEqual([0, undefined, undefined]);
  expect(whole.unread).toMatchObject({ part: { id: 2 }, where: 'later' });
});

it('a series is finished as long as the part that says so is its last', () => {
  const [first = 0, ...others] = catalogue.series[1]?.posts ?? [];
  const stateOf = (posts: number[], finishedBy?: number) => {
    const series = { ...catalogue.series[1]!, posts, ...(finishedBy && { finishedBy }) };
    return seriesView(placeInSeries(series, catalogue), read()).isFinished;
  };
  const last = others.at(-1);
  expect(stateOf([first, ...others])).toBe(false);
  expect(stateOf([first, ...others], last)).toBe(true);
  expect(stateOf([first, ...others], first)).toBe(false);
});

describe('a post in no series', () => {
  it('shows its references, and which of them to read first', () => {
    const shown = view(20, read(30));
    expect(shown.series).toEqual([]);
    expect(shown.references?.map(({ id, mark }) => [id, mark.kind])).toEqual([
      [30, 'read'],
      [31, 'unread'],
    ]);
    expect(shown.readFirst?.id).toBe(31);
    expect(view(20, read(30, 31)).readFirst).toBeUndefined();
  });

  it('distinguishes unknown references from none', () => {
    expect([view(21, read()).references, view(21, read()).readFirst]).toEqual([null, undefined]);
    expect([view(22, read()).references, view(22, read()).readFirst]).toEqual([[], undefined]);
  });

  it('shows the posts that cite it', () => {
    expect(view(30, read(2)).citedBy.map(({ id, mark }) => [id, mark.kind])).toEqual([
      [2, 'read'],
      [20, 'unread'],
    ]);
  });
});

describe('a new post', () => {
  it('has only the title of the page and its mark', () => {
    expect(view(99, read(99), '新题')).toEqual({
      id: 99,
      title: '新题',
      mark: READ,
      isNew: true,
      series: [],
      references: null,
      citedBy: [],
      readFirst: undefined,
    });
  });

  it('is new only if the catalogue does not have it, whose title wins otherwise', () => {
    expect(view(1, read(), '改过的题')).toMatchObject({ isNew: false, title: '长路：1、甲' });
  });
});

describe('a discovered post', () => {
  const discovered = new Map([[40, { id: 40, title: '长路：5、戊', seen: '2020-02-02' }]]);
  const known = catalogue.with(discovered);

  it('is new in its own line, and is the only new part', () => {
    const line = lineView(place(40, known), '', read());
    expect(line).toMatchObject({ isNew: true, title: '长路：5、戊' });
    expect(line.series[0]?.parts.map(({ isNew }) => isNew)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('is the next unread part after the one before it', () => {
    const [series] = lineView(place(4, known), '', read(1, 2, 3, 4)).series;
    expect(series?.unread?.part).toMatchObject({ id: 40, partNumber: 5, isNew: true });
  });
});

describe('a click on a mark', () => {
  it.each<[Mark, string]>([
    [{ kind: 'unread' }, 'read'],
    [{ kind: 'later' }, 'read'],
    [{ kind: 'reading', fraction: 0.5 }, 'read'],
    [READ, 'unread'],
  ])('makes %j %s', (mark, kind) => {
    const now = Date.UTC(2026, 5, 1);
    const made = toggled(mark, now);
    expect(made.kind).toBe(kind);
    if (made.kind === 'read') expect([made.at, made.by]).toEqual([now, 'hand']);
  });
});

it('formats a day as the blog does', () => {
  expect(dayOf(new Date(2026, 0, 2, 23, 59).getTime())).toBe('2026-01-02');
  expect(dayOf(new Date(2026, 10, 30, 0, 0).getTime())).toBe('2026-11-30');
});
