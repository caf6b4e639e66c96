/** A whole number with commas between its thousands, in both languages: 1,341. */
export function count(n: number): string {
  return n.toLocaleString('en-US');
}
