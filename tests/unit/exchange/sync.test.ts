import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { type Me, newsFor, planSync } from '../../../src/exchange/sync.ts';
import {
  bytesOf,
  dayAt,
  headerKey,
  idleDevices,
  isPartial,
  type Items,
  lastDay,
  QUOTA,
  readSynced,
  type PeerSightings,
  sightingsOn,
  soundName,
} from '../../../src/exchange/synced.ts';
import { packMarks, shardOf } from '../../../src/exchange/sync-codec.ts';
import { type Entry, type Mark, markOf, type ReadingRecord } from '../../../src/record/marks.ts';
import { merge } from '../../../src/record/merge.ts';
import { compareStamps } from '../../../src/record/clock.ts';
import { PATIENCE, report, runs } from '../runs.ts';
import { DAY, SyncSimulation } from './sync-simulation.ts';

const RUNS = runs(1_200);

const index = fc.nat({ max: 3 });
const markArbitrary: fc.Arbitrary<Mark> = fc.oneof(
  fc.constantFrom<Mark>({ kind: 'unread' }, { kind: 'later' }),
  fc.nat({ max: 100 }).map((percent): Mark => ({
    kind: 'reading',
    fraction: percent / 100,
    place: { at: percent, print: percent },
  })),
  fc.nat({ max: 1_000 }).map((days): Mark => ({
    kind: 'read',
    at: Date.UTC(2020, 0) + days * DAY,
    by: days % 2 === 0 ? 'hand' : 'reading',
  })),
);

/** An event that changes the simulation; `label` is printed when a run fails. */
type SimulationEvent = { label: string; apply: (simulation: SyncSimulation) => void };
const event = (label: string, apply: (simulation: SyncSimulation) => void): SimulationEvent => ({
  label,
  apply,
});
const deviceOf = (simulation: SyncSimulation, at: number) => {
  const device = simulation.devices[at % simulation.devices.length];
  if (!device) throw new Error('a simulation without devices');
  return device;
};

const act = fc
  .tuple(index, fc.integer({ min: 1, max: 6 }), markArbitrary)
  .map(([at, post, mark]) =>
    event(`act ${at} ${post} ${mark.kind}`, (w) => w.act(deviceOf(w, at), post, mark)),
  );
const wake = fc
  .tuple(
    index,
    fc.option(fc.constantFrom<'set' | 'remove'>('set', 'remove'), { freq: 4, nil: undefined }),
  )
  .map(([at, fails]) => event(`wake ${at} ${fails ?? ''}`, (w) => w.wake(deviceOf(w, at), fails)));
const upload = fc
  .tuple(index, fc.oneof(fc.constant(99), fc.nat({ max: 3 })), fc.boolean())
  .map(([at, count, isLost]) =>
    event(`upload ${at} ${count} ${isLost ? 'lost' : ''}`, (w) =>
      w.upload(deviceOf(w, at), count, isLost),
    ),
  );
const download = fc
  .tuple(index, fc.oneof(fc.constant(2 ** 20 - 1), fc.nat({ max: 2 ** 20 - 1 })))
  .map(([at, bits]) =>
    event(`download ${at} ${bits}`, (w) =>
      w.download(deviceOf(w, at), (item) => ((bits >> (item % 20)) & 1) === 1),
    ),
  );
/** A device is used while it is online: it gets everything from the account, and its writes arrive. */
const use = index.map((at) =>
  event(`use ${at}`, (w) => {
    const device = deviceOf(w, at);
    w.download(device, () => true);
    w.wake(device);
    w.upload(device, Infinity, false);
  }),
);
const pass = fc
  .oneof(
    fc.constantFrom(1, 60_000, 3_600_000, DAY),
    fc.integer({ min: 8, max: 400 }).map((d) => d * DAY),
  )
  .map((ms) => event(`pass ${ms / DAY}`, (w) => (w.now += ms)));
const wipe = index.map((at) => event(`wipe ${at}`, (w) => w.wipe(deviceOf(w, at))));
const copy = index.map((at) => event(`copy ${at}`, (w) => w.copy(deviceOf(w, at))));
const clock = fc
  .tuple(index, fc.constantFrom(0, 0, 2 * DAY, -3 * DAY, 200 * DAY, 3_650 * DAY, -3_650 * DAY))
  .map(([at, ahead]) =>
    event(`clock ${at} ${ahead / DAY}`, (w) => (deviceOf(w, at).ahead = ahead)),
  );

