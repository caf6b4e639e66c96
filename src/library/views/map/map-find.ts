/** Finds dots on the map: where one is, which is nearest to a point, which is beside another. Pure. */
import type { MapLayout } from './map-layout.ts';

/** The point of a dot on the map. */
export function pointOf({ x, y }: MapLayout, dot: number): { x: number; y: number } {
  return { x: x[dot] ?? 0, y: y[dot] ?? 0 };
}

/**
 * The dot nearest to a point of the map, or -1 if none is near.
 *
 * @param radius how near the dot must be, in px of the window
 * @param scale how much larger the map is drawn, across and down
 */
export function nearestDot(
  { x, y }: MapLayout,
  px: number,
  py: number,
  radius: number,
  scale = { x: 1, y: 1 },
): number {
  let [best, nearest] = [-1, radius * radius];
  for (let at = 0; at < x.length; at++) {
    const across = ((x[at] ?? 0) - px) * scale.x;
    const down = ((y[at] ?? 0) - py) * scale.y;
    const distance = across * across + down * down;
    if (distance <= nearest) [best, nearest] = [at, distance];
  }
  return best;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The dot that an arrow key leads to: the next in the same row, or the nearest in the next row up or down;
 * the same dot if there is none.
 */
export function dotBeside(layout: MapLayout, at: number, direction: Direction): number {
  const { row } = layout;
  const own = row[at] ?? 0;
  if (direction === 'left' || direction === 'right') {
    const line = dotsOf(layout, own);
    return line[line.indexOf(at) + (direction === 'right' ? 1 : -1)] ?? at;
  }
  const step = direction === 'up' ? -1 : 1;
  const last = row.reduce((most, each) => Math.max(most, each), 0);
  for (let next = own + step; next >= 0 && next <= last; next += step) {
    const line = dotsOf(layout, next);
    const off = (dot: number) => Math.abs((layout.x[dot] ?? 0) - (layout.x[at] ?? 0));
    if (line.length > 0) return line.reduce((near, dot) => (off(dot) < off(near) ? dot : near));
  }
  return at;
}

/** The dots of a row, from left to right; those of one column from the bottom up. */
function dotsOf({ row, x, y }: MapLayout, wanted: number): number[] {
  return [...row.keys()]
    .filter((at) => row[at] === wanted)
    .sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || (y[b] ?? 0) - (y[a] ?? 0));
}
