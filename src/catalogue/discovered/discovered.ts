/**
 * What pages have taught of posts, as it is stored: one text, a line with the version, then a line a
 * post, the one met last at the end. Columns stand between tabs, empty where a fact is not known,
 * and are left out at the end of a line:
 *
 *   ID MET DATE TITLE CATEGORY TAG,TAG,… REF,REF,… CHARS,WORDS,INLINE,DISPLAY,CODE
 *
 * Numbers in base 36, days as days since 1970; `=` for references where there are none. A new post
 * costs some 70 bytes and what an opened one adds some 30, so that the 5,000 which may be kept are
 * 330 kB. A page that is drawn reads it once: half a millisecond for 60 new posts, 8 where every
 * post of the blog was opened.
 */
import type { Length } from '../../record/time.ts';
import type { Catalogue, Post } from '../catalogue.ts';
import { countsOf, dayOfTime, type Lesson, lengthOf, soundLesson } from './facts.ts';
import { normaliseTitle } from '../normalise.ts';
import type { Details } from '../packing.ts';

/** What is known of one post from pages. */
export interface Taught extends Lesson {
  /** The day when its title was met last; where no title was, when the first of its facts was. */
  met: string;
}

/** By id, the one met last at the end. */
export type Learned = ReadonlyMap<number, Taught>;

export interface Decoded {
  learned: Learned;
  /** Lines that were not understood, as they stood. */
  bad: string[];
  /** The schema of a value from a newer version of the companion, which must not be written over. */
  newer: number | undefined;
}

export const LEARNED_VERSION = 1;
export const MAX_LEARNED = 5_000;

const DAY = 86_400_000;
const BASE = 36;

/** Reads what is stored, whatever it is. Never throws. */
export function decodeLearned(stored: unknown): Decoded {
  const learned = new Map<number, Taught>();
  const bad: string[] = [];
  if (stored === undefined) return { learned, bad, newer: undefined };
  if (typeof stored !== 'string') {
    return { learned, bad: [`learned: ${typeof stored}`], newer: undefined };
  }
  const [version = '', ...lines] = stored.split('\n');
  if (Number(version) > LEARNED_VERSION) return { learned, bad, newer: Number(version) };
  for (const line of lines) {
    const taught = decodeLine(line);
    if (taught) learned.set(taught.id, taught);
    else bad.push(line);
  }
  return { learned: capped(learned), bad, newer: undefined };
}

export function encodeLearned(learned: Learned): string {
  return [LEARNED_VERSION, ...[...learned.values()].map(encodeLine)].join('\n');
}

/**
 * What is known after some lessons, met on `today`; the very same map where they say nothing new.
 * A lesson's facts stand over earlier ones. Of more than 5,000 posts those go that were met first.
 */
export function learn(learned: Learned, lessons: readonly Lesson[], today: string): Learned {
  const next = new Map(learned);
  let isNew = false;
  for (const lesson of lessons) {
    const old = next.get(lesson.id);
    const met = old && lesson.title === undefined ? old.met : today;
    const taught = { ...old, ...lesson, met };
    if (old && encodeLine(old) === encodeLine(taught)) continue;
    isNew = true;
    next.delete(lesson.id);
    next.set(lesson.id, taught);
  }
  return isNew ? capped(next) : learned;
}

/**
 * What is known with what another record knew: of one post, the facts of the day met later stand
 * and the other's fill the gaps; on one day ours stand.
 */
export function join(learned: Learned, other: Learned): Learned {
  const all = new Map(learned);
  for (const theirs of other.values()) {
    const ours = all.get(theirs.id);
    const isLater = !ours || theirs.met > ours.met;
    all.set(theirs.id, isLater ? { ...ours, ...theirs } : { ...theirs, ...ours });
  }
  const byDay = [...all].sort(([, a], [, b]) => (a.met < b.met ? -1 : a.met > b.met ? 1 : 0));
  return capped(new Map(byDay));
}

/**
 * A lesson without what is known already; undefined where that is all, for a new post without a
 * title, and for a hole in the index, which is no post that a page would show.
 */
