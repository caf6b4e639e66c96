/** The only file that calls browser.storage. docs/record.md describes the keys. */
import { browserApi, listenTo } from './browser.ts';

/** The stored values by key. Each can have any form, because of earlier versions or disk faults. */
export interface StoredValues {
  record?: unknown;
  /** The record before the last act. It replaces damaged parts of the record. */
  'record-before'?: unknown;
  /** The acts since the last write of the record, in versions 1 to 3 of its format; later empty. */
  journal?: unknown;
  /** The ids of the last acts, so that a repeated request is not applied twice. */
  ids?: unknown;
  /** How often undo and backup slots were filled. */
  counters?: unknown;
  /** The name of this browser in stamps. */
  device?: unknown;
  /** Values that could not be read (record/quarantine.ts). */
  aside?: unknown;
  settings?: unknown;
  /** Discovered posts (catalogue/discovered). */
  learned?: unknown;
  /** Plans that the reader has saved (catalogue/plans). */
  plans?: unknown;
  /** The version whose news the reader has seen, or that was installed first. */
  news?: unknown;
  /** When the blog was looked at last, and up to which post (record/stay.ts). */
  stay?: unknown;
  /** Whether marks are synced, and when this browser last wrote (background/sync-state.ts). */
  sync?: unknown;
  /** Marks of pages that closed before they were answered. */
  [outbox: OutboxKey]: unknown;
  [undo: UndoKey]: unknown;
  [backup: BackupKey]: unknown;
  /** Openings of posts, in earlier versions. */
  [opening: OpeningKey]: unknown;
}
type OutboxKey = `outbox-${string}`;
type UndoKey = `undo-${string}`;
type BackupKey = `backup-${number}`;
type OpeningKey = `opening-${string}`;
export type StorageKey = keyof StoredValues;

const UNDO_SLOTS = 64;
/** The slots for backups before an act come first, then those for weekly backups. Each kind fills its slots in turn. */
export const ACT_BACKUPS = 5;
export const WEEKLY_BACKUPS = 2;
export const BACKUP_SLOTS = ACT_BACKUPS + WEEKLY_BACKUPS;

/** The key of the undo slot for the step with this number: `undo-07`. */
export function undoKey(number: number): UndoKey {
  return `undo-${twoDigits(number % UNDO_SLOTS)}`;
}

/** The key of a backup slot, from 0: `backup-3`. */
export function backupKey(slot: number): BackupKey {
  return `backup-${slot}`;
}

/** Whether a key belongs to a weekly backup. */
export function isWeeklyBackup(key: StorageKey): boolean {
  return BACKUP_KEYS.indexOf(key) >= ACT_BACKUPS;
}

/** The keys of the openings in earlier versions. Nothing reads them any more. */
export const OLD_OPENING_KEYS = Array.from(
  { length: 64 },
  (_, shard): OpeningKey => `opening-${twoDigits(shard)}`,
);

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** A new key where a page leaves acts when it closes. No other page writes there. */
export function newOutboxKey(): OutboxKey {
  return `outbox-${crypto.randomUUID()}`;
}

export function isOutboxKey(key: string): key is OutboxKey {
  return key.startsWith('outbox-');
}

/** Reads what closed pages left, by key. Rejects with the browser's error. */
export async function loadOutbox(): Promise<[OutboxKey, unknown][]> {
  // Not all supported browsers can list the keys alone.
  const stored = await browserApi().storage.local.get(null);
  return Object.entries(stored).filter((entry): entry is [OutboxKey, unknown] =>
    isOutboxKey(entry[0]),
  );
}

/** The keys of all undo slots. */
export const UNDO_KEYS: readonly StorageKey[] = Array.from({ length: UNDO_SLOTS }, (_, slot) =>
  undoKey(slot),
);

/** The keys of all backups, by slot. */
export const BACKUP_KEYS: readonly StorageKey[] = Array.from({ length: BACKUP_SLOTS }, (_, slot) =>
  backupKey(slot),
);

/** Reads values in one call, so they are consistent. Rejects with the browser's error. */
export async function load(keys: readonly StorageKey[]): Promise<StoredValues> {
  return browserApi().storage.local.get([...keys]);
}

/** Writes values in one call; resolves when they are stored. Rejects with the browser's error. */
export async function save(values: StoredValues): Promise<void> {
  await browserApi().storage.local.set(values as Record<string, unknown>);
}

/** Removes keys. Rejects with the browser's error. */
export async function drop(keys: readonly StorageKey[]): Promise<void> {
  await browserApi().storage.local.remove([...keys]);
}

/** Calls back with the new values of the keys that changed, in any page of the extension. */
export function onChanged(callback: (changed: StoredValues) => void, signal?: AbortSignal): void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    if (area !== 'local') return;
    callback(
      Object.fromEntries(Object.entries(changes).map(([key, { newValue }]) => [key, newValue])),
    );
  };
  listenTo(browserApi().storage.onChanged, listener, signal);
}

/** Why a write failed: the storage is full, or something else. */
export type StorageError = 'full' | 'failed';

/** Returns why a write failed, as far as the errors of the browsers tell. */
export function storageErrorOf(error: unknown): StorageError {
  return /quota|QUOTA_BYTES|disk|space/i.test(String(error)) ? 'full' : 'failed';
}

// The rest of the file is for the synced area, which the browser copies to the reader's other browsers
// with the same account. exchange/synced.ts defines its content.

/**
 * Closes the synced area to content scripts, where the browser can do so (Chromium): an attacker who takes
 * over a page's process then cannot reach the copy in the account. Never rejects.
 */
export async function closeSyncedToPages(): Promise<void> {
  const area: object = browserApi().storage.sync;
  await (area as AccessControlled)
    .setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
    .catch(() => undefined);
}

/** An area of Chromium's storage; the types of the polyfill lack this function. */
interface AccessControlled {
  setAccessLevel?: (level: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void>;
}

/** All values of the synced area; at most 102,400 bytes. Rejects with the browser's error. */
export async function loadSynced(): Promise<Record<string, unknown>> {
  return browserApi().storage.sync.get(null);
}

/** Writes values in one call. Rejects with the browser's error, also if writes are too frequent. */
export async function saveSynced(values: Record<string, unknown>): Promise<void> {
  await browserApi().storage.sync.set(values);
}

/** Removes keys of the synced area. Rejects with the browser's error. */
export async function dropSynced(keys: readonly string[]): Promise<void> {
  await browserApi().storage.sync.remove([...keys]);
}

/** Calls back when this browser or another wrote to the synced area. For the background. */
export function onSyncedChanged(callback: () => void): void {
  // storage.onChanged would also report each write to the local area.
  browserApi().storage.sync.onChanged.addListener(() => callback());
}

export type SyncError = 'too-often' | StorageError;

/** Why a write to the synced area failed. Chromium calls its limits of writes a quota too. */
export function syncErrorOf(error: unknown): SyncError {
  return /WRITE_OPERATIONS|too (?:many|often)|rate.?limit/i.test(String(error))
    ? 'too-often'
    : storageErrorOf(error);
}
