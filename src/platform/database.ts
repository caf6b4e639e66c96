/**
 * The only file that opens a database of the browser. Only the background uses it, because in private windows
 * of Firefox the browser refuses it everywhere else.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';

/** Stored values can have any form, because of earlier versions or disk faults. */
interface TextSchema extends DBSchema {
  /** The text of each post that was read, by id. */
  texts: { key: number; value: unknown };
  /**
   * The data of all these texts that a search needs, in a few records by number. Chromium reads 1,341 records,
   * one for each post, in 0.3 s, and 32 records in a quarter of that.
   */
  shards: { key: number; value: unknown };
  /** The opening of each post that a listing showed, by id. */
  openings: { key: number; value: unknown };
}

export type TextDatabase = IDBPDatabase<TextSchema>;
export type TextStore<Name extends StoreName = StoreName> = IDBPObjectStore<
  TextSchema,
  Name[],
  Name,
  'readwrite'
>;
/** The stores with the data of read posts. */
export const TEXT_STORES = ['texts', 'shards'] as const;

const DATABASE = 'texts';
/** Versions 1 and 2 were never released. */
const VERSION = 3;

/**
 * Opens the database of texts. Rejects with the browser's error.
 *
 * @param whenClosed is called when the database is closed because it is deleted, another version opens it, or the
 * browser ends it
 */
export async function openTextDatabase(whenClosed: () => void): Promise<TextDatabase> {
  /** The error that ended the upgrade: the request to open reports only that it was aborted. */
  let upgradeError: unknown;
  const opening = openDB<TextSchema>(DATABASE, VERSION, {
    upgrade(opened, _oldVersion, _newVersion, transaction) {
      transaction.done.catch((error: unknown) => (upgradeError = error));
      for (const name of opened.objectStoreNames) opened.deleteObjectStore(name);
      for (const name of [...TEXT_STORES, 'openings'] as const) opened.createObjectStore(name);
    },
    blocking() {
      database.close();
      whenClosed();
    },
    terminated: whenClosed,
  });
  const database = await opening.catch((error: unknown) => {
    throw upgradeError ?? error;
  });
  return database;
}

type StoreName = 'texts' | 'shards' | 'openings';

/** Calls `work` in one transaction that writes all or nothing. Rejects with the error that ended it. */
export async function inTransaction<Name extends StoreName>(
  database: TextDatabase,
  stores: readonly Name[],
  work: (storeOf: (name: Name) => TextStore<Name>) => Promise<unknown>,
): Promise<void> {
  const transaction = database.transaction<Name[], 'readwrite'>([...stores], 'readwrite');
  const working = async () => work((name) => transaction.objectStore(name));
  const abort = (error: unknown) => {
    try {
      transaction.abort();
    } catch {
      // The transaction has ended already.
    }
    throw error;
  };
  const results = await Promise.allSettled([working().catch(abort), transaction.done]);
  const errors = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  // The requests of a transaction that the browser ends report only that they were aborted.
  if (errors.length > 0) throw errors.find((error) => !isAborted(error)) ?? errors[0];
}

function isAborted(error: unknown): boolean {
  return (error as { name?: unknown } | null)?.name === 'AbortError';
}

/** Why the database cannot be used: it is full, written by a newer version, or refused. */
export type DatabaseError = 'full' | 'newer' | 'refused';

export function databaseErrorOf(error: unknown): DatabaseError {
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown };
  // Chromium reports an unknown error if the disk becomes full while it writes.
  if (name === 'QuotaExceededError' || /NO_SPACE/.test(String(message))) return 'full';
  return name === 'VersionError' ? 'newer' : 'refused';
}

/** Deletes the database of texts, whatever version wrote it. */
export async function deleteTextDatabase(): Promise<void> {
  await deleteDB(DATABASE);
}
