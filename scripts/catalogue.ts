/**
 * Checks the source data in src/catalogue/data and writes what the extension needs of it, as JSON, into
 * src/catalogue/packed, which the build bundles. Any fault fails the build, and all of them are listed.
 *
 *   npm run catalogue
 *   npm run catalogue -- update SAVED_CONTENT_HTML [SAVED_POST_HTML…] [--dry-run]   (update.ts)
 *   npm run catalogue -- signatures     the signatures of the posts' texts too (signatures.ts)
 */
import { comparedName } from '../src/catalogue/series-name.ts';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Catalogue } from '../src/catalogue/catalogue.ts';
import { readPartTitle } from '../src/catalogue/grammar.ts';
import { isTitle, isTopic } from '../src/catalogue/discovered/facts.ts';
import type { PackedIndex, PackedSearch } from '../src/catalogue/packed-files.ts';
import type { Details, Post, Series } from '../src/catalogue/post.ts';
import { readingMinutes } from '../src/record/time.ts';
import type { Length } from '../src/site/types.ts';
import { isPostId } from '../src/site/address.ts';
import { readingsIn } from './pinyin.ts';
import { formatPosts, formatSeries, updateFromFiles } from './update.ts';
import { writeSignatures } from './signatures.ts';

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

/** A numbered series whose titles do not count 1, 2, 3 …: what they do say, and why. */
export interface Exception {
  series: string;
  numbers: (number | null)[];
  reason: string;
}

/** A row of series.json; exceptions name it by its slug. */
export interface SourceSeries extends Series {
  slug: string;
}

export interface Source {
  posts: SourcePost[];
  series: SourceSeries[];
  exceptions: Exception[];
}

const DATA = new URL('../src/catalogue/data/', import.meta.url);
const PACKED = new URL('../src/catalogue/packed/', import.meta.url);

export function readSource(): Source {
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, DATA), 'utf8')) as unknown;
  return {
    posts: read('posts.json') as SourcePost[],
    series: read('series.json') as SourceSeries[],
    exceptions: read('exceptions.json') as Exception[],
  };
}

/** The source data as the extension has it, in the order of ids. */
export function catalogueOf({ posts, series }: Source): PackedIndex {
  const known = posts.map(({ id, title, date, refs, length }): Post => {
    return { id, title, date, refs, minutes: length && readingMinutes(length) };
  });
  return {
    posts: known.toSorted((a, b) => a.id - b.id),
    series: series.map(({ name, kind, posts: ids }) => ({ name, kind, posts: ids })),
  };
}

/** What the extension shows of posts besides, in the order of ids. */
export function detailsOf({ posts }: Source): [id: number, details: Details][] {
  return posts
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, categories, tags }) => [id, { categories, tags }]);
}

/** Every fault of the source data, in words; [] where it is sound. */
export function faults({ posts, series, exceptions }: Source): string[] {
  const byId = new Map(posts.map((post) => [post.id, post]));
  return [
    ...twice(posts.map(({ id }) => id)).map((id) => `post ${id} stands twice`),
    ...posts.flatMap((post) => postFaults(post, byId)),
    ...twice(series.map(({ slug }) => slug)).map((slug) => `series ${slug} stands twice`),
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
  const sound: boolean = isPostId(post.id);
  if (!sound) found.push(`post ${post.id}: the id is out of range`);
  if (!isDate(post.date))
    found.push(`post ${post.id}: ${post.date} is no date of the form YYYY-MM-DD`);
  if (!isTitle(post.title)) found.push(`post ${post.id}: bad title`);
  if (!post.tags.every(isTopic)) found.push(`post ${post.id}: bad tags`);
  if (post.categories.length === 0 || !post.categories.every(isTopic))
    found.push(`post ${post.id}: bad categories, or none`);
  for (const name of twice(post.categories)) found.push(`post ${post.id} stands twice in ${name}`);
  for (const ref of post.refs ?? [])
    if (!byId.has(ref)) found.push(`post ${post.id} refers to ${ref}, which is not there`);
  return found;
}

function seriesFaults(
  { slug, kind, posts: ids }: SourceSeries,
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
  return found;
}

/** The numbers as the titles give them; 下 is the last of a series, be it of two or of three. */
function partNumbers(posts: SourcePost[]): (number | null)[] {
  return posts.map(({ title }) => {
    const read = readPartTitle(title);
    return read?.numeral === '下' ? posts.length : (read?.number ?? null);
  });
}

function isDate(date: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function twice<T>(values: T[]): T[] {
  const seen = new Set<T>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}

/** The names and texts of the files in packed/. */
export function packedFiles(
  index: PackedIndex,
  search: PackedSearch,
): [name: string, text: string][] {
  // The newest post by itself too, for the background asks for it without reading the index.
  const newest = new Catalogue(index).newestBundled;
  return Object.entries({ index, search, newest }).map(([name, value]) => [
    `${name}.json`,
    JSON.stringify(value),
  ]);
}

function write(source: Source): void {
  mkdirSync(PACKED, { recursive: true });
  const search = { details: detailsOf(source), readings: readingsIn(source) };
  for (const [name, text] of packedFiles(catalogueOf(source), search))
    writeFileSync(new URL(name, PACKED), text);
}

/** Checks the data and writes packed/; whether the data is sound. */
function checkAndPack(source: Source): boolean {
  const found = faults(source);
  if (found.length) {
    console.error(`The catalogue has ${found.length} fault(s):\n  ${found.join('\n  ')}`);
    return false;
  }
  write(source);
  console.log(`catalogue: ${source.posts.length} posts, ${source.series.length} series, packed`);
  return true;
}

function runUpdate(args: string[]): boolean {
  const files = args.filter((arg) => !arg.startsWith('-'));
  const isDryRun = args.includes('--dry-run');
  const before = readSource();
  const { source, changes, notes, faults: found } = updateFromFiles(before, files);
  for (const line of [...changes, ...notes.map((note) => `? ${note}`)]) console.log(line);
  if (found.length) {
    console.error(`Nothing is written:\n  ${found.join('\n  ')}`);
    return false;
  }
  if (isDryRun || changes.length === 0) {
    console.log(changes.length === 0 ? 'Nothing differs.' : 'A dry run: nothing is written.');
    return true;
  }
  writeFileSync(new URL('posts.json', DATA), formatPosts(source.posts));
  writeFileSync(new URL('series.json', DATA), formatSeries(source.series));
  return checkAndPack(source);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, ...args] = process.argv.slice(2);
  const isDone = command === 'update' ? runUpdate(args) : checkAndPack(readSource());
  if (!isDone) process.exitCode = 1;
  if (command === 'signatures') writeSignatures(readSource().posts.map(({ title }) => title));
}
