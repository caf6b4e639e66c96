/**
 * Reads a list of posts from any text: addresses of the blog anywhere in it, or lines of bare ids. It
 * reads what we export as CSV, Markdown, BibTeX or a list to share.
 */
import { HOSTS, isPostId, postIdOfHref } from '../../site/address.ts';
import { isTitleText } from '../../catalogue/discovered/facts.ts';
import {
  MAX_CHARS,
  MAX_ENTRIES,
  MAX_LINES,
  type Reason,
  type Refusal,
  type Trouble,
} from './import-errors.ts';

export interface PostList {
  /** '' for none. */
  title: string;
  /** In the order of the text, without duplicates. */
  ids: readonly number[];
}

export interface ReadList extends PostList {
  refused: Refusal[];
}

/** Hosts as patterns, the longer first. */
const NAMES = HOSTS.toSorted((a, b) => b.length - a.length).map((host) =>
  host.replaceAll('.', '\\.'),
);
/** An address ends at Chinese text, brackets or quotes. Without http it must not follow other text. */
const ADDRESS = new RegExp(
  `(?:https?://|(?<![\\w./@:-]))(?:${NAMES.join('|')})/[\\w/.~%?#&=+:;-]{0,300}`,
  'giu',
);
// No pattern that repeats without a limit has the flag u, because the engine would run out of memory in a line of
// millions of characters. No pattern takes quadratic time.
/** Punctuation after an address that is not part of it. */
const STOPS = /(?<![.~?:;_-])[.~?:;_-]+$/;
/** A bullet, with which a line of bare ids may start, and the characters that it must not contain. */
const BULLET = /^[-*•]\s/u;
const NOT_IDS = /[^\d\s,，、;；]/u;
const UNTICKED = /^\s*[-*+]\s+\[ \]/;
const TITLE = /^【(.{1,200})】$/u;

/** Reads a list from any text; blank lines are ignored. Never throws. */
export function readList(text: string): ReadList | { trouble: Trouble } {
  if (text.length > MAX_CHARS) return { trouble: { why: 'too-long', most: MAX_CHARS } };
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/u, MAX_LINES + 1);
  if (lines.length > MAX_LINES) return { trouble: { why: 'too-many', most: MAX_LINES } };
  const first = lines.findIndex((line) => line.trim() !== '');
  const title = TITLE.exec(lines[first]?.trim() ?? '')?.[1];
  const hasTitle = isTitleText(title);
  const ids = new Set<number>();
  const refused: Refusal[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || (hasTitle && index === first)) continue;
    const refuse = (reason: Reason) => refused.push({ of: 'lines', at: index + 1, reason });
    const { found, reason } = readLine(line);
    if (reason) refuse(reason);
    else if (found.every((id) => ids.has(id))) refuse('twice');
    for (const id of found) ids.add(id);
    if (ids.size > MAX_ENTRIES) return { trouble: { why: 'too-many', most: MAX_ENTRIES } };
  }
  return { title: hasTitle ? title : '', ids: [...ids], refused };
}

/** The posts that a line names; `reason` if it names none, or if one of its numbers is no id. */
function readLine(line: string): { found: number[]; reason?: Reason } {
  if (UNTICKED.test(line)) return { found: [], reason: 'unticked' };
  const addresses = addressesIn(line);
  if (addresses.length > 0) {
    const found = addresses.flatMap((address) => postIdOfHref(address) ?? []);
    return found.length > 0 ? { found } : { found, reason: 'no-post-address' };
  }
  if (/https?:\/\//iu.test(line)) return { found: [], reason: 'elsewhere' };
  const ids = line.trimStart().replace(BULLET, '');
  const numbers = NOT_IDS.test(ids) ? [] : (ids.match(/\d+/g) ?? []).map(Number);
  if (numbers.length === 0) return { found: [], reason: 'words' };
  const found = numbers.filter(isPostId);
  return found.length === numbers.length ? { found } : { found, reason: 'id' };
}

/** The blog's addresses in a text, with a scheme and without the full stop of a sentence. */
export function addressesIn(text: string): string[] {
  return (text.match(ADDRESS) ?? []).map((found) => {
    const address = found.replace(STOPS, '');
    return /^https?:/iu.test(address) ? address : `https://${address}`;
  });
}
