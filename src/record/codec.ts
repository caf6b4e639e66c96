/**
 * The record as it is stored, two values written together (docs/record.md):
 *
 *   record   a snapshot: `3 DEVICE DEVICE …`, then a line a post: `ID MARK TIME.TICK DEVICE-NUMBER`
 *   journal  `# …`, counts of the background's own, then the acts since: `ACT ID MARK TIME.TICK DEVICE`,
 *            some with ` < …` behind, to undo them (steps.ts)
 *
 * Lines stand in the order of their posts. Numbers in base 36, but for DEVICE-NUMBER. MARK is `u`, `l`,
 * `pPERCENT` or `pPERCENT,AT,PRINT` with the place in the article, or `r` (read by reading) or `R` (by
 * hand) with its own time where that is not the act's. Whatever does not parse is dropped and counted.
 *
 * Every page of the blog reads it and wants a few posts of it, and so does the background when it
 * wakes for an act: `StoredRecord` looks for the lines of those that are asked for. Lines that stand
 * where they do not belong it may miss; `decode` reads them all, and so does the popup's `IndexedRecord`
 * where there are any.
 */
import { deviceFrom, type Devices, encodeLine, lineEnd, Lines } from './line.ts';
import { type Entry, laterOf, type AllMarks, type Lookup, type ReadingRecord } from './marks.ts';
import { migrate, newerVersion, SCHEMA_VERSION, versionOf } from './migrations.ts';

export interface Act {
  /** Made where the reader acted; an act that arrives twice is applied once. */
  id: string;
  post: number;
  entry: Entry;
}

export interface Decoded {
  record: ReadingRecord;
  /** Lines that were not understood, as they stood; a value of another type as JSON. */
  bad: string[];
  /** The schema of a record from a newer version of the companion, which must not be written over. */
  newer: number | undefined;
}

/** The id of an act. */
export const ACT_ID = /^[\w-]{1,40}$/;
/** Behind it stands how to undo an act. */
export const STEP = ' < ';

/** Reads both stored values, whatever is in them. Never throws. */
export function decode(snapshot: unknown, journal: unknown): Decoded {
  const bad: unknown[] = [];
  const entries = new Map<number, Entry>();
  if (snapshot !== undefined && typeof snapshot !== 'string') bad.push(snapshot);
  const { text, devices } = open(snapshot);
  const lines = new Lines(text, devices);
  let last = 0;
  for (let start = lineEnd(text, 0) + 1; start <= text.length;) {
    const end = lineEnd(text, start);
    const entry = lines.read(start, end);
    if (!entry) bad.push(text.slice(start, end));
    else if (lines.post > last) entries.set((last = lines.post), entry);
    // Out of its place, or one of several: damage.
    else entries.set(lines.post, laterOf(entries.get(lines.post), entry));
    start = end + 1;
  }
  const { acts, odd } = readJournal(journal);
  for (const { post, entry } of acts) entries.set(post, laterOf(entries.get(post), entry));
  const asText = (piece: unknown) => (typeof piece === 'string' ? piece : JSON.stringify(piece));
  return { record: entries, bad: [...bad, ...odd].map(asText), newer: newerVersion(snapshot) };
}

/** The record alone. */
export function wholeRecord(snapshot: unknown, journal: unknown): ReadingRecord {
  return decode(snapshot, journal).record;
}

/**
 * Whether each line of both has the shape of one and stands in its place: told in a fraction of the
 * time that `decode` takes, which may still find what cannot be, a date in 1970 say.
 */
