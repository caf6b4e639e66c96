import * as fc from '../../fc.ts';
import { MAX_CHARS } from '../../../../src/exchange/import/import-errors.ts';
import { describe, expect, it } from 'vitest';
import { listUrl } from '../../../../src/site/address.ts';
import {
  type Arrival,
  type Present,
  type Preview,
  previewFile,
  previewList,
  readAny,
  readPacked,
} from '../../../../src/exchange/import/import-preview.ts';
import { exportFile, type ReadFile } from '../../../../src/exchange/record-file.ts';
import { listAsText, listAsUrl, packList } from '../../../../src/exchange/share.ts';
import {
  type Entry,
  type GivenMark,
  isByHand,
  markOf,
  type ReadingRecord,
} from '../../../../src/record/marks.ts';
import { actsOf, merge } from '../../../../src/record/merge.ts';
import { compareStamps } from '../../../../src/record/clock.ts';
import * as reading from '../../record/arbitraries.ts';
import { belongings, catalogue, DEVICE, entryAt, hostile, NOW } from '../arbitraries.ts';

const EARLIER = NOW - 1_000_000;
const READ = { kind: 'read', at: EARLIER, by: 'hand' } as const;
const LATER = { kind: 'later' } as const;
const HALF = { kind: 'reading', fraction: 0.5 } as const;

const presentOf = (record: ReadingRecord): Present => ({ catalogue, record, now: NOW });
const fileOf = (own: Partial<ReadFile>): ReadFile => ({
  record: new Map(),
  discovered: new Map(),
  plans: [],
  settings: {},
  refused: [],
  ...own,
});
const idsIn = (preview: Preview) =>
  Object.fromEntries(
    (['fresh', 'changed', 'kept', 'same'] as const).map((group) => [
      group,
      preview[group].map(({ id }) => id),
    ]),
  );
const kindOf = (arrival: Arrival) => arrival.kind;

