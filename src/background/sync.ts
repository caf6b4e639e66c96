/**
 * Runs sync. Events that wake the background call `syncNow`, which writes what is due. What is due soon is
 * written by a timer, because the browser keeps the background alive that long after an event; anything else
 * is written at a later wake. The record changes only by merging.
 */
import { type Me, newsFor, type Plan, planSync } from '../exchange/sync.ts';
import {
  dayAt,
  headerKey,
  idleDevices,
  isCopied,
  isPartial,
  lastDay,
  readSynced,
  type PeerSightings,
  sightingsOn,
  soundName,
  type Synced,
} from '../exchange/synced.ts';
import { browserFamily, browserName } from '../platform/browser.ts';
import type { Answer, SyncDevice, SyncRequest, SyncState, SyncTrouble } from '../app/messages.ts';
import {
  dropSynced,
  load,
  loadSynced,
  save,
  saveSynced,
  type SyncError,
  syncErrorOf,
} from '../platform/storage.ts';
import { encodeRecord } from '../record/codec.ts';
import type { ReadingRecord } from '../record/marks.ts';
import { merge } from '../record/merge.ts';
import { isNatural } from '../record/natural.ts';
import { queue } from './queue.ts';
import type { RecordStore } from './record-store.ts';
import { randomName } from './state-values.ts';

/**
 * The least time between two writes, in ms. 180 writes an hour, each a set and at most a remove, are well below
 * the 1,800 operations that browsers allow. Both browsers stop an idle background after 30 s, so a timer of this
 * length still runs.
 */
const SPACING_MS = 20_000;
/** Each failure doubles the time between two writes, up to 64 times: 21 minutes. */
const MOST_DOUBLINGS = 6;

const FAILURES = ['', 'too-often', 'full', 'failed'] as const satisfies (SyncError | '')[];

/** The state of sync as this browser stores it. */
interface StoredSync {
  isOn: boolean;
  name: string;
  isRenamed: boolean;
  /** When it last wrote or tried to, in ms, and how often in a row that failed. */
  wrote: number;
  failures: number;
  failure: (typeof FAILURES)[number];
  /** The day on which it last took over the entries of an idle device, which it does once a day at most. */
  cleaned: number;
  /** The nonces of its last writes. */
  nonces: readonly string[];
  sightings: PeerSightings;
}

/** More than one, because a write may reach the account late. */
const NONCES_KEPT = 16;

const inTurn = queue();
/** A run that was requested and has not begun. */
let next: Promise<SyncState> | undefined;
/** The timer of the next write; there is at most one. */
let timer: ReturnType<typeof setTimeout> | undefined;

/** Does work after all earlier work has ended. If it fails, the state says so. */
function stateAfter(work: () => Promise<SyncState>): Promise<SyncState> {
  return inTurn(work).catch((error: unknown) => {
    console.warn('[科学空间伴读]', error);
    const trouble = { kind: plain(syncErrorOf(error)) };
    return { ...stateOf(soundSync({}), '', NOTHING, { trouble }), isOn: undefined };
  });
}

/**
 * Merges what other devices wrote and writes what is due, if sync is on. It is called after every act, when
 * the browser's sync has changed, and once after the background has started. Calls during a run lead to one more run.
 * Like answerSync it never rejects.
 */
export function syncNow(store: RecordStore): Promise<SyncState> {
  next ??= stateAfter(async () => {
    next = undefined;
    const stored = await loadStoredSync();
    return stored.isOn ? mergeAndWrite(store, stored) : stateOf(stored, '', NOTHING, {});
  });
  return next;
}

/**
 * Carries out a request of one of our pages. Switching sync off leaves what is in the account there. Unlike
 * `syncNow` it returns what is in the account also while sync is off.
 */
export function answerSync(request: SyncRequest, store: RecordStore): Promise<SyncState> {
  return stateAfter(async () => {
    const old = await loadStoredSync();
    const changes = changesOf(request);
    const stored = changes ? await storeSync(old, changes) : old;
    if (request.ask === 'leave') return leave(store, stored);
    return stored.isOn ? mergeAndWrite(store, stored) : presentState(store, stored);
  });
}

function changesOf(request: SyncRequest): Partial<StoredSync> | undefined {
  switch (request.ask) {
    case 'state':
      return undefined;
    case 'on':
      return { isOn: true, wrote: 0, failures: 0, failure: '' };
    case 'off':
    case 'leave':
      return { isOn: false };
    case 'rename':
      return { name: soundName(request.name), isRenamed: true };
  }
}

