/**
 * Simulates devices that share one account. The writes of a device wait, and reach the account in their order;
 * the last ones may be lost for good, though the device still sees them. Items of the account reach a device one
 * by one, in any order and after any time. Writes can fail, clocks can be wrong by years, devices can lose all
 * their data or not be used for months.
 */
import { newsFor, planSync } from '../../../src/exchange/sync.ts';
import {
  dayAt,
  idleDevices,
  isCopied,
  type Items,
  readSynced,
  type PeerSightings,
  sightingsOn,
} from '../../../src/exchange/synced.ts';
import { unpackShard } from '../../../src/exchange/sync-codec.ts';
import {
  isObserved,
  isSameMark,
  type Mark,
  type ReadingRecord,
} from '../../../src/record/marks.ts';
import { merge, mergeEntries, withAct } from '../../../src/record/merge.ts';

export const DAY = 86_400_000;

interface Version {
  value: unknown;
  /** The number of the change of the account that made it. */
  at: number;
}

export class Device {
  record: ReadingRecord = new Map();
  /** The content of the account as this device sees it. */
  readonly view = new Map<string, unknown>();
  readonly seen = new Map<string, number>();
  /** Writes that have not reached the account; undefined removes a key. */
  waiting: [key: string, value: unknown][] = [];
  cleaned = -1;
  nonces: string[] = [];
  sightings: PeerSightings = {};
  /** How far its clock is ahead, in ms. */
  ahead = 0;

  constructor(public name: string) {}

  get items(): Items {
    return Object.fromEntries(this.view);
  }
}

export class SyncSimulation {
  now = Date.UTC(2026, 0, 1);
  readonly account = new Map<string, Version>();
  readonly devices: Device[];
  /** The latest act on each post that has reached the account. */
  secured: ReadingRecord = new Map();
  #changes = 0;
  #names = 0;
  #nonces = 0;

  constructor(count: number) {
    this.devices = Array.from({ length: count }, () => new Device(this.#newName()));
  }

  #newName(): string {
    // The order of the names differs from that of the devices, so that ties do not depend on who came last.
    this.#names += 1;
    return String((this.#names * 7_919) % 1_000).padStart(8, 'x');
  }

  act(device: Device, post: number, mark: Mark): void {
    const seen = device.record.get(post);
    const entry = withAct(seen, { mark }, this.now + device.ahead, device.name);
    // The last act by hand on a device must decide the mark there, even if clocks are wrong.
    if (!isObserved(mark) && !isSameMark(entry.mark, mark))
      throw new Error('an act was without effect');
    device.record = new Map([...device.record, [post, entry]]);
  }

  /** Does what background/sync.ts does at a wake. `fails`: before the writes, or between writes and removals. */
  wake(device: Device, fails?: 'set' | 'remove'): void {
    const synced = readSynced(device.items);
    if (isCopied(synced, device.name, device.nonces)) {
      device.name = this.#newName();
      device.nonces = [];
    }
    device.record = merge(device.record, newsFor(device.record, synced.entries));
    const today = dayAt(this.now + device.ahead);
    device.sightings = sightingsOn(today, synced, device.name, device.sightings);
    // Runs are short, so two looks are enough here instead of 30.
    const gone =
      device.cleaned === today ? new Set<string>() : idleDevices(device.sightings, today, 2);
    this.#nonces += 1;
    const me = { device: device.name, name: 'x', isRenamed: false, nonce: String(this.#nonces) };
    const plan = planSync(synced, device.record, me, today, gone);
    if (`d-${device.name}` in plan.set) device.nonces = [...device.nonces, me.nonce].slice(-16);
    if (fails === 'set') return;
    for (const [key, value] of Object.entries(plan.set)) this.#write(device, key, value);
    if (fails === 'remove') return;
    for (const key of plan.remove) this.#write(device, key, undefined);
    if (plan.remove.some((key) => !key.includes(device.name))) device.cleaned = today;
  }

  #write(device: Device, key: string, value: unknown): void {
    if (value === undefined) device.view.delete(key);
    else device.view.set(key, value);
    device.waiting.push([key, value]);
  }

  /** The first `count` waiting writes reach the account; the others still wait, or are lost. */
  upload(device: Device, count: number, isRestLost: boolean): void {
    const arriving = device.waiting.slice(0, count);
    const isAll = arriving.length === device.waiting.length;
    device.waiting = isAll || isRestLost ? [] : device.waiting.slice(count);
    for (const [key, value] of arriving) {
      if (value === undefined) this.#forget(device, this.account.get(key)?.value);
      this.#changes += 1;
      this.account.set(key, { value, at: this.#changes });
      device.seen.set(key, this.#changes);
    }
    for (const [, { value }] of this.account)
      this.secured = merge(this.secured, unpackShard(value)?.entries ?? new Map());
  }

  /**
   * A device that removes an idle device's shards does not know what that device wrote to them after it came back.
   * The idle device writes these acts again when it sees that they are gone; until then they are not secured.
   */
  #forget(remover: Device, shard: unknown): void {
    for (const post of unpackShard(shard)?.entries.keys() ?? []) {
      const known = remover.record.get(post);
      const secured = this.secured.get(post);
      if (secured && (!known || mergeEntries(known, secured) !== known))
        this.secured = new Map([...this.secured].filter(([id]) => id !== post));
    }
  }

  /** Of the items that changed in the account since the last time, delivers those for which `arrives` returns true. */
  download(device: Device, arrives: (index: number) => boolean): void {
    let index = 0;
    for (const [key, { value, at }] of this.account) {
      if ((device.seen.get(key) ?? 0) >= at) continue;
      if (device.waiting.some(([own]) => own === key)) continue;
      index += 1;
      if (!arrives(index)) continue;
      device.seen.set(key, at);
      if (value === undefined) device.view.delete(key);
      else device.view.set(key, value);
    }
  }

  /** Copies the profile of a device: both have one name until one notices. */
  copy(device: Device): void {
    if (this.devices.length > 5) return;
    const copy = new Device(device.name);
    copy.record = device.record;
    for (const [key, value] of device.view) copy.view.set(key, value);
    for (const [key, at] of device.seen) copy.seen.set(key, at);
    copy.nonces = device.nonces;
    copy.sightings = device.sightings;
    copy.ahead = device.ahead;
    this.devices.push(copy);
  }

  /** Replaces a device by an empty one with a new name, like a new profile. */
  wipe(device: Device): void {
    const fresh = new Device(this.#newName());
    fresh.ahead = device.ahead;
    this.devices.splice(this.devices.indexOf(device), 1, fresh);
  }

  /** Uses each device every four days for a month; everything arrives. */
  settle(): void {
    for (let round = 0; round < 8; round += 1) {
      this.now += 4 * DAY;
      for (const device of this.devices) {
        this.download(device, () => true);
        this.wake(device);
        this.upload(device, Infinity, false);
      }
    }
  }

  /** What is in the account. */
  get items(): Items {
    const present = [...this.account].filter(([, { value }]) => value !== undefined);
    return Object.fromEntries(present.map(([key, { value }]) => [key, value]));
  }
}
