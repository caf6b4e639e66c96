/**
 * Checks what content scripts report of a page of the blog: the posts that it shows, and that the reader looks at
 * it. The sender must be a page of the blog at the top of a tab that is not private, and the facts must fit the
 * bundled index. One unsound fact refuses the whole message, because our own content script sends none.
 */
import { isPostId, pageKind, postIdOf } from '../site/address.ts';
import {
  isPlausible,
  MAX_FACTS,
  type NewestBundled,
  type PostFacts,
  soundFacts,
} from '../catalogue/discovered/facts.ts';
import { MAX_OPENINGS, soundOpening, type SeenOpening } from '../catalogue/discovered/openings.ts';
import type { Sender } from '../platform/messaging.ts';
import { type Message, pageOfSender } from './validation.ts';

/**
 * Facts about posts, or undefined for a message that is refused.
 *
 * @param newest the newest bundled post
 * @param now in ms
 */
export function readDiscovered(
  { facts: given }: Message,
  sender: Sender,
  newest: NewestBundled,
  now: number,
): { facts: PostFacts[] } | undefined {
  const page = pageOfSender(sender);
  const kind = page ? pageKind(page) : 'other';
  if (!page || kind === 'other') return undefined;
  const ownId = postIdOf(page);
  const facts = readAll(given, MAX_FACTS[kind], (each) => {
    const sound = soundFacts(each);
    if (!sound || !isPlausible(sound, newest, now)) return undefined;
    return isFromOwnPage(sound) && sound.id !== ownId ? undefined : sound;
  });
  return facts && { facts };
}

/** Openings of posts, or undefined for a message that is refused. */
export function readOpenings(
  { openings: given }: Message,
  sender: Sender,
  newest: NewestBundled,
  now: number,
): { openings: SeenOpening[] } | undefined {
  const page = pageOfSender(sender);
  if (!page || pageKind(page) === 'other') return undefined;
  const openings = readAll(given, MAX_OPENINGS, (each) => {
    const { id, opening } = (each ?? {}) as Record<keyof SeenOpening, unknown>;
    const sound = soundOpening(opening);
    if (!isPostId(id) || !sound || !isPlausible({ id }, newest, now)) return undefined;
    return { id, opening: sound };
  });
  return openings && { openings };
}

/** A look at the blog, without data; undefined for a message that is refused. */
export function readLook(_: Message, sender: Sender): object | undefined {
  const page = pageOfSender(sender);
  return page && pageKind(page) !== 'other' ? {} : undefined;
}

/** Whether some of these facts are shown by the post's own page only. */
function isFromOwnPage({ ownTitle, refs, length }: PostFacts): boolean {
  return ownTitle !== undefined || refs !== undefined || length !== undefined;
}

/** Reads all values of a list; undefined if there are more than `most`, or one cannot be read. */
function readAll<T>(
  given: unknown,
  most: number,
  read: (each: unknown) => T | undefined,
): T[] | undefined {
  if (!Array.isArray(given) || given.length > most) return undefined;
  const all = (given as unknown[]).flatMap((each) => read(each) ?? []);
  return all.length === given.length ? all : undefined;
}
