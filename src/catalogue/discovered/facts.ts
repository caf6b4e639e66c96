/**
 * The facts that a page can show about a post. Each field is checked when it is read from a page, when
 * it arrives in the background, and when it is read from the storage.
 */
import { DAY_MS, isDay, utcDay } from '../../record/days.ts';
import { isNatural } from '../../record/natural.ts';
import { isPostId, type PageKind } from '../../site/address.ts';
import type { Length } from '../../site/types.ts';

/** Facts about one post; a fact that the page does not show is missing. */
export interface PostFacts {
  id: number;
  /** From a list; used for new posts only. */
  title?: string;
  /** From the post's own page; replaces any other title, even a bundled one. */
  ownTitle?: string;
  /** YYYY-MM-DD */
  date?: string;
  /** The main one first. */
  categories?: string[];
  tags?: string[];
  /** Posts that its article links to. */
  refs?: number[];
  length?: Length;
}

/** The bundled post with the highest id. */
export interface NewestBundled {
  id: number;
  date: string;
}

/** How many posts one page may give facts about; the archive page lists all posts. */
export const MAX_FACTS = { listing: 64, post: 64, archive: 2_000 } as const satisfies Record<
  Exclude<PageKind, 'other'>,
  number
>;

const MAX_TITLE = 200;
const MAX_TOPIC = 40;
/** The blog has ten. */
const MAX_CATEGORIES = 10;
const MAX_TAGS = 30;
const MAX_REFS = 200;
/** Characters, words, formulas or lines; the blog's longest post has less than a tenth of it. */
const MAX_COUNT = 500_000;

/** About three times as many ids as the blog uses in a year. */
const MAX_AHEAD = 5_000;
/** Dates mostly ascend with ids, but a post that was a draft for a long time may have an earlier date. */
const MAX_BACK_DAYS = 30;
/** The reader's clock may be wrong or in another time zone. */
const MAX_FUTURE_DAYS = 2;

/** Control characters, lone surrogates, private-use characters, and those that set the text direction. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Matches `<b>` and `<!--`, but not the title `n < 3 > 2`. */
const MARKUP = /<[/!?]?[a-z][^<>]*>|<!--/iu;
/** The blog separates tags with commas, so no tag contains one. */
const COMMA = /,/;

const COUNTS = [
  'chars',
  'words',
  'inlineFormulas',
  'displayFormulas',
  'codeLines',
] as const satisfies (keyof Length)[];

const CHECKS: { [Field in keyof Required<PostFacts>]: (value: unknown) => boolean } = {
  id: isPostId,
  title: isTitleText,
  ownTitle: isTitleText,
  date: isDay,
  categories: (value) =>
    isListOf(value, MAX_CATEGORIES, isTopic) &&
    value.length > 0 &&
    new Set(value).size === value.length,
  tags: (value) => isListOf(value, MAX_TAGS, isTopic),
  refs: (value) => isListOf(value, MAX_REFS, isPostId),
  length: isLength,
};
const FIELDS = Object.keys(CHECKS) as (keyof PostFacts)[];

/** Returns `given` as facts, or undefined if a fact is invalid or if there is none besides the id. */
export function soundFacts(given: unknown): PostFacts | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const facts = given as Record<string, unknown>;
  const said = FIELDS.filter((name) => Object.hasOwn(facts, name) && facts[name] !== undefined);
  if (!said.includes('id') || said.length < 2) return undefined;
  if (!said.every((name) => CHECKS[name](facts[name]))) return undefined;
  const sound = Object.fromEntries(said.map((name) => [name, facts[name]])) as unknown as PostFacts;
  // Other fields of the length are not stored.
  return sound.length ? { ...sound, length: countsOf(sound.length) } : sound;
}

/** Facts read from a page, not checked yet. */
export type RawFacts = { id: number } & {
  [Field in keyof PostFacts]?: PostFacts[Field] | undefined;
};

/** Returns the valid facts; undefined if only the id is left. */
export function withoutUnsound(given: RawFacts): PostFacts | undefined {
  return soundFacts(
    Object.fromEntries(
      Object.entries(given).filter(([name, value]) => CHECKS[name as keyof PostFacts](value)),
    ),
  );
}

/**
 * Whether the id and the date are plausible for an index that ends with `newest`. Facts about a bundled
 * post always are, because the index has its id and date. The id of a new post must be within 5,000 of
 * the newest one, and its date between 30 days before the newest bundled post and two days after `now`
 * (ms). If the clock is earlier than the date of the newest post, that date is used instead, so that
 * posts are still discovered.
 */
export function isPlausible({ id, date }: PostFacts, newest: NewestBundled, now: number): boolean {
  if (id <= newest.id) return true;
  if (id > newest.id + MAX_AHEAD) return false;
  if (date === undefined) return true;
  const end = Date.parse(newest.date);
  return (
    date >= utcDay(end - MAX_BACK_DAYS * DAY_MS) &&
    date <= utcDay(Math.max(now, end) + MAX_FUTURE_DAYS * DAY_MS)
  );
}

/**
 * How many new posts are accepted on `today`, YYYY-MM-DD: one for each day since the newest bundled
 * post, which is more than the author has ever written, plus ten for wrong clocks and drafts. A false
 * page can neither add more nor evict known ones.
 */
export function maxNewPosts(newest: NewestBundled, today: string): number {
  const days = (Date.parse(today) - Date.parse(newest.date)) / DAY_MS;
  return Math.max(0, Math.floor(days)) + 10;
}

/** A copy of a length without other fields. */
function countsOf({ chars, words, inlineFormulas, displayFormulas, codeLines }: Length): Length {
  return { chars, words, inlineFormulas, displayFormulas, codeLines };
}

/** Whether a value is a title that can be shown: one line of at most 200 characters, without markup. */
export function isTitleText(value: unknown): value is string {
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

/** Whether a value is the name of a category or a tag. */
export function isTopic(value: unknown): value is string {
  return isLine(value, MAX_TOPIC) && !COMMA.test(value);
}

function isListOf<T>(
  value: unknown,
  most: number,
  isSound: (each: unknown) => each is T,
): value is T[] {
  return Array.isArray(value) && value.length <= most && value.every(isSound);
}

function isLength(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const counts = value as Record<string, unknown>;
  return COUNTS.every((name) => isNatural(counts[name], MAX_COUNT + 1));
}