const events = (...kinds: [fc.Arbitrary<SimulationEvent>, number][]) =>
  fc.array(fc.oneof(...kinds.map(([arbitrary, weight]) => ({ arbitrary, weight }))), {
    maxLength: 60,
  });

const simulate = (count: number, story: readonly SimulationEvent[]) => {
  const simulation = new SyncSimulation(count);
  for (const { apply } of story) apply(simulation);
  return simulation;
};

/** The merged records of all devices and of the account. */
const known = (simulation: SyncSimulation) =>
  simulation.devices.reduce<ReadingRecord>(
    (all, { record }) => merge(all, record),
    readSynced(simulation.items).entries,
  );

const sorted = (record: ReadingRecord) => [...record].sort(([a], [b]) => a - b);

describe('whatever happens', { timeout: PATIENCE }, () => {
  const all = events(
    [act, 8],
    [use, 6],
    [wake, 8],
    [upload, 6],
    [download, 6],
    [pass, 3],
    [wipe, 1],
    [clock, 1],
  );

  it('all devices agree in the end on the latest act for each post, and the account has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), all, (count, story) => {
        const simulation = simulate(count, story);
        const expected = sorted(known(simulation));
        simulation.settle();
        for (const { record } of simulation.devices) expect(sorted(record)).toEqual(expected);
        expect(sorted(readSynced(simulation.items).entries)).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
    report('sync with partial arrival and wrong clocks', { stories: RUNS, lost: 0 });
  });

  it('copied profiles notice that, take names of their own, and all devices agree in the end', () => {
    const copied = events(
      [act, 8],
      [use, 6],
      [wake, 8],
      [upload, 6],
      [download, 6],
      [pass, 3],
      [copy, 2],
      [clock, 1],
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), copied, (count, story) => {
        const simulation = simulate(count, story);
        const expected = sorted(known(simulation));
        simulation.settle();
        simulation.settle();
        for (const { record } of simulation.devices) expect(sorted(record)).toEqual(expected);
        expect(sorted(readSynced(simulation.items).entries)).toEqual(expected);
        // Copies that have nothing to write yet may share a name.
        const writers = simulation.devices.filter(({ nonces }) => nonces.length > 0);
        expect(new Set(writers.map(({ name }) => name)).size).toBe(writers.length);
      }),
      { numRuns: RUNS },
    );
    report('sync with copied profiles', { stories: RUNS, lost: 0 });
  });

  it('no act that reached the account is lost, even if all devices are wiped at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), all, (count, story) => {
        const simulation = simulate(count, story);
        for (const device of simulation.devices) simulation.wipe(device);
        simulation.settle();
        const [first] = simulation.devices;
        expect(sorted(merge(first?.record ?? new Map(), simulation.secured))).toEqual(
          sorted(first?.record ?? new Map()),
        );
      }),
      { numRuns: RUNS },
    );
    report('sync after all devices were wiped', { stories: RUNS, lost: 0 });
  });

  it('in the end each entry is in the shards of one device, and nobody writes any more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), all, (count, story) => {
        const simulation = simulate(count, story);
        for (const device of simulation.devices) device.ahead = 0;
        simulation.settle();
        simulation.settle();
        for (const device of simulation.devices) {
          simulation.download(device, () => true);
          simulation.wake(device);
          expect(device.waiting).toEqual([]);
        }
        const { peers, entries } = readSynced(simulation.items);
        // Entries of a browser that is gone stay for half a year, and may be outdated.
        const holders = peers.flatMap((peer) => Array.from(peer.entries));
        const standing = holders.filter(
          ([post, { stamp }]) => compareStamps(stamp, entries.get(post)?.stamp ?? stamp) === 0,
        );
        expect(standing.length).toBe(entries.size);
      }),
      { numRuns: RUNS / 4 },
    );
  });
});

const NOW = Date.UTC(2026, 10, 22, 12);
const TODAY = dayAt(NOW);
const [A, B, C] = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'] as const;
const LATER: Mark = { kind: 'later' };