export function looksSound(snapshot: unknown, journal: unknown): boolean {
  if (readJournal(journal).odd.length > 0) return false;
  const { text } = open(snapshot);
  const shape = 'N [ulprR]N?(?:,N,N)? N\\.N [0-9]+(?:\\n|$)'.replaceAll('N', '(?:[0-9a-z]{1,10})');
  if (new RegExp(`\\n(?!${shape})`).test(text)) return false;
  const lines = new Lines(text);
  let last = 0;
  for (let at = text.indexOf('\n') + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    const post = lines.numberAt(at);
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
  const isOurs = typeof snapshot === 'string' && versionOf(snapshot) <= SCHEMA_VERSION;
  const text = isOurs ? migrate(snapshot) : '';
  const names = text.slice(0, lineEnd(text, 0)).split(' ').slice(1);
  const devices: Devices = new Map(names.map((name, at) => [String(at), deviceFrom(name)]));
  return { text, devices };
}

/**
 * The record of both stored values, for who wants some posts of it: their lines are read when they are
 * asked for. Never throws, whatever is stored.
 */
export class StoredRecord implements Lookup {
  readonly #lines: Lines;
  /** Lines of the journal with the posts that they begin with. */
  readonly #acted: readonly (readonly [post: number, line: string])[];

  constructor(snapshot: unknown, journal: unknown) {
    const { text, devices } = open(snapshot);
    this.#lines = new Lines(text, devices);
    this.#acted = textsIn(journal).map((line) => [new Lines(line).numberAt(actEnd(line)), line]);
  }

  get(post: number): Entry | undefined {
    const lines = this.#lines;
    const { text } = lines;
    let start = lineEnd(text, 0) + 1;
    let end = text.length;
    while (start < end) {
      const middle = text.lastIndexOf('\n', ((start + end) >> 1) - 1) + 1;
      if (lines.numberAt(middle) < post) start = lineEnd(text, middle) + 1;
      else end = middle;
    }
    let found: Entry | undefined;
    // Several lines of a post were made by nobody but by damage.
    while (start < text.length && lines.numberAt(start) === post) {
      end = lineEnd(text, start);
      found = laterOf(found, lines.read(start, end));
      start = end + 1;
    }
    for (const [each, line] of this.#acted)
      if (each === post) found = laterOf(found, decodeAct(line)?.entry);
    return found;
  }
}

/**
 * The same for who wants most of the posts: where their lines begin is looked for once. They are not
 * kept when they are read: of 100,000 marks as many objects would make the popup late.
 */
export class IndexedRecord implements AllMarks {
  readonly #lines: Lines;
  readonly #starts = new Map<number, number>();
  /** What the journal says; all of it where lines are damaged or stand in disorder. */
  readonly #entries: Map<number, Entry>;

  constructor(snapshot: unknown, journal: unknown) {
    const { text, devices } = open(snapshot);
    const lines = new Lines(text, devices);
    this.#lines = lines;
    let last = 0;
    for (let start = lineEnd(text, 0) + 1; start <= text.length;) {
      const post = lines.numberAt(start);
      if (post <= last) {
        this.#starts.clear();
        this.#entries = new Map(wholeRecord(snapshot, journal));
        return;
      }
      this.#starts.set((last = post), start);
      start = lineEnd(text, start) + 1;
    }
    this.#entries = new Map();
    for (const { post, entry } of readJournal(journal).acts) {
      this.#entries.set(post, laterOf(this.get(post), entry));
      if (!this.#starts.has(post)) this.#starts.set(post, text.length);
    }
  }

  get(post: number): Entry | undefined {
    const lines = this.#lines;
    const start = this.#starts.get(post) ?? lines.text.length;
    return this.#entries.get(post) ?? lines.read(start, lineEnd(lines.text, start));
  }

  keys(): Iterable<number> {
    return (this.#starts.size > 0 ? this.#starts : this.#entries).keys();
  }
}

/** The lines of a journal; none where it is no journal. */
export function textsIn(journal: unknown): string[] {
  const lines: unknown[] = Array.isArray(journal) ? journal : [];
  return lines.filter((line) => typeof line === 'string');
}

/** The acts of a journal, and what stands in it that is neither one nor the counts at its head. */
function readJournal(journal: unknown): { acts: Act[]; odd: unknown[] } {
  const acts: Act[] = [];
  const odd: unknown[] = [];
  const lines: unknown[] = Array.isArray(journal)
    ? journal
    : journal === undefined
      ? []
      : [journal];
  lines.forEach((line, at) => {
    const act = typeof line === 'string' ? decodeAct(line) : undefined;
    if (act) acts.push(act);
    else if (at > 0 || typeof line !== 'string' || !line.startsWith('#')) odd.push(line);
  });
  return { acts, odd };
}

/** An act of a journal's line, or undefined where none is. */
export function decodeAct(line: string): Act | undefined {
  const start = actEnd(line);
  const id = line.slice(0, start - 1);
  const lines = new Lines(line);
  const entry = lines.read(start, (line + STEP).indexOf(STEP));
  return entry && ACT_ID.test(id) ? { id, post: lines.post, entry } : undefined;
}

/** Where the line of its post begins. */
function actEnd(line: string): number {
  return line.indexOf(' ') + 1;
}
