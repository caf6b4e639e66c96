/**
 * Computes what a browser has to write to its account's sync (synced.ts reads what is there): each entry of its
 * record that no other device holds. This is computed for each write, so any device that knows a lost entry
 * writes it again. If two devices hold the same entry, only one keeps it: the one that made it, else
 * the one whose name sorts first. An entry is not needed any more when there is a later act on the post.
 */
import { compareStamps } from '../record/clock.ts';
import type { Act, Entry, ReadingRecord } from '../record/marks.ts';
import { actsOf, mergeEntries } from '../record/merge.ts';
import { MOST_SHARDS, packMarks, shardOf } from './sync-codec.ts';
import {
  bytesOf,
  headerKey,
  type Peer,
  QUOTA,
  shardKey,
  shardNumberIn,
  SYNC_VERSION,
  type Synced,
} from './synced.ts';

/** A value is written again if it is this many days old, in case a write got lost. */
const AGAIN_AFTER_DAYS = 7;

/** The entries that would change the record, to be merged into it. */
export function newsFor(record: ReadingRecord, entries: ReadingRecord): ReadingRecord {
  return new Map(
    [...entries].filter(([id, entry]) => {
      const mine = record.get(id);
      return !mine || !isAtLeast(mine, entry);
    }),
  );
}

export interface Me {
  device: string;
  name: string;
  /** Whether the name has changed since it was last written. */
  isRenamed: boolean;
  /** Eight random characters for this write. */
  nonce: string;
}

export interface Plan {
  /** Values to write in one call. */
  set: Record<string, unknown>;
  /** Keys to remove after that. */
  remove: readonly string[];
  /** How many entries no device holds because there is no space: the oldest acts. */
  notSynced: number;
}

/**
 * Returns what this device has to write, after everything that arrived was merged into its record. It writes
 * nothing if a newer version of the companion has written this device's keys.
 *
 * @param today in days since 1970
 * @param gone devices whose entries this device may take over and whose keys it may then remove
 */
export function planSync(
  synced: Synced,
  record: ReadingRecord,
  me: Me,
  today: number,
  gone: ReadonlySet<string>,
): Plan {
  const mine = synced.peers.find(({ device }) => device === me.device);
  if (mine?.isNewer) return { set: {}, remove: [], notSynced: 0 };
  const others = synced.peers.filter((peer) => peer !== mine);
  const idle = others.filter(({ device, isNewer }) => gone.has(device) && !isNewer);
  const share = (holders: readonly Peer[]) => shareOf(record, me.device, mine, holders);
  const room = roomFor(synced, me, mine);
  const active = others.filter((peer) => !idle.includes(peer));
  const taken = fit(share(active), room, shardsOf(mine));
  const isAllTaken = taken.left === 0;
  // Idle devices keep their keys unless all their entries can be taken over.
  const { parts, left } =
    isAllTaken || idle.length === 0 ? taken : fit(share(others), room, shardsOf(mine));
  if (room.bytes < 0) return { set: {}, remove: [], notSynced: left };
  return {
    set: changes(parts, me, mine, today),
    remove: [
      ...(mine?.keys ?? []).filter((key) => (shardNumberIn(key) ?? -1) >= parts.length),
      ...(isAllTaken ? idle.flatMap(({ keys }) => keys) : []),
    ],
    notSynced: left,
  };
}

/** The entries of the record that this device has to hold, because no other device does. */
function shareOf(
  record: ReadingRecord,
  me: string,
  mine: Peer | undefined,
  holders: readonly Peer[],
): ReadingRecord {
  return new Map(
    [...record].filter(([id, entry]) => {
      const held = mine?.entries.get(id);
      const isMine = held !== undefined && isSame(held, entry);
      return !holders.some(({ device, entries }) => {
        const theirs = entries.get(id);
        if (!theirs || !isAtLeast(theirs, entry)) return false;
        return !isMine || !isSame(theirs, entry) || isFirst(device, me, entry.stamp.device);
      });
    }),
  );
}

/** If two devices hold an entry by `author`, whether `device` keeps it rather than `other`. */
function isFirst(device: string, other: string, author: string): boolean {
  return device === author || (other !== author && device < other);
}

interface Room {
  bytes: number;
  items: number;
}

/** The space that other devices and our own header leave. */
function roomFor({ bytes, items }: Synced, me: Me, mine: Peer | undefined): Room {
  const { device } = me;
  const header = headerOf(me, 2 ** 16 - 1, MOST_SHARDS);
  return {
    bytes: QUOTA.bytes - bytes + (mine?.bytes ?? 0) - bytesOf(headerKey(device), header),
    items: Math.min(QUOTA.items - items + (mine?.keys.length ?? 0) - 1, MOST_SHARDS),
  };
}

