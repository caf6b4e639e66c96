/** Stores the record if the storage is full: less important values make room for it. */
import { SHARDS } from '../catalogue/discovered/openings.ts';
import {
  BACKUP_KEYS,
  drop,
  load,
  openingKey,
  save,
  storageErrorOf,
  type StorageKey,
  type StoredValues,
  UNDO_KEYS,
  undoKey,
} from '../platform/storage.ts';
import { decodeBackup } from '../record/backups.ts';
import { decodeSteps } from '../record/undo-steps.ts';

/** This many steps stay in the undo list. */
const STEPS_KEPT = 10;

/** All openings that pages showed. */
export const OPENING_KEYS: readonly StorageKey[] = Array.from({ length: SHARDS }, (_, shard) =>
  openingKey(shard),
);

/** Keys that make room, in this order. */
const EVICTABLE: (() => Promise<readonly StorageKey[]> | readonly StorageKey[])[] = [
  () => OPENING_KEYS,
  allBackupsButNewest,
  olderSteps,
];

/** Writes values in one call and makes room if there is none. Rejects with the browser's error. */
export async function saveOrEvict(values: StoredValues): Promise<void> {
  let error = await tryToSave(values);
  for (const keys of EVICTABLE) {
    if (error === undefined || storageErrorOf(error) !== 'full') break;
    await drop(await keys());
    error = await tryToSave(values);
  }
  if (error !== undefined) throw error;
}

/** The browser's error, or undefined if the values are stored. */
async function tryToSave(values: StoredValues): Promise<unknown> {
  try {
    await save(values);
    return undefined;
  } catch (error) {
    return error ?? new Error('the storage failed');
  }
}

async function allBackupsButNewest(): Promise<StorageKey[]> {
  const stored = await load(BACKUP_KEYS);
  const times = BACKUP_KEYS.map((key) => decodeBackup(stored[key])?.time ?? 0);
  const newest = times.indexOf(Math.max(...times));
  return BACKUP_KEYS.filter((_, slot) => slot !== newest);
}

async function olderSteps(): Promise<StorageKey[]> {
  const stored = await load(UNDO_KEYS);
  const steps = decodeSteps(UNDO_KEYS.map((key) => stored[key]));
  const kept = new Set<StorageKey>(steps.slice(0, STEPS_KEPT).map(({ number }) => undoKey(number)));
  return UNDO_KEYS.filter((key) => !kept.has(key));
}
