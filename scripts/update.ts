/**
 * Updates the source data from saved pages of the blog, which it reads with the extension's own code:
 * posts that are new or have new titles or dates from the archive page, the rest of a post (categories,
 * tags, references, length) from its own page, which is required for a new post.
 *
 *   npm run catalogue -- update SAVED_CONTENT_HTML [SAVED_POST_HTML…] [--dry-run]
 *
 * Prints the changes; writes nothing in a dry run or if there are faults.
 */
import { comparedName } from '../src/catalogue/series-name.ts';
import { readFileSync } from 'node:fs';
import { JSDOM, VirtualConsole } from 'jsdom';
import { postUrl } from '../src/site/address.ts';
import { archiveEntries, archiveList } from '../src/site/archive.ts';
import { readSavedPost, type SavedPost } from '../src/site/saved-post.ts';
import { readPartTitle } from '../src/catalogue/grammar.ts';
import { normaliseTitle } from '../src/catalogue/normalise.ts';
import { faults, type Source, type SourcePost } from './source.ts';

export interface Update {
  /** The updated data; not usable if there are faults. */
  source: Source;
  /** The changes, one per line, for review. */
  changes: string[];
  /** Notes for the maintainer, which do not stop the update. */
  notes: string[];
  /** The reasons why nothing is written; [] if there are none. */
  faults: string[];
}

/** The part of a row of the archive page that is used here. */
export interface Listed {
  id: number;
  title: string;
  date: string | undefined;
}

/** Reads a saved archive page. It is a fault if a year does not have as many posts as its heading says. */
function readArchivePage(page: Document): { listed: Listed[]; faults: string[] } {
  const list = archiveList(page);
  const entries = list ? archiveEntries(list) : [];
  if (entries.length === 0) return { listed: [], faults: ['the archive page lists no post'] };
  const years = new Set(entries.map(({ year }) => year));
  const found = [...years].flatMap((year) => {
    const read = entries.filter((entry) => entry.year === year).length;
    return year.announced === undefined || year.announced === read
      ? []
      : [`the archive page says ${year.announced} posts for ${year.year}, and lists ${read}`];
  });
  return { listed: entries.map(({ id, title, date }) => ({ id, title, date })), faults: found };
}

/** Returns the data with the changes from the pages. Pure: `before` does not change. */
export function update(before: Source, listed: readonly Listed[], pages: SavedPost[]): Update {
  const changes: string[] = [];
  const notes: string[] = [];
  const wrong: string[] = [];
  const rows = new Map(before.posts.map((post) => [post.id, post]));
  const listedIds = new Set(listed.map(({ id }) => id));
  const pageOf = new Map(pages.map((page) => [page.id, page]));

  for (const { id, title, date } of listed) {
    const row = rows.get(id);
    if (!date) wrong.push(`post ${id}: the archive page gives no date`);
    else if (row) rows.set(id, revised(row, title, date, changes));
    else if (pageOf.has(id)) {
      rows.set(id, { id, title, date, categories: [], tags: [], refs: null, length: null });
      changes.push(`+ ${id} ${date} 《${title}》`);
    } else wrong.push(`post ${id} 《${title}》 is new: save ${postUrl(id)} and name the file too`);
  }
  for (const { id, title } of before.posts)
    if (!listedIds.has(id))
      notes.push(`post ${id} 《${title}》 is not on the archive page; it is kept`);

  for (const page of pages) {
    const row = rows.get(page.id);
    if (row) rows.set(page.id, detailed(row, page, rows, changes, notes));
    else if (!listedIds.has(page.id)) wrong.push(`post ${page.id} is not on the archive page`);
  }

  const posts = [...rows.values()].sort((a, b) => a.id - b.id);
  const source = { ...before, posts, series: placed(before, posts, changes, notes) };
  return { source, changes, notes, faults: [...wrong, ...faults(source)] };
}

function revised(row: SourcePost, title: string, date: string, changes: string[]): SourcePost {
  // Other widths or spaces do not make a new title.
  const isSame = normaliseTitle(title) === normaliseTitle(row.title);
  if (!isSame) changes.push(`~ ${row.id} title: 《${row.title}》 is now 《${title}》`);
  if (date !== row.date) changes.push(`~ ${row.id} date: ${row.date} is now ${date}`);
  return { ...row, title: isSame ? row.title : title, date };
}

