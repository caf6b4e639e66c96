import { describe, expect, it } from 'vitest';
import { readYears, readYear } from '../../../../../src/library/views/year/year.ts';
import type { Mark, ReadingRecord } from '../../../../../src/record/marks.ts';
import { post } from '../../../support.ts';

/** Local noon, and times at the edges of a day. */
const at = (day: string, time = '12:00:00') => new Date(`${day}T${time}`).getTime();

function record(marks: Record<number, string | Mark>): ReadingRecord {
  return new Map(
    Object.entries(marks).map(([id, mark]) => [
      Number(id),
      {
        mark:
          typeof mark === 'string'
            ? {
                kind: 'read' as const,
                at: at(...(mark.split(' ') as [string])),
                by: 'hand' as const,
              }
            : mark,
        stamp: { time: 1, tick: 0, device: 'd' },
      },
    ]),
  );
}

const posts = new Map(
  [post(1, { minutes: 20 }), post(2), post(3, { minutes: 5 })].map((one) => [one.id, one]),
);

const view = (year: number, marks: Parameters<typeof record>[0]) =>
  readYear(
    year,
    record(marks),
    (id) => posts.get(id),
    (id) => (id === 2 ? ['b', 'a'] : id < 4 ? ['a'] : []),
  );

describe('a year', () => {
  it('contains its read posts by week and by category, with minutes', () => {
    const { weeks, categories, ...sums } = view(2026, {
      1: '2026-03-04',
      2: '2026-03-02',
      3: '2026-03-09',
      4: '2026-12-31 23:59:59',
      5: '2025-12-31 23:59:59',
      6: '2027-01-01 00:00:00',
      7: { kind: 'later' },
      8: { kind: 'reading', fraction: 0.5 },
      9: { kind: 'unread' },
    });
    expect(sums).toEqual({
      year: 2026,
      read: 4,
      minutes: 25,
      unknown: 2,
      months: [0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    });
    const begun = weeks.filter(({ readings }) => readings.length > 0);
    expect(begun.map(({ from, to, readings }) => [from, to, readings.map(({ id }) => id)])).toEqual(
      [
        ['2026-03-02', '2026-03-08', [2, 1]],
        ['2026-03-09', '2026-03-15', [3]],
        ['2026-12-28', '2026-12-31', [4]],
      ],
    );
    expect(categories.map(({ name, readings }) => [name, readings.map(({ id }) => id)])).toEqual([
      ['a', [2, 1, 3]],
      ['b', [2]],
      ['', [4]],
    ]);
    expect(categories[2]?.readings[0]?.post).toBeUndefined();
  });

  it.each([
    [2024, 53, '2024-01-01', '2024-01-07', '2024-12-30', '2024-12-31'],
    [2026, 53, '2026-01-01', '2026-01-04', '2026-12-28', '2026-12-31'],
    [2028, 53, '2028-01-01', '2028-01-02', '2028-12-25', '2028-12-31'],
    [2012, 54, '2012-01-01', '2012-01-01', '2012-12-31', '2012-12-31'],
  ])(
    '%i has %i weeks from its first day to its last',
    (year, count, from, to, lastFrom, lastTo) => {
      const { weeks } = view(year, {});
      expect(weeks).toHaveLength(count);
      expect(weeks[0]).toMatchObject({ from, to });
      expect(weeks.at(-1)).toMatchObject({ from: lastFrom, to: lastTo });
    },
  );

  it('puts every day into a week that contains it', () => {
    for (const year of [2012, 2024, 2026]) {
      for (let day = new Date(year, 0, 1, 0, 30); day.getFullYear() === year;) {
        const text = [
          year,
          String(day.getMonth() + 1).padStart(2, '0'),
          String(day.getDate()).padStart(2, '0'),
        ].join('-');
        const { weeks } = view(year, { 1: { kind: 'read', at: day.getTime(), by: 'reading' } });
        const week = weeks.find(({ readings }) => readings.length > 0);
        expect(week && week.from <= text && text <= week.to, text).toBe(true);
        day = new Date(year, day.getMonth(), day.getDate() + 1, 0, 30);
      }
    }
  });

  it('is empty if nothing was read', () => {
    expect(view(2026, {})).toMatchObject({ read: 0, minutes: 0, unknown: 0, categories: [] });
  });
});

it('lists the years in which something was read, newest first', () => {
  const marks = { 1: '2024-05-01', 2: '2026-01-01 00:00:00', 3: '2026-12-31 23:59:59' };
  expect(readYears(record({ ...marks, 4: { kind: 'later' } }))).toEqual([
    { year: 2026, read: 2 },
    { year: 2024, read: 1 },
  ]);
});
