/**
 * What a browser writes to its account's sync, and how it reads it. Each device writes only its own keys
 * and reads those of all devices:
 *
 *   d-DEVICE    {v, name, day, shards, nonce}: schema, what the reader calls it, day of its last activity,
 *               a random text of this writing
 *   m-DEVICE-n  marks, packed (sync-codec.ts), distributed by post id over a power of two of shards
 *
 * What a device has to hold is not stored. It follows from what the device sees: each entry of its record
 * that no other device holds. So any device that knows a lost entry writes it again. If two devices hold
 * the same entry, only one keeps it: its author, else the one whose name sorts first. An entry is no longer
 * needed when there is a later act on the post.
 */
import type { Act, Entry, ReadingRecord } from '../record/marks.ts';
import { fnv1a } from './fnv.ts';
import { actsOf, mergeEntries } from '../record/merge.ts';
import { compareStamps } from '../record/clock.ts';
import {
  HEAD_LENGTH,
  MOST_SHARDS,
  packMarks,
  SHARD_VERSION,
  shardOf,
  unpackShard,
  versionOf,
} from './sync-codec.ts';

/** What browsers allow; bytes of an item are those of its key and of its value as JSON. */
export const QUOTA = { bytes: 102_400, itemBytes: 8_192, items: 512 };
/** The version of the header and of what the keys mean. */
export const SYNC_VERSION = 1;
/** A version beyond this one is a damaged version. */
const LATEST_VERSION = 99;
/** Everything is written again after this many days of use, in case a write got lost. */
export const AGAIN_AFTER_DAYS = 7;
/** A device silent for this many days is considered gone: another device takes over its entries. */
const IDLE_AFTER_DAYS = 180;
/** So many of these days the other device must have looked: the clocks of both may be wrong. */
const LOOKED_ON_DAYS = 30;
const LONGEST_NAME = 40;

const DAY = 86_400_000;
const KEY = /^(?:d-([0-9a-z]{8})|m-([0-9a-z]{8})-(0|[1-9]\d?))$/;

/** All items of the browser's sync for the extension, by key. They may be anything. */
export type Items = Readonly<Record<string, unknown>>;

export interface Header {
  /** What the reader calls the device. */
  name: string;
  /** The day of its last activity, in days since 1970 by its own clock. */
  day: number;
  /** How many shards it has. */
  shards: number;
  /** Made at random for each writing, so that a device knows its own; '' in earlier versions. */
  nonce: string;
}

/** How long another device has been as it is, as far as this one saw it. Days are days since 1970. */
export interface PeerSighting {
  /** A hash of its header and shards. */
  trace: number;
  /** The days by this device's clock on which it was first and last seen so. */
  since: number;
  last: number;
  /** On how many days it was seen so. */
  days: number;
}

/** By device. */
export type PeerSightings = Readonly<Record<string, PeerSighting>>;

/** A device, as sync shows it. */
export interface Peer {
  device: string;
  /** undefined until it has arrived. */
  header: Header | undefined;
  /** Its entries, as far as they have arrived and can be read. */
  entries: ReadingRecord;
  /** Whether a newer version of the companion wrote it, so that we cannot read all of it. */
  isNewer: boolean;
  /** Sound shards by number. */
  shards: ReadonlyMap<number, { text: string; day: number }>;
  /** All its keys, whether their values are sound or not, and the bytes of keys and values. */
  keys: readonly string[];
  bytes: number;
}

export interface Synced {
  peers: readonly Peer[];
  /** The entries of all devices, merged. */
  entries: ReadingRecord;
  /** The bytes of all items, including those that are not ours. */
  bytes: number;
  items: number;
}

/** Days since 1970 at a time in ms, limited to two bytes. */
export function dayAt(time: number): number {
  return Math.min(Math.max(Math.floor(time / DAY), 0), 2 ** 16 - 1);
}

export function shardKey(device: string, number: number): string {
  return `m-${device}-${number}`;
}

export function headerKey(device: string): string {
  return `d-${device}`;
}

/** The bytes of an item as Chromium counts them; it escapes `<`. */
export function bytesOf(key: string, value: unknown): number {
  const json = JSON.stringify(value) ?? '';
  return key.length + new TextEncoder().encode(json.replaceAll('<', String.raw`\u003C`)).length;
}

/** A name that can be shown and stored, or ''. */
export function soundName(given: unknown): string {
  if (typeof given !== 'string') return '';
  const clean = given.slice(0, 4 * LONGEST_NAME).replace(/[\p{C}\p{Zl}\p{Zp}<>]/gu, '');
  return Array.from(clean.trim()).slice(0, LONGEST_NAME).join('');
}

/** Reads all items; those that are not ours are only counted. Never throws. */
export function readSynced(items: Items): Synced {
  const keysOf = new Map<string, string[]>();
  for (const key of Object.keys(items)) {
    const [, header, shard] = KEY.exec(key) ?? [];
    const device = header ?? shard;
    if (device !== undefined) keysOf.set(device, [...(keysOf.get(device) ?? []), key]);
  }
  const peers = [...keysOf]
    .map(([device, keys]) => readPeer(items, device, keys))
    .sort((a, b) => (a.device < b.device ? -1 : 1));
  const entries = new Map<number, Entry>();
  for (const peer of peers) mergeInto(entries, peer.entries);
  const keys = Object.keys(items);
  return { peers, entries, bytes: sizeOf(items, keys), items: keys.length };
}

