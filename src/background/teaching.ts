/**
 * What pages want to teach is checked once more where it is carried out: only pages of the blog, in a
 * tab of their own and in no private window, may teach, and only what goes with the bundled index.
 */
import { isPostId, pageKind, postIdOf } from '../site/address.ts';
import { type Edge, isPlausible, type Lesson, soundLesson } from '../catalogue/discovered/facts.ts';
import { type MetOpening, soundOpening } from '../catalogue/discovered/openings.ts';
import type { Request, Sender } from '../app/messages.ts';

/** Posts that one page may teach; the archive page has all of them. */
const MOST_LESSONS = 64;
const MOST_LESSONS_OF_ARCHIVE = 2_000;
const MOST_OPENINGS = 64;

/**
 * A message as lessons or openings, or undefined. One unsound piece and nothing of the message is
 * taken: our own script sends none. The index ends at `edge`; `now` in ms.
 */
export function readTeaching(
  message: unknown,
  sender: Sender,
  edge: Edge,
  now: number,
): Request | undefined {
  const { type, lessons, openings } = (message ?? {}) as Record<string, unknown>;
  const page = teachingPage(sender);
  if (!page) return undefined;
  if (type === 'learn') {
    const sound = readLessons(lessons, page, edge, now);
    return sound && { type, lessons: sound };
  }
  if (type === 'openings') {
    const sound = readOpenings(openings, edge, now);
    return sound && { type, openings: sound };
  }
  return undefined;
}

/** The address of a page that may teach. */
function teachingPage({ url, isTop, isPrivate }: Sender): URL | undefined {
  if (!url || !URL.canParse(url) || !isTop || isPrivate) return undefined;
  const page = new URL(url);
  return pageKind(page) === 'other' ? undefined : page;
}

function readLessons(given: unknown, page: URL, edge: Edge, now: number): Lesson[] | undefined {
  const most = pageKind(page) === 'archive' ? MOST_LESSONS_OF_ARCHIVE : MOST_LESSONS;
  const ownId = postIdOf(page);
  return readAll(given, most, (each) => {
    const lesson = soundLesson(each);
    if (!lesson || !isPlausible(lesson, edge, now)) return undefined;
    // What an article holds is known where the article is.
    const isOfArticle = lesson.refs !== undefined || lesson.length !== undefined;
    return isOfArticle && lesson.id !== ownId ? undefined : lesson;
  });
}

function readOpenings(given: unknown, edge: Edge, now: number): MetOpening[] | undefined {
  return readAll(given, MOST_OPENINGS, (each) => {
    const { id, opening } = (each ?? {}) as Record<keyof MetOpening, unknown>;
    const sound = soundOpening(opening);
    if (!isPostId(id) || !sound || !isPlausible({ id }, edge, now)) return undefined;
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
