/**
 * What the reader has done with a post. An entry is never removed: a mark that is taken back is kept as
 * unread, so that no merge brings it back.
 */
import type { Position } from '../site/types.ts';
import { clampTime, isReadingTime, isStamp, isTick, type Stamp } from './clock.ts';
import { isNatural } from './natural.ts';

export type Mark =
  | { kind: 'unread' }
  | { kind: 'later' }
  /** `fraction` of the article seen so far, 0 to 1; `place`: where the reader stopped. */
  | { kind: 'reading'; fraction: number; place?: Position }
  /** `at`: when, in ms since 1970; `by`: observed while reading, or marked by hand. */
  | { kind: 'read'; at: number; by: 'reading' | 'hand' };

/** More letters than the longest article has. */
const MOST_LETTERS = 1_000_000;

/**
 * Tells whether an act was made by hand or is an observation. By hand are a mark, an undo and a restored backup;
 * observed are progress and posts that were read automatically.
 *
 *   - missing: the mark decides. Unread, later, read by hand and reading with the fraction 0 are made by hand;
 *     others are observations by an earlier version, which count as if they knew all acts before them.
 *   - `hand`: an act by hand whose mark was observed at first; an undo or a restored backup gave it back.
 *   - anything else: an observation; the value is the newest act by hand that the reading page knew, or `nothing`.
 */
export type Basis = 'hand' | Known;
export type Known = Moment | 'nothing';
/** A stamp without its device. */
export type Moment = Pick<Stamp, 'time' | 'tick'>;

export interface Act {
  mark: Mark;
  stamp: Stamp;
  basis?: Basis;
}

/** The act that decides the mark of a post, and acts that a merge may still need (merge.ts). */
export interface Entry extends Act {
  hidden?: readonly Act[];
}

/** All marks, by post. */
export type ReadingRecord = ReadonlyMap<number, Entry>;

/** A record in which single posts are looked up. */
export type Lookup = Pick<ReadingRecord, 'get'>;

export const UNREAD: Mark = { kind: 'unread' };

/** The form of an act's id, which the sender of the request makes. */
export const ACT_ID = /^[\w-]{1,40}$/;

/** The marks that a reader can give by hand. */
export const GIVEN_MARKS = ['later', 'reading', 'read'] as const satisfies Mark['kind'][];
export type GivenMark = (typeof GIVEN_MARKS)[number];

/** The mark that a reader gives by hand; `at` in ms. */
export function markFor(kind: GivenMark, at: number): Mark {
  switch (kind) {
    case 'later':
      return { kind };
    case 'reading':
      return { kind, fraction: 0 };
    case 'read':
      return { kind, at, by: 'hand' };
  }
}

export function markOf(record: Lookup, post: number): Mark {
  return record.get(post)?.mark ?? UNREAD;
}

/** Whether this is a position that can be stored and read again. */
export function isPlace(given: unknown): given is Position {
  if (typeof given !== 'object' || given === null) return false;
  const { at, print } = given as Record<string, unknown>;
  return isNatural(at, MOST_LETTERS) && isNatural(print, 2 ** 24);
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

/** The mark as it is read back from the storage: whole percents, a time that is accepted, and no further fields. */
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
      return { kind: 'read', at: clampTime(mark.at), by: mark.by };
  }
}

/** Whether two marks are stored in the same form. */
export function isSameMark(a: Mark, b: Mark): boolean {
  return JSON.stringify(storedForm(a)) === JSON.stringify(storedForm(b));
}

/**
 * Whether a mark is only progress: it says how far the post was read. Progress gets no undo step. A mark `reading`
 * that is made by hand has the fraction 0, and is no progress.
 */
export function isProgress(mark: Mark): boolean {
  return mark.kind === 'reading' && mark.fraction > 0;
}

/** Whether a mark is of a kind that is observed: progress, or read automatically. */
export function isObserved(mark: Mark): boolean {
  return mark.kind === 'read' ? mark.by === 'reading' : isProgress(mark);
}

/** Whether an act was made by hand. */
export function isByHand({ mark, basis }: Act): boolean {
  return basis === undefined ? !isObserved(mark) : basis === 'hand';
}

/** Whether this is a valid value for what an observation knew. */
export function isKnown(given: unknown): given is Known {
  if (given === 'nothing') return true;
  const { time, tick } = (given ?? {}) as Record<keyof Moment, unknown>;
  return isReadingTime(time) && isTick(tick);
}

/** Whether a mark, a stamp and a basis can be one act that is stored and read again. */
export function isAct({ mark, stamp, basis }: Act): boolean {
  if (!isMark(mark) || !isStamp(stamp)) return false;
  if (basis === undefined) return true;
  if (basis === 'hand') return isObserved(mark);
  const isEarlier =
    basis === 'nothing' ||
    basis.time < stamp.time ||
    (basis.time === stamp.time && basis.tick < stamp.tick);
  return isKnown(basis) && isEarlier && (isObserved(mark) || mark.kind === 'reading');
}
