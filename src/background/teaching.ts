/**
 * What pages want to teach is checked once more where it is carried out: only pages of the blog, in a
 * tab of their own and in no private window, may teach, and only what goes with the bundled index.
 */
import { isPostId, pageKind, postIdOf } from '../site/address.ts';
import {
  isPlausible,
  type NewestBundled,
  type PostFacts,
  soundFacts,
} from '../catalogue/discovered/facts.ts';
import { type MetOpening, soundOpening } from '../catalogue/discovered/openings.ts';
import type { Sender } from '../platform/messaging.ts';
import type { Message } from './validation.ts';

/** Posts that one page may teach; the archive page has all of them. */
const MOST_LESSONS = 64;
const MOST_LESSONS_OF_ARCHIVE = 2_000;
const MOST_OPENINGS = 64;

/**
 * Checks facts about posts. One unsound fact and nothing of the message is taken: our own script sends none.
 *
 * @param newest the newest bundled post
 * @param now in ms
 */
export function readDiscovered(
  { lessons }: Message,
  sender: Sender,
  newest: NewestBundled,
  now: number,
): { lessons: PostFacts[] } | undefined {
  const page = teachingPage(sender);
  const sound = page && readLessons(lessons, page, newest, now);
  return sound && { lessons: sound };
}

/** The same for openings. */
export function readOpenings(
  { openings }: Message,
  sender: Sender,
  newest: NewestBundled,
  now: number,
): { openings: MetOpening[] } | undefined {
  const sound = teachingPage(sender) && readAllOpenings(openings, newest, now);
  return sound && { openings: sound };
}

/** The address of a page that may teach. */
function teachingPage({ url, isTop, isPrivate }: Sender): URL | undefined {
  if (!url || !URL.canParse(url) || !isTop || isPrivate) return undefined;
  const page = new URL(url);
  return pageKind(page) === 'other' ? undefined : page;
}

function readLessons(
  given: unknown,
  page: URL,
  newest: NewestBundled,
  now: number,
): PostFacts[] | undefined {
  const most = pageKind(page) === 'archive' ? MOST_LESSONS_OF_ARCHIVE : MOST_LESSONS;
  const ownId = postIdOf(page);
  return readAll(given, most, (each) => {
    const facts = soundFacts(each);
    if (!facts || !isPlausible(facts, newest, now)) return undefined;
    // What an article holds is known where the article is.
    const isOfArticle = facts.refs !== undefined || facts.length !== undefined;
    return isOfArticle && facts.id !== ownId ? undefined : facts;
  });
}

function readAllOpenings(
  given: unknown,
  newest: NewestBundled,
  now: number,
): MetOpening[] | undefined {
  return readAll(given, MOST_OPENINGS, (each) => {
    const { id, opening } = (each ?? {}) as Record<keyof MetOpening, unknown>;
    const sound = soundOpening(opening);
    if (!isPostId(id) || !sound || !isPlausible({ id }, newest, now)) return undefined;
    return { id, opening: sound };
  });
}

/** A list of at most so many, each of them read; undefined where one cannot be. */
function readAll<T>(
  given: unknown,
  most: number,
  read: (each: unknown) => T | undefined,
): T[] | undefined {
  if (!Array.isArray(given) || given.length > most) return undefined;
  const all = (given as unknown[]).flatMap((each) => read(each) ?? []);
  return all.length === given.length ? all : undefined;
}
