/**
 * The state of sync: what this browser stores of it, what follows from that for the next write, and what pages
 * get to see. Nothing here reads or writes a storage.
 */
import type { Answer, SyncDevice, SyncRequest, SyncState, SyncTrouble } from '../app/messages.ts';
import {
  isPartial,
  lastDay,
  type PeerSightings,
  readSynced,
  soundName,
  type Synced,
} from '../exchange/synced.ts';
import { browserFamily, browserName } from '../platform/browser.ts';
import type { SyncError } from '../platform/storage.ts';
import { isNatural } from '../record/natural.ts';
import { randomName } from './state-values.ts';

/**
 * The least time between two writes, in ms. 180 writes an hour, each a set and at most a remove, are well below
 * the 1,800 operations that browsers allow. Both browsers stop an idle background after 30 s, so a timer of this
 * length still runs.
 */
export const SPACING_MS = 20_000;
/** Each failure doubles the time between two writes, up to 64 times: 21 minutes. */
const MOST_DOUBLINGS = 6;
/** More than one, because a write may reach the account late. */
const NONCES_KEPT = 16;

const FAILURES = ['', 'too-often', 'full', 'failed'] as const satisfies (SyncError | '')[];

/** The state of sync as this browser stores it. */
export interface StoredSync {
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

/** A stored state, with the default for every unsound field. */
export function soundSync(given: unknown): StoredSync {
  const { isOn, name, isRenamed, wrote, failures, failure, cleaned, nonces, sightings } = (given ??
    {}) as Record<keyof StoredSync, unknown>;
  const natural = (number: unknown) => (isNatural(number) ? number : 0);
  return {
    isOn: isOn === true,
    name: soundName(name),
    isRenamed: isRenamed === true,
    wrote: natural(wrote),
    failures: natural(failures),
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

/** What a request of one of our pages changes. */
export function changesOf(request: SyncRequest): Partial<StoredSync> {
  const { ask } = request;
  if (ask === 'state') return {};
  if (ask === 'rename') return { name: soundName(request.name), isRenamed: true };
  return ask === 'on' ? { isOn: true, wrote: 0, failures: 0, failure: '' } : { isOn: false };
}

/** The time until the next write is due, in ms. A last write in the future, by a wrong clock, does not count. */
export function waitOf({ wrote, failures }: StoredSync, now: number): number {
  const spacing = SPACING_MS * 2 ** Math.min(failures, MOST_DOUBLINGS);
  return wrote > now ? 0 : Math.max(wrote + spacing - now, 0);
}

/**
 * The nonce of the next write. After a failure it is that of the failed write; otherwise many failures would push out
 * the nonce that is in the account.
 */
export function nonceFor({ failures, nonces }: StoredSync): string {
  return (failures > 0 ? nonces.at(-1) : undefined) ?? randomName();
}

/** The nonces with that of the next write. */
export function noncesWith(nonce: string, { nonces }: StoredSync): readonly string[] {
  return [...new Set([...nonces, nonce])].slice(-NONCES_KEPT);
}

/** The name that other browsers show for this one. */
export function syncedName({ name }: StoredSync): string {
  return name === '' ? browserName() : name;
}

/** What is in an account that is empty or cannot be read. */
const NOTHING_SYNCED = readSynced({});

/** The state that pages get. `device` is the name of this browser in stamps. */
export function stateOf(
  stored: StoredSync,
  device = '',
  { peers, bytes }: Synced = NOTHING_SYNCED,
  trouble?: SyncTrouble,
  isWaiting = false,
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
  return { isOn, family, device, name: syncedName(stored), devices, bytes, isWaiting, trouble };
}

/** The trouble of a call to the account other than a write of entries, which alone can be too large. */
export function troubleOf(error: SyncError): SyncTrouble {
  return { kind: error === 'full' ? 'failed' : error };
}

/** The trouble of merging into the record. */
export function troubleOfMerging(answer: Answer): SyncTrouble | undefined {
  if (answer.ok) return undefined;
  const { why } = answer;
  return { kind: why === 'full' || why === 'newer' ? why : 'failed' };
}

/**
 * @param notSynced how many entries the next write leaves out
 * @param unsynced how many entries are not in the account
 */
export function troubleOfWriting(
  failure: StoredSync['failure'],
  notSynced: number,
  unsynced: number,
): SyncTrouble | undefined {
  if (failure === 'full') return { kind: 'over-quota', notSynced: unsynced };
  if (notSynced > 0) return { kind: 'over-quota', notSynced };
  return failure === '' ? undefined : { kind: failure };
}
