/**
 * The record as it is stored, two values written together (docs/record.md):
 *
 *   record   a snapshot: `2 DEVICE DEVICE …`, then a line a post: `ID MARK TIME.TICK DEVICE-NUMBER`
 *   journal  `# …`, counts of the background's own, then the acts since: `ACT ID MARK TIME.TICK DEVICE`
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
  type Place,
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
    lines += `\n${id.toString(BASE)} ${encodeMark(mark, stamp)} ${encodeTime(stamp)} ${device.toString(BASE)}`;
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
  const [head = ''] = text.split('\n', 1);
  const [, ...names] = head.split(' ');
  const devices = names.map((name) => (DEVICE.test(name) ? name : undefined));
  const scan = new Scan(text, head.length + 1);
  while (scan.at <= text.length) {
    const start = scan.at;
    const post = scan.number();
    const entry = scan.skip(SPACE) ? scan.entry() : undefined;
    const device = devices[scan.number()];
    if (entry && device !== undefined && isPostId(post) && scan.endsLine()) {
      entry.stamp.device = device;
      entries.set(post, entry);
    } else {
      const [line = ''] = text.slice(start).split('\n', 1);
      bad.push(line);
      scan.at = start + line.length + 1;
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
  const [first, ...others] = journal as unknown[];
  const lines = typeof first === 'string' && first.startsWith('#') ? others : journal;
  return lines.flatMap((line: unknown): Act[] => {
    const act = typeof line === 'string' ? decodeAct(line) : undefined;
    if (!act) bad.push(typeof line === 'string' ? line : JSON.stringify(line));
    return act ? [act] : [];
  });
}

function decodeAct(line: string): Act | undefined {
  const [id = ''] = line.split(' ', 1);
  const scan = new Scan(line, id.length + 1);
  const post = scan.number();
  const entry = scan.skip(SPACE) ? scan.entry() : undefined;
  const device = line.slice(scan.at);
  if (!entry || !ACT_ID.test(id) || !isPostId(post) || !DEVICE.test(device)) return undefined;
  entry.stamp.device = device;
  return { id, post, entry };
}

const SPACE = 32;
const COMMA = 44;
const DOT = 46;
const NEW_LINE = 10;

/** Reads numbers and what is made of them from a text, from `at` on. */
class Scan {
  at: number;
  readonly #text: string;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  /** -1 where none is, or one that is too long. */
  number(): number {
    const text = this.#text;
    let { at } = this;
    let value = 0;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      // 0 to 9 stand from 48 on, a to z from 97.
      if (!(code > 47 && (code < 58 || (code > 96 && code < 123)))) break;
      value = value * BASE + code - (code < 58 ? 48 : 87);
    }
    const digits = at - this.at;
    this.at = at;
    return digits > 0 && digits <= MOST_DIGITS ? value : -1;
  }

  skip(code: number): boolean {
    const isThere = this.#text.charCodeAt(this.at) === code;
    if (isThere) this.at++;
    return isThere;
  }

  /** Goes on to the next line, if this one is at its end. */
  endsLine(): boolean {
    const isAtEnd = this.at >= this.#text.length || this.#text.charCodeAt(this.at) === NEW_LINE;
    if (isAtEnd) this.at++;
    return isAtEnd;
  }

  /** `MARK TIME.TICK ` with the space after it; the device is filled in by who knows it. */
  entry(): Entry | undefined {
    const letter = this.#text[this.at++];
    const isBare = this.skip(SPACE);
    const number = isBare ? -1 : this.number();
    const place = this.skip(COMMA)
      ? { at: this.number(), print: this.skip(COMMA) ? this.number() : -1 }
      : undefined;
    if (!isBare && (number < 0 || !this.skip(SPACE))) return undefined;
    const time = this.number();
    const tick = this.skip(DOT) ? this.number() : -1;
    if (tick < 0 || !isReadingTime(time) || !this.skip(SPACE)) return undefined;
    const mark = markFrom(letter, number, place, time);
    return mark && { mark, stamp: { time, tick, device: '' } };
  }
}

/** `number`: -1 where none stands at the letter. */
function markFrom(
  letter: string | undefined,
  number: number,
  place: Place | undefined,
  time: number,
): Mark | undefined {
  if (letter === 'p') {
    const fraction = number / 100;
    if (fraction < 0 || fraction > 1 || (place && !isPlace(place))) return undefined;
    return place ? { kind: 'reading', fraction, place } : { kind: 'reading', fraction };
  }
  if (place) return undefined;
  if (letter === 'r' || letter === 'R') {
    const at = number < 0 ? time : number;
    return isReadingTime(at)
      ? { kind: 'read', at, by: letter === 'R' ? 'hand' : 'reading' }
      : undefined;
  }
  if (number >= 0) return undefined;
  return letter === 'u' ? { kind: 'unread' } : letter === 'l' ? { kind: 'later' } : undefined;
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
