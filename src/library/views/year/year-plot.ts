/**
 * Where the dots of a year stand: a column a week, a row a category; one dot is one post. Paths in
 * px, for the page and for the picture alike. Pure.
 */
import type { YearView } from './year.ts';

/** Width of the plot of the weeks, and of a category's dots at most. */
export const WEEKS_WIDTH = 1040;
export const CATEGORY_WIDTH = 720;
/** Dots of a category stand in one row where they need not be set closer than this. */
const ROW_PITCH = 8;
const WEEKS_HIGHEST = 220;
const CATEGORY_HIGHEST = 88;
const LARGEST_PITCH = 16;
const SMALLEST_PITCH = 2;

export interface Dots {
  /** Discs, as the d of a path. */
  path: string;
  count: number;
}

export interface YearPlot {
  /** From the top to the line on which the weeks stand. */
  height: number;
  /** '' where nothing was read. */
  weeks: (Dots & { from: string; to: string })[];
  /** Where each month begins. */
  months: number[];
  categories: (Dots & { name: string; width: number; height: number })[];
}

/** From one dot to the next, and how many stand beside each other. */
export interface Grid {
  pitch: number;
  across: number;
}

/**
 * The largest pitch at which so many dots have room; where they have none even closely set, they
 * stand higher than that.
 */
export function gridFor(most: number, width: number, height: number): Grid {
  for (let pitch = LARGEST_PITCH; pitch > SMALLEST_PITCH; pitch--) {
    const across = Math.max(1, Math.floor(width / pitch));
    if (Math.ceil(most / across) * pitch <= height) return { pitch, across };
  }
  return { pitch: SMALLEST_PITCH, across: Math.max(1, Math.floor(width / SMALLEST_PITCH)) };
}

/** `width` is the room for a category's dots. */
export function plotYear({ year, weeks, categories }: YearView, width = CATEGORY_WIDTH): YearPlot {
  const column = WEEKS_WIDTH / weeks.length;
  const mostInWeek = Math.max(1, ...weeks.map(({ readings }) => readings.length));
  const weekly = gridFor(mostInWeek, column, WEEKS_HIGHEST);
  const height = Math.max(64, Math.ceil(mostInWeek / weekly.across) * weekly.pitch + 8);
  const mostInCategory = Math.max(1, ...categories.map(({ readings }) => readings.length));
  const sorted = gridFor(
    mostInCategory,
    width,
    mostInCategory * ROW_PITCH > width ? CATEGORY_HIGHEST : LARGEST_PITCH,
  );
  return {
    height,
    weeks: weeks.map(({ from, to, readings: { length: count } }, week) => ({
      from,
      to,
      count,
      path: discs(count, weekly, (across, level) => ({
        x: week * column + column / 2 + (across - (weekly.across - 1) / 2) * weekly.pitch,
        y: height - 2 - (level + 0.5) * weekly.pitch,
      })),
    })),
    months: Array.from({ length: 12 }, (_, month) => {
      const days = (Date.UTC(year, month) - Date.UTC(year, 0)) / 86_400_000;
      const before = (new Date(Date.UTC(year, 0)).getUTCDay() + 6) % 7;
      return ((days + before) / 7) * column;
    }),
    categories: categories.map(({ name, readings: { length: count } }) => ({
      name,
      count,
      width: Math.min(count, sorted.across) * sorted.pitch,
      height: Math.ceil(count / sorted.across) * sorted.pitch,
      path: discs(count, sorted, (across, level) => ({
        x: (across + 0.5) * sorted.pitch,
        y: (level + 0.5) * sorted.pitch,
      })),
    })),
  };
}

function discs(
  count: number,
  { pitch, across }: Grid,
  placeOf: (across: number, level: number) => { x: number; y: number },
): string {
  const radius = round(pitch * 0.38);
  let path = '';
  for (let i = 0; i < count; i++) {
    const { x, y } = placeOf(i % across, Math.floor(i / across));
    path += `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
  }
  return path;
}

function round(n: number): number {
  return Math.round(n * 100) / 100;
}
