/**
 * Computes where each post is on the map of all posts. Time runs to the right in columns of 28 days; a
 * category is a band. In a band the longer series are lanes, each with its name, and all other posts are
 * stacked on the ground line of the band. One dot is one post. Plain arrays, in CSS pixels at zoom 1,
 * about 1,400 wide for the blog's 17 years; the time it takes is linear in the number of posts.
 */
import { DAY_MS } from '../../../record/days.ts';
import { groupBy } from '../../../catalogue/grouping.ts';
import { displayName } from '../../../catalogue/series-name.ts';
import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { Post } from '../../../catalogue/post.ts';

/** The distance between two columns, and between two dots of a stack. */
export const PITCH = 5.5;
/** Room for the names of categories, left of the first column. */
export const LEFT = 100;
const RIGHT = 14;
/** Room for the years, above the first band, and room under the last band. */
export const TOP = 26;
const BOTTOM = 26;

const COLUMN_DAYS = 28;
/** A series with at least this many parts is a lane. */
const LANE_PARTS = 5;
/** The dots of a lane are stacked until each is within this many columns of its date, at most this high. */
const LANE_DRIFT = 3;
const LANE_HIGHEST = 8;
/** The highest stack on the ground, and how many columns away further posts may go. */
const GROUND_HIGHEST = 6;
const GROUND_DRIFT = 6;

/** Heights: of a lane's name, and the space over a lane's stack, over a ground, and under the lanes. */
const NAME_HEIGHT = 16.5;
const LANE_AIR = 9;
const GROUND_AIR = 17;
const LANES_FOOT = 9.5;
/** The distance between a name and its first or last dot, and between two lanes of one row. */
const NAME_GAP = 8;

/** A category with all its posts. */
export interface Band {
  /** The category; '' for posts without one. */
  name: string;
  top: number;
  /** The y of the ground line for the other posts. */
  ground: number;
  posts: number;
}

export interface Lane {
  name: string;
  row: number;
  /** The y of the line below the parts. */
  y: number;
  /** The x of the centres of the first and the last dot. */
  from: number;
  to: number;
  /** The position of the name: it ends or starts at `x`. */
  label: { x: number; anchor: 'end' | 'start' };
}

export interface MapLayout {
  width: number;
  height: number;
  /** Post ids in the order of time; the arrays below are in the same order. */
  ids: Int32Array;
  /** Centres of the dots. */
  x: Float32Array;
  y: Float32Array;
  /** The row of each dot, counted from the top. A row is a line of lanes or a ground. */
  row: Int32Array;
  /** The x of the next dot to the right on the same line; Infinity for the last. */
  next: Float32Array;
  /** The category with the most posts first. */
  bands: Band[];
  lanes: Lane[];
  /** The x at which each year begins. */
  years: { year: number; x: number }[];
}

/** The cell of a dot in its lane or on its ground: the column, and the level above the line. */
interface Cell {
  post: Post;
  column: number;
  level: number;
}

interface LanePlan {
  name: string;
  cells: Cell[];
  from: number;
  to: number;
  label: Lane['label'];
  /** The part of the row that it takes, with its name. */
  extent: { from: number; to: number };
}

/**
 * Lays out all posts.
 *
 * @param categoryOf the category of a post, '' if it is not known
 * @param widthOf the width of a lane's name as it is drawn, in px
 */
