/** Decodes stored texts whose first line is the version (version.ts), and each further line an item. */
import { newerVersionIn, versionLine } from './version.ts';

/** What could not be decoded. */
export interface Undecoded {
  /** Lines that could not be read, unchanged. */
  bad: string[];
  /** The version of the value if a newer companion wrote it; it must not be overwritten. */
  newer: number | undefined;
}

/**
 * Decodes any stored value. A damaged line loses one item; if the first line is damaged, the others may be of any
 * version. Never throws.
 *
 * @param name what a value that is no text is called in the quarantine
 * @param decoders decode a line of version 1, 2 and so on, up to the version that this companion writes
 */
export function decodeLines<Item>(
  stored: unknown,
  name: string,
  decoders: readonly ((line: string) => Item | undefined)[],
): Undecoded & { items: Item[] } {
  const present = decoders.length;
  const newer = newerVersionIn(stored, present);
  const items: Item[] = [];
  if (stored === undefined || newer !== undefined) return { items, bad: [], newer };
  if (typeof stored !== 'string') return { items, bad: [`${name}: ${typeof stored}`], newer };
  const [first = '', ...lines] = stored.split('\n');
  // Earlier companions wrote the version once, not twice.
  const version = first === versionLine(present) ? String(present) : first;
  const known = decoders.filter((_, at) => version === String(at + 1));
  const bad = known.length > 0 ? [] : [first];
  for (const line of lines) {
    let item: Item | undefined;
    for (const decode of known.length > 0 ? known : decoders.toReversed()) item ??= decode(line);
    if (item === undefined) bad.push(line);
    else items.push(item);
  }
  return { items, bad, newer };
}
