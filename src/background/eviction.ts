/**
 * Stores values even if the storage is full, by emptying less important values. These are emptied in the same
 * call that stores the others. So nothing is lost if that is not enough, and no more than is needed.
 */
import {
  BACKUP_KEYS,
  drop,
  isWeeklyBackup,
  load,
  save,
  storageErrorOf,
  type StorageKey,
  type StoredValues,
  UNDO_KEYS,
  undoKey,
} from '../platform/storage.ts';
import { decodeBackup } from '../record/backups.ts';
import { decodeSteps } from '../record/undo-steps.ts';

/** How many of the newest undo steps and backups are never evicted. */
const STEPS_KEPT = 10;
const BACKUPS_KEPT = 2;

/** Writes values in one call and makes room if there is none. Rejects with the browser's error. */
export async function saveOrEvict(values: StoredValues): Promise<void> {
  let error = await tryToSave(values);
  if (error === undefined) return;
  if (storageErrorOf(error) !== 'full') throw error;
  const emptied: StoredValues = {};
  for (const key of await evictable(values)) {
    emptied[key] = '';
    error = await tryToSave({ ...values, ...emptied });
    if (error === undefined) {
      // Empty values take little room; they are removed so that they do not stay for ever.
      await drop(Object.keys(emptied) as StorageKey[]).catch(() => undefined);
      return;
    }
    if (storageErrorOf(error) !== 'full') break;
  }
  throw error;
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

/** Keys that hold something and may be emptied while these values are written, in this order. */
async function evictable(values: StoredValues): Promise<StorageKey[]> {
  const stored = await load([...BACKUP_KEYS, ...UNDO_KEYS, 'record-before']);
  const after: StoredValues = { ...stored, ...values };
  const keys = [
    ...olderBackups(after),
    ...olderSteps(after),
    'record-before' as const,
    // The backup of a week matters less than the act that it is written with.
    ...BACKUP_KEYS.filter((key) => isWeeklyBackup(key) && key in values),
  ];
  return keys.filter((key) => Boolean(after[key]));
}

/** All backups except the newest ones, the oldest first. */
function olderBackups(stored: StoredValues): StorageKey[] {
  const timeOf = (key: StorageKey) => decodeBackup(stored[key])?.time ?? 0;
  return BACKUP_KEYS.toSorted((a, b) => timeOf(a) - timeOf(b)).slice(0, -BACKUPS_KEPT);
}

/** The slots of all steps except the newest ones, the oldest first. */
function olderSteps(stored: StoredValues): StorageKey[] {
  const steps = decodeSteps(UNDO_KEYS.map((key) => stored[key]));
  const slots = steps.map(({ number }): StorageKey => undoKey(number));
  const kept = new Set(slots.slice(0, STEPS_KEPT));
  const old = slots.slice(STEPS_KEPT).toReversed();
  const unread = UNDO_KEYS.filter((key) => !slots.includes(key));
  return [...unread, ...old].filter((key) => !kept.has(key));
}
