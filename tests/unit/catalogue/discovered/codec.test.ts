import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import { decodeDiscovered, encodeDiscovered } from '../../../../src/catalogue/discovered/codec.ts';
import {
  type DiscoveredPost,
  type DiscoveredPosts,
  MAX_DISCOVERED,
} from '../../../../src/catalogue/discovered/post.ts';

const LENGTH = { chars: 3_000, words: 20, inlineFormulas: 9, displayFormulas: 2, codeLines: 0 };
const FULL: DiscoveredPost = {
  id: 3,
  seen: '2020-03-05',
  title: '长路：3、丙',
  date: '2020-03-03',
  categories: ['甲类', '乙类'],
  tags: ['x', 'y z'],
  refs: [1, 2],
  length: LENGTH,
};
const postsOf = (...all: DiscoveredPost[]): DiscoveredPosts =>
  new Map(all.map((each) => [each.id, each]));
const OF_VERSION_1: DiscoveredPost[] = [
  FULL,
  { id: 4, seen: '2020-03-06', title: '只有题' },
  { id: 5, seen: '2020-03-06', refs: [] },
  { id: 6, seen: '2020-03-06', length: LENGTH },
  { id: 7, seen: '2020-03-06', title: '丁', tags: ['z'] },
];
const SOME = postsOf(...OF_VERSION_1, {
  id: 8,
  seen: '2020-03-06',
  title: '1. 戊',
  ownTitle: '戊',
});

