/** The stored values of the record's state, and how those other than the record are read. */
import type { StoredValues } from '../platform/storage.ts';
import { isNatural } from '../record/natural.ts';

/** The keys whose values make the state. */
export const STATE_KEYS = [
  'record',
  'record-before',
  'journal',
  'ids',
  'counters',
  'device',
  'aside',
] as const;

/** How often slots were filled, and when the last weekly backup was made (ms). */
export interface Counters {
  steps: number;
  backups: number;
  weeks: number;
  week: number;
}

/** The ids of acts that were applied. */
export function idsIn(stored: unknown): string[] {
  return typeof stored === 'string' ? stored.split(' ') : [];
}

/** The counters as they are stored; undefined if they are missing or unsound. */
export function countersIn(stored: unknown): Counters | undefined {
  const { steps, backups, weeks, week } = (stored ?? {}) as Record<string, unknown>;
  const isSound = [steps, backups, weeks, week].every((count) => isNatural(count));
  return isSound ? ({ steps, backups, weeks, week } as Counters) : undefined;
}

/** The name of this browser in stamps; undefined if it is missing or unsound. */
export function deviceIn(stored: unknown): string | undefined {
  return typeof stored === 'string' && /^[0-9a-z]{8}$/.test(stored) ? stored : undefined;
}

/** Eight random characters. */
export function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join('');
}

/** The values beside the record that could not be read, as JSON, by key. */
export function unreadValues({
  ids,
  device,
  counters,
}: StoredValues): [key: string, text: string][] {
  const values: [key: string, value: unknown, isSound: boolean][] = [
    ['ids', ids, typeof ids === 'string'],
    ['device', device, deviceIn(device) !== undefined],
    ['counters', counters, countersIn(counters) !== undefined],
  ];
  return values.flatMap(([key, value, isSound]): [string, string][] =>
    value === undefined || isSound ? [] : [[key, JSON.stringify(value)]],
  );
}

/** All that is stored of the record, byte for byte, as one text. */
export function storedText({ record, journal }: StoredValues): string {
  return [record, ...(Array.isArray(journal) ? (journal as unknown[]) : [journal])]
    .filter((each) => each !== undefined)
    .map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
    .join('\n');
}
