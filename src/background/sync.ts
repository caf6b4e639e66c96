/**
 * Carries sync out. An event that wakes the background asks once, and what is due is done. What is not due
 * yet is done by a timer if the wait is short, because the browser lets the background live that long after
 * an event; otherwise at a later wake. The record changes by merging alone.
 */
import {
  dayAt,
  headerKey,
  idleDevices,
  isCopied,
  isPartial,
  lastDay,
  type Me,
  newsFor,
  type Plan,
  planSync,
  readSynced,
  type PeerSightings,
  sightingsOn,
  soundName,
  type Synced,
} from '../exchange/sync.ts';
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
import { randomName } from './record-state.ts';
import type { RecordStore } from './record-store.ts';

/**
 * Between two writes, in ms: 180 an hour, each a set and at most a remove, of the 1,800 allowed. It is less
 * than the 30 s after which both browsers stop an idle background, so that a timer of this length is kept.
 */
export const SPACING_MS = 20_000;
/** After each failure twice as long, up to 64 times: 21 minutes. */
const MOST_DOUBLINGS = 6;

const FAILURES = ['', 'too-often', 'full', 'failed'] as const satisfies (SyncError | '')[];

/** What is stored in this browser. */
interface Kept {
  isOn: boolean;
  name: string;
  isRenamed: boolean;
  /** When it last wrote or tried to, in ms, and how often in a row that failed. */
  wrote: number;
  failures: number;
  failure: (typeof FAILURES)[number];
  /** The day on which it last took over what an idle device held: one a day is enough. */
  cleaned: number;
  /** The nonces of its last writings. */
  nonces: readonly string[];
  sightings: PeerSightings;
}

/** A write may reach the account late. */
const NONCES_KEPT = 16;

const NEW: Kept = {
  isOn: false,
  name: '',
  isRenamed: false,
  wrote: 0,
  failures: 0,
  failure: '',
  cleaned: 0,
  nonces: [],
  sightings: {},
};

let queue: Promise<unknown> = Promise.resolve();
/** A run that has been asked for and has not begun. */
let next: Promise<SyncState> | undefined;
/** For a write that waits. There is at most one. */
let timer: ReturnType<typeof setTimeout> | undefined;

/** One after the other; what fails is told as a state. */
function inTurn(work: () => Promise<SyncState>): Promise<SyncState> {
  const done = queue.then(async () => {
    try {
      return await work();
    } catch (error) {
      console.warn('[科学空间伴读]', error);
      return stateOf(NEW, '', NOTHING, { trouble: { kind: plain(syncErrorOf(error)) } });
    }
  });
  queue = done;
  return done;
}

/**
 * Merges what others wrote and writes what is due; switched off, it looks at nothing but that. To be
 * asked after every act, when the browser's sync has changed, and when the background starts; asked
 * again while it is at it, it runs once more. As all that follow it never rejects.
 */
export function syncNow(store: RecordStore): Promise<SyncState> {
  next ??= inTurn(async () => {
    next = undefined;
    const kept = await loadKept();
    return kept.isOn ? exchange(store, kept) : stateOf(kept, '', NOTHING, {});
  });
  return next;
}

/** For a page that shows it: like syncNow, and switched off it tells what is in the account. */
export function lookAtSync(store: RecordStore): Promise<SyncState> {
  return inTurn(async () => {
    const kept = await loadKept();
    return kept.isOn ? exchange(store, kept) : look(store, kept);
  });
}

/** Switches sync on or off. Off leaves what is in the account there. */
export function switchSync(store: RecordStore, isOn: boolean): Promise<SyncState> {
  return inTurn(async () => {
    const old = await loadKept();
    if (!isOn) return look(store, await keep(old, { isOn }));
    return exchange(store, await keep(old, { isOn, wrote: 0, failures: 0, failure: '' }));
  });
}

/** Calls this browser something else; '' is what it calls itself. */
export function renameDevice(store: RecordStore, name: string): Promise<SyncState> {
  return inTurn(async () => {
    const kept = await keep(await loadKept(), { name: soundName(name), isRenamed: true });
    return kept.isOn ? exchange(store, kept) : look(store, kept);
  });
}

/**
 * Switches sync off and removes from the account what this browser holds there. What other browsers
 * have merged stays theirs, and as long as they sync they put it back in their own name.
 */
export function leaveSync(store: RecordStore): Promise<SyncState> {
  return inTurn(async () => {
    const kept = await keep(await loadKept(), { isOn: false });
    const device = await store.deviceName();
    const mine = (await tryToLoad())?.peers.find((peer) => peer.device === device);
    try {
      if (mine) await dropSynced(mine.keys);
      return await look(store, kept);
    } catch (error) {
      return { ...(await look(store, kept)), trouble: { kind: plain(syncErrorOf(error)) } };
    }
  });
}

/** Does what a page of ours asks. */
export function answerSync(request: SyncRequest, store: RecordStore): Promise<SyncState> {
  switch (request.ask) {
    case 'look':
      return lookAtSync(store);
    case 'on':
    case 'off':
      return switchSync(store, request.ask === 'on');
    case 'leave':
      return leaveSync(store);
    case 'rename':
      return renameDevice(store, request.name);
  }
}

