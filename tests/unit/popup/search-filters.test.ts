import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { decodeFilters, listed, NO_FILTERS } from '../../../src/catalogue/search/filters.ts';
import { Search } from '../../../src/catalogue/search/search.ts';
import {
  ALL,
  type Chosen,
  chosenAddress,
  chosenPosts,
  isNarrowed,
  withPressed,
} from '../../../src/popup/search-filters.ts';
import { type Entry, type Mark, type ReadingRecord } from '../../../src/record/marks.ts';
import { post } from '../support.ts';

const LATER: Mark = { kind: 'later' };
const HALF: Mark = { kind: 'reading', fraction: 0.5 };
const READ: Mark = { kind: 'read', at: 1, by: 'hand' };

const posts = [
  post(1, { title: '扩散的开头', date: '2019-01-01' }),
  post(2, { title: '谈谈扩散', date: '2020-01-01' }),
  post(3, { title: '矩阵', date: '2021-01-01' }),
  post(4, { title: '扩散与矩阵', date: '2022-01-01' }),
  post(5, { title: '无关', date: '2023-01-01' }),
];
const catalogue = new Catalogue({
  posts,
  series: [{ name: '扩散漫谈', kind: 'curated', posts: [3, 5] }],
});
const details = new Map(
  [['数学'], ['信息'], ['数学'], ['信息', '数学'], ['数学']].map((categories, at) => [
    at + 1,
    { categories, tags: [] },
  ]),
);
const search = new Search(catalogue, details);

/** Marks in the order in which they were made. */
const record = (...acts: [id: number, mark: Mark][]): ReadingRecord =>
  new Map(
    acts.map(([id, mark], i): [number, Entry] => [
      id,
      { mark, stamp: { time: 1_000 + i, tick: 0, device: 'd' } },
    ]),
  );
const MARKS = record([4, LATER], [1, LATER], [2, HALF], [3, READ], [5, { kind: 'unread' }]);

const ids = (chosen: Partial<Chosen>, typed = '', marks = MARKS) =>
  chosenPosts(
    listed(catalogue, details, marks),
    search.find(typed),
    { ...ALL, ...chosen },
    marks,
  ).map((each) => each.post.id);

describe('with nothing typed', () => {
  it('lists posts for later and in progress, the last act first', () => {
    expect(ids({ kinds: ['later'] })).toEqual([1, 4]);
    expect(ids({ kinds: ['reading'] })).toEqual([2]);
    expect(ids({ kinds: ['later', 'reading'] })).toEqual([2, 1, 4]);
  });

  it('lists unread posts and those of a category, newest first', () => {
    expect(ids({ kinds: ['unread'] })).toEqual([5]);
    expect(ids({ kinds: ['unread'] }, '', new Map())).toEqual([5, 4, 3, 2, 1]);
    expect(ids({ kinds: ['unread', 'later'] })).toEqual([5, 4, 1]);
    expect(ids({ category: '数学' })).toEqual([5, 4, 3, 1]);
    expect(ids({ kinds: ['later'], category: '信息' })).toEqual([4]);
    expect(ids({ category: '别的' })).toEqual([]);
  });
});

describe('with a query', () => {
  it('filters the results in their order, then the posts of series found', () => {
    const found = search.find('扩散').posts.map((hit) => hit.post.id);
    expect(found).toHaveLength(3);
    expect(ids({ kinds: ['later'] }, '扩散')).toEqual(found.filter((id) => id === 1 || id === 4));
    // 3 and 5 are parts of the series that was found; they follow the direct results.
    expect(ids({ category: '数学' }, '扩散')).toEqual([4, 1, 5, 3]);
    expect(ids({ kinds: ['later'] }, '没有这样的')).toEqual([]);
  });
});

it('a press adds a filter, another one removes it', () => {
  expect(isNarrowed(ALL)).toBe(false);
  expect(isNarrowed({ ...ALL, category: '数学' })).toBe(true);
  const later = withPressed(ALL, 'later');
  expect(isNarrowed(later)).toBe(true);
  expect(withPressed(later, 'unread').kinds).toEqual(['later', 'unread']);
  expect(withPressed(later, 'later')).toEqual(ALL);
});

it('the address lists the same posts in the library', () => {
  const address = chosenAddress({ kinds: ['later', 'unread'], category: '生活/情感' }, ' a&b#c ');
  expect(address.startsWith('#list?')).toBe(true);
  const query = new URLSearchParams(address.slice('#list?'.length));
  expect(query.get('q')).toBe('a&b#c');
  expect(decodeFilters(query.toString())).toEqual({
    ...NO_FILTERS,
    kinds: ['later', 'unread'],
    categories: ['生活/情感'],
  });
  expect(chosenAddress({ ...ALL, kinds: ['later'] }, '')).toBe('#list?mark=later');
});
