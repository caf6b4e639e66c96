/** The text of a post as it is kept, its bounds, and the checks of what a page sends. */
import { isDay } from '../record/days.ts';
import { isNatural } from '../record/natural.ts';
import { isPostId } from '../site/address.ts';
import type { PostText, TextBlock } from '../site/types.ts';
import { foldText } from './fold.ts';

/** The most bytes that are kept of one post: its blocks as JSON in UTF-8. */
const MOST_BYTES_OF_POST = 200_000;
/** The most bytes that the texts of all posts take, with their folds. */
export const MOST_BYTES_IN_ALL = 60_000_000;

const MOST_BLOCKS = 5_000;
const MOST_NUMBERS = 20;
const LONGEST_TITLE = 1_000;
const KINDS: ReadonlySet<unknown> = new Set(['paragraph', 'heading', 'code']);

/** The fields that decide which of the kept entries are deleted first. */
export interface KeptEntry {
  /** The id of the post. */
  id: number;
  /** The bytes of all that is stored of it, as JSON in UTF-8. */
  bytes: number;
  /** When the post was last read, or a page last showed its opening, in ms. */
  readAt: number;
}

/** The data that is read of all kept posts at once. */
export interface KeptPost extends KeptEntry {
  title: string;
  /** YYYY-MM-DD. */
  day: string;
  /** Characters of the text. */
  length: number;
  /** The times of the last changes of its text, in ms, the newest last; at most three. */
  changedAt: number[];
  /** How many paragraphs differ from what the reader has seen. */
  changed: number;
}

export interface KeptText {
  id: number;
  blocks: TextBlock[];
  /** paragraphHash of each block. */
  hashes: string[];
  /** The text that the reader has seen, if the newest one differs from it. */
  seen?: TextBlock[];
}

/** Returns the text that a page sends, at most 200 kB of it; undefined if it is unsound. */
export function soundPostText(given: unknown): PostText | undefined {
  const { id, title, day, blocks } = (given ?? {}) as Record<keyof PostText, unknown>;
  if (!isPostId(id) || typeof title !== 'string' || title === '' || title.length > LONGEST_TITLE)
    return undefined;
  if (!isDay(day) || !Array.isArray(blocks) || blocks.length === 0 || blocks.length > MOST_BLOCKS)
    return undefined;
  if (!blocks.every(isBlock)) return undefined;
  const kept = withinBytes(blocks);
  return kept.length > 0 ? { id, title, day, blocks: kept } : undefined;
}

/** Reads a stored post; undefined if the value is not one. */
export function readKeptPost(stored: unknown): KeptPost | undefined {
  const post = (stored ?? {}) as Record<keyof KeptPost, unknown>;
  const { title, day, length, changedAt, changed } = post;
  const isSound =
    isEntry(stored) &&
    typeof title === 'string' &&
    typeof day === 'string' &&
    isAmount(length) &&
    isAmount(changed) &&
    Array.isArray(changedAt) &&
    changedAt.every((each) => typeof each === 'number');
  return isSound ? (stored as KeptPost) : undefined;
}

/** Whether a stored value has the fields of an entry. It may have others. */
export function isEntry(stored: unknown): stored is KeptEntry {
  const { id, bytes, readAt } = (stored ?? {}) as Record<keyof KeptEntry, unknown>;
  return isPostId(id) && isAmount(bytes) && isAmount(readAt);
}

function isAmount(given: unknown): boolean {
  return Number.isFinite(given) && (given as number) >= 0;
}

/** Reads a stored text; undefined if the value is not one. */
export function readKeptText(stored: unknown): KeptText | undefined {
  const { id, blocks, hashes, seen } = (stored ?? {}) as Record<keyof KeptText, unknown>;
  const isSound =
    isPostId(id) &&
    areBlocks(blocks) &&
    Array.isArray(hashes) &&
    hashes.length === blocks.length &&
    (seen === undefined || areBlocks(seen));
  return isSound ? (stored as KeptText) : undefined;
}

function areBlocks(given: unknown): given is TextBlock[] {
  return Array.isArray(given) && given.every(isBlock);
}

/** The blocks without other fields, as many as there is room for. */
function withinBytes(blocks: readonly TextBlock[]): TextBlock[] {
  const kept: TextBlock[] = [];
  let left = MOST_BYTES_OF_POST;
  for (const { kind, text, formulas, numbers, place } of blocks) {
    const { at, print } = place;
    const block: TextBlock = { kind, text, formulas, numbers, place: { at, print } };
    left -= storedSize(block);
    if (left < 0) break;
    kept.push(block);
  }
  return kept;
}

function isBlock(given: unknown): given is TextBlock {
  const { kind, text, formulas, numbers, place } = (given ?? {}) as Record<
    keyof TextBlock,
    unknown
  >;
  const { at, print } = (place ?? {}) as Record<keyof TextBlock['place'], unknown>;
  return (
    KINDS.has(kind) &&
    typeof text === 'string' &&
    text !== '' &&
    text.length <= MOST_BYTES_OF_POST &&
    isRising(formulas, text.length) &&
    Array.isArray(numbers) &&
    numbers.length <= MOST_NUMBERS &&
    numbers.every((number) => typeof number === 'string' && number.length <= 20) &&
    isNatural(at) &&
    isNatural(print, 2 ** 24)
  );
}

function isRising(given: unknown, most: number): given is number[] {
  if (!Array.isArray(given) || given.length % 2 !== 0) return false;
  let before = 0;
  return (given as unknown[]).every((offset) => {
    if (!isNatural(offset) || offset < before || offset > most) return false;
    before = offset;
    return true;
  });
}

/** The fold of a text: a line for each block. */
export function foldBlocks(blocks: readonly TextBlock[]): string {
  return blocks.map(({ text }) => foldText(text)).join('\n');
}

/** The size of a value, in bytes of UTF-8 as JSON. */
export function storedSize(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/** The ids of the entries to delete so that the others take at most `most` bytes: those read longest ago. */
export function entriesToForget(entries: readonly KeptEntry[], most: number): number[] {
  let bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const ids: number[] = [];
  for (const entry of entries.toSorted((a, b) => a.readAt - b.readAt || a.id - b.id)) {
    if (bytes <= most) break;
    ids.push(entry.id);
    bytes -= entry.bytes;
  }
  return ids;
}
