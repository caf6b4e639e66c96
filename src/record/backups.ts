/** A stored backup, one for each storage key: `TIME REASON`, then the record as it was. */
import { isReadingTime } from './clock.ts';
import { BASE } from './line.ts';

const REASONS = ['migration', 'import', 'bulk', 'restore', 'week'] as const;
/** Which change it was made before; `week`: a week had passed since the last backup. */
export type BackupReason = (typeof REASONS)[number];

export interface Backup {
  /** When it was made, in ms. */
  time: number;
  reason: BackupReason;
  /** The record in the version of its time; codec.ts reads it. */
  snapshot: string;
}

const HEAD = /^([0-9a-z]{1,10}) ([a-z]{1,10})$/;

export function encodeBackup({ time, reason, snapshot }: Backup): string {
  return `${time.toString(BASE)} ${reason}\n${snapshot}`;
}

/** Reads a stored backup; undefined if there is none. */
export function decodeBackup(stored: unknown): Backup | undefined {
  if (typeof stored !== 'string') return undefined;
  const end = Math.max(0, stored.indexOf('\n'));
  const [, time = '', word] = HEAD.exec(stored.slice(0, end)) ?? [];
  const reason = REASONS.find((each) => each === word);
  if (!reason || !isReadingTime(parseInt(time, BASE))) return undefined;
  return { time: parseInt(time, BASE), reason, snapshot: stored.slice(end + 1) };
}
