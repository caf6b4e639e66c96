/** Days: how long one is, and how its date is written. */

export const DAY_MS = 24 * 3_600_000;
export const WEEK_MS = 7 * DAY_MS;

/** The date of a time in ms, YYYY-MM-DD as on the blog, in the reader's time zone. */
export function dayOf(time: number): string {
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The UTC date, YYYY-MM-DD, of a time in ms. */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether a value is a calendar date, YYYY-MM-DD. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && utcDay(time) === value;
}
