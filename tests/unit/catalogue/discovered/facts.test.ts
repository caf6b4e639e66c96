import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import {
  isPlausible,
  withoutUnsound,
  soundFacts,
} from '../../../../src/catalogue/discovered/facts.ts';
import { readSource } from '../../../../scripts/source.ts';

const LENGTH = { chars: 1, words: 2, inlineFormulas: 3, displayFormulas: 4, codeLines: 5 };
const FULL = {
  id: 12_000,
  title: 'Transformer升级之路：22、若 $n<3$ 且 n > 2',
  date: '2026-11-01',
  categories: ['信息时代', '数学研究'],
  tags: ['attention', 'C++'],
  refs: [9708, 4],
  length: LENGTH,
};

describe('the facts of a page about a post', () => {
  it('are accepted, all of them or any of them', () => {
    expect(soundFacts(FULL)).toEqual(FULL);
    expect(soundFacts({ id: 4, refs: [] })).toEqual({ id: 4, refs: [] });
    expect(soundFacts({ id: 4, title: '题', date: undefined })).toEqual({ id: 4, title: '题' });
  });

  it('lose unknown fields', () => {
    expect(soundFacts({ ...FULL, extra: 1, __proto__: { date: 1 } })).toEqual(FULL);
    expect(soundFacts({ ...FULL, length: { ...LENGTH, extra: 1 } })).toEqual(FULL);
  });

  it('can be made from every post of the data', () => {
    for (const { id, title, date, categories, tags, refs, length } of readSource().posts) {
      const facts = { id, title, date, categories, tags };
      const all = { ...facts, ...(refs && { refs }), ...(length && { length }) };
      expect(soundFacts(all)).toEqual(all);
    }
  });

  it.each([
    undefined,
    null,
    'x',
    5,
    [],
    {},
    { id: 5 },
    { title: '题' },
    { id: 0, title: '题' },
    { id: '5', title: '题' },
    { id: 1.5, title: '题' },
    { id: 1_000_000, title: '题' },
  ])('that is %j is refused', (given) => {
    expect(soundFacts(given)).toBeUndefined();
  });

  it.each<[what: string, facts: object]>([
    ['an empty title', { title: '' }],
    ['a title of spaces', { title: ' ' }],
    ['a title with spaces around it', { title: ' 题' }],
    ['a title of 201 letters', { title: '题'.repeat(201) }],
    ['a title that is a number', { title: 5 }],
    ['a title that is null', { title: null }],
    ['a title with a tag', { title: '题<b>粗</b>' }],
    ['a title with a closing tag', { title: '题</script>' }],
    ['a title with a picture', { title: '<img src=x onerror=alert(1)>' }],
    ['a title with a comment', { title: '题<!-- x' }],
    ['a title with a line break', { title: '题\n二' }],
    ['a title with a tab', { title: '题\t二' }],
    ['a title with a zero', { title: '题\0' }],
    ['a title with an escape', { title: '题\u001b[0m' }],
    ['a title that overrides direction', { title: '题\u202e二' }],
    ['a title that isolates direction', { title: '题\u2066二' }],
    ['a title with a right-to-left mark', { title: '题\u200f二' }],
    ['a title with half a character', { title: '题\ud800' }],
    ['a title with a private character', { title: '题\ue000' }],
    ['a title with a line separator', { title: '题\u2028二' }],
    ['an impossible day', { date: '2026-02-29' }],
    ['a day without a year', { date: '02-28' }],
    ['a day with a time', { date: '2026-02-28T00:00' }],
    ['a day that is a number', { date: 20_260_228 }],
    ['a category with a comma', { categories: ['甲,乙'] }],
    ['a category of 41 letters', { categories: ['题'.repeat(41)] }],
    ['a category as text', { categories: '甲' }],
    ['a category twice', { categories: ['甲', '乙', '甲'] }],
    ['no category', { categories: [] }],
    ['11 categories', { categories: Array.from({ length: 11 }, (_, i) => `c${i}`) }],
    ['tags in one text', { tags: '甲,乙' }],
    ['a tag with markup', { tags: ['<i>x'] }],
    ['a tag with a comma', { tags: ['甲,乙'] }],
    ['31 tags', { tags: Array.from({ length: 31 }, (_, i) => `t${i}`) }],
    ['references as text', { refs: ['9708'] }],
    ['a reference to post 0', { refs: [0] }],
    ['201 references', { refs: Array.from({ length: 201 }, (_, i) => i + 1) }],
    ['a length that is a number', { length: 5 }],
    ['a length without words', { length: { ...LENGTH, words: undefined } }],
    ['a negative length', { length: { ...LENGTH, chars: -1 } }],
    ['an infinite length', { length: { ...LENGTH, chars: Infinity } }],
    ['a length of a million', { length: { ...LENGTH, chars: 1_000_000 } }],
  ])('with %s is refused, and keeps its other facts where they are wanted', (_, facts) => {
    expect(soundFacts({ id: 5, ...facts })).toBeUndefined();
    expect(soundFacts({ ...FULL, ...facts })).toBeUndefined();
    expect(withoutUnsound({ id: 5, ...facts })).toBeUndefined();
    const [name = ''] = Object.keys(facts);
    const { [name as 'title']: _left, ...others } = FULL;
    expect(withoutUnsound({ ...FULL, ...facts })).toEqual(others);
  });

  it('never throw for any value, and are accepted again if accepted once', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        const facts = soundFacts(given);
        if (facts) expect(soundFacts(facts)).toEqual(facts);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an id and a date with an index that ends at 11945 on 2026-10-09', () => {
  const newest = { id: 11_945, date: '2026-10-09' };
  const now = Date.UTC(2026, 10, 22, 12);

  it.each<[why: string, id: number, date: string | undefined, expected: boolean]>([
    ['of the index itself, with any date', 9708, '1999-01-01', true],
    ['right after the newest', 11_946, '2026-10-10', true],
    ['on the same day', 11_946, '2026-10-09', true],
    ['without a date', 11_946, undefined, true],
    ['a draft of a month ago', 11_946, '2026-09-09', true],
    ['before that', 11_946, '2026-09-08', false],
    ['in the blog’s first year', 11_946, '2009-07-07', false],
    ['today', 12_500, '2026-11-22', true],
    ['the day after tomorrow', 12_500, '2026-11-24', true],
    ['in three days', 12_500, '2026-11-25', false],
    ['in a hundred years', 12_500, '2126-11-25', false],
    ['the furthest id', 16_945, '2026-11-22', true],
    ['an id beyond it', 16_946, '2026-11-22', false],
    ['an id beyond it without a date', 999_999, undefined, false],
  ])('%s', (_, id, date, expected) => {
    expect(isPlausible({ id, ...(date && { date }) }, newest, now)).toBe(expected);
  });

  it('uses the end of the index instead of a clock that is years slow', () => {
    expect(isPlausible({ id: 11_946, date: '2026-10-11' }, newest, 0)).toBe(true);
    expect(isPlausible({ id: 11_946, date: '2026-10-12' }, newest, 0)).toBe(false);
  });
});
