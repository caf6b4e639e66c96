/**
 * Marks as one short text, for the browser's sync, which holds 102,400 bytes. Stamps are kept whole: a
 * decoded entry equals the encoded one, so merging it again changes nothing.
 *
 *   text   `2` · checksum: four characters · day on which it was written: four characters · bits (bits.ts)
 *   bits   m: 7 bits · r: 7 · width of i: 5, where each id is m·i + r · a group for each device that acted · 0: 5
 *   group  length of the name: 5 · 6 for each of its characters · number of acts: GAMMA · k: 6 · acts by time
 *   act    ms since the act before: quotient by 2^k GAMMA, remainder k · tick, or what it is more than the tick
 *          before if the time is the same: GAMMA · i · kind: GAMMA · the fields of the kind · for reading and
 *          automatic 已读 the basis: GAMMA, and if that is a moment its time: 42 and its tick: GAMMA
 *   GAMMA  see bits.ts
 *
 * With the best k this is within a tenth of a bit of the minimum for random times.
 */
import { groupBy } from '../catalogue/grouping.ts';
import { isPostId } from '../site/address.ts';
import {
  type Act,
  type Basis,
  type Entry,
  isAct,
  type Mark,
  type ReadingRecord,
} from '../record/marks.ts';
import { compareStamps, compareText, type Stamp } from '../record/clock.ts';
import { actsOf, addEntry } from '../record/merge.ts';
import { BitReader, bitsOf, BitWriter, PAIR, pairOf } from './bits.ts';
import { fnv1a } from './fnv.ts';

export const SHARD_VERSION = '2';

export interface Shard {
  /** Days since 1970 on which it was written, by the writer's clock. */
  day: number;
  entries: ReadingRecord;
}

const EPOCH = Date.UTC(2009, 0);
const MINUTE = 60_000;

/** The most frequent first. */
const KINDS = ['read', 'hand', 'later', 'unread', 'placed', 'reading', 'read-at', 'hand-at'];

/** The most frequent first. `earlier`: the act has no basis, because an earlier version made it. */
const BASES = ['nothing', 'moment', 'earlier', 'hand'];
/** The bits of the time of a moment. */
const TIME = 42;

/** The bits of a percentage, of the letters before a position, and of its hash. */
const PERCENT = 7;
const PLACE_AT = 20;
const PLACE_PRINT = 24;
/** The k by which the time of reading is packed, if it differs from the time of the act. */
const AT = 24;

/** The maximum number of shards of one device. */
export const MOST_SHARDS = 64;

/** A shard from packed marks. `day` is the day of writing, in days since 1970, up to 2^26. */
export function shardOf(marks: string, day: number): string {
  const body = pairOf(Math.floor(day / 2 ** PAIR)) + pairOf(day % 2 ** PAIR) + marks;
  return SHARD_VERSION + checksum(body) + body;
}

/** 26 bits of a text's hash, as four characters. */
function checksum(text: string): string {
  const hash = fnv1a(text);
  return pairOf(hash & (2 ** PAIR - 1)) + pairOf((hash >>> PAIR) & (2 ** PAIR - 1));
}

/**
 * Packs entries. All their ids must be `rest` modulo `of`, which is at most MOST_SHARDS. Equal entries give
 * equal texts.
 */
export function packMarks(entries: ReadingRecord, of = 1, rest = 0): string {
  const bits = new BitWriter();
  bits.put(of, 7);
  bits.put(rest, 7);
  const indexOf = (id: number) => Math.floor(id / of);
  const width = bitsOf([...entries.keys()].reduce((most, id) => Math.max(most, indexOf(id)), 0));
  bits.put(width, 5);
  for (const [device, group] of byDevice(entries)) {
    bits.put(device.length, 5);
    for (const char of device) bits.put(parseInt(char, 36), 6);
    bits.gamma(group.length);
    const k = cheapest(group.map(([, { stamp }], i) => stamp.time - timeBefore(group, i)));
    bits.put(k, 6);
    let last: Stamp = { time: EPOCH, tick: 0, device };
    for (const [id, { mark, stamp, basis }] of group) {
      bits.step(stamp.time - last.time, k);
      bits.gamma(stamp.time === last.time ? stamp.tick - last.tick : stamp.tick);
      bits.put(indexOf(id), width);
      putMark(bits, mark, stamp);
      if (hasBasis(mark)) putBasis(bits, basis);
      last = stamp;
    }
  }
  bits.put(0, 5);
  return bits.text();
}

/**
 * The version of a shard, which is its first character; undefined if its checksum is wrong. Shards of later
 * versions start with the same five characters.
 */
export function versionOf(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^[1-9a-z]/.test(text)) return undefined;
  return text.slice(1, 5) === checksum(text.slice(5)) ? text[0] : undefined;
}