const entry = (mark: Mark, device: string = A, time = NOW): Entry => ({
  mark,
  stamp: { time, tick: 0, device },
});
const me = (device: string): Me => ({
  device,
  name: 'Firefox, Linux',
  isRenamed: false,
  nonce: 'n0nce000',
});
const header = (day: number, shards: number) => ({ v: 1, name: 'x', day, shards });

/** The items of a device in the account, with one shard. */
const holding = (device: string, entries: ReadingRecord, day = TODAY): Items => ({
  [headerKey(device)]: header(day, 1),
  [`m-${device}-0`]: shardOf(packMarks(entries), day),
});

/** Lets a device sync; returns its plan and the items of the account afterwards, and checks the quotas. */
function turn(items: Items, device: string, record: ReadingRecord, day = TODAY, mayClean = true) {
  const synced = readSynced(items);
  // As if it had looked on many days, and no device had changed its items since the day in them.
  const gone = synced.peers.filter((peer) => day - (lastDay(peer) ?? day) >= 180);
  const idle = new Set(mayClean ? gone.map((peer) => peer.device) : []);
  const plan = planSync(synced, record, me(device), day, idle);
  const next = { ...items, ...plan.set };
  for (const [key, value] of Object.entries(plan.set))
    expect(bytesOf(key, value)).toBeLessThanOrEqual(QUOTA.itemBytes);
  const sizes = Object.entries(next).map(([key, value]) => bytesOf(key, value));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(QUOTA.bytes);
  for (const key of plan.remove) delete next[key];
  return { ...plan, items: next };
}

const heldBy = (items: Items, device: string): number[] => {
  const peer = readSynced(items).peers.find((each) => each.device === device);
  return [...(peer?.entries.keys() ?? [])].sort((a, b) => a - b);
};

/** Marks about a minute apart, each in another millisecond: more than any reader makes. */
const many = (count: number, device: string = A, from = 1): ReadingRecord =>
  new Map(
    Array.from({ length: count }, (_, i) => {
      const time = NOW - (count - i) * 61_007;
      return [from + i, entry({ kind: 'read', at: time, by: 'reading' }, device, time)];
    }),
  );

describe('who holds what', () => {
  const x = entry(LATER, A);

  it('an act is in the shards of the device that made it, not of one that received it', () => {
    const { items } = turn({}, A, new Map([[7, x]]));
    expect(heldBy(items, A)).toEqual([7]);
    const both = turn(
      items,
      B,
      new Map([
        [7, x],
        [8, entry(LATER, B)],
      ]),
    ).items;
    expect([heldBy(both, A), heldBy(both, B)]).toEqual([[7], [8]]);
  });

  it('an entry is dropped when another device has a later act', () => {
    const first = turn({}, A, new Map([[7, x]])).items;
    const later = new Map([[7, entry({ kind: 'unread' }, B, NOW + 1)]]);
    const second = turn(first, B, later).items;
    const third = turn(second, A, later).items;
    expect([heldBy(third, A), heldBy(third, B)]).toEqual([[], [7]]);
    expect(markOf(readSynced(third).entries, 7)).toEqual({ kind: 'unread' });
  });

  it('if two devices have one entry, its maker keeps it, or else the lower name', () => {
    const known = new Map([[7, x]]);
    const madeByOne = { ...holding(A, known), ...holding(B, known) };
    expect(heldBy(turn(madeByOne, A, known).items, A)).toEqual([7]);
    expect(heldBy(turn(madeByOne, B, known).items, B)).toEqual([]);
    const ofAThird = { ...holding(B, known), ...holding(C, known) };
    expect(heldBy(turn(ofAThird, B, known).items, B)).toEqual([7]);
    expect(heldBy(turn(ofAThird, C, known).items, C)).toEqual([]);
  });

  it('an entry that is missing in the account is put back by any device that knows it', () => {
    const known = new Map([[7, x]]);
    const { items } = turn(holding(A, new Map()), B, known);
    expect(heldBy(items, B)).toEqual([7]);
  });

  it('nothing is written if nothing changed, and everything again after a week', () => {
    const record = many(2_800);
    const { items, set } = turn({}, A, record);
    expect(Object.keys(set).length).toBeGreaterThan(2);
    expect(turn(items, A, record).set).toEqual({});
    expect(turn(items, A, record, TODAY + 6).set).toEqual({});
    expect(Object.keys(turn(items, A, record, TODAY + 7).set).sort()).toEqual(
      Object.keys(set).sort(),
    );
  });

  it('one more act rewrites only one of many shards', () => {
    const record = many(5_000);
    const { items } = turn({}, A, record);
    const more = new Map([...record, [17, entry({ kind: 'unread' }, A, NOW)]]);
    const { set } = turn(items, A, more);
    expect(Object.keys(set).filter((key) => key.startsWith('m-'))).toHaveLength(1);
    expect(markOf(readSynced({ ...items, ...set }).entries, 17)).toEqual({ kind: 'unread' });
  });

  it('new shards are written before marks leave old ones, so no partial write loses marks', () => {
    const { items } = turn({}, A, many(1_000));
    const { set } = turn(items, A, many(2_000, A, 1));
    const written = Object.entries(set);
    expect(written.length).toBeGreaterThan(2);
    for (let arrived = 0; arrived <= written.length; arrived += 1) {
      const { entries } = readSynced({
        ...items,
        ...Object.fromEntries(written.slice(0, arrived)),
      });
      for (let id = 1; id <= 1_000; id += 1) expect(entries.has(id)).toBe(true);
    }
  });

  it('a new name is written at once', () => {
    const { items } = turn({}, A, new Map());
    const renamed: Me = { device: A, name: '书房', isRenamed: true, nonce: 'n0nce000' };
    const { set } = planSync(readSynced(items), new Map(), renamed, TODAY, new Set());
    expect(readSynced({ ...items, ...set }).peers[0]?.header?.name).toBe('书房');
  });
});