/**
 * Removes from the account what this browser stores there. Other browsers keep what they have merged, and
 * write it in their own names as long as they sync.
 */
async function leave(store: RecordStore, stored: StoredSync): Promise<SyncState> {
  const device = await store.deviceName();
  const mine = (await tryToLoad())?.peers.find((peer) => peer.device === device);
  try {
    if (mine) await dropSynced(mine.keys);
    return await presentState(store, stored);
  } catch (error) {
    return { ...(await presentState(store, stored)), trouble: { kind: plain(syncErrorOf(error)) } };
  }
}

/** The present state, with what is in the account; changes nothing. */
async function presentState(store: RecordStore, stored: StoredSync): Promise<SyncState> {
  return stateOf(stored, await store.deviceName(), (await tryToLoad()) ?? NOTHING, {});
}

const NOTHING = readSynced({});

async function tryToLoad(): Promise<Synced | undefined> {
  try {
    return readSynced(await loadSynced());
  } catch {
    return undefined;
  }
}

async function mergeAndWrite(store: RecordStore, before: StoredSync): Promise<SyncState> {
  const synced = await tryToLoad();
  const named = await withOwnName(before, synced, store);
  const device = await store.deviceName();
  if (!synced) return stateOf(named, device, NOTHING, { trouble: { kind: 'unavailable' } });
  const mine = await store.record();
  if (!mine) return stateOf(named, device, synced, { trouble: { kind: 'newer' } });
  const news = newsFor(mine, synced.entries);
  const answer = await mergeNews(news, store);
  const record = answer.ok ? merge(mine, news) : mine;

  const now = Date.now();
  const today = dayAt(now);
  const stored = await withSightings(named, synced, device, today);
  const nonce = nonceFor(stored);
  const me = { device, name: nameOf(stored), isRenamed: stored.isRenamed, nonce };
  const mayClean = answer.ok && stored.cleaned !== today;
  const gone = mayClean ? idleDevices(stored.sightings, today) : new Set<string>();
  const plan = planSync(synced, record, me, today, gone);

  const isWanted = Object.keys(plan.set).length > 0 || plan.remove.length > 0;
  const wait = waitOf(stored, now);
  setTimer(isWanted ? wait : 0, store);
  const isNow = isWanted && wait === 0;
  const after = isNow ? await carryOut(plan, stored, me, now) : stored;
  const shown = isNow ? ((await tryToLoad()) ?? synced) : synced;
  const failure = isWanted ? after.failure : '';
  return stateOf(after, device, shown, {
    isWaiting: isWanted && !(isNow && after.failures === 0),
    trouble:
      troubleOfMerging(answer) ??
      troubleOfWriting(failure, plan.notSynced, newsFor(shown.entries, record)),
  });
}

/** Gives this browser a new name if its profile is a copy of that of another browser, which keeps the name. */
async function withOwnName(
  stored: StoredSync,
  synced: Synced | undefined,
  store: RecordStore,
): Promise<StoredSync> {
  if (!synced || !isCopied(synced, await store.deviceName(), stored.nonces)) return stored;
  // From now on the entries under the old name belong to the other device; none of them is removed.
  await store.enqueue({ type: 'newName' });
  return storeSync(stored, { nonces: [] });
}

async function mergeNews(news: ReadingRecord, store: RecordStore): Promise<Answer> {
  if (news.size === 0) return { ok: true };
  const [id, entries] = [crypto.randomUUID(), encodeRecord(news)];
  return store.enqueue({ type: 'merge', id, source: 'sync', entries });
}

async function withSightings(
  stored: StoredSync,
  synced: Synced,
  device: string,
  today: number,
): Promise<StoredSync> {
  const sightings = sightingsOn(today, synced, device, stored.sightings);
  const isSame = JSON.stringify(sightings) === JSON.stringify(stored.sightings);
  return isSame ? stored : storeSync(stored, { sightings });
}

/**
 * The nonce of the next write. After a failure it is that of the failed write; otherwise many failures would push out
 * the nonce that is in the account.
 */
function nonceFor({ failures, nonces }: StoredSync): string {
  return (failures > 0 ? nonces.at(-1) : undefined) ?? randomName();
}

/** Sets the timer of the next write in place of an earlier one. */
function setTimer(wait: number, store: RecordStore): void {
  clearTimeout(timer);
  // A longer wait follows a failure; a timer would not keep the background alive for it.
  if (wait > 0 && wait <= SPACING_MS) timer = setTimeout(() => void syncNow(store), wait);
}