/** A row with the facts of the post's own page. */
function detailed(
  row: SourcePost,
  { categories, tags, refs, length }: SavedPost,
  rows: Map<number, SourcePost>,
  changes: string[],
  notes: string[],
): SourcePost {
  const known = refs.filter((id) => rows.has(id)).sort((a, b) => a - b);
  for (const id of refs)
    if (!rows.has(id)) notes.push(`post ${row.id} links to ${id}, which is no post; left out`);
  const next = { ...row, categories, tags, refs: known, length };
  for (const field of ['categories', 'tags', 'refs', 'length'] as const) {
    const [was, is] = [row[field], next[field]].map((value) => JSON.stringify(value));
    if (was !== is) changes.push(`~ ${row.id} ${field}: ${was} is now ${is}`);
  }
  return next;
}

/** The series, with new posts placed by the numbers in their titles. */
function placed(
  before: Source,
  posts: SourcePost[],
  changes: string[],
  notes: string[],
): Source['series'] {
  const old = new Map(before.posts.map((post) => [post.id, post.title]));
  const dates = new Map(posts.map(({ id, date }) => [id, date]));
  const compare = (a: number, b: number) =>
    (dates.get(a) ?? '').localeCompare(dates.get(b) ?? '') || a - b;
  let { series } = before;
  for (const { id, title } of posts) {
    if (old.get(id) === title) continue;
    const part = readPartTitle(title);
    if (!part || series.some((each) => each.kind === 'numbered' && each.posts.includes(id)))
      continue;
    const name = comparedName(part.name);
    const home = series.find(
      (each) => each.kind === 'numbered' && comparedName(each.name) === name,
    );
    if (!home) {
      notes.push(
        `post ${id} 《${title}》 reads as part ${part.number} of 「${part.name}」, no series yet`,
      );
      continue;
    }
    const { status, ...rest } = home;
    const grown = { ...rest, posts: [...home.posts, id].sort(compare) };
    // The author continued a finished series.
    if (status) notes.push(`series ${home.slug} was finished by ${status.post}, and goes on`);
    series = series.map((each) => (each === home ? grown : each));
    changes.push(`~ series ${home.slug}: part ${grown.posts.indexOf(id) + 1} is ${id}`);
  }
  return series;
}

/** The text of posts.json: one post per line, with `", "` and `": "` as separators. */
export function formatPosts(posts: readonly SourcePost[]): string {
  return `[\n${posts.map(spaced).join(',\n')}\n]\n`;
}

/** The text of series.json: one series per line, separators without spaces. */
export function formatSeries(series: Source['series']): string {
  return `[\n${series.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`;
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`,
  );
  return `{${fields.join(', ')}}`;
}

/** An error in one of the given files. */
class Unusable extends Error {}

/** Makes the update from saved pages. Returns faults of the files instead of throwing. */
export function updateFromFiles(before: Source, [archive, ...posts]: string[]): Update {
  try {
    if (archive === undefined) throw new Unusable('no saved archive page is named');
    const { listed, faults } = readArchivePage(pageIn(archive));
    const pages = posts.map((file) => {
      const page = readSavedPost(pageIn(file));
      if (typeof page === 'string') throw new Unusable(`${file}: ${page}`);
      return page;
    });
    const made = update(before, listed, pages);
    return { ...made, faults: [...faults, ...made.faults] };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { source: before, changes: [], notes: [], faults: [error.message] };
  }
}

function pageIn(file: string): Document {
  let html: string;
  try {
    html = readFileSync(file, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Unusable(`${file}: cannot be read (${why})`, { cause: error });
  }
  try {
    // JSDOM runs and loads nothing here; its warnings about style sheets are ignored.
    return new JSDOM(html, { virtualConsole: new VirtualConsole() }).window.document;
  } catch (error) {
    // JSDOM's parser is recursive and overflows the stack if elements are nested too deeply.
    if (!(error instanceof RangeError)) throw error;
    throw new Unusable(`${file}: cannot be read (elements are nested too deeply)`, {
      cause: error,
    });
  }
}
