/**
 * The record as it is stored, two values written together (docs/record.md):
 *
 *   record   a snapshot: `2 DEVICE DEVICE …`, then a line a post: `ID MARK TIME.TICK DEVICE-NUMBER`
 *   journal  `# …`, counts of the background's own, then the acts since: `ACT ID MARK TIME.TICK DEVICE`
 *
 * Numbers in base 36, but for DEVICE-NUMBER. MARK is `u`, `l`, `pPERCENT` or `pPERCENT,AT,PRINT` with the place in the
 * article, or `r` (read by reading) or `R` (by hand) with its own time where that is not the act's.
 * Whatever does not parse is dropped and counted.
 *
 * Every page of the blog reads it and wants a few posts of it, and so does the background when it
 * wakes for an act: `StoredRecord` finds the lines and reads those that are asked for, which takes a
 * tenth of reading all.
 */
import { isPostId } from '../blog/address.ts';
import {
  type Entry,
  isPlace,
  isReadingTime,
  laterOf,
  type Lookup,
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
const DEVICE = /^[0-9a-z]{1,16}$/;
const ACT_ID = /^[0-9a-zA-Z_-]{1,40}$/;
/** Digits of the longest number. */
const LONGEST = 10;

/** Reads both stored values, whatever is in them. Never throws. */
export function decode(snapshot: unknown, journal: unknown): Decoded {
  const bad: string[] = [];
  const entries = new Map<number, Entry>();
  if (snapshot !== undefined && typeof snapshot !== 'string') bad.push(JSON.stringify(snapshot));
  const { text, devices, newer } = open(snapshot);
  for (let start = lineEnd(text, 0) + 1; start <= text.length;) {
    const end = lineEnd(text, start);
    const line = new Line(text, start, end);
    const post = line.number();
    const entry = isPostId(post) ? line.entry(devices) : undefined;
    if (entry && isPostId(post)) entries.set(post, entry);
    else bad.push(text.slice(start, end));
    start = end + 1;
  }
  const acts = decodeJournal(journal, bad);
  for (const { post, entry } of acts) {
    const other = entries.get(post);
    entries.set(post, other ? laterOf(other, entry) : entry);
  }
  return { record: entries, acts, bad, newer };
}

/** The record alone. */
export function wholeRecord(snapshot: unknown, journal: unknown): ReadingRecord {
  return decode(snapshot, journal).record;
}

/**
 * Whether each stored line has the shape of one: told in a fraction of the time that `decode` takes,
 * which may still find what cannot be, a date in 1970 say.
 */
export function looksSound(snapshot: unknown, journal: unknown): boolean {
  const bad: string[] = [];
  decodeJournal(journal, bad);
  if (snapshot === undefined) return bad.length === 0;
  const shape = 'N [ulprR]N?(?:,N,N)? N\\.N [0-9]+(?:\\n|$)'.replaceAll('N', '(?:[0-9a-z]{1,10})');
  const odd = new RegExp(`\\n(?!${shape})`);
  return bad.length === 0 && typeof snapshot === 'string' && !odd.test(open(snapshot).text);
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

/** By their numbers, as they stand in lines. */
type Devices = ReadonlyMap<string, string>;

/** A snapshot of the present version with the devices of its head; '' where there is none to read. */
function open(snapshot: unknown) {
  const given = typeof snapshot === 'string' ? snapshot : '';
  const newer = versionOf(given) > SCHEMA_VERSION ? versionOf(given) : undefined;
  const text = newer === undefined ? migrate(given) : '';
  const names = text.slice(0, lineEnd(text, 0)).split(' ').slice(1);
  const devices: Devices = new Map(names.map((name, at) => [String(at), name]));
  return { text, devices, newer };
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/**
 * A line, read from left to right. Not by a pattern, which would make a string of each number: that
 * takes twice as long, and there may be 100,000 lines.
 */
class Line {
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  /** In base 36; undefined where none stands here, NaN where it is too long. */
  number(): number | undefined {
    const from = this.#at;
    let value = 0;
    for (; this.#at < this.#end; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      // 0 to 9 stand from 48 on, a to z from 97.
      if (!(code > 47 && (code < 58 || (code > 96 && code < 123)))) break;
      value = value * BASE + code - (code < 58 ? 48 : 87);
    }
    if (this.#at === from) return undefined;
    return this.#at - from > LONGEST ? NaN : value;
  }

  /** What stands behind the post: ` MARK[NUMBER[,AT,PRINT]] TIME.TICK DEVICE`. */
  entry(devices: Devices | undefined): Entry | undefined {
    if (!this.#takes(' ')) return undefined;
    const letter = this.#text[this.#at++];
    const number = this.number();
    let place: Place | undefined;
    if (this.#takes(',')) {
      const at = this.number() ?? NaN;
      if (!this.#takes(',')) return undefined;
      place = { at, print: this.number() ?? NaN };
    }
    if (!this.#takes(' ')) return undefined;
    const time = this.number();
    if (!this.#takes('.')) return undefined;
    const tick = this.number() ?? NaN;
    if (!this.#takes(' ') || !isReadingTime(time) || Number.isNaN(tick)) return undefined;
    const name = this.#text.slice(this.#at, this.#end);
    const device = devices ? (devices.get(name) ?? '') : name;
    const mark = markFrom(letter, number, place, time);
    return mark && DEVICE.test(device) ? { mark, stamp: { time, tick, device } } : undefined;
  }

  #takes(character: string): boolean {
    return this.#text[this.#at] === character && ++this.#at > 0;
  }
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
  /** Where the last line of each post begins. */
  readonly #starts = new Map<number, number>();
  /** By where a line begins, where one of the same post before it does: only damage makes two. */
  readonly #earlier = new Map<number, number>();
  readonly #read = new Map<number, Entry | undefined>();

  constructor(snapshot: unknown, journal: unknown) {
    const { text, devices, newer } = open(snapshot);
    this.#text = text;
    this.#devices = devices;
    this.newer = newer;
    for (let at = text.indexOf('\n') + 1; at > 0; at = text.indexOf('\n', at) + 1) {
      const post = new Line(text, at, text.length).number() ?? 0;
      const before = this.#starts.get(post);
      if (before !== undefined) this.#earlier.set(at, before);
      this.#starts.set(post, at);
    }
    this.acts = decodeJournal(journal, []);
    for (const { post, entry } of this.acts) {
      const other = this.get(post);
      this.#read.set(post, other ? laterOf(other, entry) : entry);
    }
  }

  get(post: number): Entry | undefined {
    if (!this.#read.has(post)) this.#read.set(post, this.#find(post));
    return this.#read.get(post);
  }

  /** The last sound line of a post. */
  #find(post: number): Entry | undefined {
    let start = isPostId(post) ? this.#starts.get(post) : undefined;
    for (; start !== undefined; start = this.#earlier.get(start)) {
      const line = new Line(this.#text, start, lineEnd(this.#text, start));
      line.number();
      const entry = line.entry(this.#devices);
      if (entry) return entry;
    }
    return undefined;
  }
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

function decodeAct(text: string): Act | undefined {
  const [id = ''] = text.split(' ', 1);
  const line = new Line(text, id.length + 1, text.length);
  const post = line.number();
  const entry = ACT_ID.test(id) && isPostId(post) ? line.entry(undefined) : undefined;
  return entry && isPostId(post) ? { id, post, entry } : undefined;
}

/** `number`: what stands at the letter, if anything does; `time`: of the stamp. */
function markFrom(
  letter: string | undefined,
  number: number | undefined,
  place: Place | undefined,
  time: number,
): Mark | undefined {
  if (letter === 'p') {
    const fraction = (number ?? NaN) / 100;
    if (!(fraction <= 1) || (place && !isPlace(place))) return undefined;
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
