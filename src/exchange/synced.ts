/**
 * Reads what is in the account's sync. Each device writes only its own keys and reads those of all devices:
 *
 *   d-DEVICE    {v, name, day, shards, nonce}: version, name that the reader gave it, day of its last activity,
 *               number of its shards, random text of this write
 *   m-DEVICE-n  marks, packed (sync-codec.ts), distributed by post id over a power of two of shards
 */
import { compareText } from '../record/clock.ts';
import { DAY_MS } from '../record/days.ts';
import type { Entry, ReadingRecord } from '../record/marks.ts';
import { mergeInto } from '../record/merge.ts';
import { isNatural } from '../record/natural.ts';
import { GREATEST_VERSION } from '../record/version.ts';
import { fnv1a } from './fnv.ts';
import { MOST_SHARDS, SHARD_VERSION, unpackShard, versionOf } from './sync-codec.ts';

/** What browsers allow; bytes of an item are those of its key and of its value as JSON. */
export const QUOTA = { bytes: 102_400, itemBytes: 8_192, items: 512 };
/** The version of the header and of what the keys mean. */
export const SYNC_VERSION = 1;
/** A device silent for this many days is considered gone: another device takes over its entries. */
const IDLE_AFTER_DAYS = 180;
/** This device must have read the sync on this many of these days, because its clock may be wrong. */
const LOOKED_ON_DAYS = 30;
const LONGEST_NAME = 40;

/** The keys of a device: its header, or a shard with its number. */
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

/** How long this device has seen another one unchanged. Days are days since 1970. */
export interface PeerSighting {
  /** A hash of its header and shards. */
  trace: number;
  /** The days by this device's clock on which this hash was first and last seen. */
  since: number;
  last: number;
  /** The number of days on which this hash was seen. */
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
  return Math.min(Math.max(Math.floor(time / DAY_MS), 0), 2 ** 16 - 1);
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
    .sort((a, b) => compareText(a.device, b.device));
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
    const number = shardNumberIn(key);
    const text = items[key];
    if (number === undefined || typeof text !== 'string') continue;
    const version = text.length <= QUOTA.itemBytes ? versionOf(text) : undefined;
    if (version !== undefined && version > SHARD_VERSION) isNewer = true;
    const shard = unpackShard(text);
    if (!shard) continue;
    shards.set(number, { text, day: shard.day });
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
  const isNewer = isNatural(v, GREATEST_VERSION + 1) && v > SYNC_VERSION;
  const header =
    isNatural(day, 2 ** 16) && isNatural(shards, MOST_SHARDS + 1)
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

/** Whether one of the shards that the header counts is missing or unsound. */
export function isPartial({ header, shards }: Peer): boolean {
  return Array.from({ length: header?.shards ?? 0 }, (_, i) => i).some((i) => !shards.has(i));
}

/**
 * Whether another browser wrote the keys of this device. That happens if the profile of the browser was copied,
 * so that both have one name.
 *
 * @param nonces the nonces of the last writes of this device
 */
export function isCopied({ peers }: Synced, device: string, nonces: readonly string[]): boolean {
  const nonce = peers.find((peer) => peer.device === device)?.header?.nonce ?? '';
  return nonce !== '' && !nonces.includes(nonce);
}

/** What this device has seen of the other devices up to today. */
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
  return fnv1a(text);
}

/**
 * The devices that are considered gone. They have not changed for half a year by this device's clock, and this
 * device has read the sync on many of those days. So a jump of its clock makes no device look gone, and the
 * clocks of other devices do not matter.
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

/** The number of a shard by its key; undefined for any other key. */
export function shardNumberIn(key: string): number | undefined {
  const number = KEY.exec(key)?.[3];
  return number === undefined ? undefined : Number(number);
}
