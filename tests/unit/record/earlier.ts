/** Writes records as versions 1 to 4 of the format stored them, for tests of reading and migrating them. */
import type { Entry, ReadingRecord } from '../../../src/record/marks.ts';
import { encodeEarlierLine } from '../../../src/record/line.ts';

export interface JournalledAct {
  id: string;
  post: number;
  entry: Entry;
}

/** A snapshot: the version and the names of devices, then lines with numbers of devices. */
export function earlierSnapshot(record: ReadingRecord, version: 1 | 2 | 3 = 3): string {
  const devices = [...new Set([...record.values()].map(({ stamp }) => stamp.device))];
  const lines = [...record]
    .sort(([a], [b]) => a - b)
    .map(([post, entry]) =>
      encodeEarlierLine(post, entry).replace(/\S+$/, String(devices.indexOf(entry.stamp.device))),
    );
  return [[version, ...devices].join(' '), ...lines].join('\n');
}

/** A line of a journal. If the act has a step, the line ends with what undoes the act. */
export function journalLine(
  { id, post, entry }: JournalledAct,
  step?: { number: number; time: number; before?: Entry | undefined },
): string {
  const act = `${id} ${encodeEarlierLine(post, entry)}`;
  if (!step) return act;
  const before = step.before ? ` ${encodeEarlierLine(post, step.before)}` : '';
  return `${act} < ${step.number.toString(36)} ${step.time.toString(36)}${before}`;
}

/** A snapshot of version 4: lines with the names of devices. */
export function snapshotOfVersion4(record: ReadingRecord): string {
  return ['4-4', ...[...record].map(([post, entry]) => encodeEarlierLine(post, entry))].join('\n');
}