export function newsIn(lesson: Lesson, catalogue: Catalogue, learned: Learned): Lesson | undefined {
  const post = catalogue.post(lesson.id);
  if (!post && (lesson.id <= catalogue.newestId || lesson.title === undefined)) return undefined;
  const taught = learned.get(lesson.id);
  const isNews: { [Field in keyof Lesson]?: boolean } = {
    title: !post || normaliseTitle(post.title) !== normaliseTitle(lesson.title ?? ''),
    date: !post || (post.isNew === true && post.date !== lesson.date),
    category: isUnsaid(post) && taught?.category !== lesson.category,
    tags: isUnsaid(post) && (taught?.tags ?? []).join() !== (lesson.tags ?? []).join(),
    refs: !post?.refs,
    length: !post || post.minutes === null,
  };
  return soundLesson({
    id: lesson.id,
    ...Object.fromEntries(
      Object.entries(lesson).filter(([name]) => isNews[name as keyof Lesson] === true),
    ),
  });
}

/** The catalogue of a bundled index, and what pages taught beyond it. */
export interface Known {
  catalogue: Catalogue;
  learned: Learned;
}

/**
 * What is known with a stored value, which is the same object for as long as that value is the
 * same: open pages ask with every drawing. `index` is asked for when it is first needed.
 */
export function knowing(
  index: () => Catalogue,
  minutesOf: (length: Length) => number,
): (stored: unknown) => Known {
  let last: (Known & { stored: unknown }) | undefined;
  return (stored) => {
    if (last && last.stored === stored) return last;
    const { learned } = decodeLearned(stored);
    return (last = { stored, learned, catalogue: index().with(learned, minutesOf) });
  };
}

/**
 * The details of all posts in the order of their ids, those of the bundled index given: new posts
 * come after them, as their ids do.
 */
export function detailsWith(
  details: readonly Details[],
  catalogue: Catalogue,
  learned: Learned,
): Details[] {
  const added = [...catalogue.posts.values()].slice(details.length).map(({ id }): Details => {
    const { category = '', tags = [] } = learned.get(id) ?? {};
    return { category, tags };
  });
  return [...details, ...added];
}

/** Whether the index says neither category nor tags of a post. */
function isUnsaid(post: Post | undefined): boolean {
  return !post || post.isNew === true;
}

function capped(learned: Map<number, Taught>): Learned {
  const excess = learned.size - MAX_LEARNED;
  for (const id of [...learned.keys()].slice(0, Math.max(0, excess))) learned.delete(id);
  return learned;
}

function encodeLine({ id, met, date, title, category, tags, refs, length }: Taught): string {
  return [
    id.toString(BASE),
    encodeDay(met),
    date === undefined ? '' : encodeDay(date),
    title ?? '',
    category ?? '',
    tags?.join() ?? '',
    refs === undefined ? '' : refs.map((ref) => ref.toString(BASE)).join() || '=',
    length === undefined
      ? ''
      : countsOf(length)
          .map((n) => n.toString(BASE))
          .join(),
  ]
    .join('\t')
    .trimEnd();
}

function decodeLine(line: string): Taught | undefined {
  const [id = '', met = '', date, title, category, tags, refs, length] = line.split('\t');
  const lesson = soundLesson({
    id: parse(id),
    date: date ? decodeDay(date) : undefined,
    title: title || undefined,
    category: category || undefined,
    tags: tags ? tags.split(',') : undefined,
    refs: refs ? (refs === '=' ? [] : refs.split(',').map(parse)) : undefined,
    length: length ? lengthOf(length.split(',').map(parse)) : undefined,
  });
  const day = decodeDay(met);
  return lesson && day ? { ...lesson, met: day } : undefined;
}

function encodeDay(day: string): string {
  return (Date.parse(day) / DAY).toString(BASE);
}

/** '' for what is no day, which no check lets pass. */
function decodeDay(text: string): string {
  const days = parse(text);
  return days < 100_000 ? dayOfTime(days * DAY) : '';
}

function parse(text: string): number {
  return /^[0-9a-z]{1,6}$/.test(text) ? parseInt(text, BASE) : Number.NaN;
}
