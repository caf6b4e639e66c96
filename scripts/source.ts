/**
 * The source data of the catalogue: posts, series, and the exceptions to the numbering of series. Finds
 * faults in it, and converts it for the extension.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isTopic, isTitleText } from '../src/catalogue/discovered/facts.ts';
import { readPartTitle } from '../src/catalogue/grammar.ts';
import type { CatalogueData, PackedSearch } from '../src/catalogue/packed-files.ts';
import type { Post, Series } from '../src/catalogue/post.ts';
import { comparedName } from '../src/catalogue/series-name.ts';
import { isDay } from '../src/record/days.ts';
import { readingMinutes } from '../src/record/reading-time.ts';
import type { Length } from '../src/site/types.ts';
import { isPostId } from '../src/site/address.ts';

/** A row of posts.json. */
export interface SourcePost {
  id: number;
  title: string;
  date: string;
  /** The main one first. */
  categories: string[];
  tags: string[];
  refs: number[] | null;
  length: Length | null;
}

/** A numbered series whose titles do not have the numbers 1, 2, 3 …: the numbers that they have, and why. */
export interface Exception {
  series: string;
  numbers: (number | null)[];
  reason: string;
}

/** A row of series.json; exceptions refer to its slug. */
export interface SourceSeries extends Omit<Series, 'finishedBy'> {
  slug: string;
  status?: SourceStatus;
}

/**
 * States that a series is finished. Only its author can say so, in the title of its last part; `says` quotes the
 * words of that title.
 */
export interface SourceStatus {
  state: 'finished';
  /** The part that says it. */
  post: number;
  says: string;
}

export interface Source {
  posts: SourcePost[];
  series: SourceSeries[];
  exceptions: Exception[];
}

/** The folder of the data. Screenshot tests use a copy, which CATALOGUE_DATA names. */
const FOLDER = process.env['CATALOGUE_DATA'];
export const DATA = FOLDER
  ? pathToFileURL(`${FOLDER}/`)
  : new URL('../src/catalogue/data/', import.meta.url);

/** A file of the data that is missing or no JSON. */
export class UnreadableSource extends Error {}

/**
 * @param data the folder, with a slash at the end
 * @throws {UnreadableSource}
 */
export function readSource(data = DATA): Source {
  const read = (name: string): unknown => {
    try {
      return JSON.parse(readFileSync(new URL(name, data), 'utf8'));
    } catch (error) {
      const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
      throw new UnreadableSource(`${name} cannot be read: ${why}`, { cause: error });
    }
  };
  return {
    posts: read('posts.json') as SourcePost[],
    series: read('series.json') as SourceSeries[],
    exceptions: read('exceptions.json') as Exception[],
  };
}

/** Converts the source data for the extension, in the order of ids. */
export function catalogueOf({ posts, series }: Source): CatalogueData {
  const known = posts.map(({ id, title, date, refs, length }): Post => {
    return { id, title, date, refs, minutes: length && readingMinutes(length) };
  });
  return {
    posts: known.toSorted((a, b) => a.id - b.id),
    series: series.map(({ name, kind, posts: ids, status }) => ({
      name,
      kind,
      posts: ids,
      ...(status && { finishedBy: status.post }),
    })),
  };
}

/** The details of posts for the extension, in the order of ids. */
export function detailsOf({ posts }: Source): PackedSearch['details'] {
  return posts
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, categories, tags }) => [id, categories, tags]);
}

/** All faults of the source data, in words; [] if it is valid. */
export function faults(source: Source): string[] {
  const found = formFaults(source);
  return found.length > 0 ? found : contentFaults(source);
}

const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const isListOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(is);
const orNull = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value);

/** The fields that each row of a file must have. Rows of series.json are written by hand. */
const FORMS: Record<keyof Source, Record<string, (value: unknown) => boolean>> = {
  posts: {
    id: isNumber,
    title: isText,
    date: isText,
    categories: isListOf(isText),
    tags: isListOf(isText),
    refs: orNull(isListOf(isNumber)),
    length: (value) => typeof value === 'object',
  },
  series: {
    slug: isText,
    name: isText,
    kind: (value) => value === 'numbered' || value === 'curated',
    posts: isListOf(isNumber),
  },
  exceptions: { series: isText, numbers: isListOf(orNull(isNumber)), reason: isText },
};

