/** What makes way where the storage is full. */
import { SHARDS } from '../catalogue/discovered/openings.ts';
import { decodeBackup } from '../record/backups.ts';
import { readSteps } from '../record/undo-steps.ts';
import {
  backupKeys,
  drop,
  type Key,
  load,
  openingKey,
  save,
  stepKey,
  stepKeys,
  type Stored,
  whyNot,
} from '../platform/storage.ts';

/** Steps that stay when storage is full. */
const LEAST_STEPS = 10;

/** What makes way for the record where there is no room, in this order. */
const SPARE: (() => Promise<Key[]> | Key[])[] = [
  () => Array.from({ length: SHARDS }, (_, shard) => openingKey(shard)),
  backupsButOne,
  olderSteps,
];

/** Stores what found no room as soon as it does. Rejects with the browser's error where it never does. */
export async function saveInRoom(values: Stored): Promise<void> {
  for (const [at, spare] of SPARE.entries()) {
    await drop(await spare());
    try {
      return await save(values);
    } catch (error) {
      if (whyNot(error) !== 'full' || at === SPARE.length - 1) throw error;
    }
  }
}

/** All backups but the latest. */
async function backupsButOne(): Promise<Key[]> {
  const stored = await load(backupKeys());
  const times = backupKeys().map((key) => decodeBackup(stored[key])?.time ?? 0);
  const latest = times.indexOf(Math.max(...times));
  return backupKeys().filter((_, i) => i !== latest);
}

async function olderSteps(): Promise<Key[]> {
  const steps = readSteps(Object.values(await load(stepKeys())));
  const kept = new Set<Key>(steps.slice(0, LEAST_STEPS).map(({ number }) => stepKey(number)));
  return stepKeys().filter((key) => !kept.has(key));
}
