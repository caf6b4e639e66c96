/**
 * What the reader has done with a post, and how two records become one. An entry is never removed: a
 * mark that is taken back is kept as unread, so that no merge brings it back.
 */
import { compareStamps, compareText, isReadingTime, type Stamp } from './clock.ts';

export type Mark =
  | { kind: 'unread' }
  | { kind: 'later' }
  /** `fraction` of the article seen so far, 0 to 1; `place`: where the reader stopped. */
  | { kind: 'reading'; fraction: number; place?: Place }
  /** `at`: when, in ms since 1970; `by`: noticed while reading, or marked by hand. */
  | { kind: 'read'; at: number; by: 'reading' | 'hand' };

/**
 * A position in an article's text. It does not depend on fonts, widths or formulas that are drawn late.
 * `at` counts the letters before it, without formulas; `print` is a hash of the letters after it, 0 to
 * 2^24 - 1, by which the position is found again when the text was edited.
 */
export interface Place {
  at: number;
  print: number;
}

/** More letters than the longest article has. */
const MOST_LETTERS = 1_000_000;

export interface Entry {
  mark: Mark;
  stamp: Stamp;
}

/** All marks, by post. */
export type ReadingRecord = ReadonlyMap<number, Entry>;

/** A record in which single posts are looked up. */
export type Lookup = Pick<ReadingRecord, 'get'>;

export const UNREAD: Mark = { kind: 'unread' };

/** The id of an act, made where the reader acted. */
export const ACT_ID = /^[\w-]{1,40}$/;

export function markOf(record: Lookup, post: number): Mark {
  return record.get(post)?.mark ?? UNREAD;
}

/** Whether this is a position that can be stored and read again. */
export function isPlace(given: unknown): given is Place {
  if (typeof given !== 'object' || given === null) return false;
  const { at, print } = given as Record<string, unknown>;
  return isNatural(at, MOST_LETTERS) && isNatural(print, 2 ** 24);
}

function isNatural(given: unknown, below: number): boolean {
  return Number.isInteger(given) && (given as number) >= 0 && (given as number) < below;
}

/** Whether this is a mark that can be stored and read again. */
export function isMark(given: unknown): given is Mark {
  if (typeof given !== 'object' || given === null) return false;
  const { kind, fraction, place, at, by } = given as Record<string, unknown>;
  switch (kind) {
    case 'unread':
    case 'later':
      return true;
    case 'reading':
      return (
        typeof fraction === 'number' &&
        fraction >= 0 &&
        fraction <= 1 &&
        (place === undefined || isPlace(place))
      );
    case 'read':
      return isReadingTime(at) && (by === 'hand' || by === 'reading');
    default:
      return false;
  }
}

/** The mark as it is read back from the storage: whole percents and no further fields. */
export function storedForm(mark: Mark): Mark {
  switch (mark.kind) {
    case 'unread':
    case 'later':
      return { kind: mark.kind };
    case 'reading': {
      const { kind, place } = mark;
      const fraction = Math.round(mark.fraction * 100) / 100;
      return place
        ? { kind, fraction, place: { at: place.at, print: place.print } }
        : { kind, fraction };
    }
    case 'read':
      return { kind: 'read', at: mark.at, by: mark.by };
  }
}

/** Whether two marks say the same. */
export function isSameMark(a: Mark, b: Mark): boolean {
  return JSON.stringify(storedForm(a)) === JSON.stringify(storedForm(b));
}

/**
 * Whether a mark only says how far the post was read. Such a mark is no step of the undo list. A mark
 * by hand starts at nothing.
 */
export function isProgress(mark: Mark): boolean {
  return mark.kind === 'reading' && mark.fraction > 0;
}

/** Merges two records: the newer entry of each post stays. Commutative, associative, idempotent. */
export function merge(a: ReadingRecord, b: ReadingRecord): ReadingRecord {
  const merged = new Map(a);
  for (const [post, entry] of b) merged.set(post, newerEntry(merged.get(post), entry));
  return merged;
}

/** The newer of two entries of a post; if one is undefined, the other. */
export function newerEntry<E extends Entry | undefined>(a: Entry | undefined, b: E): Entry | E {
  if (!a || !b) return a ?? b;
  const order =
    compareStamps(a.stamp, b.stamp) ||
    // Two marks with one stamp: one is a copy without the position, which must not replace the entry
    // that has it (`,` sorts before `}`), or forged, for which any rule does if it is the same everywhere.
    compareText(JSON.stringify(b.mark), JSON.stringify(a.mark));
  return order >= 0 ? a : b;
}
