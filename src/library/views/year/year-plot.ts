/**
 * Computes where the dots of a year are: a column is a week, a row is a category, a dot is a post. The
 * paths are in px and serve both the page and the image. Pure.
 */
import { dayOfYear, type YearView } from './year.ts';

/** The width of the plot of the weeks, and the largest width of a category's dots. */
export const WEEKS_WIDTH = 1040;
export const CATEGORY_WIDTH = 720;
/** The dots of a category are in one row if they can be so far apart, in px. */
const ROW_PITCH = 8;
const WEEKS_HIGHEST = 220;
const CATEGORY_HIGHEST = 88;
const LARGEST_PITCH = 16;
const SMALLEST_PITCH = 2;

export interface Dots {
  /** Discs, as the `d` attribute of a path. */
  path: string;
  count: number;
}

export interface YearPlot {
  /** The height of the plot, down to the line of the weeks. */
  height: number;
  /** The path of a week without posts is ''. */
  weeks: (Dots & { from: string; to: string })[];
  /** The x where each month begins. */
  months: number[];
  categories: (Dots & { name: string; width: number; height: number })[];
}

/** The distance between two dots, and how many are side by side. */
export interface DotGrid {
  pitch: number;
  across: number;
}

/**
 * The grid with the largest pitch at which `most` dots fit. If they do not fit at the smallest pitch, the
 * dots are higher than `height`.
 */
export function gridFor(most: number, width: number, height: number): DotGrid {
  for (let pitch = LARGEST_PITCH; pitch > SMALLEST_PITCH; pitch--) {
    const across = Math.max(1, Math.floor(width / pitch));
    if (Math.ceil(most / across) * pitch <= height) return { pitch, across };
  }
  return { pitch: SMALLEST_PITCH, across: Math.max(1, Math.floor(width / SMALLEST_PITCH)) };
}

/** @param width the room for the dots of a category, in px */
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
    months: Array.from({ length: 12 }, (_, month) => (dayOfYear(year, month, 1) / 7) * column),
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
  { pitch, across }: DotGrid,
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