function readPeer(items: Items, device: string, keys: readonly string[]): Peer {
  const { header, isNewer: isNewerHeader } = readHeader(items[headerKey(device)]);
  const shards = new Map<number, { text: string; day: number }>();
  const entries = new Map<number, Entry>();
  let isNewer = isNewerHeader;
  for (const key of isNewerHeader ? [] : keys) {
    const number = KEY.exec(key)?.[3];
    const text = items[key];
    if (number === undefined || typeof text !== 'string') continue;
    const version = text.length <= QUOTA.itemBytes ? versionOf(text) : undefined;
    if (version !== undefined && version > SHARD_VERSION) isNewer = true;
    const shard = unpackShard(text);
    if (!shard) continue;
    shards.set(Number(number), { text, day: shard.day });
    mergeInto(entries, shard.entries);
  }
  return { device, header, entries, isNewer, shards, keys, bytes: sizeOf(items, keys) };
}

function sizeOf(items: Items, keys: readonly string[]): number {
  return keys.reduce((sum, key) => sum + bytesOf(key, items[key]), 0);
}

function readHeader(given: unknown): { header: Header | undefined; isNewer: boolean } {
  if (typeof given !== 'object' || given === null) return { header: undefined, isNewer: false };
  const { v, name, day, shards, nonce } = given as Record<string, unknown>;
  const isNewer = isWhole(v, LATEST_VERSION + 1) && v > SYNC_VERSION;
  const header =
    isWhole(day, 2 ** 16) && isWhole(shards, MOST_SHARDS + 1)
      ? { name: soundName(name), day, shards, nonce: typeof nonce === 'string' ? nonce : '' }
      : undefined;
  return { header, isNewer };
}

/** The day of a device's last known activity, in days since 1970 by its own clock. */
export function lastDay({ header, shards }: Peer): number | undefined {
  const days = [...shards.values()].map(({ day }) => day);
  if (header) days.push(header.day);
  return days.length > 0 ? Math.max(...days) : undefined;
}

/** Whether shards that its header counts are missing or unsound. */
export function isPartial({ header, shards }: Peer): boolean {
  return Array.from({ length: header?.shards ?? 0 }, (_, i) => i).some((i) => !shards.has(i));
}

function isWhole(given: unknown, below: number): given is number {
  return Number.isInteger(given) && (given as number) >= 0 && (given as number) < below;
}

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
  /** For what is written now: eight random characters. */
  nonce: string;
}

/**
 * Whether somebody else wrote the keys of this device: its profile was copied, and both go by one name.
 *
 * @param nonces those of the last writings of this device
 */
export function isCopied({ peers }: Synced, device: string, nonces: readonly string[]): boolean {
  const nonce = peers.find((peer) => peer.device === device)?.header?.nonce ?? '';
  return nonce !== '' && !nonces.includes(nonce);
}

/** What this device has seen of the others, with today. */
export function sightingsOn(
  today: number,
  { peers }: Synced,
  device: string,
  before: PeerSightings,
): PeerSightings {
  const seen = peers
    .filter((peer) => peer.device !== device)
    .map((peer): [string, PeerSighting] => {
      const trace = traceOf(peer);
      const old = before[peer.device];
      const isAsItWas = old?.trace === trace && old.since <= today;
      const days = isAsItWas ? old.days + Number(old.last !== today) : 1;
      return [peer.device, { trace, since: isAsItWas ? old.since : today, last: today, days }];
    });
  return Object.fromEntries(seen);
}

function traceOf({ header, shards }: Peer): number {
  const text = JSON.stringify([header, [...shards].map(([number, shard]) => [number, shard.text])]);
  return fnv1a(Array.from(text, (character) => character.charCodeAt(0)));
}

/**
 * The devices that are considered gone: for half a year by this device's clock they were as they are, and it
 * looked on many days. A clock that jumps makes the days few; another device's clock does not matter.
 */
export function idleDevices(
  sightings: PeerSightings,
  today: number,
  lookedOnDays = LOOKED_ON_DAYS,
): ReadonlySet<string> {
  const idle = Object.entries(sightings).filter(
    ([, { since, days }]) => today - since >= IDLE_AFTER_DAYS && days >= lookedOnDays,
  );
  return new Set(idle.map(([device]) => device));
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
 * What this device has to write after everything that arrived is merged into its record. Nothing, if a
 * newer version of the companion has written its keys.
 *
 * @param today in days since 1970
 * @param gone devices whose entries this device may take over, and remove their keys
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
      ...(mine?.keys ?? []).filter((key) => Number(KEY.exec(key)?.[3] ?? -1) >= parts.length),
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
 * The number of shards never decreases, unless all are removed: a mark that moves would be in no shard for
 * a while.
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

/** All entries if they fit; else without the positions in articles; else only the latest. */
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
    const size = shardKey('00000000', number).length + HEAD_LENGTH + marks.length + QUOTES;
    if (size > QUOTA.itemBytes) return undefined;
    parts.push(marks);
    bytes += size;
  }
  return { parts, bytes };
}

/** The quotes around a text in JSON. Each character of the text is one byte. */
const QUOTES = 2;

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

/** The values that differ from the stored ones. New shards come first, because entries move into them. */
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

function mergeInto(entries: Map<number, Entry>, more: ReadingRecord): void {
  for (const [id, entry] of more) entries.set(id, mergeEntries(entries.get(id), entry));
}
