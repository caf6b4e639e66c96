/** How the background stores what must not be lost. */
import { SHARDS } from '../catalogue/opening.ts';
import { setAside, readAside } from '../reading/aside.ts';
import { decodeBackup } from '../reading/backups.ts';
import { readSteps } from '../reading/steps.ts';
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

/** Stores what must not be lost, making room where there is none. */
export async function keep(values: Stored): Promise<void> {
  for (const spare of SPARE) {
    try {
      return await save(values);
    } catch (error) {
      if (whyNot(error) !== 'full') throw error;
    }
    await drop(await spare());
  }
  await save(values);
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

/** What is to be stored besides, where some of what stood under `key` could not be read. */
export function withAside(stored: unknown, key: Key, bad: readonly string[]): Stored {
  return bad.length === 0 ? {} : { aside: setAside(readAside(stored), key, bad, Date.now()) };
}