export function layOut(
  catalogue: Catalogue,
  categoryOf: (id: number) => string,
  widthOf: (name: string) => number,
): MapLayout {
  const posts = byTime(catalogue);
  const [first, last] = [posts[0]?.date ?? '', posts.at(-1)?.date ?? ''];
  const columnOf = ({ date }: Post) => columnsBetween(first, date);
  const columns = columnsBetween(first, last) + 1;
  const inLanes = lanePosts(catalogue, posts);
  const grounds = groupBy(
    posts.filter(({ id }) => !inLanes.laneOf.has(id)),
    ({ id }) => categoryOf(id),
  );
  const lanesOf = groupBy(inLanes.lanes, ({ posts: parts }) =>
    mostCommon(parts.map(({ id }) => categoryOf(id))),
  );
  const bands = [...groupBy(posts, ({ id }) => categoryOf(id))]
    .map(([name, own]) => ({ name, posts: own.length }))
    .sort((a, b) => b.posts - a.posts);

  const placeOf = new Map(posts.map(({ id }, at) => [id, at]));
  const layout: MapLayout = {
    width: LEFT + columns * PITCH + RIGHT,
    height: 0,
    ids: Int32Array.from(posts, ({ id }) => id),
    x: new Float32Array(posts.length),
    y: new Float32Array(posts.length),
    row: new Int32Array(posts.length),
    next: new Float32Array(posts.length),
    bands: [],
    lanes: [],
    years: yearLines(first, last),
  };
  let [y, row] = [TOP, 0];
  const draw = (cells: readonly Cell[]) => {
    for (const { post, column, level } of cells) {
      const at = placeOf.get(post.id) ?? 0;
      layout.x[at] = xOf(column);
      layout.y[at] = y - level * PITCH;
      layout.row[at] = row;
    }
  };
  for (const { name, posts: count } of bands) {
    const top = y;
    const plans = (lanesOf.get(name) ?? []).map((lane) => planLane(lane, columnOf, widthOf));
    for (const line of packed(plans)) {
      y += Math.max(NAME_HEIGHT, highest(line.flatMap(({ cells }) => cells)) * PITCH + LANE_AIR);
      for (const { name: laneName, cells, from, to, label, extent } of line) {
        draw(cells);
        layout.width = Math.max(layout.width, extent.to + RIGHT);
        layout.lanes.push({ name: laneName, row, y, from, to, label });
      }
      row++;
    }
    if (plans.length > 0) y += LANES_FOOT;
    const ground = stack(grounds.get(name) ?? [], columnOf, columns);
    y += highest(ground) * PITCH + GROUND_AIR;
    draw(ground);
    row++;
    layout.bands.push({ name, top, ground: y, posts: count });
  }
  layout.height = y + BOTTOM;
  layout.next = nextOnLine(layout);
  return layout;
}

function nextOnLine({ x, y }: Pick<MapLayout, 'x' | 'y'>): Float32Array {
  const next = new Float32Array(x.length);
  const seen = new Map<number, number>();
  const order = [...x.keys()].sort((a, b) => (x[b] ?? 0) - (x[a] ?? 0));
  for (const at of order) {
    const line = y[at] ?? 0;
    next[at] = seen.get(line) ?? Infinity;
    seen.set(line, x[at] ?? 0);
  }
  return next;
}

/** The posts by date and id. A post without a date counts as old as the newest post before it. */
function byTime(catalogue: Catalogue): Post[] {
  let latest = '';
  return [...catalogue.posts.values()]
    .map((post) => {
      if (post.date > latest) latest = post.date;
      return post.date ? post : Object.assign({}, post, { date: latest });
    })
    .filter(({ date }) => date !== '')
    .sort((a, b) => (a.date === b.date ? a.id - b.id : a.date < b.date ? -1 : 1));
}

function columnsBetween(first: string, date: string): number {
  return (
    Math.max(0, Math.floor((Date.parse(date) - Date.parse(first)) / DAY_MS / COLUMN_DAYS)) || 0
  );
}

function xOf(column: number): number {
  return LEFT + (column + 0.5) * PITCH;
}

function yearLines(first: string, last: string): MapLayout['years'] {
  const [from, to] = [first, last].map((date) => Number(date.slice(0, 4)));
  if (!from || !to) return [];
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const days = Math.max(0, (Date.UTC(from + i, 0) - Date.parse(first)) / DAY_MS);
    return { year: from + i, x: LEFT + (days / COLUMN_DAYS) * PITCH };
  });
}

interface LanePosts {
  name: string;
  posts: Post[];
}

