/** Computes the posts read in a year, by week and by category. Pure. */
import { DAY_MS, utcDay } from '../../../record/days.ts';
import { addTo } from '../../../catalogue/grouping.ts';
import { type Post, type ReadingTime, readingTimeOf } from '../../../catalogue/post.ts';
import type { ReadingRecord } from '../../../record/marks.ts';

/** A post that was read; `at` in ms. */
export interface Reading {
  id: number;
  at: number;
  /** undefined if the catalogue does not have it. */
  post: Post | undefined;
}

export interface Week {
  /** The first day of the week in this year, YYYY-MM-DD in the reader's time zone. Weeks begin on Monday. */
  from: string;
  to: string;
  /** The earliest comes first. */
  readings: Reading[];
}

/** What was read in a year, with the time for it. */
export interface YearView extends ReadingTime {
  year: number;
  read: number;
  /** All 53 or 54 weeks of the year. The first and the last are mostly shorter. */
  weeks: Week[];
  /** The categories in which something was read, the one with the most posts first; '' for posts without one. */
  categories: { name: string; readings: Reading[] }[];
  /** The number of posts read in each month, January first. */
  months: number[];
}

/** The years in which something was read, newest first, with how many posts. */
export function readYears(record: ReadingRecord): { year: number; read: number }[] {
  const counts = new Map<number, number>();
  for (const { mark } of record.values()) {
    if (mark.kind !== 'read') continue;
    const year = new Date(mark.at).getFullYear();
    counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  return [...counts].map(([year, read]) => ({ year, read })).sort((a, b) => b.year - a.year);
}

/** The year of a record. `postOf` and `categoriesOf` take any id. A post of two categories counts in both. */
export function readYear(
  year: number,
  record: ReadingRecord,
  postOf: (id: number) => Post | undefined,
  categoriesOf: (id: number) => readonly string[],
): YearView {
  const readings = readingsOf(year, record, postOf);
  const weeks = weeksOf(year);
  const months = Array.from({ length: 12 }, () => 0);
  const categories = new Map<string, Reading[]>();
  for (const reading of readings) {
    const day = new Date(reading.at);
    weeks[weekOf(day)]?.readings.push(reading);
    months[day.getMonth()] = (months[day.getMonth()] ?? 0) + 1;
    const names = categoriesOf(reading.id);
    for (const name of names.length > 0 ? names : ['']) addTo(categories, name, reading);
  }
  const lengths = readings.map(({ post }) => post?.minutes ?? null);
  return {
    year,
    read: readings.length,
    ...readingTimeOf(lengths),
    weeks,
    categories: [...categories]
      .map(([name, own]) => ({ name, readings: own }))
      .sort((a, b) => b.readings.length - a.readings.length),
    months,
  };
}

function readingsOf(
  year: number,
  record: ReadingRecord,
  postOf: (id: number) => Post | undefined,
): Reading[] {
  const readings: Reading[] = [];
  for (const [id, { mark }] of record) {
    if (mark.kind === 'read' && new Date(mark.at).getFullYear() === year)
      readings.push({ id, at: mark.at, post: postOf(id) });
  }
  return readings.sort((a, b) => a.at - b.at || a.id - b.id);
}

/** Calendar days since the Monday on or before January 1. */
export function dayOfYear(year: number, month: number, day: number): number {
  const firstWeekday = (new Date(Date.UTC(year, 0, 1)).getUTCDay() + 6) % 7;
  return (Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / DAY_MS + firstWeekday;
}

/** The week of its year that a local day is in, from 0. */
function weekOf(day: Date): number {
  return Math.floor(dayOfYear(day.getFullYear(), day.getMonth(), day.getDate()) / 7);
}

function weeksOf(year: number): Week[] {
  const count = Math.floor(dayOfYear(year, 11, 31) / 7) + 1;
  const before = dayOfYear(year, 0, 1);
  return Array.from({ length: count }, (_, week) => {
    const monday = Date.UTC(year, 0, 1 + week * 7 - before);
    const from = Math.max(monday, Date.UTC(year, 0, 1));
    const to = Math.min(monday + 6 * DAY_MS, Date.UTC(year, 11, 31));
    return { from: utcDay(from), to: utcDay(to), readings: [] };
  });
}
