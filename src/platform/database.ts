/**
 * The only file that opens a database of the browser. It is the background's alone: elsewhere, in private
 * windows of Firefox, the browser refuses.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';

/** Stored values can have any form, because of earlier versions or disk faults. */
interface TextSchema extends DBSchema {
  /** What is read of all kept posts at once, by id. */
  posts: { key: number; value: unknown };
  /** The text of each, by id. */
  texts: { key: number; value: unknown };
  /** The text of each as it is searched, by id. */
  folds: { key: number; value: unknown };
  /** The opening of each post that a listing showed, by id. */
  openings: { key: number; value: unknown };
}

export type TextDatabase = IDBPDatabase<TextSchema>;
export type TextStoreName = 'posts' | 'texts' | 'folds';
/** What there is of a post that was read. */
export const TEXT_STORES: readonly TextStoreName[] = ['posts', 'texts', 'folds'];

const DATABASE = 'texts';
const VERSION = 2;

/**
 * Opens the database of texts. Rejects with the browser's error.
 *
 * @param whenClosed is called when the browser closes it, because it was deleted or another version opens it
 */
export async function openTextDatabase(whenClosed: () => void): Promise<TextDatabase> {
  const database = await openDB<TextSchema>(DATABASE, VERSION, {
    upgrade(opened) {
      for (const name of [...TEXT_STORES, 'openings' as const])
        if (!opened.objectStoreNames.contains(name)) opened.createObjectStore(name);
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
