/**
 * A whole number with commas between its thousands, in both languages: 1,341. Not Intl's, whose tables a
 * page would wait for: the popup shows such a number before anything else.
 */
export function count(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