function headerOf({ name, nonce }: Me, day: number, shards: number) {
  return { v: SYNC_VERSION, name, day, shards, nonce };
}

/**
 * The least number of shards to try. It never decreases, unless all shards are removed, because an entry that
 * moves to another shard would be in no shard for a while.
 */
function shardsOf(mine: Peer | undefined): number {
  const numbers = [...(mine?.shards.keys() ?? [])].filter((number) => number < MOST_SHARDS);
  return numbers.length === 0 ? 1 : 2 ** Math.ceil(Math.log2(Math.max(...numbers) + 1));
}

interface Fitted {
  /** Packed entries by shard. */
  parts: string[];
  /** How many entries do not fit. */
  left: number;
}

/** Packs all entries if they fit; if not, leaves out the positions in articles, then the oldest entries. */
function fit(entries: ReadingRecord, room: Room, atLeast: number): Fitted {
  const whole = deal(entries, atLeast);
  if (whole && hasRoom(whole, room)) return { parts: whole.parts, left: 0 };
  let kept = [...entries]
    .map(([id, entry]): [number, Entry] => [id, withoutPlaces(entry)])
    .sort(([, a], [, b]) => compareStamps(b.stamp, a.stamp));
  while (kept.length > 0) {
    const dealt = deal(new Map(kept), atLeast);
    if (dealt && hasRoom(dealt, room))
      return { parts: dealt.parts, left: entries.size - kept.length };
    // An estimate of what fits, from the length of these; it is too low by a few percent at most.
    const share = dealt ? room.bytes / dealt.bytes : 0.5;
    kept = kept.slice(0, Math.max(Math.floor(kept.length * Math.min(share, 0.99)), 0));
  }
  return { parts: [], left: entries.size };
}

interface Dealt {
  parts: string[];
  bytes: number;
}

function hasRoom({ parts, bytes }: Dealt, room: Room): boolean {
  return bytes <= room.bytes && parts.length <= room.items;
}

/** Distributes entries over as few shards as can hold them; undefined if no number of shards can. */
function deal(entries: ReadingRecord, atLeast: number): Dealt | undefined {
  if (entries.size === 0) return { parts: [], bytes: 0 };
  for (let count = atLeast; count <= MOST_SHARDS; count *= 2) {
    const dealt = dealTo(entries, count);
    if (dealt) return dealt;
  }
  return undefined;
}

function dealTo(entries: ReadingRecord, count: number): Dealt | undefined {
  const groups = Array.from({ length: count }, () => new Map<number, Entry>());
  for (const [id, entry] of entries) groups[id % count]?.set(id, entry);
  const parts: string[] = [];
  let bytes = 0;
  for (const [number, group] of groups.entries()) {
    const marks = packMarks(group, count, number);
    const size = bytesOf(shardKey('00000000', number), shardOf(marks, 0));
    if (size > QUOTA.itemBytes) return undefined;
    parts.push(marks);
    bytes += size;
  }
  return { parts, bytes };
}

function withoutPlaces(entry: Entry): Entry {
  const [first, ...hidden] = actsOf(entry).map(withoutPlace);
  return { ...(first ?? entry), ...(hidden.length > 0 && { hidden }) };
}

function withoutPlace(act: Act): Act {
  const { mark } = act;
  return mark.kind === 'reading'
    ? { ...act, mark: { kind: 'reading', fraction: mark.fraction } }
    : act;
}

/** The values that have to be written. New shards come first, because entries move into them. */
function changes(
  parts: readonly string[],
  me: Me,
  mine: Peer | undefined,
  today: number,
): Record<string, unknown> {
  const { device, isRenamed } = me;
  const set: Record<string, unknown> = {};
  for (const [number, marks] of [...parts.entries()].reverse()) {
    const old = mine?.shards.get(number);
    const isAsItWas =
      old !== undefined && isFresh(old.day, today) && old.text === shardOf(marks, old.day);
    if (!isAsItWas) set[shardKey(device, number)] = shardOf(marks, today);
  }
  const old = mine?.header;
  const isDue = isRenamed || !old || old.shards !== parts.length || !isFresh(old.day, today);
  if (isDue || Object.keys(set).length > 0)
    set[headerKey(device)] = headerOf(me, today, parts.length);
  return set;
}

function isFresh(day: number, today: number): boolean {
  return today - day < AGAIN_AFTER_DAYS && day <= today + 1;
}

function isSame(a: Entry, b: Entry): boolean {
  return isAtLeast(a, b) && isAtLeast(b, a);
}

/** Whether `b` adds nothing to `a`. */
function isAtLeast(a: Entry, b: Entry): boolean {
  return mergeEntries(a, b) === a;
}
