/**
 * Stores values even if the storage is full, by emptying less important values, one after the other until there
 * is room. They are emptied in the call that stores the others, so nothing is lost if there is never enough room.
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
import { compareBackups, decodeBackup } from '../record/backups.ts';
import { decodeSteps } from '../record/undo-steps.ts';

/** How many of the newest undo steps and backups are never evicted. */
const STEPS_KEPT = 10;
const BACKUPS_KEPT = 2;

/** Writes values in one call and makes room if there is none. Rejects with the browser's error. */
export async function saveOrEvict(values: StoredValues): Promise<void> {
  let error = await tryToSave(values);
  if (error === undefined) return;
  if (storageErrorOf(error) !== 'full') throw error;
  const instead: StoredValues = {};
  for (const [key, value] of await replacements(values)) {
    instead[key] = value;
    error = await tryToSave({ ...values, ...instead });
    if (error === undefined) {
      // Empty values take little room; they are removed so that they do not stay for ever.
      const emptied = Object.keys(instead).filter((each) => instead[each as StorageKey] === '');
      await drop(emptied as StorageKey[]).catch(() => undefined);
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

/** Keys with what to store there to make room for `values`, in this order: '', or what is stored there now. */
async function replacements(
  values: StoredValues,
): Promise<readonly (readonly [StorageKey, unknown])[]> {
  const stored = await load([...BACKUP_KEYS, ...UNDO_KEYS, 'record-before']);
  const after: StoredValues = { ...stored, ...values };
  // A new weekly backup matters less than the act that it is written with, and less than the one it replaces.
  const weekly = BACKUP_KEYS.find((key) => isWeeklyBackup(key) && key in values);
  const backups = olderBackups(weekly ? { ...after, [weekly]: stored[weekly] } : after);
  const keys = [
    ...backups.filter((key) => key !== weekly),
    ...olderSteps(after),
    'record-before' as const,
  ];
  return [
    ...keys.filter((key) => Boolean(after[key])).map((key) => [key, ''] as const),
    ...(weekly ? [[weekly, backups.includes(weekly) ? '' : stored[weekly]] as const] : []),
  ];
}

/** All backups except the newest ones, the oldest first. */
function olderBackups(stored: StoredValues): StorageKey[] {
  const backups = BACKUP_KEYS.map((key) => ({ key, backup: decodeBackup(stored[key]) }));
  const byAge = backups.toSorted(({ backup: a }, { backup: b }) =>
    a && b ? compareBackups(a, b) : Number(Boolean(a)) - Number(Boolean(b)),
  );
  return byAge.slice(0, -BACKUPS_KEPT).map(({ key }) => key);
}

/** The undo slots that cannot be read, then those of all steps except the newest ones, the oldest first. */
function olderSteps(stored: StoredValues): StorageKey[] {
  const steps = decodeSteps(UNDO_KEYS.map((key) => stored[key]));
  const slots = steps.map(({ number }): StorageKey => undoKey(number));
  const kept = new Set(slots.slice(0, STEPS_KEPT));
  const old = slots.slice(STEPS_KEPT).toReversed();
  const unread = UNDO_KEYS.filter((key) => !slots.includes(key));
  return [...unread, ...old].filter((key) => !kept.has(key));
}
