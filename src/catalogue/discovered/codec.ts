/**
 * The stored form of discovered posts: a line with the version (record/version.ts), then a line of JSON for each
 * post, the one seen last at the end. Every fact is checked when it is read.
 */
import { DAY_MS, isDay, utcDay } from '../../record/days.ts';
import { decodeLines, type Undecoded } from '../../record/stored-lines.ts';
import { versionLine } from '../../record/version.ts';
import { soundFacts } from './facts.ts';
import { capped, type DiscoveredPost, type DiscoveredPosts } from './post.ts';

/** Decode a line of version 1 and of version 2. */
const DECODERS = [decodeVersion1, decodeJson];
const FIRST_LINE = versionLine(DECODERS.length);

/** Decodes any stored value. Never throws. */
export function decodeDiscovered(stored: unknown): Undecoded & { discovered: DiscoveredPosts } {
  const { items, ...undecoded } = decodeLines(stored, 'discovered', DECODERS);
  const discovered = new Map(items.map((post) => [post.id, post]));
  return { discovered: capped(discovered), ...undecoded };
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
