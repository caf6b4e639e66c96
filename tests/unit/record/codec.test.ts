import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { decodeRecord, encodeRecord, RECORD_VERSION } from '../../../src/record/codec.ts';
import { decodeJournal } from '../../../src/record/earlier-formats.ts';
import { markOf, type ReadingRecord } from '../../../src/record/marks.ts';
import { merge } from '../../../src/record/merge.ts';
import { earlierRecord, journalled, record } from './arbitraries.ts';
import { earlierSnapshot, journalLine, type JournalledAct } from './earlier.ts';

const asRecord = (acts: readonly JournalledAct[]) =>
  acts.reduce<ReadingRecord>(
    (all, { post, entry }) => merge(all, new Map([[post, entry]])),
    new Map(),
  );

describe('what is stored is what is read back', () => {
  it('for any snapshot', () => {
    fc.assert(
      fc.property(record, (marks) => {
        const decoded = decodeRecord(encodeRecord(marks));
        expect(decoded).toEqual({ record: marks, damaged: [], newer: undefined });
      }),
    );
  });

  it('for any journal of an earlier version, act by act', () => {
    fc.assert(
      fc.property(fc.array(journalled, { maxLength: 10 }), (acts) => {
        const decoded = decodeRecord(
          undefined,
          acts.map((each) => journalLine(each)),
        );
        expect(decoded).toEqual({ record: asRecord(acts), damaged: [], newer: undefined });
      }),
    );
  });

  it('for a journal over an earlier snapshot: the newer act stands', () => {
    fc.assert(
      fc.property(earlierRecord, fc.array(journalled, { maxLength: 10 }), (marks, acts) => {
        const journal = acts.map((each) => journalLine(each));
        const decoded = decodeRecord(earlierSnapshot(marks), journal);
        expect(decoded.record).toEqual(merge(marks, asRecord(acts)));
      }),
    );
  });

  it('for a journal whose acts are already in the record', () => {
    fc.assert(
      fc.property(earlierRecord, fc.array(journalled, { maxLength: 10 }), (marks, acts) => {
        const journal = acts.map((each) => journalLine(each));
        const { record: folded } = decodeRecord(encodeRecord(marks), journal);
        const again = decodeRecord(encodeRecord(folded), journal.slice(-3));
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
    const back = decodeRecord(encodeRecord(marks)).record;
    expect(markOf(back, 9708)).toEqual({ kind: 'reading', fraction: 0.42 });
    expect(back.get(8265)).toEqual(marks.get(8265));
  });
});

it('nothing stored is an empty record', () => {
  const nothing = { record: new Map(), damaged: [], newer: undefined };
  expect(decodeRecord(undefined)).toEqual(nothing);
  expect(decodeRecord(encodeRecord(new Map()), [])).toEqual(nothing);
});

describe('what is damaged', () => {
  const stamp = { time: Date.UTC(2026, 0, 2), tick: 0, device: 'k3f9x0zz' };
  const marks: ReadingRecord = new Map([
    [1, { mark: { kind: 'later' }, stamp }],
    [2, { mark: { kind: 'reading', fraction: 0.5 }, stamp }],
    [3, { mark: { kind: 'read', at: stamp.time, by: 'reading' }, stamp }],
  ]);
  const lines = encodeRecord(marks).split('\n');
  const time = stamp.time.toString(36);

  it.each([
    ['an empty line', ''],
    ['words', 'these are words'],
    ['post 0', `0 l ${time}.0 k3f9x0zz`],
    ['a post of seven digits', `${(1_000_000).toString(36)} l ${time}.0 k3f9x0zz`],
    ['a mark that is none', `4 x ${time}.0 k3f9x0zz`],
    ['later with something behind it', `4 l1 ${time}.0 k3f9x0zz`],
    ['101 percent', `4 p${(101).toString(36)} ${time}.0 k3f9x0zz`],
    ['a percentage missing', `4 p ${time}.0 k3f9x0zz`],
    ['a day before the blog', `4 r1 ${time}.0 k3f9x0zz`],
    ['a stamp before the blog', '4 l 1.0 k3f9x0zz'],
    ['a stamp far in the future', '4 l zzzzzzzzz.0 k3f9x0zz'],
    ['a stamp without its tick', `4 l ${time} k3f9x0zz`],
    ['a negative tick', `4 l ${time}.-1 k3f9x0zz`],
    ['a device in capitals', `4 l ${time}.0 K3F9X0ZZ`],
    ['a device of 17 characters', `4 l ${time}.0 ${'a'.repeat(17)}`],
    ['no device', `4 l ${time}.0`],
    ['a device without its name', `4 l ${time}.0 `],
    ['a negative device', `4 l ${time}.0 -1`],
    ['a place without its print', `4 p1,5 ${time}.0 k3f9x0zz`],
    ['a place beyond every article', `4 p1,zzzzz,1 ${time}.0 k3f9x0zz`],
    ['a place in what is not being read', `4 l,1,1 ${time}.0 k3f9x0zz`],
    ['a percentage over 100', `4 p2t ${time}.0 k3f9x0zz`],
    ['a number where none belongs', `4 u5 ${time}.0 k3f9x0zz`],
    ['a number of eleven digits', `4 R0${'0'.repeat(10)} ${time}.0 k3f9x0zz`],
    ['more after its end', `4 l ${time}.0 k3f9x0zz k3f9x0zz`],
    ['a script', `4 <script> ${time}.0 k3f9x0zz`],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('in the snapshot, %s, is counted and the rest is kept', (_, line) => {
    const decoded = decodeRecord([lines[0], lines[1], line, ...lines.slice(2)].join('\n'));
    expect(decoded.record).toEqual(marks);
    expect(decoded.damaged).toEqual([line]);
  });

  const good = journalLine({ id: 'one', post: 1, entry: { mark: { kind: 'later' }, stamp } });
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
    const decoded = decodeRecord(encodeRecord(marks), [line, good]);
    expect(markOf(decoded.record, 1)).toEqual({ kind: 'later' });
    expect(decoded.record.size).toBe(3);
    expect(decoded.damaged).toHaveLength(1);
  });

  it('counts at the head of the journal are neither acts nor damage; further on they are damage', () => {
    const decoded = decodeRecord(encodeRecord(marks), ['# 1 2 3 4', good, '# 1 2 3 4']);
    expect(markOf(decoded.record, 1)).toEqual({ kind: 'later' });
    expect(decoded.damaged).toEqual(['# 1 2 3 4']);
  });

  it.each([5, true, null, {}, []])(
    'a snapshot that is %j is counted, the journal is kept',
    (snapshot) => {
      const decoded = decodeRecord(snapshot, [good]);
      expect(decoded.damaged).toHaveLength(1);
      expect(markOf(decoded.record, 1)).toEqual({ kind: 'later' });
    },
  );

  it.each([5, 'x', null, {}])(
    'a journal that is %j is counted, the snapshot is kept',
    (journal) => {
      const decoded = decodeRecord(encodeRecord(marks), journal);
      expect(decoded.damaged).toHaveLength(1);
      expect(decoded.record).toEqual(marks);
    },
  );

  it('whatever is cut off the end, the lines before it are kept', () => {
    const snapshot = encodeRecord(marks);
    for (let end = lines[0]!.length; end < snapshot.length; end++) {
      const { record: rest } = decodeRecord(snapshot.slice(0, end));
      const whole = Math.max(0, snapshot.slice(0, end).split('\n').length - 2);
      for (const id of [1, 2, 3].slice(0, whole)) expect(rest.get(id)).toEqual(marks.get(id));
    }
  });

  it('never makes reading fail, whatever JSON is stored', () => {
    // Keys are only of these characters, because String({"toString": 1}) throws.
    const json = fc.jsonValue({ stringUnit: fc.constantFrom(...'abz01 .\n'.split('')) });
    fc.assert(
      fc.property(json, json, (snapshot, journal) => {
        const decoded = decodeRecord(snapshot, journal);
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
          const decoded = decodeRecord(a, b);
          b.forEach((line, at) => {
            const isKnown =
              decodeJournal([line]).acts.length > 0 || (at === 0 && line.startsWith('#'));
            if (!isKnown) expect(decoded.damaged).toContain(line);
          });
        },
      ),
    );
  });
});

it('a record of a newer version is reported and not misread', () => {
  const newer = String(RECORD_VERSION + 1);
  const stamp = { time: Date.UTC(2026, 0, 2), tick: 0, device: 'a' };
  const now = encodeRecord(new Map([[1, { mark: { kind: 'later' }, stamp }]]));
  const decoded = decodeRecord(now.replace(/^\d+-\d+/, `${newer}-${newer}`));
  expect(decoded.newer).toBe(RECORD_VERSION + 1);
  expect(decoded.record.size).toBe(0);
  expect(decodeRecord(now).newer).toBeUndefined();
});

describe('one damaged character in the first line', () => {
  const stamp = { time: Date.UTC(2026, 0, 2), tick: 0, device: 'k3f9x0zz' };
  const marks: ReadingRecord = new Map(
    [1, 2, 3].map((post) => [post, { mark: { kind: 'later' }, stamp } as const]),
  );
  const snapshot = encodeRecord(marks);
  const headEnd = snapshot.indexOf('\n');

  it.each('0123456789ax-# '.split(''))(
    '%j there takes no mark away and is no newer version',
    (sign) => {
      for (let at = 0; at < headEnd; at++) {
        const decoded = decodeRecord(snapshot.slice(0, at) + sign + snapshot.slice(at + 1));
        expect(decoded.newer).toBeUndefined();
        expect([...decoded.record.keys()]).toEqual([1, 2, 3]);
      }
    },
  );

  it('in a record of an earlier version takes no mark away either', () => {
    const earlier = earlierSnapshot(marks);
    for (let at = 0; at < earlier.indexOf('\n'); at++) {
      const decoded = decodeRecord(`${earlier.slice(0, at)}9${earlier.slice(at + 1)}`);
      expect(decoded.newer).toBeUndefined();
      expect([...decoded.record.keys()]).toEqual([1, 2, 3]);
    }
  });
});

it('1,341 posts, all read, fit in 64 KB', () => {
  const marks: ReadingRecord = new Map(
    Array.from({ length: 1_341 }, (_, i) => [
      i * 9 + 1,
      {
        mark: { kind: 'read', at: Date.UTC(2024, 0, 1) + i * 86_400_000, by: 'hand' },
        stamp: { time: Date.UTC(2024, 0, 1) + i * 86_400_000, tick: 0, device: 'k3f9x0zz' },
      } as const,
    ]),
  );
  expect(encodeRecord(marks).length).toBeLessThan(65_536);
});
