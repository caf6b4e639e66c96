/**
 * The record as it is stored, two values written together:
 *
 *   record   a snapshot: `1 DEVICE DEVICE …`, then a line a post: `ID MARK TIME.TICK DEVICE-NUMBER`
 *   journal  the acts since, a string each: `ACT ID MARK TIME.TICK DEVICE`
 *
 * Numbers in base 36. MARK is `u`, `l`, `pPERCENT`, or `r` (read by reading) or `R` (by hand) with
 * its own time where that is not the act's. Whatever does not parse is dropped and counted.
 */
import { isPostId } from '../blog/address.ts';
import {
  type Entry,
  isReadingTime,
  type Mark,
  merge,
  type ReadingRecord,
  type Stamp,
} from './marks.ts';

export const SCHEMA_VERSION = 1;

export interface Act {
  /** Made where the reader acted; an act that arrives twice is applied once. */
  id: string;
  post: number;
  entry: Entry;
}

export interface Decoded {
  record: ReadingRecord;
  acts: Act[];
  /** Lines that were not understood, as they stood. */
  bad: string[];
  /** The schema of a record from a newer version of the companion, which must not be written over. */
  newer: number | undefined;
}

const BASE = 36;
const DEVICE = /^[0-9a-z]{1,16}$/;
const ACT_ID = /^[0-9a-zA-Z_-]{1,40}$/;

/** Reads both stored values, whatever is in them. Never throws. */
export function decode(snapshot: unknown, journal: unknown): Decoded {
  const bad: string[] = [];
  const { entries, newer } = decodeSnapshot(snapshot, bad);
  const acts = decodeJournal(journal, bad);
  let latest: ReadingRecord = new Map();
  for (const { post, entry } of acts) latest = merge(latest, new Map([[post, entry]]));
  return { record: merge(entries, latest), acts, bad, newer };
}

export function encodeSnapshot(record: ReadingRecord): string {
  const devices = [...new Set([...record.values()].map(({ stamp }) => stamp.device))];
  const number = new Map(devices.map((device, i) => [device, i]));
  const lines = [...record].map(([id, { mark, stamp }]) =>
    [id.toString(BASE), encodeMark(mark, stamp), encodeTime(stamp), number.get(stamp.device)].join(
      ' ',
    ),
  );
  return [[SCHEMA_VERSION, ...devices].join(' '), ...lines].join('\n');
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
    bad.push(`record: ${typeof snapshot}`);
    return { entries, newer: undefined };
  }
  const [head = '', ...lines] = snapshot.split('\n');
  const [version, ...devices] = head.split(' ');
  if (Number(version) > SCHEMA_VERSION) return { entries, newer: Number(version) };
  for (const line of lines) {
    const [id = '', mark = '', time = '', device = ''] = line.split(' ');
    const post = parse(id);
    const stamp = decodeStamp(time, /^\d+$/.test(device) ? devices[Number(device)] : undefined);
    const decoded = stamp && decodeMark(mark, stamp);
    if (isPostId(post) && stamp && decoded) entries.set(post, { mark: decoded, stamp });
    else bad.push(line);
  }
  return { entries, newer: undefined };
}

function decodeJournal(journal: unknown, bad: string[]): Act[] {
  if (journal === undefined) return [];
  if (!Array.isArray(journal)) {
    bad.push(`journal: ${typeof journal}`);
    return [];
  }
  return journal.flatMap((line: unknown): Act[] => {
    const act = typeof line === 'string' ? decodeAct(line) : undefined;
    if (!act) bad.push(typeof line === 'string' ? line : JSON.stringify(line));
    return act ? [act] : [];
  });
}

function decodeAct(line: string): Act | undefined {
  const [id = '', post = '', mark = '', time = '', device = ''] = line.split(' ');
  const stamp = decodeStamp(time, device);
  const decoded = stamp && decodeMark(mark, stamp);
  const number = parse(post);
  if (!ACT_ID.test(id) || !isPostId(number) || !stamp || !decoded) return undefined;
  return { id, post: number, entry: { mark: decoded, stamp } };
}

function encodeTime({ time, tick }: Stamp): string {
  return `${time.toString(BASE)}.${tick.toString(BASE)}`;
}

function decodeStamp(text: string, device: string | undefined): Stamp | undefined {
  const [time, tick] = text.split('.').map(parse);
  if (!isReadingTime(time) || tick === undefined || tick < 0 || !device || !DEVICE.test(device))
    return undefined;
  return { time, tick, device };
}

function encodeMark(mark: Mark, stamp: Stamp): string {
  switch (mark.kind) {
    case 'unread':
      return 'u';
    case 'later':
      return 'l';
    case 'reading':
      return `p${Math.round(mark.fraction * 100).toString(BASE)}`;
    case 'read':
      return (
        (mark.by === 'hand' ? 'R' : 'r') + (mark.at === stamp.time ? '' : mark.at.toString(BASE))
      );
  }
}

function decodeMark(text: string, stamp: Stamp): Mark | undefined {
  const rest = text.slice(1);
  switch (text[0]) {
    case 'u':
      return rest ? undefined : { kind: 'unread' };
    case 'l':
      return rest ? undefined : { kind: 'later' };
    case 'p': {
      const percent = parse(rest);
      if (percent === undefined || percent < 0 || percent > 100) return undefined;
      return { kind: 'reading', fraction: percent / 100 };
    }
    case 'r':
    case 'R': {
      const at = rest ? parse(rest) : stamp.time;
      return isReadingTime(at)
        ? { kind: 'read', at, by: text[0] === 'R' ? 'hand' : 'reading' }
        : undefined;
    }
    default:
      return undefined;
  }
}

function parse(text: string): number | undefined {
  return /^[0-9a-z]{1,10}$/.test(text) ? parseInt(text, BASE) : undefined;
}
