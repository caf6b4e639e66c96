/** The active row and the selected rows of a list, as data. Pure. */

/** `T` identifies a row: the id of its post. */
export interface Selection<T> {
  /** The index of the focused row; 0 for a list without rows. */
  active: number;
  /** The beginning of the range that Shift extends. */
  anchor: number;
  selected: ReadonlySet<T>;
}

export const NOTHING_SELECTED: Selection<never> = { active: 0, anchor: 0, selected: new Set() };

/** Goes to a row; `extends_` selects all rows from the anchor to it instead of moving the anchor. */
export function moveTo<T>(
  { anchor, selected }: Selection<T>,
  rows: readonly T[],
  to: number,
  extends_: boolean,
): Selection<T> {
  return extends_
    ? { active: to, anchor, selected: new Set(between(rows, anchor, to)) }
    : { active: to, anchor: to, selected };
}

/** Selects a row, or takes it out of the selection. */
export function toggleRow<T>(
  { selected }: Selection<T>,
  rows: readonly T[],
  at: number,
): Selection<T> {
  return { active: at, anchor: at, selected: flip(selected, rows[at]) };
}

/** Adds all rows from the anchor to a row. */
export function addRange<T>(
  { anchor, selected }: Selection<T>,
  rows: readonly T[],
  to: number,
): Selection<T> {
  return { active: to, anchor, selected: new Set([...selected, ...between(rows, anchor, to)]) };
}

/** The same selection in another list: rows that are not in it are not selected any more. */
export function inOtherRows<T>(
  { active, selected }: Selection<T>,
  before: readonly T[],
  rows: readonly T[],
): Selection<T> {
  const present = new Set(rows);
  const row = before[active];
  const at = row === undefined ? -1 : rows.indexOf(row);
  const place = at < 0 ? Math.max(0, Math.min(active, rows.length - 1)) : at;
  return {
    active: place,
    anchor: place,
    selected: new Set([...selected].filter((each) => present.has(each))),
  };
}

function flip<T>(selected: ReadonlySet<T>, row: T | undefined): ReadonlySet<T> {
  const next = new Set(selected);
  if (row !== undefined && !next.delete(row)) next.add(row);
  return next;
}

/** The items between two indices, both included, in either order. */
function between<T>(all: readonly T[], one: number, other: number): T[] {
  return all.slice(Math.min(one, other), Math.max(one, other) + 1);
}
