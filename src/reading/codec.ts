/**
 * The record as it is stored, two values written together (docs/record.md):
 *
 *   record   a snapshot: `2 DEVICE DEVICE …`, then a line a post: `ID MARK TIME.TICK DEVICE-NUMBER`
 *   journal  the acts since, a string each: `ACT ID MARK TIME.TICK DEVICE`
 *
 * Numbers in base 36. MARK is `u`, `l`, `pPERCENT` or `pPERCENT,AT,PRINT` with the place in the
 * article, or `r` (read by reading) or `R` (by hand) with its own time where that is not the act's.
 * Whatever does not parse is dropped and counted.
 *
 * Every page of the blog reads it, so it is read character by character: 1,400 lines split into
 * words took three times as long as their getting out of the storage.
 */
import { isPostId } from '../blog/address.ts';
import {
  type Entry,
  isPlace,
  isReadingTime,
  laterOf,
  type Mark,
  type ReadingRecord,
  type Stamp,
} from './marks.ts';
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

const BASE = 36;
const MOST_DIGITS = 10;
const DEVICE = /^[0-9a-z]{1,16}$/;
const ACT_ID = /^[0-9a-zA-Z_-]{1,40}$/;

/** Reads both stored values, whatever is in them. Never throws. */
export function decode(snapshot: unknown, journal: unknown): Decoded {
  const bad: string[] = [];
  const { entries, newer } = decodeSnapshot(snapshot, bad);
  const acts = decodeJournal(journal, bad);
  for (const { post, entry } of acts) {
    const other = entries.get(post);
    entries.set(post, other ? laterOf(other, entry) : entry);
  }
  return { record: entries, acts, bad, newer };
}

export function encodeSnapshot(record: ReadingRecord): string {
  const number = new Map<string, number>();
  let lines = '';
  for (const [id, { mark, stamp }] of record) {
    let device = number.get(stamp.device);
    if (device === undefined) number.set(stamp.device, (device = number.size));
    lines += `\n${id.toString(BASE)} ${encodeMark(mark, stamp)} ${encodeTime(stamp)} ${device}`;
  }
  return [SCHEMA_VERSION, ...number.keys()].join(' ') + lines;
}

export function encodeAct({ id, post, entry: { mark, stamp } }: Act): string {
  return [id, post.toString(BASE), encodeMark(mark, stamp), encodeTime(stamp), stamp.device].join(
    ' ',
  );
}

function decodeSnapshot(snapshot: unknown, bad: string[]) {
  const entries = new Map<number, Entry>();
  if (snapshot === undefined) return { entries, newer: undefined };
  if (typeof snapshot !== 'string') {
    bad.push(JSON.stringify(snapshot));
    return { entries, newer: undefined };
  }
  const version = versionOf(snapshot);
  if (version > SCHEMA_VERSION) return { entries, newer: version };
  const text = migrate(snapshot);
  const headEnd = endOfLine(text, 0);
  const devices = text.slice(0, headEnd).split(' ').slice(1);
  const isDevice = devices.map((device) => DEVICE.test(device));
  const scan = new Scan(text);
  for (let start = headEnd + 1; start <= text.length && headEnd < text.length;) {
    scan.at = start;
    const post = scan.number();
    const entry = scan.skip(SPACE) ? scan.entry() : undefined;
    const device = scan.skip(SPACE) ? scan.number(10) : -1;
    if (entry && isDevice[device] && isPostId(post) && scan.isAtEnd()) {
      entry.stamp.device = devices[device] ?? '';
      entries.set(post, entry);
      start = scan.at + 1;
    } else {
      const end = endOfLine(text, start);
      bad.push(text.slice(start, end));
      start = end + 1;
    }
  }
  return { entries, newer: undefined };
}

function decodeJournal(journal: unknown, bad: string[]): Act[] {
  if (journal === undefined) return [];
  if (!Array.isArray(journal)) {
    bad.push(JSON.stringify(journal));
    return [];
  }
  return journal.flatMap((line: unknown): Act[] => {
    const act = typeof line === 'string' ? decodeAct(line) : undefined;
    if (!act) bad.push(typeof line === 'string' ? line : JSON.stringify(line));
    return act ? [act] : [];
  });
}