/** The long series with their posts. A post of two series is in the one with more parts. */
function lanePosts(
  catalogue: Catalogue,
  posts: readonly Post[],
): { lanes: LanePosts[]; laneOf: Set<number> } {
  const known = new Map(posts.map((post) => [post.id, post]));
  const laneOf = new Set<number>();
  const bySize = catalogue.series
    .filter((series) => series.posts.length >= LANE_PARTS)
    .sort((a, b) => b.posts.length - a.posts.length);
  const lanes = bySize.flatMap(({ name, posts: ids }) => {
    const own = ids.flatMap((id) => (laneOf.has(id) ? [] : (known.get(id) ?? [])));
    for (const { id } of own) laneOf.add(id);
    return own.length > 0 ? [{ name: displayName(name), posts: own }] : [];
  });
  return { lanes, laneOf };
}

/** Stacks the parts of a lane as low as possible with every part near its date, to the right and up. */
function planLane(
  { name, posts }: LanePosts,
  columnOf: (post: Post) => number,
  widthOf: (name: string) => number,
): LanePlan {
  let cells: Cell[] = [];
  for (let height = 1; height <= LANE_HIGHEST; height++) {
    cells = fillLane(posts, columnOf, height);
    if (cells.every(({ post, column }) => column - columnOf(post) <= LANE_DRIFT)) break;
  }
  const [from, to] = [xOf(cells[0]?.column ?? 0), xOf(cells.at(-1)?.column ?? 0)];
  const width = widthOf(name);
  const isLeft = from - NAME_GAP - width >= LEFT;
  const label: Lane['label'] = isLeft
    ? { x: from - NAME_GAP, anchor: 'end' }
    : { x: to + NAME_GAP, anchor: 'start' };
  const extent = isLeft ? { from: label.x - width, to } : { from, to: label.x + width };
  return { name, cells, from, to, label, extent };
}

function fillLane(
  posts: readonly Post[],
  columnOf: (post: Post) => number,
  height: number,
): Cell[] {
  let [column, level] = [-1, 0];
  return posts.map((post) => {
    const wanted = columnOf(post);
    if (wanted > column) [column, level] = [wanted, 0];
    else if (++level === height) [column, level] = [column + 1, 0];
    return { post, column, level };
  });
}

/** Puts each lane, from left to right, in the first row that has room for it. */
function packed(plans: readonly LanePlan[]): LanePlan[][] {
  const rows: LanePlan[][] = [];
  for (const plan of plans.toSorted((a, b) => a.extent.from - b.extent.from)) {
    const row = rows.find(
      (others) => (others.at(-1)?.extent.to ?? 0) + 2 * NAME_GAP <= plan.extent.from,
    );
    if (row) row.push(plan);
    else rows.push([plan]);
  }
  return rows;
}

/** Stacks posts on the ground: in their column, or the nearest one with room, or the lowest near it. */
function stack(posts: readonly Post[], columnOf: (post: Post) => number, columns: number): Cell[] {
  const heights = new Uint32Array(columns);
  return posts.map((post) => {
    let column = columnOf(post);
    const near = nearestColumns(column, columns);
    column =
      near.find((other) => (heights[other] ?? 0) < GROUND_HIGHEST) ??
      near.reduce((low, other) => ((heights[other] ?? 0) < (heights[low] ?? 0) ? other : low));
    const level = heights[column] ?? 0;
    heights[column] = level + 1;
    return { post, column, level };
  });
}

/** A column and the columns beside it, the nearest first. */
function nearestColumns(column: number, columns: number): number[] {
  const near = [column];
  for (let off = 1; off <= GROUND_DRIFT; off++) near.push(column + off, column - off);
  return near.filter((other) => other >= 0 && other < columns);
}

function highest(cells: readonly Cell[]): number {
  return cells.reduce((most, { level }) => Math.max(most, level + 1), 0);
}

/** The value that occurs most often; of several the first. */
function mostCommon(values: readonly string[]): string {
  const [first] = [...groupBy(values, (value) => value)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  return first?.[0] ?? '';
}
