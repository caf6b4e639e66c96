import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { type SavedPlan, MOST_PLANS } from '../../../src/catalogue/plans/planner.ts';
import type { DiscoveredPost } from '../../../src/catalogue/discovered/post.ts';
import {
  type Belongings,
  exportFile,
  FORMAT,
  readFile,
  type ReadFile,
  VERSION,
} from '../../../src/exchange/record-file.ts';
import { MAX_CHARS, MAX_ENTRIES } from '../../../src/exchange/import/import-errors.ts';
import { isMark } from '../../../src/record/marks.ts';
import { merge } from '../../../src/record/merge.ts';
import { isReadingTime, MOST_TICKS } from '../../../src/record/clock.ts';
import { ROOT } from '../support.ts';
import { belongings, DEVICE, entryAt, hostile, NOW, stampAt } from './arbitraries.ts';

function sound(text: string): ReadFile {
  const read = readFile(text);
  if ('trouble' in read) throw new Error(JSON.stringify(read));
  return read;
}

const MARK = {
  id: 9708,
  mark: 'later',
  time: '2026-10-01T03:04:05.678Z',
  tick: 0,
  device: DEVICE,
};
const READ = { ...MARK, mark: 'read', at: '2026-09-30T00:00:00.000Z', by: 'hand' };
const READING = { ...MARK, mark: 'reading', fraction: 0.5 };
const TAUGHT = { id: 12_000, met: '2026-10-01', title: '新篇' };
const fileOf = (more: Record<string, unknown>) =>
  JSON.stringify({ format: FORMAT, version: VERSION, marks: [], learned: [], ...more });