function decodeAct(line: string): Act | undefined {
  const id = line.slice(0, Math.max(0, line.indexOf(' ')));
  const device = line.slice(line.lastIndexOf(' ') + 1);
  const scan = new Scan(line);
  scan.at = id.length + 1;
  const post = scan.number();
  const entry = scan.skip(SPACE) ? scan.entry() : undefined;
  if (!entry || !ACT_ID.test(id) || !isPostId(post) || !DEVICE.test(device)) return undefined;
  if (scan.at + 1 + device.length !== line.length) return undefined;
  entry.stamp.device = device;
  return { id, post, entry };
}

const [SPACE, COMMA, DOT, NEW_LINE] = [32, 44, 46, 10];

/** Reads numbers and what is made of them from a text, from `at` on. -1 is no number. */
class Scan {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  number(base = BASE): number {
    const start = this.at;
    let value = 0;
    for (; ; this.at++) {
      const code = this.#text.charCodeAt(this.at);
      const digit =
        code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 122 ? code - 87 : base;
      if (digit >= base) break;
      value = value * base + digit;
    }
    const digits = this.at - start;
    return digits > 0 && digits <= MOST_DIGITS ? value : -1;
  }

  skip(code: number): boolean {
    if (this.#text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }

  isAtEnd(): boolean {
    return this.at >= this.#text.length || this.#text.charCodeAt(this.at) === NEW_LINE;
  }

  /** `MARK TIME.TICK`; the device is filled in by who knows where it stands. */
  entry(): Entry | undefined {
    const letter = this.#text[this.at++];
    const hasNumber = this.#text.charCodeAt(this.at) !== SPACE;
    const first = hasNumber ? this.number() : -1;
    if (hasNumber && first < 0) return undefined;
    const place = this.skip(COMMA)
      ? { at: this.number(), print: this.skip(COMMA) ? this.number() : -1 }
      : undefined;
    if (!this.skip(SPACE)) return undefined;
    const time = this.number();
    const tick = this.skip(DOT) ? this.number() : -1;
    if (tick < 0 || !isReadingTime(time)) return undefined;
    const mark = markFrom(letter, hasNumber ? first : undefined, place, time);
    return mark && { mark, stamp: { time, tick, device: '' } };
  }
}

function markFrom(
  letter: string | undefined,
  number: number | undefined,
  place: { at: number; print: number } | undefined,
  time: number,
): Mark | undefined {
  if (letter === 'p') {
    if (number === undefined || number > 100 || (place && !isPlace(place))) return undefined;
    const fraction = number / 100;
    return place ? { kind: 'reading', fraction, place } : { kind: 'reading', fraction };
  }
  if (place) return undefined;
  if (letter === 'r' || letter === 'R') {
    const at = number ?? time;
    return isReadingTime(at)
      ? { kind: 'read', at, by: letter === 'R' ? 'hand' : 'reading' }
      : undefined;
  }
  if (number !== undefined) return undefined;
  return letter === 'u' ? { kind: 'unread' } : letter === 'l' ? { kind: 'later' } : undefined;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function encodeTime({ time, tick }: Stamp): string {
  return `${time.toString(BASE)}.${tick.toString(BASE)}`;
}

function encodeMark(mark: Mark, stamp: Stamp): string {
  switch (mark.kind) {
    case 'unread':
      return 'u';
    case 'later':
      return 'l';
    case 'reading': {
      const { fraction, place } = mark;
      const numbers = [Math.round(fraction * 100), ...(place ? [place.at, place.print] : [])];
      return `p${numbers.map((number) => number.toString(BASE)).join(',')}`;
    }
    case 'read':
      return (
        (mark.by === 'hand' ? 'R' : 'r') + (mark.at === stamp.time ? '' : mark.at.toString(BASE))
      );
  }
}
