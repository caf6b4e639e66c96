/**
 * The filters and the order of the list of all posts, and their form in an address. The values of one
 * filter are alternatives; a post must pass all filters. Pure. Addresses are untrusted: each field is
 * checked.
 */
import { type Mark, type ReadingRecord, markOf } from '../../record/marks.ts';
import type { Catalogue } from '../catalogue.ts';
import { isTopic, isTitleText } from '../discovered/facts.ts';
import { type DetailsOfPosts, NO_DETAILS, type Post, type Series } from '../post.ts';
import type { SearchResults } from './search.ts';

export type Kind = Mark['kind'];

/** A post with the data that it is filtered and sorted by. */
export interface Listed {
  /** A post that is known only by its mark has the title ''. */
  post: Post;
  /** The main one first. */
  categories: readonly string[];
  tags: readonly string[];
  /** The longest first; in a list of one series that one. */
  series: readonly Series[];
  /** Its number in the first series, from 1; 0 without a series. */
  partNumber: number;
  kind: Kind;
}

export const SORTS = ['date', 'title', 'series', 'category', 'minutes', 'mark'] as const;
export type Sort = (typeof SORTS)[number];

export const KINDS = ['unread', 'reading', 'later', 'read'] as const satisfies readonly Kind[];

export interface Filters {
  kinds: Kind[];
  categories: string[];
  tags: string[];
  /** By their names. */
  series: string[];
  years: number[];
  /** The length of the longest series of a post, both ends included; 0 for a post without a series. */
  parts: { from: number; to: number };
  sort: Sort;
  isDescending: boolean;
}

/** Stands for no upper limit; no series has this many parts. */
export const NO_END = 9_999;

/** All posts, the newest first. */
export const NO_FILTERS: Filters = {
  kinds: [],
  categories: [],
  tags: [],
  series: [],
  years: [],
  parts: { from: 0, to: NO_END },
  sort: 'date',
  isDescending: true,
};

const LONGEST_ADDRESS = 4_000;
const MOST_VALUES = 50;

/**
 * All posts of the catalogue, in ascending order of id; then the posts that are known only by their marks, which
 * another browser or an import may have made.
 */
export function listed(
  catalogue: Catalogue,
  details: DetailsOfPosts,
  record: ReadingRecord,
): Listed[] {
  return [...catalogue.posts.values(), ...onlyMarked(catalogue, record)].map((post) => {
    const series = catalogue.seriesOf(post.id);
    const { categories, tags } = details.get(post.id) ?? NO_DETAILS;
    return {
      post,
      categories,
      tags,
      series,
      partNumber: (series[0]?.posts.indexOf(post.id) ?? -1) + 1,
      kind: markOf(record, post.id).kind,
    };
  });
}

function onlyMarked(catalogue: Catalogue, record: ReadingRecord): Post[] {
  return [...record]
    .filter(([id, { mark }]) => mark.kind !== 'unread' && catalogue.post(id) === undefined)
    .map(([id]) => ({ id, title: '', date: '', refs: null, minutes: null }));
}

/**
 * The posts that pass the filters, sorted; those that sort equally by date, newest first. A series that is
 * asked for comes first among those of a post, so that its order and its part numbers are shown.
 */
export function filtered(posts: readonly Listed[], filters: Filters): Listed[] {
  const order = ORDERS[filters.sort];
  const sign = filters.isDescending ? -1 : 1;
  return posts
    .filter((post) => passes(post, filters))
    .map((post) => withSeriesFirst(post, filters.series))
    .sort((a, b) => unknownLast(a, b, filters.sort) || sign * order(a, b) || newestFirst(a, b));
}

function withSeriesFirst(listed: Listed, names: readonly string[]): Listed {
  const wanted = listed.series.find(({ name }) => names.includes(name));
  if (!wanted || wanted === listed.series[0]) return listed;
  const others = listed.series.filter((series) => series !== wanted);
  const partNumber = wanted.posts.indexOf(listed.post.id) + 1;
  return { ...listed, series: [wanted, ...others], partNumber };
}

/** The posts that a search found, including those of the series and the categories that it found. */
export function narrowed(posts: readonly Listed[], found: SearchResults): readonly Listed[] {
  if (!found.query) return posts;
  const ids = new Set([
    ...found.posts.map(({ post }) => post.id),
    ...found.series.flatMap((series) => series.posts),
  ]);
  const wanted = new Set(found.categories.map(({ name }) => name));
  return posts.filter(
    ({ post, categories }) => ids.has(post.id) || categories.some((name) => wanted.has(name)),
  );
}

function passes({ post, categories, tags, series, kind }: Listed, filters: Filters): boolean {
  const isAmong = <T>(values: readonly T[], ...own: readonly T[]) =>
    values.length === 0 || own.some((value) => values.includes(value));
  const parts = series[0]?.posts.length ?? 0;
  return (
    isAmong(filters.kinds, kind) &&
    isAmong(filters.categories, ...categories) &&
    isAmong(filters.tags, ...tags) &&
    isAmong(filters.series, ...series.map(({ name }) => name)) &&
    isAmong(filters.years, yearOf(post)) &&
    parts >= filters.parts.from &&
    parts <= filters.parts.to
  );
}

