/**
 * Runs sync. Events that wake the background call `run`, which writes what is due. What is due soon is
 * written by a timer, because the browser keeps the background alive that long after an event; anything else
 * is written at a later wake. The record changes only by merging.
 */
import type { Answer, SyncRequest, SyncState } from '../app/messages.ts';
import { type Me, newsFor, type Plan, planSync } from '../exchange/sync.ts';
import {
  dayAt,
  headerKey,
  idleDevices,
  isCopied,
  readSynced,
  sightingsOn,
  type Synced,
} from '../exchange/synced.ts';
import {
  dropSynced,
  load,
  loadSynced,
  save,
  saveSynced,
  syncErrorOf,
} from '../platform/storage.ts';
import { encodeRecord } from '../record/codec.ts';
import type { ReadingRecord } from '../record/marks.ts';
import { merge } from '../record/merge.ts';
import { queue } from './queue.ts';
import type { RecordStore } from './record-store.ts';
import {
  changesOf,
  syncedName,
  nonceFor,
  noncesWith,
  soundSync,
  SPACING_MS,
  stateOf,
  type StoredSync,
  troubleOf,
  troubleOfMerging,
  troubleOfWriting,
  waitOf,
} from './sync-state.ts';

export class Sync {
  readonly #store: RecordStore;
  readonly #inTurn = queue();
  /** A run that was requested and has not begun. */
  #next: Promise<SyncState> | undefined;
  /** The timer of the next write; there is at most one. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /**
   * Merges what other devices wrote and writes what is due, if sync is on. It is called after every act, when
   * the browser's sync has changed, and once after the background has started. Calls during a run lead to one
   * more run. Like `answer` it never rejects.
   */
  run(): Promise<SyncState> {
    this.#next ??= this.#stateAfter(async () => {
      this.#next = undefined;
      const stored = await loadStored();
      return stored.isOn ? this.#mergeAndWrite(stored) : stateOf(stored);
    });
    return this.#next;
  }

  /**
   * Carries out a request of one of our pages. Switching sync off leaves what is in the account there. Unlike
   * `run` it returns what is in the account also while sync is off.
   */
  answer(request: SyncRequest): Promise<SyncState> {
    return this.#stateAfter(async () => {
      const old = await loadStored();
      const stored = await change(old, changesOf(request));
      if (stored.isOn) return this.#mergeAndWrite(stored);
      const device = await this.#store.deviceName();
      const trouble = request.ask === 'leave' ? await leave(device) : undefined;
      return stateOf(stored, device, await tryToLoad(), trouble);
    });
  }

  /** Does work after all earlier work has ended. If it fails, the state says so. */
  #stateAfter(work: () => Promise<SyncState>): Promise<SyncState> {
    return this.#inTurn(work).catch((error: unknown) => {
      console.warn('[科学空间伴读]', error);
      const trouble = troubleOf(syncErrorOf(error));
      return { ...stateOf(soundSync({}), '', undefined, trouble), isOn: undefined };
    });
  }

  async #mergeAndWrite(before: StoredSync): Promise<SyncState> {
    const synced = await tryToLoad();
    const named = synced ? await this.#withOwnName(before, synced) : before;
    const device = await this.#store.deviceName();
    if (!synced) return stateOf(named, device, undefined, { kind: 'unavailable' });
    const mine = await this.#store.record();
    if (!mine) return stateOf(named, device, synced, { kind: 'newer' });
    const news = newsFor(mine, synced.entries);
    const answer = await this.#mergeNews(news);
    const record = answer.ok ? merge(mine, news) : mine;

    const now = Date.now();
    const today = dayAt(now);
    const sightings = sightingsOn(today, synced, device, named.sightings);
    const stored = await change(named, { sightings });
    const { isRenamed } = stored;
    const me = { device, name: syncedName(stored), isRenamed, nonce: nonceFor(stored) };
    const mayClean = answer.ok && stored.cleaned !== today;
    const gone = mayClean ? idleDevices(stored.sightings, today) : new Set<string>();
    const plan = planSync(synced, record, me, today, gone);

    const isWanted = Object.keys(plan.set).length > 0 || plan.remove.length > 0;
    const wait = isWanted ? waitOf(stored, now) : 0;
    this.#setTimer(wait);
    const isDue = isWanted && wait === 0;
    const after = isDue ? await carryOut(plan, stored, me, now) : stored;
    const shown = (isDue ? await tryToLoad() : undefined) ?? synced;
    const failure = isWanted ? after.failure : '';
    const unsynced = newsFor(shown.entries, record).size;
    const trouble = troubleOfMerging(answer) ?? troubleOfWriting(failure, plan.notSynced, unsynced);
    return stateOf(after, device, shown, trouble, isWanted && !(isDue && after.failures === 0));
  }

  /** Gives this browser a new name if its profile is a copy of that of another browser, which keeps the name. */
  async #withOwnName(stored: StoredSync, synced: Synced): Promise<StoredSync> {
    if (!isCopied(synced, await this.#store.deviceName(), stored.nonces)) return stored;
    // From now on the entries under the old name belong to the other device; none of them is removed.
    await this.#store.enqueue({ type: 'newName' });
    return change(stored, { nonces: [] });
  }

  async #mergeNews(news: ReadingRecord): Promise<Answer> {
    if (news.size === 0) return { ok: true };
    const [id, entries] = [crypto.randomUUID(), encodeRecord(news)];
    return this.#store.enqueue({ type: 'merge', id, source: 'sync', entries });
  }

  /** Sets the timer of the next write in place of an earlier one. */
  #setTimer(wait: number): void {
    clearTimeout(this.#timer);
    // A longer wait follows a failure; a timer would not keep the background alive for it.
    if (wait > 0 && wait <= SPACING_MS) this.#timer = setTimeout(() => void this.run(), wait);
  }
}

