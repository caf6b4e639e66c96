/** Backups as they are stored, one a key: `TIME WHY`, then a snapshot of the record as it was. */
import { BASE } from './line.ts';
import { isReadingTime } from './marks.ts';

const WHYS = ['migration', 'import', 'bulk', 'restore', 'week'] as const;
/** Before what it was made; `week`: because a week had passed. */
export type BackupReason = (typeof WHYS)[number];

export interface Backup {
  /** In ms. */
  time: number;
  why: BackupReason;
  /** In the version that it was written in; codec.ts reads it. */
  snapshot: string;
}

const HEAD = /^([0-9a-z]{1,10}) ([a-z]{1,10})$/;

export function encodeBackup({ time, why, snapshot }: Backup): string {
  return `${time.toString(BASE)} ${why}\n${snapshot}`;
}

/** A stored backup; undefined where none is. */
export function decodeBackup(stored: unknown): Backup | undefined {
  if (typeof stored !== 'string') return undefined;
  const end = Math.max(0, stored.indexOf('\n'));
  const [, time = '', reason] = HEAD.exec(stored.slice(0, end)) ?? [];
  const why = WHYS.find((each) => each === reason);
  if (!why || !isReadingTime(parseInt(time, BASE))) return undefined;
  return { time: parseInt(time, BASE), why, snapshot: stored.slice(end + 1) };
}
