/** A stored backup, one for each storage key: `TIME REASON CHECK NUMBER`, then the record as it was. */
import { isReadingTime } from './clock.ts';
import { decodeRecord } from './codec.ts';
import { BASE, checksum } from './line.ts';
import { isSameMark, type Mark, markOf, type ReadingRecord } from './marks.ts';

const REASONS = ['migration', 'import', 'bulk', 'restore', 'week', 'damage'] as const;
/**
 * The kind of change that the backup was made before; `week`: a week had passed since the last weekly backup;
 * `damage`: the record had lines that could not be read.
 */
export type BackupReason = (typeof REASONS)[number];

export interface Backup {
  /** When it was made, in ms. */
  time: number;
  reason: BackupReason;
  /** The record in the version of its time; codec.ts reads it. */
  snapshot: string;
  /** Whether the checksum holds. Earlier versions wrote none. */
  isIntact: boolean;
  /** Counts all backups that were ever made, from 0; -1 if an earlier version made it. */
  number: number;
}

const HEAD = /^([0-9a-z]{1,10}) ([a-z]{1,10})(?: ([0-9a-z]{3}))?(?: ([0-9a-z]{1,8}))?$/;

export function encodeBackup({ time, reason, snapshot, number }: Omit<Backup, 'isIntact'>): string {
  const head = [time.toString(BASE), reason, checksum(snapshot), number.toString(BASE)].join(' ');
  return `${head}\n${snapshot}`;
}

/** Reads a stored backup; undefined if there is none. */
export function decodeBackup(stored: unknown): Backup | undefined {
  if (typeof stored !== 'string') return undefined;
  const end = Math.max(0, stored.indexOf('\n'));
  const [, time = '', word, check, number] = HEAD.exec(stored.slice(0, end)) ?? [];
  const reason = REASONS.find((each) => each === word);
  if (!reason || !isReadingTime(parseInt(time, BASE))) return undefined;
  const snapshot = stored.slice(end + 1);
  const isIntact = check === undefined || check === checksum(snapshot);
  return {
    time: parseInt(time, BASE),
    reason,
    snapshot,
    isIntact,
    number: number === undefined ? -1 : parseInt(number, BASE),
  };
}

/** Negative if `a` was made before `b`. The clock may have jumped, so times count only without numbers. */
export function compareBackups(a: Backup, b: Backup): number {
  return a.number - b.number || a.time - b.time;
}

/**
 * The marks that change when a backup is restored: every post gets its mark in the backup. If a part of the backup
 * cannot be read, posts that are not in the rest keep their marks. undefined if a newer companion wrote the backup.
 */
export function restoredMarks(
  record: ReadingRecord,
  { snapshot, isIntact }: Backup,
): ReadonlyMap<number, Mark> | undefined {
  const { record: kept, damaged, newer } = decodeRecord(snapshot);
  if (newer !== undefined) return undefined;
  const isWhole = isIntact && damaged.length === 0;
  const posts = new Set([...(isWhole ? record.keys() : []), ...kept.keys()]);
  const marks = [...posts].map((post): [number, Mark] => [post, markOf(kept, post)]);
  return new Map(marks.filter(([post, mark]) => !isSameMark(mark, markOf(record, post))));
}