/** The fields of rows that are missing or of a wrong form. */
function formFaults(source: Source): string[] {
  return Object.entries(FORMS).flatMap(([file, form]) => {
    const rows: unknown = source[file as keyof Source];
    if (!Array.isArray(rows)) return [`${file}.json is not a list of rows`];
    return (rows as Record<string, unknown>[]).flatMap((row, at) =>
      Object.entries(form)
        .filter(([field, is]) => !is(row?.[field]))
        .map(([field]) => `${file}.json, row ${at + 1}: ${field} is missing or not of its form`),
    );
  });
}

function contentFaults({ posts, series, exceptions }: Source): string[] {
  const byId = new Map(posts.map((post) => [post.id, post]));
  return [
    ...twice(posts.map(({ id }) => id)).map((id) => `post ${id} occurs twice`),
    ...posts.flatMap((post) => postFaults(post, byId)),
    ...twice(series.map(({ slug }) => slug)).map((slug) => `series ${slug} occurs twice`),
    ...twice(series.map(({ name }) => comparedName(name))).map(
      (name) => `two series are called ${name}`,
    ),
    ...series.flatMap((each) => seriesFaults(each, byId, exceptions)),
    ...exceptions
      .filter((exception) => !series.some(({ slug }) => slug === exception.series))
      .map((exception) => `exception for ${exception.series}: there is no such series`),
  ];
}

function postFaults(post: SourcePost, byId: Map<number, SourcePost>): string[] {
  const found: string[] = [];
  const { id, date } = post;
  if (!isPostId(id)) found.push(`post ${post.id}: the id is out of range`);
  if (!isDay(date)) found.push(`post ${post.id}: ${post.date} is no date of the form YYYY-MM-DD`);
  if (!isTitleText(post.title)) found.push(`post ${post.id}: bad title`);
  if (!post.tags.every(isTopic)) found.push(`post ${post.id}: bad tags`);
  if (post.categories.length === 0 || !post.categories.every(isTopic))
    found.push(`post ${post.id}: bad categories, or none`);
  for (const name of twice(post.categories)) found.push(`post ${post.id} occurs twice in ${name}`);
  for (const ref of post.refs ?? [])
    if (!byId.has(ref)) found.push(`post ${post.id} refers to ${ref}, which is not there`);
  return found;
}

function seriesFaults(
  { slug, kind, posts: ids, status }: SourceSeries,
  byId: Map<number, SourcePost>,
  exceptions: Exception[],
): string[] {
  const missing = ids.filter((id) => !byId.has(id));
  if (missing.length) return [`series ${slug} names ${missing.join(', ')}, which is not there`];
  const posts = ids.flatMap((id) => byId.get(id) ?? []);
  const found = twice(ids).map((id) => `series ${slug} names ${id} twice`);
  posts.forEach((post, at) => {
    const before = posts[at - 1];
    if (before && before.date > post.date) found.push(`series ${slug}: ${post.id} is out of order`);
  });
  if (kind === 'numbered') {
    const exception = exceptions.find((each) => each.series === slug);
    const wanted = exception?.numbers ?? ids.map((_, at) => at + 1);
    const numbers = partNumbers(posts);
    if (numbers.join() !== wanted.join())
      found.push(`series ${slug}: its titles number ${numbers.join()}, not ${wanted.join()}`);
    if (exception && !exception.reason) found.push(`exception for ${slug}: no reason is given`);
  }
  if (status) found.push(...statusFaults(status, posts).map((fault) => `series ${slug}: ${fault}`));
  return found;
}

function statusFaults({ state, post, says }: SourceStatus, parts: SourcePost[]): string[] {
  const last = parts.at(-1);
  if (state !== 'finished') return [`${String(state)} is no status`];
  if (last?.id !== post) return [`${post}, which says that it is finished, is not its last part`];
  return says && last.title.includes(says) ? [] : [`the title of ${post} does not say ${says}`];
}

/** The part numbers in the titles; 下 is the last part of a series of two or three. */
function partNumbers(posts: SourcePost[]): (number | null)[] {
  return posts.map(({ title }) => {
    const read = readPartTitle(title);
    return read?.numeral === '下' ? posts.length : (read?.number ?? null);
  });
}

function twice<T>(values: T[]): T[] {
  const seen = new Set<T>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}
