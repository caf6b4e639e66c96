/**
 * The stored form of discovered posts: one text with the version in its first line (record/version.ts), then a
 * line of JSON for each post, the one seen last at the end. A damaged line loses one post. Every fact is checked
 * when it is read.
 */
import { DAY_MS, isDay, utcDay } from '../../record/days.ts';
import { newerVersionIn, versionLine } from '../../record/version.ts';
import { soundFacts } from './facts.ts';
import { capped, type DiscoveredPost, type DiscoveredPosts } from './post.ts';

export interface DecodedDiscovered {
  discovered: DiscoveredPosts;
  /** Lines that could not be read, unchanged. */
  bad: string[];
  /** The version of the value if a newer companion wrote it; it must not be overwritten. */
  newer: number | undefined;
}

const DISCOVERED_VERSION = 2;
const FIRST_LINE = versionLine(DISCOVERED_VERSION);
/** By the first line. Earlier companions wrote the version there once, not twice. */
const DECODERS = new Map([
  ['1', decodeVersion1],
  ['2', decodeJson],
  [FIRST_LINE, decodeJson],
]);

/** Decodes any stored value. Never throws. */
export function decodeDiscovered(stored: unknown): DecodedDiscovered {
  const none: DecodedDiscovered = { discovered: new Map(), bad: [], newer: undefined };
  if (stored === undefined) return none;
  if (typeof stored !== 'string') return { ...none, bad: [`discovered: ${typeof stored}`] };
  const [first = '', ...lines] = stored.split('\n');
  const newer = newerVersionIn(stored, DISCOVERED_VERSION);
  if (newer !== undefined) return { ...none, newer };
  const decodeLine = DECODERS.get(first);
  const discovered = new Map<number, DiscoveredPost>();
  const bad = decodeLine ? [] : [first];
  for (const line of lines) {
    const post = (decodeLine ?? decodeAny)(line);
    if (post) discovered.set(post.id, post);
    else bad.push(line);
  }
  return { discovered: capped(discovered), bad, newer: undefined };
}

export function encodeDiscovered(discovered: DiscoveredPosts): string {
  return [FIRST_LINE, ...[...discovered.values()].map(encodePost)].join('\n');
}

/** The line of one post; equal facts give equal text. */
export function encodePost(post: DiscoveredPost): string {
  const { id, seen, title, ownTitle, date, categories, tags, refs, length } = post;
  return JSON.stringify({ id, seen, title, ownTitle, date, categories, tags, refs, length });
}

function decodeJson(line: string): DiscoveredPost | undefined {
  try {
    const given: unknown = JSON.parse(line);
    return soundPost(given, (given as { seen?: unknown } | null)?.seen);
  } catch {
    return undefined;
  }
}

/** Decodes a line of any version, for a value whose first line is damaged. */
function decodeAny(line: string): DiscoveredPost | undefined {
  return decodeJson(line) ?? decodeVersion1(line);
}

/** Returns `given` as a discovered post that was seen on a day, or undefined if any of it is invalid. */
function soundPost(given: unknown, seen: unknown): DiscoveredPost | undefined {
  const facts = soundFacts(given);
  return facts && isDay(seen) ? { ...facts, seen } : undefined;
}

const BASE = 36;

/**
 * Decodes a line of version 1: columns separated by tabs, empty if not known, omitted at the end,
 *
 *   ID SEEN DATE TITLE CATEGORY TAG,TAG,… REF,REF,… CHARS,WORDS,INLINE,DISPLAY,CODE
 *
 * numbers in base 36, dates as days since 1970, `=` for no references.
 */
function decodeVersion1(line: string): DiscoveredPost | undefined {
  const [id = '', seen = '', date, title, category, tags, refs, length] = line.split('\t');
  const counts = length?.split(',').map(parse) ?? [];
  const [chars, words, inlineFormulas, displayFormulas, codeLines] = counts;
  const facts = {
    id: parse(id),
    date: date ? dayFrom(date) : undefined,
    title: title || undefined,
    categories: category ? [category] : undefined,
    tags: tags ? tags.split(',') : undefined,
    refs: refs ? (refs === '=' ? [] : refs.split(',').map(parse)) : undefined,
    length: length ? { chars, words, inlineFormulas, displayFormulas, codeLines } : undefined,
  };
  return counts.length > 5 ? undefined : soundPost(facts, dayFrom(seen));
}

/** Returns '' for an invalid day, which every check rejects. */
function dayFrom(text: string): string {
  const days = parse(text);
  return days < 100_000 ? utcDay(days * DAY_MS) : '';
}

function parse(text: string): number {
  return /^[0-9a-z]{1,6}$/.test(text) ? parseInt(text, BASE) : Number.NaN;
}
