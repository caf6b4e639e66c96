/**
 * The record as it is stored, two values written together (docs/record.md):
 *
 *   record   a snapshot: `2 DEVICE DEVICE …`, then a line a post: `ID MARK TIME.TICK DEVICE-NUMBER`
 *   journal  `# …`, counts of the background's own, then the acts since: `ACT ID MARK TIME.TICK DEVICE`,
 *            and `<…`, their steps
 *
 * Lines stand in the order of their posts. Numbers in base 36, but for DEVICE-NUMBER. MARK is `u`, `l`,
 * `pPERCENT` or `pPERCENT,AT,PRINT` with the place in the article, or `r` (read by reading) or `R` (by
 * hand) with its own time where that is not the act's. Whatever does not parse is dropped and counted.
 *
 * Every page of the blog reads it and wants a few posts of it, and so does the background when it
 * wakes for an act: `StoredRecord` looks for the lines of those that are asked for. Lines that stand
 * where they do not belong it may miss; `decode` reads them all.
 */
import { deviceFrom, type Devices, encodeLine, lineEnd, numberAt, readLine } from './line.ts';
import { type Entry, laterOf, type Lookup, type ReadingRecord } from './marks.ts';
import { migrate, SCHEMA_VERSION, versionOf } from './migrations.ts';

export interface Act {
  /** Made where the reader acted; an act that arrives twice is applied once. */
  id: string;
  post: number;
  entry: Entry;
}

export interface Decoded {
  record: ReadingRecord;
  acts: Act[];
  /** Lines that were not understood, as they stood; a value of another type as JSON. */
  bad: string[];
  /** The schema of a record from a newer version of the companion, which must not be written over. */
  newer: number | undefined;
}

const ACT_ID = /^[0-9a-zA-Z_-]{1,40}$/;

/** Reads both stored values, whatever is in them. Never throws. */
export function decode(snapshot: unknown, journal: unknown): Decoded {
  const bad: unknown[] = [];
  const entries = new Map<number, Entry>();
  if (snapshot !== undefined && typeof snapshot !== 'string') bad.push(snapshot);
  const { text, devices, newer } = open(snapshot);
  let last = 0;
  for (let start = lineEnd(text, 0) + 1; start <= text.length;) {
    const end = lineEnd(text, start);
    const line = readLine(text, start, end, devices);
    if (!line) bad.push(text.slice(start, end));
    else if (line.post > last) entries.set((last = line.post), line.entry);
    // Out of its place, or one of several: damage.
    else entries.set(line.post, laterOf(entries.get(line.post), line.entry));
    start = end + 1;
  }
  const acts = decodeJournal(journal);
  bad.push(...oddIn(journal));
  for (const { post, entry } of acts) entries.set(post, laterOf(entries.get(post), entry));
  const asText = (piece: unknown) => (typeof piece === 'string' ? piece : JSON.stringify(piece));
  return { record: entries, acts, bad: bad.map(asText), newer };
}

/** The record alone. */
export function wholeRecord(snapshot: unknown, journal: unknown): ReadingRecord {
  return decode(snapshot, journal).record;
}

/**
 * Whether each line of a snapshot has the shape of one and stands in its place: told in a fraction of
 * the time that `decode` takes, which may still find what cannot be, a date in 1970 say.
 */
export function looksSound(snapshot: unknown): boolean {
  const { text } = open(snapshot);
  const shape = 'N [ulprR]N?(?:,N,N)? N\\.N [0-9]+(?:\\n|$)'.replaceAll('N', '(?:[0-9a-z]{1,10})');
  if (new RegExp(`\\n(?!${shape})`).test(text)) return false;
  let last = 0;
  for (let at = text.indexOf('\n') + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    const post = numberAt(text, at);
    if (post <= last) return false;
    last = post;
  }
  return true;
}

export function encodeSnapshot(record: ReadingRecord): string {
  const number = new Map<string, number>();
  let lines = '';
  for (const [post, entry] of [...record].sort(([a], [b]) => a - b)) {
    let device = number.get(entry.stamp.device);
    if (device === undefined) number.set(entry.stamp.device, (device = number.size));
    lines += `\n${encodeLine(post, entry, device)}`;
  }
  return [SCHEMA_VERSION, ...number.keys()].join(' ') + lines;
}

export function encodeAct({ id, post, entry }: Act): string {
  return `${id} ${encodeLine(post, entry, entry.stamp.device)}`;
}

/** A snapshot of the present version with the devices of its head; '' where there is none to read. */
function open(snapshot: unknown) {
  const given = typeof snapshot === 'string' ? snapshot : '';
  const version = versionOf(given);
  const newer = version > SCHEMA_VERSION ? version : undefined;
  const text = newer ? '' : migrate(given);
  const names = text.slice(0, lineEnd(text, 0)).split(' ').slice(1);
  const devices: Devices = new Map(names.map((name, at) => [String(at), deviceFrom(name)]));
  return { text, devices, newer };
}

/**
 * The record of both stored values, for who wants some posts of it: their lines are read when they are
 * asked for. Never throws, whatever is stored.
 */
export class StoredRecord implements Lookup {
  /** Of the journal. */
  readonly acts: readonly Act[];
  /** As decode gives it. */
  readonly newer: number | undefined;
  readonly #text: string;
  readonly #devices: Devices;
  readonly #acted = new Map<number, Entry>();

  constructor(snapshot: unknown, journal: unknown) {
    const { text, devices, newer } = open(snapshot);
    this.#text = text;
    this.#devices = devices;
    this.newer = newer;
    this.acts = decodeJournal(journal);
    for (const { post, entry } of this.acts)
      this.#acted.set(post, laterOf(this.#acted.get(post), entry));
  }

  get(post: number): Entry | undefined {
    const text = this.#text;
    let start = lineEnd(text, 0) + 1;
    let end = text.length;
    while (start < end) {
      const middle = text.lastIndexOf('\n', ((start + end) >> 1) - 1) + 1;
      if (numberAt(text, middle) < post) start = lineEnd(text, middle) + 1;
      else end = middle;
    }
    let found = this.#acted.get(post);
    // Several lines of a post were made by nobody but by damage.
    while (start < text.length && numberAt(text, start) === post) {
      end = lineEnd(text, start);
      const line = readLine(text, start, end, this.#devices);
      if (line) found = laterOf(found, line.entry);
      start = end + 1;
    }
    return found;
  }
}

/** The acts among its lines. */
function decodeJournal(journal: unknown): Act[] {
  if (!Array.isArray(journal)) return [];
  return journal.flatMap((line: unknown) => (typeof line === 'string' && decodeAct(line)) || []);
}

/** Steps to undo stand in the journal too: steps.ts reads them. */
export function isStepLine(line: unknown): line is string {
  return typeof line === 'string' && line.startsWith('<');
}

/** What stands in a journal and is no act, no step and not the counts at its head. */
export function oddIn(journal: unknown): unknown[] {
  if (!Array.isArray(journal)) return journal === undefined ? [] : [journal];
  const isHead = (line: string, at: number) => at === 0 && line.startsWith('#');
  return journal.filter(
    (line: unknown, at) =>
      typeof line !== 'string' || !(isHead(line, at) || isStepLine(line) || decodeAct(line)),
  );
}

function decodeAct(text: string): Act | undefined {
  const [id = ''] = text.split(' ', 1);
  const line = readLine(text, id.length + 1, text.length, undefined);
  return line && ACT_ID.test(id) ? { id, ...line } : undefined;
}