describe('a device that has not been there for half a year', () => {
  const old = many(30, A);
  const items = holding(A, old, TODAY - 180);

  it('is taken over by a device that has all its marks, and then removed', () => {
    const done = turn(items, B, old);
    expect(heldBy(done.items, B)).toEqual([...old.keys()]);
    expect(readSynced(done.items).peers.map(({ device }) => device)).toEqual([B]);
  });

  it('is left alone one day earlier, or if cleaning is not allowed', () => {
    for (const [day, mayClean] of [
      [TODAY - 1, true],
      [TODAY, false],
    ] as const) {
      const { remove, set } = turn(items, B, old, day, mayClean);
      expect(remove).toEqual([]);
      expect(Object.keys(set)).toEqual([headerKey(B)]);
    }
  });

  it('counts as gone only after many days without it, however the clock jumps', () => {
    const looks = (days: readonly number[]) => {
      let seen: PeerSightings = {};
      for (const day of days) seen = sightingsOn(day, readSynced(items), B, seen);
      return [...idleDevices(seen, days.at(-1) ?? 0)];
    };
    const daily = Array.from({ length: 30 }, (_, i) => TODAY + i * 7);
    expect(looks(daily)).toEqual([A]);
    // A clock that jumps ahead by 200 days, and one that jumps back and forth.
    expect(looks([TODAY, TODAY + 200])).toEqual([]);
    expect(looks([TODAY, TODAY + 200, TODAY, TODAY + 200])).toEqual([]);
    expect(looks(daily.slice(0, 20))).toEqual([]);
    // This device is in use, though its clock is years behind.
    let seen: PeerSightings = {};
    for (const [i, day] of daily.entries()) {
      const living = holding(A, many(i + 1, A), TODAY - 2_000 + i);
      seen = sightingsOn(day, readSynced(living), B, seen);
    }
    expect([...idleDevices(seen, daily.at(-1) ?? 0)]).toEqual([]);
  });

  it('can be taken over by two devices at once: both have its marks, then one', () => {
    const [b, c] = [turn(items, B, old), turn(items, C, old)];
    const both = { ...b.items, ...c.set };
    const after = turn(both, C, old).items;
    expect([heldBy(after, B).length, heldBy(after, C).length]).toEqual([30, 0]);
  });

  it('writes only its own new marks when it comes back', () => {
    const taken = turn(items, B, old).items;
    const back = new Map([...old, [99, entry(LATER, A, NOW + 1)]]);
    const { items: after } = turn(taken, A, back);
    expect([heldBy(after, A), heldBy(after, B).length]).toEqual([[99], 30]);
  });

  it('stays if there is no room to take it over', () => {
    const used = readSynced(items).bytes;
    const full = { ...items, other: 'x'.repeat(QUOTA.bytes - used - 160) };
    const { remove, notSynced } = turn(full, B, old);
    expect({ remove, notSynced }).toEqual({ remove: [], notSynced: 0 });
  });

  it('stays if a newer version of the companion wrote it', () => {
    const newer = { ...items, [headerKey(A)]: { ...header(TODAY - 300, 1), v: 2 } };
    expect(turn(newer, B, old).remove).toEqual([]);
  });
});

