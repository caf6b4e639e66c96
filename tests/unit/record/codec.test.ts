import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import {
  type Act,
  decode,
  decodeAct,
  encodeAct,
  encodeSnapshot,
  IndexedRecord,
  StoredRecord,
} from '../../../src/record/codec.ts';
import { migrate, SCHEMA_VERSION } from '../../../src/record/migrations.ts';
import { markOf, merge, type ReadingRecord } from '../../../src/record/marks.ts';
import { act, entry, record } from './arbitraries.ts';

const asRecord = (acts: readonly Act[]) =>
  acts.reduce<ReadingRecord>(
    (all, { post, entry }) => merge(all, new Map([[post, entry]])),
    new Map(),
  );

describe('what is stored is what is read back', () => {
  it('for any snapshot', () => {
    fc.assert(
      fc.property(record, (marks) => {
        const decoded = decode(encodeSnapshot(marks), undefined);
        expect(decoded).toEqual({ record: marks, bad: [], newer: undefined });
      }),
    );
  });

  it('for any journal, act by act', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 10 }), (acts) => {
        const decoded = decode(undefined, acts.map(encodeAct));
        expect(decoded).toEqual({ record: asRecord(acts), bad: [], newer: undefined });
        expect(acts.map((each) => decodeAct(encodeAct(each)))).toEqual(acts);
      }),
    );
  });

  it('for a journal over a snapshot, the later act standing', () => {
    fc.assert(
      fc.property(record, fc.array(act, { maxLength: 10 }), (marks, acts) => {
        const decoded = decode(encodeSnapshot(marks), acts.map(encodeAct));
        expect(decoded.record).toEqual(merge(marks, asRecord(acts)));
      }),
    );
  });

  it('for a journal folded into its snapshot, also when part of it is still there', () => {
    fc.assert(
      fc.property(record, fc.array(act, { maxLength: 10 }), (marks, acts) => {
        const journal = acts.map(encodeAct);
        const { record: folded } = decode(encodeSnapshot(marks), journal);
        const again = decode(encodeSnapshot(folded), journal.slice(-3));
        expect(again.record).toEqual(folded);
      }),
    );
  });

  it('for what a reader does: a fraction to the percent, a day given by hand', () => {
    const stamp = { time: Date.UTC(2026, 0, 2), tick: 3, device: 'k3f9x0zz' };
    const marks: ReadingRecord = new Map([
      [9708, { mark: { kind: 'reading', fraction: 0.4249 }, stamp }],
      [8265, { mark: { kind: 'read', at: Date.UTC(2021, 2, 23), by: 'hand' }, stamp }],
    ]);
    const back = decode(encodeSnapshot(marks), undefined).record;
    expect(markOf(back, 9708)).toEqual({ kind: 'reading', fraction: 0.42 });
    expect(back.get(8265)).toEqual(marks.get(8265));
  });
});

