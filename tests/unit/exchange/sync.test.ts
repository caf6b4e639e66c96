import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laterOf, type Mark, merge, type ReadingRecord } from '../../../src/reading/marks.ts';
import { DAY, World } from './sync-world.ts';

const RUNS = process.env['SOAK'] ? 40_000 : 1_200;

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
    by: 'hand',
  })),
);

/** What may happen, as a function on the world; written out when a run fails. */
type Happening = { says: string; to: (world: World) => void };
const happening = (says: string, to: (world: World) => void): Happening => ({
  says,
  to,
});
const deviceOf = (world: World, at: number) => {
  const device = world.devices[at % world.devices.length];
  if (!device) throw new Error('a world without devices');
  return device;
};

const act = fc
  .tuple(index, fc.integer({ min: 1, max: 6 }), markArbitrary)
  .map(([at, post, mark]) =>
    happening(`act ${at} ${post} ${mark.kind}`, (w) => w.act(deviceOf(w, at), post, mark)),
  );
const wake = fc
  .tuple(
    index,
    fc.option(fc.constantFrom<'set' | 'remove'>('set', 'remove'), { freq: 4, nil: undefined }),
  )
  .map(([at, fails]) =>
    happening(`wake ${at} ${fails ?? ''}`, (w) => w.wake(deviceOf(w, at), fails)),
  );
const upload = fc
  .tuple(index, fc.oneof(fc.constant(99), fc.nat({ max: 3 })), fc.boolean())
  .map(([at, count, isLost]) =>
    happening(`upload ${at} ${count} ${isLost ? 'lost' : ''}`, (w) =>
      w.upload(deviceOf(w, at), count, isLost),
    ),
  );
const download = fc
  .tuple(index, fc.oneof(fc.constant(2 ** 20 - 1), fc.nat({ max: 2 ** 20 - 1 })))
  .map(([at, bits]) =>
    happening(`download ${at} ${bits}`, (w) =>
      w.download(deviceOf(w, at), (item) => ((bits >> (item % 20)) & 1) === 1),
    ),
  );
const pass = fc
  .oneof(
    fc.constantFrom(1, 60_000, 3_600_000, DAY),
    fc.integer({ min: 8, max: 400 }).map((d) => d * DAY),
  )
  .map((ms) => happening(`pass ${ms / DAY}`, (w) => (w.now += ms)));
const wipe = index.map((at) => happening(`wipe ${at}`, (w) => w.wipe(deviceOf(w, at))));
const clock = fc
  .tuple(index, fc.constantFrom(0, 0, 2 * DAY, -3 * DAY, 200 * DAY, 3_650 * DAY, -3_650 * DAY))
  .map(([at, ahead]) =>
    happening(`clock ${at} ${ahead / DAY}`, (w) => (deviceOf(w, at).ahead = ahead)),
  );

const happenings = (...kinds: [fc.Arbitrary<Happening>, number][]) =>
  fc.array(fc.oneof(...kinds.map(([arbitrary, weight]) => ({ arbitrary, weight }))), {
    maxLength: 60,
  });

const lived = (count: number, story: readonly Happening[]) => {
  const world = new World(count);
  for (const { to } of story) to(world);
  return world;
};

/** All that any device or the account knows, before the dust has settled. */
const known = (world: World) =>
  world.devices.reduce<ReadingRecord>((all, { record }) => merge(all, record), world.held);

const plainly = (record: ReadingRecord) => [...record].sort(([a], [b]) => a - b);

describe('whatever happens', () => {
  const all = happenings(
    [act, 8],
    [wake, 8],
    [upload, 6],
    [download, 6],
    [pass, 3],
    [wipe, 1],
    [clock, 1],
  );

  it('all devices come to agree, with the latest act on each post, and the account holds it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), all, (count, story) => {
        const world = lived(count, story);
        const expected = plainly(known(world));
        world.settle();
        for (const { record } of world.devices) expect(plainly(record)).toEqual(expected);
        expect(plainly(world.held)).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });

  it('no act is lost that came into the account once, whoever is wiped later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), all, (count, story) => {
        const world = lived(count, story);
        world.settle();
        for (const [post, entry] of world.secured) {
          const stands = world.devices[0]?.record.get(post);
          expect(stands && laterOf(stands, entry)).toBe(stands);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('and when it has settled, nobody writes any more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), all, (count, story) => {
        const world = lived(count, story);
        for (const device of world.devices) device.ahead = 0;
        world.settle();
        world.settle();
        for (const device of world.devices) {
          world.download(device, () => true);
          world.wake(device);
          expect(device.waiting).toEqual([]);
        }
      }),
      { numRuns: RUNS / 4 },
    );
  });
});
