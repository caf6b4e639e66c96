/**
 * The record as it is stored, one string (docs/record.md):
 *
 *   5-5
 *   POST MARK TIME.TICK DEVICE BASIS CHECK
 *   …
 *
 * The first line is the version, written twice: one damaged character then does not make the record look
 * as if a newer companion had written it. One line for each act follows (line.ts), usually one for each post.
 * Each line can be read without the others. Records of earlier versions are read too (earlier-formats.ts).
 */
import { decodeJournal, readEarlierHead } from './earlier-formats.ts';
import { decodeEarlierLine, decodeLine, encodeLine, type PostAct } from './line.ts';
import type { Entry, ReadingRecord } from './marks.ts';
import { actsOf, addEntry } from './merge.ts';
import { newerVersionIn, versionLine } from './version.ts';

/** The version that this companion writes. */
export const RECORD_VERSION = 5;

const HEAD = versionLine(RECORD_VERSION);
/** The first line of version 4. Its lines are as in version 3, with the names of devices. */
const HEAD_4 = versionLine(4);
/** Two lines that became one, because the line break between them is damaged, are not longer. */
const LONGEST_DOUBLE_LINE = 250;

export interface DecodedRecord {
  /** All marks that could be read. */
  record: ReadingRecord;
  /** What could not be read: lines as they are stored, other values as JSON. */
  damaged: string[];
  /** The version, if a newer companion wrote the record; it must not be overwritten then. */
  newer: number | undefined;
}

/**
 * Reads a stored record of any version. Never throws.
 *
 * @param snapshot what is stored under `record`
 * @param journal what is stored under `journal`; only earlier versions wrote one
 */
export function decodeRecord(snapshot: unknown, journal?: unknown): DecodedRecord {
  const record = new Map<number, Entry>();
  const damaged: unknown[] = [];
  const newer = newerVersionIn(snapshot, RECORD_VERSION);
  if (typeof snapshot === 'string' && newer === undefined) {
    const [head = '', ...lines] = snapshot.split('\n');
    const { read, isDamaged } = readerFor(head);
    if (isDamaged) damaged.push(head);
    for (const line of lines) {
      const acts = read(line);
      if (acts.length === 0) damaged.push(line);
      for (const { post, act } of acts) addEntry(record, post, act);
    }
  } else if (snapshot !== undefined && newer === undefined) damaged.push(snapshot);

  const { acts, odd } = decodeJournal(journal);
  for (const { post, act } of acts) addEntry(record, post, act);
  const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return { record, damaged: [...damaged, ...odd].map(asText), newer };
}

/** Writes a record in the present version, sorted by post. */
export function encodeRecord(record: ReadingRecord): string {
  const lines = [...record]
    .sort(([a], [b]) => a - b)
    .flatMap(([post, entry]) => actsOf(entry).map((act) => encodeLine(post, act)));
  return [HEAD, ...lines].join('\n');
}

/** Whether a record was written by an earlier version, or its first line is damaged. */
export function isOutdated(snapshot: unknown): snapshot is string {
  if (typeof snapshot !== 'string' || newerVersionIn(snapshot, RECORD_VERSION) !== undefined)
    return false;
  return snapshot.split('\n', 1)[0] !== HEAD;
}

/** Returns the function that reads the lines after this first line. */
function readerFor(head: string): { read: (line: string) => PostAct[]; isDamaged: boolean } {
  if (head === HEAD) return { read: readLine, isDamaged: false };
  if (head === HEAD_4) return { read: readEarlierLine, isDamaged: false };
  const { devices, isDamaged } = readEarlierHead(head);
  const readNumbered = (line: string) => asList(decodeEarlierLine(line, devices));
  if (!isDamaged) return { read: readNumbered, isDamaged };
  // Lines of any version may follow, and names of devices may be lost.
  const readers = [readLine, readNumbered, readEarlierLine];
  const readAny = (line: string) =>
    readers.map((read) => read(line)).find((acts) => acts.length > 0) ?? [];
  return { read: readAny, isDamaged };
}

function readEarlierLine(line: string): PostAct[] {
  return asList(decodeEarlierLine(line));
}

/** The act of a line; the acts of two lines if the line break between them is damaged. */
function readLine(line: string): PostAct[] {
  const whole = decodeLine(line);
  if (whole || line.length > LONGEST_DOUBLE_LINE) return asList(whole);
  for (let at = 1; at < line.length; at++) {
    const before = decodeLine(line.slice(0, at));
    // The line break is another character, or missing.
    const after = before && (decodeLine(line.slice(at + 1)) ?? decodeLine(line.slice(at)));
    if (before && after) return [before, after];
  }
  return [];
}

function asList<Item>(item: Item | undefined): Item[] {
  return item === undefined ? [] : [item];
}
