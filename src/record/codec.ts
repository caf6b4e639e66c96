/**
 * The record as it is stored, one string (docs/record.md):
 *
 *   4-4
 *   POST MARK TIME.TICK DEVICE
 *   …
 *
 * The first line is the version, written twice: one damaged character then does not make the record look
 * as if a newer companion had written it. One line for each post follows (line.ts). Each line can be read
 * without the others. Records of earlier versions are read too (earlier-formats.ts).
 */
import { decodeJournal, readEarlierHead } from './earlier-formats.ts';
import { decodeLine, encodeLine } from './line.ts';
import { type Entry, newerEntry, type ReadingRecord } from './marks.ts';

/** The version that this companion writes. */
export const RECORD_VERSION = 4;

const HEAD = `${RECORD_VERSION}-${RECORD_VERSION}`;

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
  const newer = newerVersion(snapshot);
  if (typeof snapshot === 'string' && newer === undefined) {
    const [head = '', ...lines] = snapshot.split('\n');
    const earlier = head === HEAD ? undefined : readEarlierHead(head);
    if (earlier?.isDamaged) damaged.push(head);
    for (const line of lines) {
      // Behind a damaged first line the names of devices may stand in the lines, or be lost.
      const asNow = earlier?.isDamaged ? decodeLine(line) : undefined;
      const read = decodeLine(line, earlier?.devices) ?? asNow;
      if (read) record.set(read.post, newerEntry(record.get(read.post), read.entry));
      else damaged.push(line);
    }
  } else if (snapshot !== undefined && newer === undefined) damaged.push(snapshot);

  const { acts, odd } = decodeJournal(journal);
  for (const { post, entry } of acts) record.set(post, newerEntry(record.get(post), entry));
  const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return { record, damaged: [...damaged, ...odd].map(asText), newer };
}

/** Writes a record in the present version, sorted by post. */
export function encodeRecord(record: ReadingRecord): string {
  const lines = [...record]
    .sort(([a], [b]) => a - b)
    .map(([post, entry]) => encodeLine(post, entry));
  return [HEAD, ...lines].join('\n');
}

/** The version of a record that a newer companion stored; undefined for anything else. */
export function newerVersion(snapshot: unknown): number | undefined {
  if (typeof snapshot !== 'string') return undefined;
  const [, version] = /^(\d{1,6})-\1(?:\n|$)/.exec(snapshot) ?? [];
  return Number(version) > RECORD_VERSION ? Number(version) : undefined;
}

/** Whether a record was written by an earlier version, or its first line is damaged. */
export function isOutdated(snapshot: unknown): snapshot is string {
  if (typeof snapshot !== 'string' || newerVersion(snapshot) !== undefined) return false;
  return snapshot.split('\n', 1)[0] !== HEAD;
}
