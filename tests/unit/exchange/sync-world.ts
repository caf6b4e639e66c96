/**
 * A world of devices and one account, in which everything goes wrong that can: what a device writes
 * waits to be carried to the account, in its order, and the tail of it may get lost for good, though
 * the device goes on seeing it; what is in the account reaches a device item by item, in any order and
 * as late as can be; writing may fail; clocks are wrong by years; devices are wiped, or away for months.
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
  /** Counts the changes of the account. */
  at: number;
}

export class Device {
  record: ReadingRecord = new Map();
  /** What this device takes for the account's content. */
  readonly view = new Map<string, unknown>();
  readonly seen = new Map<string, number>();
  /** Written here and not yet in the account; undefined removes. */
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

export class World {
  now = Date.UTC(2026, 0, 1);
  readonly account = new Map<string, Version>();
  readonly devices: Device[];
  /** The latest act on each post that some device brought into the account. */
  secured: ReadingRecord = new Map();
  #changes = 0;
  #names = 0;
  #nonces = 0;

  constructor(count: number) {
    this.devices = Array.from({ length: count }, () => new Device(this.#newName()));
  }

  #newName(): string {
    // Not in the order in which they come: who gives way must not be who came last.
    this.#names += 1;
    return String((this.#names * 7_919) % 1_000).padStart(8, 'x');
  }

  act(device: Device, post: number, mark: Mark): void {
    const seen = device.record.get(post);
    const entry = withAct(seen, { mark }, this.now + device.ahead, device.name);
    // What the reader does last by hand on one device stands there, whatever the clocks say.
    if (!isObserved(mark) && !isSameMark(entry.mark, mark))
      throw new Error('an act was without effect');
    device.record = new Map([...device.record, [post, entry]]);
  }

  /** What background/sync.ts does at a wake; `fails` before writing, or between writing and removing. */
  wake(device: Device, fails?: 'set' | 'remove'): void {
    const synced = readSynced(device.items);
    if (isCopied(synced, device.name, device.nonces)) {
      device.name = this.#newName();
      device.nonces = [];
    }
    device.record = merge(device.record, newsFor(device.record, synced.entries));
    const today = dayAt(this.now + device.ahead);
    device.sightings = sightingsOn(today, synced, device.name, device.sightings);
    // Stories are short: two looks are enough here.
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

  /** The first so many of what waits arrive; the others go on waiting, or are lost. */
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
   * Who takes an idle device's shards away does not know of what that device, back again, wrote there
   * in the meantime. It writes that anew when it sees it gone; until then nothing is promised.
   */
  #forget(remover: Device, shard: unknown): void {
    for (const post of unpackShard(shard)?.entries.keys() ?? []) {
      const known = remover.record.get(post);
      const secured = this.secured.get(post);
      if (secured && (!known || mergeEntries(known, secured) !== known))
        this.secured = new Map([...this.secured].filter(([id]) => id !== post));
    }
  }

  /** Delivers those items that have changed in the account since for which `arrives` returns true. */
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

  /** The profile is copied: two devices have one name, until they notice. */
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

  /** All gone but what the account has; as a new profile, it has a new name. */
  wipe(device: Device): void {
    const fresh = new Device(this.#newName());
    fresh.ahead = device.ahead;
    this.devices.splice(this.devices.indexOf(device), 1, fresh);
  }

  /** Everything arrives from now on, and each device is used now and then for some weeks. */
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