async function loadStored(): Promise<StoredSync> {
  return soundSync((await load(['sync'])).sync);
}

/** Stores changes, if there are any. */
async function change(stored: StoredSync, changes: Partial<StoredSync>): Promise<StoredSync> {
  const next = { ...stored, ...changes };
  if (JSON.stringify(next) !== JSON.stringify(stored)) await save({ sync: next });
  return next;
}

async function tryToLoad(): Promise<Synced | undefined> {
  try {
    return readSynced(await loadSynced());
  } catch {
    return undefined;
  }
}

/**
 * Removes from the account what this browser stores there. Other browsers keep what they have merged, and
 * write it in their own names as long as they sync.
 */
async function leave(device: string): Promise<SyncState['trouble']> {
  const mine = (await tryToLoad())?.peers.find((peer) => peer.device === device);
  try {
    if (mine) await dropSynced(mine.keys);
    return undefined;
  } catch (error) {
    return troubleOf(syncErrorOf(error));
  }
}

/** Writes first and removes afterwards, so that no entry is missing in between. */
async function carryOut(
  { set, remove }: Plan,
  old: StoredSync,
  { device, nonce }: Me,
  now: number,
): Promise<StoredSync> {
  const hasHeader = headerKey(device) in set;
  // Stored before the write: a nonce that is not known would look like that of another device.
  const stored = hasHeader ? await change(old, { nonces: noncesWith(nonce, old) }) : old;
  try {
    if (Object.keys(set).length > 0) await saveSynced(set);
    if (remove.length > 0) await dropSynced(remove);
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    const failures = stored.failures + 1;
    return change(stored, { wrote: now, failures, failure: syncErrorOf(error) });
  }
  const hasCleaned = remove.some((key) => !key.includes(device));
  return change(stored, {
    wrote: now,
    failures: 0,
    failure: '',
    isRenamed: stored.isRenamed && !hasHeader,
    cleaned: hasCleaned ? dayAt(now) : stored.cleaned,
  });
}