/** Created when it is first needed. */
let collator: Intl.Collator | undefined;

function compareByPinyin(a: string, b: string): number {
  collator ??= new Intl.Collator('zh-CN', { numeric: true });
  return collator.compare(a, b);
}

const ORDERS: Record<Sort, (a: Listed, b: Listed) => number> = {
  date: (a, b) => -newestFirst(a, b),
  title: (a, b) => compareByPinyin(a.post.title, b.post.title),
  series: (a, b) =>
    a.series[0] === b.series[0]
      ? a.partNumber - b.partNumber
      : compareByPinyin(a.series[0]?.name ?? '', b.series[0]?.name ?? ''),
  category: (a, b) => compareByPinyin(a.categories.join('、'), b.categories.join('、')),
  minutes: (a, b) => (a.post.minutes ?? 0) - (b.post.minutes ?? 0),
  mark: (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
};

/** Whether the value to sort by is unknown; such posts come last in both directions. */
const IS_UNKNOWN: Partial<Record<Sort, (post: Listed) => boolean>> = {
  date: ({ post }) => post.date === '',
  title: ({ post }) => post.title === '',
  series: ({ partNumber }) => partNumber === 0,
  category: ({ categories }) => categories.length === 0,
  minutes: ({ post }) => post.minutes === null,
};

function unknownLast(a: Listed, b: Listed, sort: Sort): number {
  const isUnknown = IS_UNKNOWN[sort];
  return isUnknown ? Number(isUnknown(a)) - Number(isUnknown(b)) : 0;
}

function newestFirst({ post: a }: Listed, { post: b }: Listed): number {
  return a.date === b.date ? b.id - a.id : a.date < b.date ? 1 : -1;
}

/** 0 if the date is not known. */
function yearOf({ date }: Post): number {
  return Number(date.slice(0, 4));
}

/** A value of a filter, and the number of posts that have it. */
export interface Choice<T> {
  value: T;
  count: number;
}

export interface Choices {
  /** Categories and tags are sorted by number of posts. */
  categories: Choice<string>[];
  tags: Choice<string>[];
  /** Newest first. */
  years: Choice<number>[];
}

/** The values that posts can be filtered by. */
export function choices(posts: readonly Listed[]): Choices {
  const byCount = <T>(a: Choice<T>, b: Choice<T>) => b.count - a.count;
  return {
    categories: count(posts.flatMap(({ categories }) => categories)).sort(byCount),
    tags: count(posts.flatMap(({ tags }) => tags)).sort(byCount),
    years: count(posts.map(({ post }) => yearOf(post)).filter(Boolean)).sort(
      (a, b) => b.value - a.value,
    ),
  };
}

function count<T>(values: readonly T[]): Choice<T>[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, times]) => ({ value, count: times }));
}

/** Encodes filters: `mark=unread&year=2026&parts=5-&sort=minutes&order=up`; '' for the default. */
export function encodeFilters(filters: Filters): string {
  const { parts, sort, isDescending } = filters;
  const query = new URLSearchParams();
  for (const kind of filters.kinds) query.append('mark', kind);
  for (const category of filters.categories) query.append('category', category);
  for (const tag of filters.tags) query.append('tag', tag);
  for (const name of filters.series) query.append('series', name);
  for (const year of filters.years) query.append('year', String(year));
  if (parts.from > 0 || parts.to < NO_END)
    query.append('parts', `${parts.from}-${parts.to < NO_END ? parts.to : ''}`);
  if (sort !== NO_FILTERS.sort) query.append('sort', sort);
  if (!isDescending) query.append('order', 'up');
  return query.toString();
}

/** Decodes the filters of a query with or without `?`; ignores invalid values. */
export function decodeFilters(query: string): Filters {
  const given = new URLSearchParams(query.slice(0, LONGEST_ADDRESS));
  const all = <T extends string>(name: string, isSound: (value: string) => value is T) =>
    [...new Set(given.getAll(name))].filter(isSound).slice(0, MOST_VALUES);
  return {
    kinds: all('mark', (value): value is Kind => KINDS.some((kind) => kind === value)),
    categories: all('category', isTopic),
    tags: all('tag', isTopic),
    series: all('series', isTitleText),
    years: all('year', isYear).map(Number),
    parts: decodeParts(given.get('parts') ?? ''),
    sort: SORTS.find((sort) => sort === given.get('sort')) ?? NO_FILTERS.sort,
    isDescending: given.get('order') !== 'up',
  };
}

function decodeParts(text: string): Filters['parts'] {
  const [, from, to] = /^(\d{1,4})-(\d{0,4})$/.exec(text) ?? [];
  if (from === undefined) return NO_FILTERS.parts;
  return { from: Number(from), to: to ? Number(to) : NO_END };
}

function isYear(value: string): value is string {
  return /^20\d\d$/.test(value);
}

/** Returns the values with one added, or removed if it is there. */
export function toggledIn<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
}
