/**
 * FNV-1a, 32 bits (Fowler, Noll and Vo): tells what was cut short or altered on its way, not what was
 * forged. Of bytes, or of a text’s code units.
 */
export function fnv1a(units: Iterable<number>): number {
  let hash = 0x811c9dc5;
  for (const unit of units) hash = Math.imul(hash ^ unit, 0x01000193);
  return hash >>> 0;
}