describe('the stored value', () => {
  it('decodes to what was encoded, without any of the fields', () => {
    const { discovered, bad, newer } = decodeDiscovered(encodeDiscovered(SOME));
    expect([...discovered]).toEqual([...SOME]);
    expect([bad, newer]).toEqual([[], undefined]);
  });

  it('has this exact form', () => {
    expect(encodeDiscovered(postsOf(FULL, { id: 5, seen: '2020-03-06', title: '丁' }))).toBe(
      [
        '2-2',
        '{"id":3,"seen":"2020-03-05","title":"长路：3、丙","date":"2020-03-03","categories":["甲类","乙类"],"tags":["x","y z"],"refs":[1,2],"length":{"chars":3000,"words":20,"inlineFormulas":9,"displayFormulas":2,"codeLines":0}}',
        '{"id":5,"seen":"2020-03-06","title":"丁"}',
      ].join('\n'),
    );
  });

  it('is empty if it is absent', () => {
    expect(decodeDiscovered(undefined)).toEqual({
      discovered: new Map(),
      bad: [],
      newer: undefined,
    });
  });

  it.each([null, 5, true, {}, [], ['1'], { 1: 'x' }])('counts %j as one bad line', (stored) => {
    expect(decodeDiscovered(stored)).toMatchObject({
      discovered: new Map(),
      bad: [expect.any(String)],
    });
  });

  it('is not decoded if its version is newer', () => {
    expect(decodeDiscovered(encodeDiscovered(postsOf(FULL)).replace('2-2', '3-3'))).toEqual({
      discovered: new Map(),
      bad: [],
      newer: 3,
    });
  });

  it('loses no post to a damaged first line, of the present form and of earlier ones', () => {
    const [head = '', ...lines] = encodeDiscovered(postsOf(...SOME.values())).split('\n');
    for (const first of [head, '2'])
      for (let at = 0; at < first.length; at++)
        for (const sign of '0123456789-x') {
          const damaged = first.slice(0, at) + sign + first.slice(at + 1);
          const { discovered, newer } = decodeDiscovered([damaged, ...lines].join('\n'));
          expect(newer, damaged).toBeUndefined();
          if (damaged !== '1') expect([...discovered.keys()], damaged).toEqual([...SOME.keys()]);
        }
    const { bad } = decodeDiscovered(['2-3', ...lines].join('\n'));
    expect(bad).toEqual(['2-3']);
  });

  it.each([
    '',
    '3',
    'null',
    '[]',
    '{"id":4,"seen":"2020-03-05"}',
    '{"id":4,"title":"题"}',
    '{"id":4,"seen":"2020-02-30","title":"题"}',
    '{"id":0,"seen":"2020-03-05","title":"题"}',
    '{"id":4,"seen":"2020-03-05","title":"<b>题</b>"}',
    '{"id":4,"seen":"2020-03-05","title":"题","refs":["1"]}',
    '{"id":4,"seen":"2020-03-05","title":"题","categories":"甲"}',
    '{"id":4,"seen":"2020-03-05","title":"题","length":[1,2,3,4,5]}',
    '{"id":4,"seen":"2020-03-05","title":"题',
    '4\te5h\t\t题',
  ])('keeps its sound lines beside %j', (line) => {
    const stored = `${encodeDiscovered(postsOf(FULL))}\n${line}`;
    const { discovered, bad } = decodeDiscovered(stored);
    expect([...discovered.values()]).toEqual([FULL]);
    expect(bad).toEqual([line]);
  });

  it('keeps at most 5,000 posts, those seen last', () => {
    const lines = Array.from(
      { length: MAX_DISCOVERED + 2 },
      (_, at) => `{"id":${at + 1},"seen":"2020-03-05","title":"题"}`,
    );
    const { discovered } = decodeDiscovered(['2', ...lines].join('\n'));
    expect(discovered.size).toBe(MAX_DISCOVERED);
    expect([discovered.has(2), discovered.has(3)]).toEqual([false, true]);
  });

  it('can be any value: decoding never throws, and the result survives encoding', () => {
    const letters = fc.string({ unit: fc.constantFrom(...Array.from('1az=,\t\n题<>.{}":')) });
    const lines = fc.array(fc.oneof(letters, fc.json()));
    const anything = fc.oneof(
      fc.anything(),
      fc.json(),
      fc
        .tuple(fc.constantFrom('1', '2'), lines)
        .map(([version, all]) => [version, ...all].join('\n')),
    );
    fc.assert(
      fc.property(anything, (stored) => {
        const { discovered } = decodeDiscovered(stored);
        const again = decodeDiscovered(encodeDiscovered(discovered));
        expect([...again.discovered]).toEqual([...discovered]);
        expect(again.bad).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a value of version 1', () => {
  /** OF_VERSION_1 in the form of version 1, which stored one category for a post. */
  const GOLDEN = [
    '1',
    '3\te52\te50\t长路：3、丙\t甲类\tx,y z\t1,2\t2bc,k,9,2,0',
    '4\te53\t\t只有题',
    '5\te53\t\t\t\t\t=',
    '6\te53\t\t\t\t\t\t2bc,k,9,2,0',
    '7\te53\t\t丁\t\tz',
  ];

  it('is decoded completely, with its single category', () => {
    const { discovered, bad, newer } = decodeDiscovered(GOLDEN.join('\n'));
    const posts = postsOf(...OF_VERSION_1, { ...FULL, categories: ['甲类'] });
    expect([...discovered]).toEqual([...posts]);
    expect([bad, newer]).toEqual([[], undefined]);
  });

  it.each([
    '',
    '3',
    '3\te5h',
    '3\t\t\t题',
    '0\te5h\t\t题',
    '-3\te5h\t\t题',
    'zzzzz\te5h\t\t题',
    '3\tE5H\t\t题',
    '3\te5h\tzzzzzz\t题',
    '3\te5h\t\t<b>题</b>',
    '3\te5h\t\t题\t\t\t1,0',
    '3\te5h\t\t题\t\t\t\t1,2,3,4',
    '3\te5h\t\t题\t\t\t\t1,2,3,4,-',
    '3\te5h\t\t题\t\t\t\t1,2,3,4,5,6',
    '{"id":4,"seen":"2020-03-05","title":"题"}',
  ])('keeps its sound lines beside %j', (line) => {
    const { discovered, bad } = decodeDiscovered([...GOLDEN, line].join('\n'));
    expect([...discovered.keys()]).toEqual(OF_VERSION_1.map(({ id }) => id));
    expect(bad).toEqual([line]);
  });
});
