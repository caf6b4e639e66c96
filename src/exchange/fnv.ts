/**
 * FNV-1a, 32 bits (Fowler, Noll and Vo), of bytes, or of a text: of the first code unit of each character. It
 * detects truncation and accidental changes, not forgery.
 */
export function fnv1a(units: Iterable<number | string>): number {
  let hash = 0x811c9dc5;
  for (const unit of units) {
    const value = typeof unit === 'string' ? unit.charCodeAt(0) : unit;
    hash = Math.imul(hash ^ value, 0x01000193);
  }
  return hash >>> 0;
}
