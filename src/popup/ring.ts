/** 年轮: the blog's years as arcs of one ring, each as long as its posts. Pure arithmetic. */
import type { YearCount } from './overview.ts';

/** An arc; angles in radians, clockwise from 12 o'clock. */
export interface Arc extends YearCount {
  from: number;
  to: number;
  /** The end of the filled part, between `from` (none read) and `to` (all read). */
  filled: number;
}

/** Divides a full turn among the years, with a gap of this many radians after each. */
export function arcsOf(years: readonly YearCount[], gap: number): Arc[] {
  const shown = years.filter(({ all }) => all > 0);
  const posts = shown.reduce((sum, { all }) => sum + all, 0);
  const turn = 2 * Math.PI - gap * shown.length;
  let from = gap / 2;
  return shown.map(({ year, all, read }) => {
    const length = (turn * all) / posts;
    const arc = { year, all, read, from, to: from + length, filled: from + (length * read) / all };
    from += length + gap;
    return arc;
  });
}

/** The path of an arc around (centre, centre). */
export function arcPath(from: number, to: number, centre: number, radius: number): string {
  const point = (angle: number) =>
    [centre + radius * Math.sin(angle), centre - radius * Math.cos(angle)]
      .map((n) => n.toFixed(2))
      .join(' ');
  return `M${point(from)}A${radius} ${radius} 0 ${to - from > Math.PI ? 1 : 0} 1 ${point(to)}`;
}
