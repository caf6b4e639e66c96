/** Which rows of a long list are drawn. Pure. */

/** Rows from `from` on, up to before `to`. */
export interface Window {
  from: number;
  to: number;
}

/** Drawn above and below of what is seen, so that a turn of the wheel finds rows there. */
const SPARE = 12;

/** `top`: how far the list's own top has been scrolled above the window; all in px. */
export function windowOf(top: number, height: number, rowHeight: number, rows: number): Window {
  const first = Math.floor(top / rowHeight) - SPARE;
  const last = Math.ceil((top + height) / rowHeight) + SPARE;
  const from = Math.min(Math.max(0, first), Math.max(0, rows - 1));
  return { from, to: Math.max(from, Math.min(rows, last)) };
}

/** What stands between two places of a list, both included, whichever comes first. */
export function between<T>(all: readonly T[], one: number, other: number): T[] {
  return all.slice(Math.min(one, other), Math.max(one, other) + 1);
}