/** Unpacks a shard; undefined for anything else. Never throws, and takes linear time. */
export function unpackShard(text: unknown): Shard | undefined {
  const version = versionOf(text);
  if (typeof text !== 'string' || !version || version > SHARD_VERSION) return undefined;
  const bits = new BitReader(text.slice(5));
  const day = bits.take(2 * PAIR);
  const of = bits.take(7);
  const rest = bits.take(7);
  const width = bits.take(5);
  const entries = new Map<number, Entry>();
  for (let length = bits.take(5); length > 0; length = bits.take(5)) {
    const device = Array.from({ length }, () => bits.take(6).toString(36)).join('');
    if (!/^[0-9a-z]{1,16}$/.test(device)) return undefined;
    const count = bits.gamma();
    const k = bits.take(6);
    let last: Stamp = { time: EPOCH, tick: 0, device };
    for (let i = 0; i < count; i += 1) {
      const time = last.time + bits.step(k);
      const tick = (time === last.time ? last.tick : 0) + bits.gamma();
      const stamp: Stamp = { time, tick, device };
      const id = bits.take(width) * of + rest;
      const mark = takeMark(bits, stamp);
      // Shards of version 1 have no basis.
      const isBased = version === SHARD_VERSION && hasBasis(mark);
      const basis = isBased ? takeBasis(bits) : undefined;
      const act: Act = basis === undefined ? { mark, stamp } : { mark, stamp, basis };
      if (bits.isOver) return undefined;
      // Only the unsound act is left out, because the checksum is right for the others.
      if (isPostId(id) && isAct(act)) addEntry(entries, id, act);
      last = stamp;
    }
  }
  return bits.isOver ? undefined : { day, entries };
}

/** Groups acts by the device that acted, in order of its name; each group is in the order of the acts. */
function byDevice(entries: ReadingRecord): [string, [number, Act][]][] {
  const acts = [...entries].flatMap(([id, entry]) =>
    actsOf(entry).map((act): [number, Act] => [id, act]),
  );
  const sorted = acts.sort(([a, { stamp: x }], [b, { stamp: y }]) => compareStamps(x, y) || a - b);
  const groups = groupBy(sorted, ([, { stamp }]) => stamp.device);
  return [...groups].sort(([a], [b]) => compareText(a, b));
}

function timeBefore(group: readonly [number, Act][], at: number): number {
  return group[at - 1]?.[1].stamp.time ?? EPOCH;
}

/** The k with which these steps take nearly the fewest bits; only their bit lengths are considered. */
function cheapest(steps: readonly number[]): number {
  const counts = Array.from({ length: 43 }, () => 0);
  for (const step of steps) {
    const length = bitsOf(step);
    counts[length] = (counts[length] ?? 0) + 1;
  }
  const costs = counts.map((_, k) =>
    counts.reduce((sum, count, length) => sum + count * (k + 2 * Math.max(length - k, 0) + 1), 0),
  );
  return costs.indexOf(Math.min(...costs));
}

function putMark(bits: BitWriter, mark: Mark, stamp: Stamp): void {
  bits.gamma(KINDS.indexOf(kindOf(mark, stamp)));
  if (mark.kind === 'reading') {
    bits.put(Math.round(mark.fraction * 100), PERCENT);
    if (mark.place) {
      bits.put(mark.place.at, PLACE_AT);
      bits.put(mark.place.print, PLACE_PRINT);
    }
  } else if (mark.kind === 'read' && mark.at !== stamp.time) {
    const since = mark.at - EPOCH;
    const isWhole = since % MINUTE === 0;
    bits.put(Number(isWhole), 1);
    bits.step(isWhole ? since / MINUTE : since, AT);
  }
}

/** Whether the basis of an act with this mark is packed. */
function hasBasis(mark: Mark): boolean {
  return mark.kind === 'reading' || (mark.kind === 'read' && mark.by === 'reading');
}

function putBasis(bits: BitWriter, basis: Basis | undefined): void {
  const isMoment = typeof basis === 'object';
  bits.gamma(BASES.indexOf(isMoment ? 'moment' : (basis ?? 'earlier')));
  if (!isMoment) return;
  bits.put(basis.time, TIME);
  bits.gamma(basis.tick);
}

/** Reads a basis, which may be unsound. */
function takeBasis(bits: BitReader): Basis | undefined {
  switch (BASES[bits.gamma()]) {
    case 'moment':
      return { time: bits.take(TIME), tick: bits.gamma() };
    case 'earlier':
      return undefined;
    case 'hand':
      return 'hand';
    default:
      return 'nothing';
  }
}

function kindOf(mark: Mark, { time }: Stamp): string {
  if (mark.kind === 'reading') return mark.place ? 'placed' : 'reading';
  if (mark.kind !== 'read') return mark.kind;
  return (mark.by === 'hand' ? 'hand' : 'read') + (mark.at === time ? '' : '-at');
}

/** Reads a mark, which may be unsound. */
function takeMark(bits: BitReader, { time }: Stamp): Mark {
  const kind = KINDS[bits.gamma()];
  switch (kind) {
    case 'later':
      return { kind };
    case 'reading':
      return { kind, fraction: bits.take(PERCENT) / 100 };
    case 'placed': {
      const fraction = bits.take(PERCENT) / 100;
      const place = { at: bits.take(PLACE_AT), print: bits.take(PLACE_PRINT) };
      return { kind: 'reading', fraction, place };
    }
    case 'read':
    case 'hand':
      return { kind: 'read', at: time, by: kind === 'hand' ? 'hand' : 'reading' };
    case 'read-at':
    case 'hand-at': {
      const unit = bits.take(1) === 1 ? MINUTE : 1;
      const at = EPOCH + bits.step(AT) * unit;
      return { kind: 'read', at, by: kind === 'hand-at' ? 'hand' : 'reading' };
    }
    default:
      return { kind: 'unread' };
  }
}