describe('any text is known for what it is', () => {
  const list = { title: '先读', ids: [20, 10] };

  it('a file, a shared address, a shared text, any other text', () => {
    expect(kindOf(readAny(exportFile(fileOf({}), DEVICE, NOW)))).toBe('file');
    const shared = { kind: 'list', ...list, refused: [] };
    expect(readAny(`  ${listAsUrl(list)}\n`)).toEqual(shared);
    expect(readAny(listAsText(list, catalogue))).toEqual(shared);
    expect(readPacked(packList(list) ?? '')).toEqual(shared);
    expect(readAny('20\n10')).toEqual({ ...shared, title: '' });
    expect(readAny('')).toEqual({ kind: 'list', title: '', ids: [], refused: [] });
  });

  it.each([
    ['half a file', '{"format":\n"kexue', { why: 'no-json', line: 2 }],
    ['other JSON', '\ufeff {}', { why: 'foreign' }],
    ['a damaged list', listUrl('1.AAAA'), { why: 'damaged-list' }],
    ['a newer list', listUrl('2.AAAA'), { why: 'newer-list' }],
  ])('%s says its trouble', (_, text, trouble) => {
    expect(readAny(text)).toEqual({ kind: 'nothing', trouble });
  });

  it.each([
    ['white space', '\u3000'],
    ['white space before a word', '\u3000', '', '字'],
    ['white space after a bullet', '\u3000', '- ', '1'],
    ['white space after a bullet and before a box', '\u3000', '- ', '[ ]'],
    ['digits', '1', '，'],
    ['white space in JSON', '\u3000', '{'],
    ['digits in JSON', '1', '{"，":'],
    ['a string', '，', '{"'],
    ['brackets', '[', '{"，":'],
    ['dots after addresses', 'kexue.fm/....................a '],
  ])(
    'and 16 million characters of %s are read to their end',
    (_, unit, before = '', after = '') => {
      const room = MAX_CHARS - before.length - after.length;
      const text = before + unit.repeat(Math.floor(room / unit.length)) + after;
      expect(() => readAny(text)).not.toThrow();
    },
  );

  it('and nothing is thrown', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      hostile.map((value) =>
        JSON.stringify({ format: 'kexue-companion', version: 1, marks: value }),
      ),
      fc.string().map((packed) => listUrl(packed)),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(['file', 'list', 'nothing']).toContain(readAny(given).kind);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the preview of a file', () => {
  it('says which marks are new, changed, equal, or kept because they are later', () => {
    const record: ReadingRecord = new Map([
      [20, entryAt(EARLIER, LATER)],
      [30, entryAt(NOW, READ)],
      [40, entryAt(EARLIER, HALF)],
      [50, entryAt(NOW, { kind: 'unread' })],
    ]);
    const given: ReadingRecord = new Map([
      [10, entryAt(EARLIER, READ)],
      [20, entryAt(NOW, READ)],
      [30, entryAt(EARLIER, LATER)],
      [40, entryAt(NOW, HALF)],
      [50, entryAt(EARLIER, READ)],
      [60, entryAt(EARLIER, { kind: 'unread' })],
    ]);
    const preview = previewFile(fileOf({ record: given }), presentOf(record));
    expect(idsIn(preview)).toEqual({
      fresh: [10],
      changed: [20],
      kept: [30, 50],
      same: [40, 60],
    });
    expect(preview.changed).toEqual([{ id: 20, before: LATER, after: READ }]);
    expect(preview.entries).toEqual(given);
  });

  it('says exactly what merging does, and never changes a later mark by hand', () => {
    fc.assert(
      fc.property(reading.record, belongings, (record, own) => {
        const preview = previewFile(
          fileOf({ record: own.record, discovered: own.discovered }),
          presentOf(record),
        );
        const merged = merge(record, preview.entries);
        const { fresh, changed, kept, same } = preview;
        const refused = preview.refused.filter(({ reason }) => reason === 'no-post');
        expect(fresh.length + changed.length + kept.length + same.length + refused.length).toBe(
          own.record.size,
        );
        for (const { id, before, after } of [...fresh, ...changed, ...kept, ...same]) {
          expect(markOf(record, id)).toEqual(before);
          expect(markOf(merged, id)).toEqual(after);
        }
        for (const { before, after } of [...kept, ...same]) expect(after).toEqual(before);
        for (const [id, entry] of record) {
          const stampsByHand = (of: Entry | undefined) =>
            (of ? actsOf(of) : []).filter(isByHand).map(({ stamp }) => stamp);
          const [mine] = stampsByHand(entry);
          const [after] = stampsByHand(merged.get(id));
          if (mine) expect(after && compareStamps(after, mine)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of the reader’s own export changes nothing', () => {
    fc.assert(
      fc.property(belongings, (own) => {
        const read = readAny(exportFile(own, DEVICE, NOW));
        if (read.kind !== 'file') throw new Error(read.kind);
        const preview = previewFile(read, presentOf(own.record));
        expect(idsIn(preview)).toMatchObject({ fresh: [], changed: [], kept: [] });
        expect(merge(own.record, preview.entries)).toEqual(own.record);
      }),
    );
  });

  it('takes discovered facts only if a page could have shown them', () => {
    const day = '2026-10-21';
    const all = [
      { id: 10, seen: day, refs: [20] },
      { id: 60, seen: day, title: '新篇', date: '2020-06-01' },
      { id: 15, seen: day, title: '没有这一篇' },
      { id: 61, seen: day, title: '早于前一篇', date: '2009-01-01' },
      { id: 62, seen: '2027-01-01', title: '明年见过' },
      { id: 900_000, seen: day, title: '几百年后' },
    ];
    const preview = previewFile(
      fileOf({ discovered: new Map(all.map((each) => [each.id, each])) }),
      presentOf(new Map()),
    );
    expect([...preview.discovered.keys()]).toEqual([10, 60]);
    expect(preview.refused).toEqual(
      [15, 61, 62, 900_000].map((at) => ({ of: 'posts', at, reason: 'facts' })),
    );
  });

  it('lists what was refused in the file', () => {
    const refused = [{ of: 'marks', at: 3, reason: 'id' }] as const;
    const file = { ...fileOf({}), refused: [...refused] };
    expect(previewFile(file, presentOf(new Map())).refused).toEqual(refused);
  });
});

describe('the preview of a list', () => {
  const record: ReadingRecord = new Map([
    [10, entryAt(EARLIER, READ)],
    [20, entryAt(EARLIER, LATER)],
    [30, entryAt(EARLIER, HALF)],
    [50, entryAt(EARLIER, { kind: 'unread' })],
  ]);
  const ids = [10, 20, 30, 40, 50];
  const preview = (choice: GivenMark) =>
    previewList({ ids, refused: [] }, choice, presentOf(record));

  it.each([
    ['later', { fresh: [40, 50], changed: [], kept: [10, 30], same: [20] }],
    ['reading', { fresh: [40, 50], changed: [20], kept: [10], same: [30] }],
    ['read', { fresh: [40, 50], changed: [20, 30], kept: [], same: [10] }],
  ] as const)('to %s raises marks and never lowers them', (choice, groups) => {
    expect(idsIn(preview(choice))).toEqual(groups);
  });

  it('wins over a mark from a clock that is years ahead', () => {
    const ahead = NOW + 10 * 365 * 86_400_000;
    const own = presentOf(new Map([[10, entryAt(ahead, LATER)]]));
    expect(previewList({ ids: [10], refused: [] }, 'read', own).changed).toEqual([
      { id: 10, before: LATER, after: { kind: 'read', at: NOW, by: 'hand' } },
    ]);
  });

  it('marks by hand, now', () => {
    const { entries } = preview('read');
    expect(entries.get(40)?.mark).toEqual({ kind: 'read', at: NOW, by: 'hand' });
    expect(preview('reading').entries.get(40)?.mark).toEqual({ kind: 'reading', fraction: 0 });
    expect(preview('later').entries.get(40)?.mark).toEqual({ kind: 'later' });
  });

  it('accepts posts newer than the index, and refuses ids that are no posts', () => {
    const given = { ids: [51, 15, 999_999], refused: [{ of: 'lines', at: 2, reason: 'words' }] };
    const { fresh, refused } = previewList(
      given as Parameters<typeof previewList>[0],
      'later',
      presentOf(record),
    );
    expect(fresh.map(({ id }) => id)).toEqual([51]);
    expect(refused).toEqual([
      { of: 'lines', at: 2, reason: 'words' },
      { of: 'posts', at: 15, reason: 'no-post' },
      { of: 'posts', at: 999_999, reason: 'no-post' },
    ]);
  });

  it('changes posts of the list only, each to the mark chosen or not at all', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 60 }));
    const choice = fc.constantFrom<GivenMark>('later', 'reading', 'read');
    fc.assert(
      fc.property(some, choice, reading.record, (ids, chosen, own) => {
        const { entries, fresh, changed } = previewList(
          { ids, refused: [] },
          chosen,
          presentOf(own),
        );
        for (const id of entries.keys()) expect(ids).toContain(id);
        for (const { after } of [...fresh, ...changed]) expect(after.kind).toBe(chosen);
        const ranks = ['unread', 'later', 'reading', 'read'];
        for (const { before, after } of changed)
          expect(ranks.indexOf(after.kind)).toBeGreaterThan(ranks.indexOf(before.kind));
      }),
      { numRuns: 300 },
    );
  });
});
