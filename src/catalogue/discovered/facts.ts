/**
 * What a page may say of a post that the bundled index does not: checked field by field where it is
 * read, where it arrives in the background, and where it comes out of the storage again.
 */
import { isPostId } from '../../site/address.ts';
import type { Length } from '../../record/time.ts';

/** Facts of one post; a fact that the page does not show is left out. */
export interface Lesson {
  id: number;
  title?: string;
  /** YYYY-MM-DD */
  date?: string;
  category?: string;
  tags?: string[];
  /** Posts that its article links to. */
  refs?: number[];
  length?: Length;
}

/** Where the bundled index ends: its newest post, and that post's date. */
export interface Edge {
  id: number;
  date: string;
}

const MAX_TITLE = 200;
const MAX_TOPIC = 40;
const MAX_TAGS = 30;
const MAX_REFS = 200;
/** Of characters, words, formulas or lines; the blog's longest post has a tenth. */
const MAX_COUNT = 500_000;

const DAY = 86_400_000;
/** The blog has come to its newest id in 17 years at a third of this a year. */
const MAX_AHEAD = 5_000;
/** Ids and dates rise together on the blog; a post that lay as a draft may be dated back a little. */
const MAX_BACK_DAYS = 30;
/** The reader's clock may be wrong, or in another time zone. */
const MAX_FUTURE_DAYS = 2;

/** Control characters, halves of characters, private ones, and what turns the direction of text. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** `n < 3 > 2` is a title, `<b>` and `<!--` are not. */
const MARKUP = /<[/!?]?[a-z][^<>]*>|<!--/iu;
/** Commas stand between the tags where they are stored, as between those that the author enters. */
const COMMA = /,/;

const COUNTS = [
  'chars',
  'words',
  'inlineFormulas',
  'displayFormulas',
  'codeLines',
] as const satisfies (keyof Length)[];

const CHECKS: { [Field in keyof Required<Lesson>]: (value: unknown) => boolean } = {
  id: isPostId,
  title: isTitle,
  date: isDay,
  category: isTopic,
  tags: (value) => Array.isArray(value) && value.length <= MAX_TAGS && value.every(isTopic),
  refs: (value) => Array.isArray(value) && value.length <= MAX_REFS && value.every(isPostId),
  length: isLength,
};
const FIELDS = Object.keys(CHECKS) as (keyof Lesson)[];

/** Anything as a lesson: undefined where a fact is unsound, or where there is none but the id. */
export function soundLesson(given: unknown): Lesson | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const facts = given as Record<string, unknown>;
  const said = FIELDS.filter((name) => Object.hasOwn(facts, name) && facts[name] !== undefined);
  if (!said.includes('id') || said.length < 2) return undefined;
  if (!said.every((name) => CHECKS[name](facts[name]))) return undefined;
  return Object.fromEntries(said.map((name) => [name, facts[name]])) as unknown as Lesson;
}

/** The lesson with those of its facts only that are sound; undefined where none is left. */
export function soundFacts(given: Lesson): Lesson | undefined {
  return soundLesson(
    Object.fromEntries(
      Object.entries(given).filter(([name, value]) => CHECKS[name as keyof Lesson](value)),
    ),
  );
}

/**
 * Whether id and date go with an index that ends at `edge`. A post of the index may be spoken of
 * freely, for its own id and date stay; a new one must follow the index soon, dated no earlier than
 * a month before its end and no later than two days from `now` (ms; never taken to be before the
 * index itself, so that a clock that is years slow does not stop all learning).
 */
export function isPlausible({ id, date }: Lesson, edge: Edge, now: number): boolean {
  if (id <= edge.id) return true;
  if (id > edge.id + MAX_AHEAD) return false;
  if (date === undefined) return true;
  const end = Date.parse(edge.date);
  return (
    date >= dayOfTime(end - MAX_BACK_DAYS * DAY) &&
    date <= dayOfTime(Math.max(now, end) + MAX_FUTURE_DAYS * DAY)
  );
}

/** YYYY-MM-DD of a time in ms, in UTC. */
export function dayOfTime(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && dayOfTime(time) === value;
}

/** The counts of a length, in the order in which they are stored. */
export function countsOf(length: Length): number[] {
  return COUNTS.map((name) => length[name]);
}

/** The length of such counts; one that no check lets pass where they are too few or too many. */
export function lengthOf(counts: readonly number[]): Length {
  const all = counts.length === COUNTS.length ? counts : [];
  const [chars = -1, words = -1, inlineFormulas = -1, displayFormulas = -1, codeLines = -1] = all;
  return { chars, words, inlineFormulas, displayFormulas, codeLines };
}

/** Whether anything is a title that may be shown: one line of sane length, without markup. */
export function isTitle(value: unknown): value is string {
  return isLine(value, MAX_TITLE);
}

function isLine(value: unknown, most: number): value is string {
  return (
    typeof value === 'string' &&
    value.length >= 1 &&
    value.length <= most &&
    value.trim() === value &&
    !UNFIT.test(value) &&
    !MARKUP.test(value)
  );
}

/** Whether anything is the name of a category or a tag. */
export function isTopic(value: unknown): value is string {
  return isLine(value, MAX_TOPIC) && !COMMA.test(value);
}

function isLength(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return COUNTS.every((name) => {
    const count = (value as Record<string, unknown>)[name];
    return Number.isInteger(count) && (count as number) >= 0 && (count as number) <= MAX_COUNT;
  });
}
