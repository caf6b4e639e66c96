/**
 * Checks the source data in src/catalogue/data and writes the data that the extension needs, as JSON, into
 * src/catalogue/packed, which the build bundles. Lists all faults; any fault fails the build.
 *
 *   npm run catalogue
 *   npm run catalogue -- update SAVED_CONTENT_HTML [SAVED_POST_HTML…] [--dry-run]   (update.ts)
 *   npm run catalogue -- signatures     also computes the signatures of the posts' texts (signatures.ts)
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Catalogue } from '../src/catalogue/catalogue.ts';
import { packIndex, type PackedSearch } from '../src/catalogue/packed-files.ts';
import { PACKED } from './packed.ts';
import { readingsIn } from './pinyin.ts';
import { simplifiedForms } from './simplified.ts';
import { writeSignatures } from './signatures.ts';
import {
  catalogueOf,
  DATA,
  detailsOf,
  faults,
  readSource,
  type Source,
  UnreadableSource,
} from './source.ts';
import { formatPosts, formatSeries, updateFromFiles } from './update.ts';

const USAGE =
  'Usage: npm run catalogue [-- update CONTENT_HTML [POST_HTML…] [--dry-run] | -- signatures]';

/** Whether `npm run catalogue` does not take these arguments. */
export function isMisuse(command: string | undefined, args: readonly string[]): boolean {
  if (command !== 'update') return args.length > 0 || ![undefined, 'signatures'].includes(command);
  const options = args.filter((arg) => arg.startsWith('-'));
  return options.length === args.length || options.some((option) => option !== '--dry-run');
}

function write(source: Source): void {
  mkdirSync(PACKED, { recursive: true });
  const catalogue = catalogueOf(source);
  const index = packIndex(catalogue);
  const search: PackedSearch = {
    details: detailsOf(source),
    readings: readingsIn(source),
    simplifiedForms: simplifiedForms(),
  };
  // The newest post is also a file of its own, because the background needs it without the index.
  const newest = new Catalogue(catalogue).newestBundled;
  for (const [name, value] of Object.entries({ index, search, newest }))
    writeFileSync(new URL(`${name}.json`, PACKED), JSON.stringify(value));
}

/** Whether the data is valid; prints its faults. */
function isFaultless(source: Source): boolean {
  const found = faults(source);
  if (found.length === 0) return true;
  console.error(`The catalogue has ${found.length} fault(s):\n  ${found.join('\n  ')}`);
  return false;
}

/** Checks the data and writes packed/; returns whether the data is valid. */
function checkAndPack(source: Source): boolean {
  if (!isFaultless(source)) return false;
  write(source);
  console.log(`catalogue: ${source.posts.length} posts, ${source.series.length} series, packed`);
  return true;
}

function runUpdate(args: string[]): boolean {
  const files = args.filter((arg) => !arg.startsWith('-'));
  const isDryRun = args.includes('--dry-run');
  const before = readSource();
  if (!isFaultless(before)) return false;
  const { source, changes, notes, faults: found } = updateFromFiles(before, files);
  // A page that is not the archive would produce a note for every post.
  const isArchive = source.posts.length > 0 && notes.length < before.posts.length;
  if (isArchive)
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
  if (isMisuse(command, args)) {
    console.error(USAGE);
    process.exit(2);
  }
  let isDone = false;
  try {
    isDone = command === 'update' ? runUpdate(args) : checkAndPack(readSource());
  } catch (error) {
    if (!(error instanceof UnreadableSource)) throw error;
    console.error(error.message);
  }
  if (!isDone) process.exitCode = 1;
  if (isDone && command === 'signatures')
    writeSignatures(readSource().posts.map(({ title }) => title));
}
