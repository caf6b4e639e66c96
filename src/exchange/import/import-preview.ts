/** Reads a text to import and previews what merging it would change. Nothing is merged here. */
import type { DiscoveredPosts } from '../../catalogue/discovered/post.ts';
import { listInFragment } from '../../site/address.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { isPlausible } from '../../catalogue/discovered/facts.ts';
import { DAY_MS, utcDay } from '../../record/days.ts';
import {
  type Entry,
  isSameMark,
  type GivenMark,
  type Mark,
  markFor,
  markOf,
  type ReadingRecord,
} from '../../record/marks.ts';
import { merge, withAct } from '../../record/merge.ts';
import { readFile, type ReadFile } from '../record-file.ts';
import { readList, type ReadList } from './post-list.ts';
import type { Refusal, Trouble } from './import-errors.ts';
import { unpackList } from '../share.ts';

export type Arrival =
  | ({ kind: 'file' } & ReadFile)
  | ({ kind: 'list' } & ReadList)
  | { kind: 'nothing'; trouble: Trouble | { why: 'damaged-list' | 'newer-list' } };

/**
 * Reads any text: a file that we exported, an address that carries a list, or posts named in any
 * other text. Never throws.
 */
export function readAny(text: string): Arrival {
  const packed = packedListIn(text);
  if (packed !== undefined) return readPacked(packed);
  const isJson = text.trimStart().startsWith('{');
  const read = isJson ? readFile(text) : readList(text);
  if ('trouble' in read) return { kind: 'nothing', ...read };
  return 'ids' in read ? { kind: 'list', ...read } : { kind: 'file', ...read };
}

/** Reads the packed list of an address that the content script found. */
export function readPacked(packed: string): Arrival {
  const list = unpackList(packed);
  return 'trouble' in list
    ? { kind: 'nothing', trouble: { why: `${list.trouble}-list` } }
    : { kind: 'list', ...list, refused: [] };
}

function packedListIn(text: string): string | undefined {
  const [address, ...more] = text.slice(0, 10_000).trim().split(/\s+/u);
  return address !== undefined && more.length === 0 && address.includes('#')
    ? listInFragment(address.slice(address.indexOf('#')))
    : undefined;
}

/** A post with its mark before and after the merge. */
export interface PreviewRow {
  id: number;
  before: Mark;
  after: Mark;
}

export interface Preview {
  /** Posts that had no mark, and those whose mark changes. */
  fresh: PreviewRow[];
  changed: PreviewRow[];
  /** Posts that keep their mark, because it is newer or ranks higher. */
  kept: PreviewRow[];
  /** Posts that already have this mark. */
  same: PreviewRow[];
  refused: Refusal[];
  /** The entries to merge into the record, and the posts to merge into the discovered posts. */
  entries: ReadingRecord;
  discovered: DiscoveredPosts;
}

/** The catalogue and the record when a preview is made. */
export interface Present {
  catalogue: Catalogue;
  record: ReadingRecord;
  /** In ms. */
  now: number;
}

/** Previews merging a file: its marks on posts of the blog and on ids that already have an entry. */
export function previewFile(file: ReadFile, present: Present): Preview {
  const { discovered, refused } = plausible(file.discovered, present);
  const mayBePost = (id: number) => present.record.has(id) || isPost(id, present);
  const taken = new Map([...file.record].filter(([id]) => mayBePost(id)));
  const others = [...file.record.keys()].filter((id) => !taken.has(id));
  return {
    ...compare(taken, taken, present),
    discovered,
    refused: [...file.refused, ...others.map(noPost), ...refused],
  };
}

/**
 * Previews a list. It raises posts to a mark (later, reading, read) and never lowers one. Ids that are
 * no post of the blog are refused. The stamps are for the preview only: the background stamps the marks when it
 * stores them.
 */
export function previewList(
  { ids, refused }: Pick<ReadList, 'ids' | 'refused'>,
  choice: GivenMark,
  present: Present,
): Preview {
  const posts = ids.filter((id) => isPost(id, present));
  const mark = markFor(choice, present.now);
  const wanted = new Map(
    posts.map((id): [number, Entry] => [
      id,
      withAct(present.record.get(id), { mark }, present.now, 'preview'),
    ]),
  );
  const lifted = [...wanted].filter(
    ([id]) => RANKS[choice] > RANKS[markOf(present.record, id).kind],
  );
  return {
    ...compare(wanted, new Map(lifted), present),
    refused: [...refused, ...ids.filter((id) => !isPost(id, present)).map(noPost)],
  };
}

const RANKS: Record<Mark['kind'], number> = { unread: 0, later: 1, reading: 2, read: 3 };

/** Compares the `wanted` marks with the result of merging the `taken` ones into the record. */
export function compare(wanted: ReadingRecord, taken: ReadingRecord, { record }: Present): Preview {
  const merged = merge(record, taken);
  const preview: Preview = {
    fresh: [],
    changed: [],
    kept: [],
    same: [],
    refused: [],
    entries: taken,
    discovered: new Map(),
  };
  for (const [id, { mark }] of wanted) {
    const row = { id, before: markOf(record, id), after: markOf(merged, id) };
    const stands = isSameMark(row.before, row.after);
    const isAsWanted =
      isSameMark(row.before, mark) || (!taken.has(id) && row.before.kind === mark.kind);
    if (!stands) (row.before.kind === 'unread' ? preview.fresh : preview.changed).push(row);
    else (isAsWanted ? preview.same : preview.kept).push(row);
  }
  return preview;
}

/** Whether this is a known post, or plausible as one that is newer than the catalogue. */
export function isPost(id: number, { catalogue, now }: Present): boolean {
  if (catalogue.post(id)) return true;
  return id > catalogue.newestBundled.id && isPlausible({ id }, catalogue.newestBundled, now);
}

function noPost(at: number): Refusal {
  return { of: 'posts', at, reason: 'no-post' };
}

/** The discovered posts that a page could have shown here by now (catalogue/discovered/facts.ts). */
function plausible(
  discovered: DiscoveredPosts,
  present: Present,
): { discovered: DiscoveredPosts; refused: Refusal[] } {
  const { catalogue, now } = present;
  const tomorrow = utcDay(now + DAY_MS);
  const sound = [...discovered].filter(
    ([id, post]) =>
      isPost(id, present) &&
      isPlausible(post, catalogue.newestBundled, now) &&
      post.seen <= tomorrow,
  );
  const taken = new Map(sound);
  const refused = [...discovered.keys()].filter((id) => !taken.has(id));
  return {
    discovered: taken,
    refused: refused.map((at) => ({ of: 'posts', at, reason: 'facts' })),
  };
}