describe('what is exported is what is read back', () => {
  it('for any record and any discovered posts', () => {
    fc.assert(
      fc.property(belongings, (own) => {
        const { record, discovered, refused } = sound(exportFile(own, DEVICE, NOW));
        expect(record).toEqual(own.record);
        expect([...discovered]).toEqual([...own.discovered]);
        expect(refused).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('also when an editor has set it anew and put a byte order mark before it', () => {
    fc.assert(
      fc.property(belongings, fc.constantFrom(0, 1, 4), (own, indent) => {
        const text = JSON.stringify(JSON.parse(exportFile(own, DEVICE, NOW)), null, indent);
        expect(sound(`\ufeff${text}`).record).toEqual(own.record);
      }),
    );
  });

  it('and merging it changes nothing', () => {
    fc.assert(
      fc.property(belongings, ({ record, discovered }) => {
        const read = sound(exportFile({ record, discovered }, DEVICE, NOW));
        expect(merge(record, read.record)).toEqual(record);
      }),
    );
  });

  it('and is the same text for the same marks, in any order', () => {
    fc.assert(
      fc.property(belongings, ({ record, discovered }) => {
        const turned = new Map([...record].reverse());
        const text = exportFile({ record, discovered }, DEVICE, NOW);
        expect(exportFile({ record: turned, discovered }, DEVICE, NOW)).toBe(text);
      }),
    );
  });

  it('for the most marks that a file may have, within the longest text', () => {
    const record = new Map(
      Array.from({ length: MAX_ENTRIES }, (_, index) => [
        900_000 - index,
        entryAt(NOW - index, {
          kind: 'reading',
          fraction: 0.42,
          place: { at: 99_999, print: 2 ** 24 - 1 },
        }),
      ]),
    );
    const text = exportFile({ record, discovered: new Map() }, DEVICE, NOW);
    expect(text.length).toBeLessThan(MAX_CHARS);
    const read = sound(text);
    expect(read.record.size).toBe(MAX_ENTRIES);
    expect(read.record.get(900_000)).toEqual(record.get(900_000));
  });
});

describe('plans and settings', () => {
  const plan: SavedPlan = {
    goal: 9708,
    day: '2026-10-01',
    options: { reach: 'near', sameCategory: true },
    steps: [8265, 9706],
  };
  const own: Belongings = {
    record: new Map(),
    discovered: new Map(),
    plans: [plan, { ...plan, goal: 9728, steps: [] }],
    settings: { theme: 'dark', fromTheFuture: { any: 'thing' } },
  };

  it('are read back as they were', () => {
    const { plans, settings, refused } = sound(exportFile(own, DEVICE, NOW));
    expect([plans, settings, refused]).toEqual([own.plans, own.settings, []]);
  });

  it('are none in a file without them', () => {
    expect(sound(fileOf({}))).toMatchObject({ plans: [], settings: {} });
  });

  it('that are invalid, repeated or too many are left out and reported', () => {
    const many = Array.from({ length: MOST_PLANS + 1 }, (_, at) => ({ ...plan, goal: at + 1 }));
    const file = fileOf({ plans: [null, { ...plan, steps: [0] }, ...many, plan], settings: 5 });
    const { plans, settings, refused } = sound(file);
    expect(plans).toHaveLength(MOST_PLANS);
    expect(settings).toEqual({});
    expect(refused).toEqual([
      { of: 'plans', at: 1, reason: 'plan' },
      { of: 'plans', at: 2, reason: 'plan' },
      { of: 'plans', at: MOST_PLANS + 3, reason: 'too-many-plans' },
      { of: 'plans', at: MOST_PLANS + 4, reason: 'too-many-plans' },
    ]);
  });

  it('make the file unusable if they are no list', () => {
    expect(readFile(fileOf({ plans: {} }))).toEqual({ trouble: { why: 'field', field: 'plans' } });
  });
});

describe('version 1', () => {
  /** Written before a post had several categories. */
  const early = readFileSync(join(ROOT, 'tests/fixtures/export/v1.json'), 'utf8');
  const golden = readFileSync(join(ROOT, 'tests/fixtures/export/v1-categories.json'), 'utf8');
  const own: Belongings = {
    record: new Map([
      [
        8265,
        entryAt(Date.UTC(2026, 8, 30), { kind: 'read', at: Date.UTC(2021, 2, 23), by: 'hand' }),
      ],
      [9708, { mark: { kind: 'read', at: NOW, by: 'reading' }, stamp: stampAt(NOW, { tick: 3 }) }],
      [9728, { mark: { kind: 'unread' }, stamp: stampAt(NOW + 5, { device: 'b2' }) }],
      [9731, entryAt(NOW + 60_000, { kind: 'reading', fraction: 0.42 })],
      [
        9859,
        entryAt(NOW + 90_000, {
          kind: 'reading',
          fraction: 0.5,
          place: { at: 4_096, print: 11_259_375 },
        }),
      ],
      [11_111, entryAt(NOW + 120_000, { kind: 'later' })],
    ]),
    discovered: new Map<number, DiscoveredPost>([
      [12_001, { id: 12_001, seen: '2026-10-20', title: '示例：1、新篇' }],
      [
        12_002,
        {
          id: 12_002,
          seen: '2026-10-21',
          title: '示例：2、又一篇',
          date: '2026-10-21',
          categories: ['数学研究'],
          tags: ['优化', '矩阵'],
          refs: [9708],
          length: { chars: 3_000, words: 20, inlineFormulas: 9, displayFormulas: 2, codeLines: 0 },
        },
      ],
    ]),
  };

  it('is read with its meaning', () => {
    for (const file of [early, golden])
      expect(sound(file)).toEqual({
        ...own,
        plans: [],
        settings: {},
        refused: [],
      });
  });

  it('is what is written now', () => {
    expect(exportFile(own, DEVICE, NOW)).toBe(golden);
  });

  it('is the example of docs/export-format.md', () => {
    const [, example = ''] =
      /```json\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs/export-format.md'), 'utf8')) ?? [];
    expect(example).toBe(golden);
  });
});

describe('a text that is no such file', () => {
  const golden = readFileSync(join(ROOT, 'tests/fixtures/export/v1.json'), 'utf8');

  it.each([
    ['nothing', '', { why: 'no-json', line: 1 }],
    ['words', 'hello', { why: 'no-json', line: 1 }],
    ['half a file', golden.slice(0, golden.indexOf('9731')), { why: 'no-json', line: 10 }],
    [
      'a line broken',
      golden.replace('"mark":"unread"', '"mark":unread'),
      { why: 'no-json', line: 9 },
    ],
    ['a number', '5', { why: 'foreign' }],
    ['null', 'null', { why: 'foreign' }],
    ['a list', '[]', { why: 'foreign' }],
    ['deep nesting', '['.repeat(1_000_000) + ']'.repeat(1_000_000), { why: 'foreign' }],
    ['deep nesting in an object', `{"a":${'['.repeat(1_000_000)}`, { why: 'no-json', line: 1 }],
    ['the JSON of others', '{"version": 1, "marks": []}', { why: 'foreign' }],
    [
      'a format by way of __proto__',
      '{"__proto__": {"format": "kexue-companion"}}',
      { why: 'foreign' },
    ],
    ['no version', fileOf({ version: undefined }), { why: 'field', field: 'version' }],
    ['version 0', fileOf({ version: 0 }), { why: 'field', field: 'version' }],
    ['version "1"', fileOf({ version: '1' }), { why: 'field', field: 'version' }],
    ['a future version', fileOf({ version: 2 }), { why: 'newer', version: 2 }],
    ['marks by key', fileOf({ marks: { 5: 'read' } }), { why: 'field', field: 'marks' }],
    ['no marks', fileOf({ marks: undefined }), { why: 'field', field: 'marks' }],
    ['learned as text', fileOf({ learned: '1' }), { why: 'field', field: 'learned' }],
    [
      'a hundred thousand entries and one',
      fileOf({ marks: Array(MAX_ENTRIES + 1).fill(0) }),
      { why: 'too-many', most: MAX_ENTRIES },
    ],
    ['100 MB', ' '.repeat(100 * 2 ** 20), { why: 'too-long', most: MAX_CHARS }],
  ])('%s: says why', (_, text, trouble) => {
    expect(readFile(text)).toEqual({ trouble });
  });

  it('is reported with its line wherever it was cut', () => {
    for (let end = 1; end < golden.trimEnd().length; end += 7) {
      const cut = golden.slice(0, end);
      expect(readFile(cut)).toEqual({
        trouble: { why: 'no-json', line: cut.trimEnd().split('\n').length },
      });
    }
  });
});

describe('an entry that is unsound is named, and the others are read', () => {
  it.each([
    ['null', null, 'entry'],
    ['a number', 9708, 'entry'],
    ['a list', [9708, 'later'], 'entry'],
    ['an id as text', { ...MARK, id: '9708' }, 'id'],
    ['id 0', { ...MARK, id: 0 }, 'id'],
    ['id 1.5', { ...MARK, id: 1.5 }, 'id'],
    ['an id of seven digits', { ...MARK, id: 1_000_000 }, 'id'],
    ['fields by way of __proto__', JSON.parse(`{"__proto__":${JSON.stringify(MARK)}}`), 'id'],
    ['the mark __proto__', { ...MARK, mark: '__proto__' }, 'mark'],
    ['the mark constructor', { ...MARK, mark: 'constructor' }, 'mark'],
    ['no mark', { ...MARK, mark: undefined }, 'mark'],
    ['101 percent', { ...READING, fraction: 1.01 }, 'fraction'],
    ['a fraction as text', { ...READING, fraction: '0.5' }, 'fraction'],
    ['no fraction', { ...READING, fraction: undefined }, 'fraction'],
    ['a place of words', { ...READING, place: 'here' }, 'place'],
    ['a place without print', { ...READING, place: { at: 5 } }, 'place'],
    ['read in 1970', { ...READ, at: '1970-01-01T00:00:00.000Z' }, 'at'],
    ['read in 2970', { ...READ, at: '2970-01-01T00:00:00.000Z' }, 'at'],
    ['read on a day that is none', { ...READ, at: '2026-02-30T00:00:00.000Z' }, 'at'],
    ['a time in ms', { ...READ, at: NOW }, 'at'],
    ['read by a machine', { ...READ, by: 'machine' }, 'by'],
    ['an act of 1970', { ...MARK, time: '1970-01-01T00:00:00.000Z' }, 'time'],
    ['an act of 2970', { ...MARK, time: '2970-01-01T00:00:00.000Z' }, 'time'],
    ['a day only', { ...MARK, time: '2026-10-01' }, 'time'],
    ['an hour of another zone', { ...MARK, time: '2026-10-01T03:04:05+08:00' }, 'time'],
    ['a negative tick', { ...MARK, tick: -1 }, 'tick'],
    ['a tick that leaves no room to count on', { ...MARK, tick: MOST_TICKS + 1 }, 'tick'],
    ['no tick', { ...MARK, tick: undefined }, 'tick'],
    ['a device with a space', { ...MARK, device: 'a b' }, 'device'],
    ['a device of 17 letters', { ...MARK, device: 'x'.repeat(17) }, 'device'],
    ['no device', { ...MARK, device: undefined }, 'device'],
  ])('%s', (_, row, reason) => {
    const read = sound(fileOf({ marks: [MARK, row, { ...MARK, id: 5 }] }));
    expect(read.refused).toEqual([{ of: 'marks', at: 2, reason }]);
    expect([...read.record.keys()]).toEqual([9708, 5]);
  });

  it.each([
    ['a number', 5, 'id'],
    ['no id', { ...TAUGHT, id: undefined }, 'id'],
    ['no title nor anything', { ...TAUGHT, title: undefined }, 'facts'],
    ['a title with a tag', { ...TAUGHT, title: 'a <img src=x>' }, 'facts'],
    ['a title of 201 letters', { ...TAUGHT, title: 'x'.repeat(201) }, 'facts'],
    ['tags that are numbers', { ...TAUGHT, tags: [1] }, 'facts'],
    ['categories that are none', { ...TAUGHT, categories: [] }, 'facts'],
    ['a category that is a number', { ...TAUGHT, category: 1 }, 'facts'],
    ['a length without its parts', { ...TAUGHT, length: {} }, 'facts'],
    ['no day', { ...TAUGHT, met: undefined }, 'met'],
    ['a day that is none', { ...TAUGHT, met: '2026-02-30' }, 'met'],
  ])('learned: %s', (_, row, reason) => {
    const read = sound(fileOf({ learned: [TAUGHT, row] }));
    expect(read.refused).toEqual([{ of: 'learned', at: 2, reason }]);
    expect([...read.discovered.keys()]).toEqual([TAUGHT.id]);
  });

  it('if one post comes twice, the later act wins, and the second entry is reported', () => {
    const later = { ...READ, time: '2026-10-02T00:00:00.000Z' };
    for (const marks of [
      [MARK, later],
      [later, MARK],
    ]) {
      const read = sound(fileOf({ marks }));
      expect(read.record.get(9708)?.mark.kind).toBe('read');
      expect(read.refused).toEqual([{ of: 'marks', at: 2, reason: 'twice' }]);
    }
    expect(sound(fileOf({ learned: [TAUGHT, { ...TAUGHT, title: 'x' }] }))).toMatchObject({
      discovered: new Map([[TAUGHT.id, { id: TAUGHT.id, seen: TAUGHT.met, title: TAUGHT.title }]]),
      refused: [{ of: 'learned', at: 2, reason: 'twice' }],
    });
  });

  it('an invalid date of export or device is left out, and everything else is read', () => {
    const read = sound(fileOf({ marks: [MARK], exported: 5, device: { a: 1 } }));
    expect(read.record.size).toBe(1);
  });

  it('unknown fields change nothing', () => {
    const read = sound(fileOf({ marks: [{ ...MARK, note: 'x', constructor: 1 }], more: [1] }));
    expect(read.refused).toEqual([]);
    expect(read.record.get(9708)?.mark).toEqual({ kind: 'later' });
  });
});

describe('whatever is in a file', () => {
  const fields = ['id', 'mark', 'fraction', 'place', 'at', 'by', 'time', 'tick', 'device'];
  const row = fc.oneof(
    hostile,
    // A valid entry with one field replaced.
    fc
      .tuple(fc.constantFrom(MARK, READ, READING), fc.constantFrom(...fields), hostile)
      .map(([mark, field, value]) => Object.assign({}, mark, { [field]: value })),
  );

  it('only valid marks come out, each entry is read or reported, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.array(row), fc.array(hostile), (marks, learned) => {
        const read = sound(fileOf({ marks, learned }));
        for (const [id, { mark, stamp }] of read.record) {
          expect(id).toBeGreaterThan(0);
          expect(isMark(mark)).toBe(true);
          expect(isReadingTime(stamp.time)).toBe(true);
        }
        const named = read.refused.filter(({ of }) => of === 'marks');
        expect(read.record.size + named.length).toBe(marks.length);
        expect(read.refused.length - named.length + read.discovered.size).toBe(learned.length);
      }),
      { numRuns: 700 },
    );
    expect(({} as Record<string, unknown>)['id']).toBeUndefined();
  });

  it('any JSON and any text are read without a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), hostile, (text, value) => {
        const trouble = readFile(text);
        expect('trouble' in trouble).toBe(true);
        expect(() => readFile(fileOf({ marks: value, learned: value }))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('a file with any letter changed is read or refused, and yields no invalid mark', () => {
    const golden = readFileSync(join(ROOT, 'tests/fixtures/export/v1.json'), 'utf8');
    fc.assert(
      fc.property(
        fc.nat({ max: golden.length - 1 }),
        fc.string({ maxLength: 3 }),
        (at, letters) => {
          const read = readFile(golden.slice(0, at) + letters + golden.slice(at + 1));
          if ('trouble' in read) return;
          for (const { mark } of read.record.values()) expect(isMark(mark)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
