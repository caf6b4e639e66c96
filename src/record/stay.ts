/**
 * The reader's stays on the blog, so that a page can say what is newer than the last one. A stay ends after
 * six hours in which no page of the blog was looked at. Posts are compared by their ids, which rise with
 * time. So a wrong clock can end a stay too early or too late, but makes no post new or old.
 */
import { isPostId } from '../site/address.ts';
import { isNatural } from './natural.ts';

/** As it is stored; three numbers. */
export interface Stay {
  /** When a page of the blog was looked at last, in ms. */
  readonly at: number;
  /** The newest post that was known then. */
  readonly seen: number;
  /** The newest post that was known at the end of the stay before; null in the first stay. */
  readonly before: number | null;
}

const STAY_ENDS_MS = 6 * 60 * 60 * 1_000;
/** A stay that goes on is written again only after this time, or when there is a newer post. */
const WRITTEN_AGAIN_MS = 5 * 60 * 1_000;

/** The stored stay; undefined if there is none that is sound. */
export function readStay(stored: unknown): Stay | undefined {
  const { at, seen, before = null } = (stored ?? {}) as Record<keyof Stay, unknown>;
  const isSound = isNatural(at) && isPostId(seen);
  return isSound && (before === null || isPostId(before)) ? { at, seen, before } : undefined;
}

/**
 * The id of the newest post of the last stay: posts above it are new to the reader. null in the first stay.
 *
 * @param newest the newest post that is known now
 */
export function lastSeen(stored: unknown, now: number, newest: number): number | null {
  const stay = readStay(stored);
  if (!stay) return null;
  const last = isOver(stay, now) ? stay.seen : stay.before;
  // It may be the id of an invented post that was deleted since; that must not hide real posts.
  return last === null ? null : Math.min(last, newest);
}

/** The stay to store after a look at the blog now; undefined if nothing has to be written. */
export function withLook(stored: unknown, now: number, newest: number): Stay | undefined {
  const stay = readStay(stored);
  if (!stay) return { at: now, seen: newest, before: null };
  if (isOver(stay, now)) return { at: now, seen: newest, before: stay.seen };
  const isKnown = stay.seen >= newest && Math.abs(now - stay.at) < WRITTEN_AGAIN_MS;
  return isKnown ? undefined : { ...stay, at: now, seen: Math.max(stay.seen, newest) };
}

/** Also true if the clock was set back by more than that time. */
function isOver({ at }: Stay, now: number): boolean {
  return Math.abs(now - at) > STAY_ENDS_MS;
}