describe('looking up single posts', () => {
  const device = fc.constantFrom('0', '1', '', 'x');
  const lineOf = (each: Act, d: string) =>
    encodeAct(each).split(' ').slice(1, -1).concat(d).join(' ');
  const line = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(act, device).map(([each, d]) => lineOf(each, d)) },
    fc
      .tuple(fc.constantFrom('0', '+', ' ', 'Z'), act)
      .map(([odd, each]) => odd + lineOf(each, '0')),
    fc.constantFrom('', '1', '1 rubbish', '2 l', '4 l ', 'x y z', '99999999999 l'),
  );
  const textOf = (head: fc.Arbitrary<string>) =>
    fc.tuple(head, fc.array(line)).map(([first, lines]) => [first, ...lines].join('\n'));
  const older = textOf(fc.constantFrom('1 a b', '2 a b', '2'));
  const ordered = older.map(migrate);
  const any = textOf(fc.constantFrom('1 a b', '2 a b', '3 a b', '3', '4 a b', ''));
  const journal = fc.oneof(
    fc.array(fc.oneof(act.map(encodeAct), fc.constantFrom('# 1 2 3 4', 'x', '1 1 l'))),
    fc.jsonValue(),
  );
  const FEW = [1, 2, 3, 4, 5, 999_999, 0, NaN, -1];

  it('gives what reading all of it gives, whatever the lines are that stand in order', () => {
    fc.assert(
      fc.property(fc.oneof(older, ordered), journal, (stored, acts) => {
        const { record: whole } = decode(stored, acts);
        const lazy = new StoredRecord(stored, acts);
        for (const post of [...whole.keys(), ...FEW])
          expect(lazy.get(post)).toEqual(whole.get(post));
      }),
      { numRuns: 1_000 },
    );
  });

  it('and of a record as it is written, every mark of 1 to 300', () => {
    const posts = fc.uniqueArray(fc.integer({ min: 1, max: 40_000 }), { maxLength: 300 });
    fc.assert(
      fc.property(posts, entry, (ids, each) => {
        const lazy = new StoredRecord(encodeSnapshot(new Map(ids.map((id) => [id, each]))), []);
        const kept = ids.filter((id) => lazy.get(id) !== undefined);
        expect(kept).toEqual(ids);
        for (const id of ids)
          for (const next of [id - 1, id + 1])
            expect(lazy.get(next) !== undefined).toBe(ids.includes(next));
      }),
    );
  });

  it('of an indexed record gives what reading all of it gives, whatever is stored, and lists it', () => {
    fc.assert(
      fc.property(fc.oneof(older, ordered, any, fc.jsonValue()), journal, (stored, acts) => {
        const { record: whole } = decode(stored, acts);
        const indexed = new IndexedRecord(stored, acts);
        const listed = [...indexed.keys()];
        expect(new Set(listed).size).toBe(listed.length);
        expect(listed).toEqual(expect.arrayContaining([...whole.keys()]));
        for (const post of [...listed, ...FEW]) expect(indexed.get(post)).toEqual(whole.get(post));
      }),
      { numRuns: 1_000 },
    );
  });

  it('of lines in disorder gives nothing that is not there, and of anything else nothing', () => {
    fc.assert(
      fc.property(fc.oneof(any, fc.jsonValue()), journal, (stored, acts) => {
        const { record: whole } = decode(stored, acts);
        const lazy = new StoredRecord(stored, acts);
        for (const post of [...whole.keys(), ...FEW])
          if (lazy.get(post)) expect(whole.has(post)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

it('nothing stored is an empty record', () => {
  const nothing = { record: new Map(), bad: [], newer: undefined };
  expect(decode(undefined, undefined)).toEqual(nothing);
  expect(decode(encodeSnapshot(new Map()), [])).toEqual(nothing);
});

describe('what is damaged', () => {
  const stamp = { time: Date.UTC(2026, 0, 2), tick: 0, device: 'k3f9x0zz' };
  const marks: ReadingRecord = new Map([
    [1, { mark: { kind: 'later' }, stamp }],
    [2, { mark: { kind: 'reading', fraction: 0.5 }, stamp }],
    [3, { mark: { kind: 'read', at: stamp.time, by: 'reading' }, stamp }],
  ]);
  const lines = encodeSnapshot(marks).split('\n');
  const time = stamp.time.toString(36);

  it.each([
    ['an empty line', ''],
    ['words', 'these are words'],
    ['post 0', `0 l ${time}.0 0`],
    ['a post of seven digits', `${(1_000_000).toString(36)} l ${time}.0 0`],
    ['a mark that is none', `4 x ${time}.0 0`],
    ['later with something behind it', `4 l1 ${time}.0 0`],
    ['101 percent', `4 p${(101).toString(36)} ${time}.0 0`],
    ['a percentage missing', `4 p ${time}.0 0`],
    ['a day before the blog', `4 r1 ${time}.0 0`],
    ['a stamp before the blog', '4 l 1.0 0'],
    ['a stamp far in the future', '4 l zzzzzzzzz.0 0'],
    ['a stamp without its tick', `4 l ${time} 0`],
    ['a negative tick', `4 l ${time}.-1 0`],
    ['a device that the head does not name', `4 l ${time}.0 7`],
    ['no device', `4 l ${time}.0`],
    ['a device without its number', `4 l ${time}.0 `],
    ['a negative device', `4 l ${time}.0 -1`],
    ['a place without its print', `4 p1,5 ${time}.0 0`],
    ['a place beyond every article', `4 p1,zzzzz,1 ${time}.0 0`],
    ['a place in what is not being read', `4 l,1,1 ${time}.0 0`],
    ['a percentage over 100', `4 p2t ${time}.0 0`],
    ['a number where none belongs', `4 u5 ${time}.0 0`],
    ['a number of eleven digits', `4 R0${'0'.repeat(10)} ${time}.0 0`],
    ['more after its end', `4 l ${time}.0 0 0`],
    ['a script', `4 <script> ${time}.0 0`],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('in the snapshot, %s, is counted and the rest is kept', (_, line) => {
    const decoded = decode([lines[0], lines[1], line, ...lines.slice(2)].join('\n'), undefined);
    expect(decoded.record).toEqual(marks);
    expect(decoded.bad).toEqual([line]);
  });

  const good = encodeAct({ id: 'one', post: 1, entry: { mark: { kind: 'later' }, stamp } });
  it.each([
    ['an empty string', ''],
    ['an act without an id', good.replace('one', '')],
    ['an id with a slash', good.replace('one', 'o/e')],
    ['an id of 41 characters', good.replace('one', 'x'.repeat(41))],
    ['a device in capitals', good.replace('k3f9x0zz', 'K3F9X0ZZ')],
    ['a device missing', good.replace(' k3f9x0zz', '')],
    ['a number', 5],
    ['null', null],
    ['a list', ['x']],
  ])('in the journal, %s, is counted and the rest is kept', (_, line) => {
    const decoded = decode(encodeSnapshot(marks), [line, good]);
    expect(markOf(decoded.record, 1)).toEqual({ kind: 'later' });
    expect(decoded.record.size).toBe(3);
    expect(decoded.bad).toHaveLength(1);
  });

  it('counts at the head of the journal are no act, and nothing bad; further on they are', () => {
    const decoded = decode(encodeSnapshot(marks), ['# 1 2 3 4', good, '# 1 2 3 4']);
    expect(markOf(decoded.record, 1)).toEqual({ kind: 'later' });
    expect(decoded.bad).toEqual(['# 1 2 3 4']);
  });

  it.each([5, true, null, {}, []])(
    'a snapshot that is %j is counted, the journal is kept',
    (snapshot) => {
      const decoded = decode(snapshot, [good]);
      expect(decoded.bad).toHaveLength(1);
      expect(markOf(decoded.record, 1)).toEqual({ kind: 'later' });
    },
  );

  it.each([5, 'x', null, {}])(
    'a journal that is %j is counted, the snapshot is kept',
    (journal) => {
      const decoded = decode(encodeSnapshot(marks), journal);
      expect(decoded.bad).toHaveLength(1);
      expect(decoded.record).toEqual(marks);
    },
  );

  it('any piece cut off the end leaves what stands before it', () => {
    const snapshot = encodeSnapshot(marks);
    for (let end = lines[0]!.length; end < snapshot.length; end++) {
      const { record: rest } = decode(snapshot.slice(0, end), undefined);
      const whole = Math.max(0, snapshot.slice(0, end).split('\n').length - 2);
      for (const id of [1, 2, 3].slice(0, whole)) expect(rest.get(id)).toEqual(marks.get(id));
    }
  });

  it('never makes reading fail, whatever JSON is stored', () => {
    // Keys are plain: {"toString": 1} in a journal is one that cannot be made a string.
    const json = fc.jsonValue({ stringUnit: fc.constantFrom(...'abz01 .\n'.split('')) });
    fc.assert(
      fc.property(json, json, (snapshot, journal) => {
        const decoded = decode(snapshot, journal);
        for (const { stamp: each } of decoded.record.values())
          expect(each.tick).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'binary' })),
        (a, b) => {
          const decoded = decode(a, b);
          b.forEach((line, at) => {
            const isKnown = decodeAct(line) !== undefined || (at === 0 && line.startsWith('#'));
            if (!isKnown) expect(decoded.bad).toContain(line);
          });
        },
      ),
    );
  });
});

it('a record of a newer version is reported and not misread', () => {
  const stamp = { time: Date.UTC(2026, 0, 2), tick: 0, device: 'a' };
  const now = encodeSnapshot(new Map([[1, { mark: { kind: 'later' }, stamp }]]));
  const newer = now.replace(/^\d+/, String(SCHEMA_VERSION + 1));
  const decoded = decode(newer, undefined);
  expect(decoded.newer).toBe(SCHEMA_VERSION + 1);
  expect(decoded.record.size).toBe(0);
  expect(decode(now, undefined).newer).toBeUndefined();
});

it('1,341 posts, all read, fit in 32 KB', () => {
  const marks: ReadingRecord = new Map(
    Array.from({ length: 1_341 }, (_, i) => [
      i * 9 + 1,
      {
        mark: { kind: 'read', at: Date.UTC(2024, 0, 1) + i * 86_400_000, by: 'hand' },
        stamp: { time: Date.UTC(2024, 0, 1) + i * 86_400_000, tick: 0, device: 'k3f9x0zz' },
      } as const,
    ]),
  );
  expect(encodeSnapshot(marks).length).toBeLessThan(32_768);
});
