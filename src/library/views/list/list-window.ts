/** Which rows of a long list are drawn, and where a key leads in it. Pure. */

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

/** The row that a key leads to; undefined for a key that leads nowhere. */
export function rowAfter(key: string, at: number, rows: number, page: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows - 1,
  };
  const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return to === undefined || rows === 0 ? undefined : Math.min(rows - 1, Math.max(0, to));
}

/** What stands between two places of a list, both included, whichever comes first. */
export function between<T>(all: readonly T[], one: number, other: number): T[] {
  return all.slice(Math.min(one, other), Math.max(one, other) + 1);
}
