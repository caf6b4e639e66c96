/**
 * FNV-1a, 32 bits (Fowler, Noll and Vo), of bytes or of the code units of a text. It detects truncation and
 * accidental changes, not forgery.
 */
export function fnv1a(units: Iterable<number>): number {
  let hash = 0x811c9dc5;
  for (const unit of units) hash = Math.imul(hash ^ unit, 0x01000193);
  return hash >>> 0;
}
