/** Which rows of a long list are drawn. Pure. */

/** The rows from `from` up to, but not including, `to`. */
export interface RowRange {
  from: number;
  to: number;
}

/** How many more rows are drawn above and below, so that a turn of the wheel finds rows there. */
const SPARE = 12;

/** @param top how far the top of the list is scrolled above the window, in px as `height` and `rowHeight` */
export function windowOf(top: number, height: number, rowHeight: number, rows: number): RowRange {
  const first = Math.floor(top / rowHeight) - SPARE;
  const last = Math.ceil((top + height) / rowHeight) + SPARE;
  const from = Math.min(Math.max(0, first), Math.max(0, rows - 1));
  return { from, to: Math.max(from, Math.min(rows, last)) };
}