/** The state as it is, with what is in the account; nothing changed. */
async function look(store: RecordStore, kept: Kept): Promise<SyncState> {
  return stateOf(kept, await store.deviceName(), (await tryToLoad()) ?? NOTHING, {});
}

const NOTHING = readSynced({});

async function tryToLoad(): Promise<Synced | undefined> {
  try {
    return readSynced(await loadSynced());
  } catch {
    return undefined;
  }
}

async function exchange(store: RecordStore, before: Kept): Promise<SyncState> {
  let [kept, device] = [before, await store.deviceName()];
  const synced = await tryToLoad();
  if (synced && isCopied(synced, device, kept.nonces)) {
    // The entries under the old name are another device's from now on; nothing of them is removed.
    await store.enqueue({ type: 'newName' });
    device = await store.deviceName();
    kept = await keep(kept, { nonces: [] });
  }
  if (!synced) return stateOf(kept, device, NOTHING, { trouble: { kind: 'unavailable' } });
  const stored = await store.record();
  if (!stored) return stateOf(kept, device, synced, { trouble: { kind: 'newer' } });

  const news = newsFor(stored, synced.entries);
  const answer: Answer =
    news.size > 0
      ? await store.enqueue({
          type: 'merge',
          id: crypto.randomUUID(),
          source: 'sync',
          entries: encodeRecord(news),
        })
      : { ok: true };
  const record = answer.ok ? merge(stored, news) : stored;
  const now = Date.now();
  const today = dayAt(now);
  const sightings = sightingsOn(today, synced, device, kept.sightings);
  if (JSON.stringify(sightings) !== JSON.stringify(kept.sightings))
    kept = await keep(kept, { sightings });
  const mayClean = answer.ok && kept.cleaned !== today;
  const gone = mayClean ? idleDevices(sightings, today) : new Set<string>();
  const me = { device, name: nameOf(kept), isRenamed: kept.isRenamed, nonce: randomName() };
  const plan = planSync(synced, record, me, today, gone);
  const isWanted = Object.keys(plan.set).length > 0 || plan.remove.length > 0;
  const wait = waitOf(kept, now);
  const isNow = isWanted && wait === 0;
  clearTimeout(timer);
  // A longer wait follows a failure; a timer would not keep the background alive for it.
  if (isWanted && wait > 0 && wait <= SPACING_MS)
    timer = setTimeout(() => void syncNow(store), wait);
  const after = isNow ? await carryOut(plan, kept, me, now) : kept;
  const shown = isNow ? ((await tryToLoad()) ?? synced) : synced;
  const isWritten = !isWanted || (isNow && after.failures === 0);
  const failure = isWanted ? after.failure : '';
  return stateOf(after, device, shown, {
    isWaiting: !isWritten,
    trouble:
      troubleOfMerging(answer) ??
      troubleOfWriting(failure, plan.notSynced, newsFor(shown.entries, record)),
  });
}

/** In ms until the next write is due; 0 if it is. A time of the last write that is ahead does not count. */
function waitOf({ wrote, failures }: Kept, now: number): number {
  return wrote > now ? 0 : Math.max(wrote + SPACING_MS * 2 ** failures - now, 0);
}

/** What is written stands before anything is removed for it. */
async function carryOut(plan: Plan, old: Kept, { device, nonce }: Me, now: number): Promise<Kept> {
  // A writing that is not known afterwards would look like somebody else's.
  const nonces = [...old.nonces, nonce].slice(-NONCES_KEPT);
  const kept = headerKey(device) in plan.set ? await keep(old, { nonces }) : old;
  try {
    if (Object.keys(plan.set).length > 0) await saveSynced(plan.set);
    if (plan.remove.length > 0) await dropSynced(plan.remove);
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    const failures = Math.min(kept.failures + 1, MOST_DOUBLINGS);
    return keep(kept, { wrote: now, failures, failure: syncErrorOf(error) });
  }
  const hasCleaned = plan.remove.some((key) => !key.includes(device));
  return keep(kept, {
    wrote: now,
    failures: 0,
    failure: '',
    isRenamed: kept.isRenamed && !(headerKey(device) in plan.set),
    cleaned: hasCleaned ? dayAt(now) : kept.cleaned,
  });
}

function troubleOfMerging(answer: Answer): SyncTrouble | undefined {
  if (answer.ok) return undefined;
  const { why } = answer;
  return { kind: why === 'full' || why === 'newer' ? why : 'failed' };
}

function troubleOfWriting(
  failure: Kept['failure'],
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
  kept: Kept,
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
  const { isOn } = kept;
  const family = browserFamily();
  return { isOn, family, device, name: nameOf(kept), devices, bytes, isWaiting, trouble };
}

function nameOf({ name }: Kept): string {
  return name === '' ? browserName() : name;
}

/** Each field as it was stored, where it is sound. */
async function loadKept(): Promise<Kept> {
  const { sync } = await load(['sync']);
  const { isOn, name, isRenamed, wrote, failures, failure, cleaned, nonces, sightings } = (
    typeof sync === 'object' && sync !== null ? sync : {}
  ) as Record<keyof Kept, unknown>;
  const natural = (given: unknown) => (Number.isInteger(given) ? Math.max(given as number, 0) : 0);
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

async function keep(kept: Kept, changed: Partial<Kept>): Promise<Kept> {
  const next = { ...kept, ...changed };
  await save({ sync: next });
  return next;
}