describe('when there is no room', () => {
  it('12,000 marks fit into the account', () => {
    const { items, notSynced } = turn({}, A, many(12_000));
    expect(notSynced).toBe(0);
    expect(readSynced(items).entries.size).toBe(12_000);
  });

  it('the latest acts are synced, and the state says how many are not', () => {
    const record = many(30_000);
    const { items, notSynced } = turn({}, A, record);
    const synced = readSynced(items).entries;
    expect(notSynced).toBe(30_000 - synced.size);
    expect(synced.size).toBeGreaterThan(12_000);
    expect(Math.min(...synced.keys())).toBe(notSynced + 1);
  });

  it('places in articles are left out before any mark, and other devices keep theirs', () => {
    const placed = (id: number): Mark => ({
      kind: 'reading',
      fraction: 0.5,
      place: { at: id, print: id * 167 },
    });
    const record: ReadingRecord = new Map(
      [...many(9_000)].map(([id, { stamp }]) => [id, { mark: placed(id), stamp }]),
    );
    const { items, notSynced } = turn({}, A, record);
    expect(notSynced).toBe(0);
    const { entries } = readSynced(items);
    expect(markOf(entries, 7)).toEqual({ kind: 'reading', fraction: 0.5 });
    expect(merge(record, entries)).toEqual(record);
    expect(newsFor(record, entries).size).toBe(0);
  });

  it('nothing is written if other devices or other data filled the account', () => {
    const full = { noise: 'x'.repeat(102_300) };
    expect(turn(full, A, many(10))).toMatchObject({ set: {}, remove: [], notSynced: 10 });
  });
});

describe('what is in the account', () => {
  it('a device with a newer version is reported and not read', () => {
    const items = { ...holding(A, many(3)), [headerKey(A)]: { ...header(TODAY, 1), v: 2 } };
    const { peers, entries } = readSynced(items);
    expect(peers).toMatchObject([{ device: A, isNewer: true }]);
    expect(entries.size).toBe(0);
  });

  it('a shard of a newer version is reported, and not overwritten under our own name', () => {
    const newer = `3${shardOf(packMarks(many(3)), TODAY).slice(1)}`;
    const items = { ...holding(A, many(3)), [`m-${A}-0`]: newer };
    expect(readSynced(items).peers).toMatchObject([{ device: A, isNewer: true }]);
    expect(turn(items, A, many(5))).toMatchObject({ set: {}, remove: [] });
    expect(heldBy(turn(items, B, many(5)).items, B)).toHaveLength(5);
  });

  it('a missing or damaged shard is reported, and its marks are put back', () => {
    for (const shard of [undefined, 'cut', { a: 1 }]) {
      const items = { ...holding(A, many(3)), [`m-${A}-0`]: shard };
      const [peer] = readSynced(items).peers;
      expect(peer && isPartial(peer)).toBe(true);
      expect(heldBy(turn(items, A, many(3)).items, A)).toEqual([1, 2, 3]);
    }
  });

  it('can be anything: no error, no invalid value is used, and valid values are kept', () => {
    const key = fc.oneof(
      fc.constantFrom(`d-${A}`, `m-${A}-0`, `m-${A}-99`, `m-${A}-00`, '__proto__', 'constructor'),
      fc.string(),
    );
    const value = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.string());
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (noise) => {
        const items = { ...noise, ...holding(B, many(3, B)) };
        expect(readSynced(items).entries).toEqual(many(3, B));
        expect(heldBy(turn(items, A, many(5, A, 10)).items, A)).toEqual([10, 11, 12, 13, 14]);
      }),
      { numRuns: runs(300) },
    );
  });

  it('a name is short, on one line, and of visible characters', () => {
    expect(soundName(' 书房\n的\u202E电脑\u0000 ')).toBe('书房的电脑');
    expect(soundName('x'.repeat(9_999))).toHaveLength(40);
    expect([soundName(undefined), soundName({}), soundName('<b>')]).toEqual(['', '', 'b']);
  });
});
