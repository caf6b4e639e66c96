/**
 * What the reader has done with a post, and how two records of it become one. An entry is never
 * removed: a mark taken back is remembered as unread, so that no merge can bring it back.
 */

export type Mark =
  | { kind: 'unread' }
  | { kind: 'later' }
  /** `fraction` of the article seen so far, 0 to 1; `place`: where the reader stopped. */
  | { kind: 'reading'; fraction: number; place?: Place }
  /** `at`: when, in ms since 1970; `by`: noticed while reading, or said by hand. */
  | { kind: 'read'; at: number; by: 'reading' | 'hand' };

/**
 * A place in an article by its text, which fonts, widths and formulas that grow late do not move:
 * `at` counts the letters before it, formulas left out; `print` is a hash of the letters after it,
 * 0 to 2^24 - 1, by which it is found again when the text was edited.
 */
export interface Place {
  at: number;
  print: number;
}

/** Letters of the longest article that a place may be in. */
const MOST_LETTERS = 1_000_000;

export function isPlace(given: unknown): given is Place {
  if (typeof given !== 'object' || given === null) return false;
  const { at, print } = given as Record<string, unknown>;
  return isNatural(at, MOST_LETTERS) && isNatural(print, 2 ** 24);
}

function isNatural(given: unknown, below: number): boolean {
  return Number.isInteger(given) && (given as number) >= 0 && (given as number) < below;
}

/** 2009, the blog's first year, and a hundred years on: ms outside are no time of reading. */
export const EARLIEST = Date.UTC(2009, 0);
export const LATEST = Date.UTC(2109, 0);

export function isReadingTime(time: unknown): time is number {
  return Number.isInteger(time) && (time as number) >= EARLIEST && (time as number) < LATEST;
}

/** Whether anything is a mark that can be stored and read again. */
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

export const UNREAD: Mark = { kind: 'unread' };

/**
 * When an act happened, as a hybrid logical clock (Kulkarni et al. 2014): wall time in ms, a counter
 * for acts within one, and the device, so that any two acts compare alike on every device.
 */
export interface Stamp {
  time: number;
  tick: number;
  device: string;
}

export interface Entry {
  mark: Mark;
  stamp: Stamp;
}

/** All marks, by post id. */
export type ReadingRecord = ReadonlyMap<number, Entry>;

/** Where single posts are looked up. */
export type Lookup = Pick<ReadingRecord, 'get'>;
/** The same with all posts that it says something of. */
export type AllMarks = Lookup & { keys(): Iterable<number> };

export function markOf(record: Lookup, id: number): Mark {
  return record.get(id)?.mark ?? UNREAD;
}

/** The stamp for an act now, above every stamp seen so far even if the wall clock went back. */
export function nextStamp(last: Stamp | undefined, now: number, device: string): Stamp {
  return last && last.time >= now
    ? { time: last.time, tick: last.tick + 1, device }
    : { time: now, tick: 0, device };
}

export function compareStamps(a: Stamp, b: Stamp): number {
  return a.time - b.time || a.tick - b.tick || compareText(a.device, b.device);
}

/** Commutative, associative, idempotent: of two entries for one post the later act stands. */
export function merge(a: ReadingRecord, b: ReadingRecord): ReadingRecord {
  const merged = new Map(a);
  for (const [id, entry] of b) {
    merged.set(id, laterOf(merged.get(id), entry));
  }
  return merged;
}

/** Of two entries for one post the one that stands; of one that one. */
export function laterOf<E extends Entry | undefined>(a: Entry | undefined, b: E): Entry | E {
  if (!a || !b) return a ?? b;
  const order =
    compareStamps(a.stamp, b.stamp) ||
    // One stamp for two marks: a copy that left out the place, which must not take it from us (`,`
    // comes before `}`), or a forger's, for whom any rule will do if it is the same everywhere.
    compareText(JSON.stringify(b.mark), JSON.stringify(a.mark));
  return order >= 0 ? a : b;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