/** The time until the next write is due, in ms. A last write in the future, by a wrong clock, does not count. */
function waitOf({ wrote, failures }: StoredSync, now: number): number {
  return wrote > now ? 0 : Math.max(wrote + SPACING_MS * 2 ** failures - now, 0);
}

/** Writes first and removes afterwards, so that no entry is missing in between. */
async function carryOut(
  plan: Plan,
  old: StoredSync,
  { device, nonce }: Me,
  now: number,
): Promise<StoredSync> {
  // Stored before the write: a nonce that is not known would look like that of another device.
  const nonces = [...new Set([...old.nonces, nonce])].slice(-NONCES_KEPT);
  const stored = headerKey(device) in plan.set ? await storeSync(old, { nonces }) : old;
  try {
    if (Object.keys(plan.set).length > 0) await saveSynced(plan.set);
    if (plan.remove.length > 0) await dropSynced(plan.remove);
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    const failures = Math.min(stored.failures + 1, MOST_DOUBLINGS);
    return storeSync(stored, { wrote: now, failures, failure: syncErrorOf(error) });
  }
  const hasCleaned = plan.remove.some((key) => !key.includes(device));
  return storeSync(stored, {
    wrote: now,
    failures: 0,
    failure: '',
    isRenamed: stored.isRenamed && !(headerKey(device) in plan.set),
    cleaned: hasCleaned ? dayAt(now) : stored.cleaned,
  });
}

function troubleOfMerging(answer: Answer): SyncTrouble | undefined {
  if (answer.ok) return undefined;
  const { why } = answer;
  return { kind: why === 'full' || why === 'newer' ? why : 'failed' };
}

function troubleOfWriting(
  failure: StoredSync['failure'],
  notSynced: number,
  unsynced: ReadingRecord,
): SyncTrouble | undefined {
  if (failure === 'full') return { kind: 'over-quota', notSynced: unsynced.size };
  if (notSynced > 0) return { kind: 'over-quota', notSynced };
  return failure === '' ? undefined : { kind: failure };
}

function plain(trouble: SyncError): 'too-often' | 'failed' {
  return trouble === 'full' ? 'failed' : trouble;
}

function stateOf(
  stored: StoredSync,
  device: string,
  { peers, bytes }: Synced,
  { isWaiting = false, trouble }: { isWaiting?: boolean; trouble?: SyncTrouble | undefined },
): SyncState {
  const devices = peers.map((peer): SyncDevice => ({
    device: peer.device,
    name: peer.header?.name ?? '',
    day: lastDay(peer),
    marks: peer.entries.size,
    isThis: peer.device === device,
    isPartial: isPartial(peer),
    isNewer: peer.isNewer,
  }));
  const { isOn } = stored;
  const family = browserFamily();
  return { isOn, family, device, name: nameOf(stored), devices, bytes, isWaiting, trouble };
}

function nameOf({ name }: StoredSync): string {
  return name === '' ? browserName() : name;
}

async function loadStoredSync(): Promise<StoredSync> {
  return soundSync((await load(['sync'])).sync);
}

/** A stored state, with the default for every unsound field. */
function soundSync(given: unknown): StoredSync {
  const { isOn, name, isRenamed, wrote, failures, failure, cleaned, nonces, sightings } = (given ??
    {}) as Record<keyof StoredSync, unknown>;
  const natural = (number: unknown) => (isNatural(number) ? number : 0);
  return {
    isOn: isOn === true,
    name: soundName(name),
    isRenamed: isRenamed === true,
    wrote: natural(wrote),
    failures: Math.min(natural(failures), MOST_DOUBLINGS),
    failure: FAILURES.find((each) => each === failure) ?? '',
    cleaned: natural(cleaned),
    nonces: Array.isArray(nonces) ? nonces.filter((each) => typeof each === 'string') : [],
    sightings: soundSightings(sightings),
  };
}

function soundSightings(given: unknown): PeerSightings {
  if (typeof given !== 'object' || given === null) return {};
  const isSound = (seen: unknown) => {
    const { trace, since, last, days } = (seen ?? {}) as Record<string, unknown>;
    return [trace, since, last, days].every(Number.isSafeInteger);
  };
  return Object.fromEntries(Object.entries(given).filter(([, seen]) => isSound(seen)));
}

async function storeSync(stored: StoredSync, changed: Partial<StoredSync>): Promise<StoredSync> {
  const next = { ...stored, ...changed };
  await save({ sync: next });
  return next;
}
