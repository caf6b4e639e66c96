/**
 * The only file that opens a database of the browser. It is the background's alone: elsewhere, in private
 * windows of Firefox, the browser refuses.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';

/** Stored values can have any form, because of earlier versions or disk faults. */
interface TextSchema extends DBSchema {
  /** The text of each post that was read, by id. */
  texts: { key: number; value: unknown };
  /**
   * What a search needs of all of them, in a few records by number: Chromium takes 0.3 s for a record each
   * of 1,341 posts, and a quarter of that for 32 records.
   */
  shards: { key: number; value: unknown };
  /** The opening of each post that a listing showed, by id. */
  openings: { key: number; value: unknown };
}

export type TextDatabase = IDBPDatabase<TextSchema>;
/** What there is of the posts that were read. */
export const TEXT_STORES = ['texts', 'shards'] as const;

const DATABASE = 'texts';
/** Versions 1 and 2 were never released. */
const VERSION = 3;

/**
 * Opens the database of texts. Rejects with the browser's error.
 *
 * @param whenClosed is called when the browser closes it, because it was deleted or another version opens it
 */
export async function openTextDatabase(whenClosed: () => void): Promise<TextDatabase> {
  const database = await openDB<TextSchema>(DATABASE, VERSION, {
    upgrade(opened) {
      for (const name of opened.objectStoreNames) opened.deleteObjectStore(name);
      for (const name of [...TEXT_STORES, 'openings'] as const) opened.createObjectStore(name);
    },
    blocking() {
      database.close();
      whenClosed();
    },
    terminated: whenClosed,
  });
  return database;
}

/** Why the database cannot be used: it is full, written by a newer version, or refused. */
export type DatabaseError = 'full' | 'newer' | 'refused';

export function databaseErrorOf(error: unknown): DatabaseError {
  const { name } = (error ?? {}) as { name?: unknown };
  if (name === 'QuotaExceededError') return 'full';
  return name === 'VersionError' ? 'newer' : 'refused';
}

/** Deletes the database of texts, whatever version wrote it. */
export async function deleteTextDatabase(): Promise<void> {
  await deleteDB(DATABASE);
}
