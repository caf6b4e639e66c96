/** The only file that calls browser.storage. Each area has a name; nobody reads everything. */
import { browserApi, browserFamily } from './browser.ts';

/** What is under each key may be anything at all: an older version wrote it, or a disk fault. */
export interface Stored {
  record?: unknown;
  journal?: unknown;
  /** Of the acts that were folded into the record last. */
  ids?: unknown;
  aside?: unknown;
  settings?: unknown;
  learned?: unknown;
  /** What the reader plans to read (catalogue/plans/planner.ts). */
  plans?: unknown;
  device?: unknown;
  [undo: StepKey]: unknown;
  [backup: BackupKey]: unknown;
  /** Whether marks are synced, and when this browser last wrote (background/sync.ts). */
  sync?: unknown;
  /** Openings of posts as they were met on pages, in shards; never read where a page is drawn. */
  [opening: OpeningKey]: unknown;
}
type StepKey = `undo-${string}`;
type BackupKey = `backup-${number}`;
type OpeningKey = `opening-${string}`;
export type Key = keyof Stored;

/** Places for steps that can be undone, each of at least one. */
const STEPS = 64;
/** Backups before an act are kept in the places 0 to 4, those of a week in 5 and 6, in turn. */
export const WEEKLY = 5;

/** The key of the place of a number: `undo-07`. */
export function stepKey(number: number): StepKey {
  return `undo-${String(number % STEPS).padStart(2, '0')}`;
}

/** The key of a place for a backup, from 0: `backup-3`. */
export function backupKey(place: number): BackupKey {
  return `backup-${place}`;
}

/** Of all places for steps. Functions, so that the content script does not carry the lists. */
export function stepKeys(): Key[] {
  return Array.from({ length: STEPS }, (_, i) => stepKey(i));
}

/** Under which steps stand, the latest first of all. */
export function stepSources(): Key[] {
  return ['journal', ...stepKeys()];
}

/** Of all backups, by place. */
export function backupKeys(): Key[] {
  return Array.from({ length: WEEKLY + 2 }, (_, i) => backupKey(i));
}

/**
 * The record. The journal is asked for first: folded meanwhile, it stands in the snapshot as well, and
 * the other way round it would stand in neither.
 */
export const RECORD = ['journal', 'record'] as const satisfies Key[];

/** What an open page draws from. */
export const DRAWN_FROM = [...RECORD, 'settings', 'learned'] as const satisfies Key[];

/** The key of a shard of the openings, from 0: `opening-07`. */
export function openingKey(shard: number): OpeningKey {
  return `opening-${String(shard).padStart(2, '0')}`;
}

/** In the order in which they are given, if not in one moment. */
export async function load(keys: readonly Key[]): Promise<Stored> {
  const { local } = browserApi().storage;
  // Firefox looks one key after the other up, and those that are asked for apart side by side.
  const asked = browserFamily() === 'firefox' ? keys : [[...keys]];
  return Object.assign({}, ...(await Promise.all(asked.map((each) => local.get(each))))) as Stored;
}

/** Writes in one set; resolves when it is stored. Rejects with the browser's error, see whyNot. */
export async function save(values: Stored): Promise<void> {
  await browserApi().storage.local.set(values as Record<string, unknown>);
}

/** Forgets what is under these keys. */
export async function drop(keys: readonly Key[]): Promise<void> {
  await browserApi().storage.local.remove([...keys]);
}

/** Calls back with the new values of the keys that changed, in any page of the extension. */
export function onChanged(callback: (changed: Stored) => void, signal: AbortSignal): void {
  const { onChanged: event } = browserApi().storage;
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    if (area !== 'local') return;
    callback(
      Object.fromEntries(Object.entries(changes).map(([key, { newValue }]) => [key, newValue])),
    );
  };
  event.addListener(listener);
  signal.addEventListener('abort', () => {
    // After an update of the extension there is nothing left to remove the listener from.
    try {
      event.removeListener(listener);
    } catch {
      // Gone already.
    }
  });
}

export type Trouble = 'full' | 'failed';

/** Why a write failed, as far as the browsers' different errors tell. */
export function whyNot(error: unknown): Trouble {
  return /quota|QUOTA_BYTES|disk|space/i.test(String(error)) ? 'full' : 'failed';
}

// The area that the browser carries to the reader's other browsers, by the account that it is
// signed in with. exchange/sync.ts says what is in it.

/** Everything that is there; at most 102,400 bytes. */
export async function loadSynced(): Promise<Record<string, unknown>> {
  return browserApi().storage.sync.get(null);
}

/** Writes in one set. Rejects with the browser's error, also where it is asked too often. */
export async function saveSynced(values: Record<string, unknown>): Promise<void> {
  await browserApi().storage.sync.set(values);
}

export async function dropSynced(keys: readonly string[]): Promise<void> {
  await browserApi().storage.sync.remove([...keys]);
}

/** Calls back when something was written there, by this browser or another. For the background. */
export function onSyncedChanged(callback: () => void): void {
  // Not at storage.onChanged, which would tell the background of each of its own writes as well.
  browserApi().storage.sync.onChanged.addListener(() => callback());
}

export type SyncTrouble = 'too-often' | Trouble;

/** Why a write into sync failed. Chromium calls its limits of writes a quota too. */
export function whyNotSynced(error: unknown): SyncTrouble {
  return /WRITE_OPERATIONS|too (?:many|often)|rate.?limit/i.test(String(error))
    ? 'too-often'
    : whyNot(error);
}
