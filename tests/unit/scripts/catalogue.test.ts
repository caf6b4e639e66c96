import { describe, expect, it } from 'vitest';
import {
  catalogueOf,
  faults,
  readSource,
  type Source,
  type SourcePost,
  type SourceStatus,
} from '../../../scripts/source.ts';

it('the real data has no faults', () => {
  const source = readSource();
  expect(source.posts.length).toBeGreaterThan(1_300);
  expect(source.series.length).toBeGreaterThan(100);
  expect(faults(source)).toEqual([]);
});

const row = (id: number, title: string, date: string, more: Partial<SourcePost> = {}) => ({
  id,
  title,
  date,
  categories: ['甲'],
  tags: ['x'],
  refs: null,
  length: null,
  ...more,
});

/** Small valid data; each test makes one thing invalid. */
function sound(): Source {
  return {
    posts: [
      row(1, '系列（一）：甲', '2020-01-01'),
      row(2, '系列（二）：乙', '2020-01-02', { refs: [1] }),
      row(3, '系列（三）：丙', '2020-02-29', { refs: [] }),
      row(4, '别的（上）', '2020-03-01'),
      row(5, '别的（下）', '2020-03-02'),
    ],
    series: [
      { slug: 'numbered', name: '系列', kind: 'numbered', posts: [1, 2, 3] },
      { slug: 'two', name: '别的', kind: 'numbered', posts: [4, 5] },
      { slug: 'curated', name: '随意', kind: 'curated', posts: [2, 4] },
    ],
    exceptions: [],
  };
}

it('small valid data has no faults', () => {
  const source = sound();
  expect(faults(source)).toEqual([]);
  const [, two] = source.series;
  if (two) two.status = { state: 'finished', post: 5, says: '（下）' };
  expect(faults(source)).toEqual([]);
  expect(catalogueOf(source).series.map(({ finishedBy }) => finishedBy)).toEqual([
    undefined,
    5,
    undefined,
  ]);
});

describe('a fault is found:', () => {
  const at = <T>(rows: T[], index: number) => rows[index] as T;
  it.each<[what: string, spoil: (source: Source) => void, says: RegExp]>([
    ['a post that occurs twice', ({ posts }) => posts.push(at(posts, 1)), /^post 2 occurs twice$/],
    ['a post with id 0', ({ posts }) => posts.push(row(0, '零', '2020-01-01')), /^post 0.*range/],
    [
      'a post with an id of seven digits',
      ({ posts }) => posts.push(row(1_000_000, '大', '2020-01-01')),
      /^post 1000000.*range/,
    ],
    [
      'a date that no calendar has',
      ({ posts }) => (at(posts, 4).date = '2026-02-30'),
      /^post 5.*2026-02-30/,
    ],
    [
      'a thirteenth month',
      ({ posts }) => (at(posts, 4).date = '2026-13-01'),
      /^post 5.*2026-13-01/,
    ],
    [
      'a leap day without a leap year',
      ({ posts }) => (at(posts, 4).date = '2021-02-29'),
      /^post 5.*2021-02-29/,
    ],
    [
      'a date of another form',
      ({ posts }) => (at(posts, 4).date = '2020-3-2'),
      /^post 5.*2020-3-2/,
    ],
    ['a date with a time', ({ posts }) => (at(posts, 4).date = '2020-03-02T00:00'), /^post 5.*T00/],
    ['no title', ({ posts }) => posts.push(row(9, ' ', '2020-01-01')), /^post 9: bad title$/],
    [
      'a title of two lines',
      ({ posts }) => posts.push(row(9, '一\n二', '2020-01-01')),
      /^post 9: bad title$/,
    ],
    [
      'no category',
      ({ posts }) => (at(posts, 4).categories = []),
      /^post 5: bad categories, or none$/,
    ],
    [
      'one category twice',
      ({ posts }) => (at(posts, 4).categories = ['甲', '乙', '甲']),
      /^post 5 occurs twice in 甲$/,
    ],
    ['a tag with a tab', ({ posts }) => (at(posts, 4).tags = ['a\tb']), /^post 5: bad tags$/],
    [
      'a reference to a missing post',
      ({ posts }) => (at(posts, 1).refs = [1, 77]),
      /^post 2 refers to 77/,
    ],
    [
      'two series of one slug',
      ({ series }) => (at(series, 2).slug = 'two'),
      /^series two occurs twice$/,
    ],
    [
      'two series of one name',
      ({ series }) => (at(series, 2).name = '《别 的》'),
      /^two series are called 别的$/,
    ],
    [
      'a series that names a missing post',
      ({ series }) => at(series, 2).posts.push(77),
      /^series curated names 77/,
    ],
    [
      'a series that names a post twice',
      ({ series }) => (at(series, 2).posts = [2, 2, 4]),
      /^series curated names 2 twice$/,
    ],
    [
      'a curated series out of order',
      ({ series }) => (at(series, 2).posts = [4, 2]),
      /^series curated: 2 is out of order$/,
    ],
    [
      'a numbered series out of order',
      ({ series }) => (at(series, 0).posts = [2, 1, 3]),
      /^series numbered: 1 is out of order$/,
    ],
    [
      'numbers that disagree',
      ({ posts }) => (at(posts, 2).title = '系列（四）：丙'),
      /^series numbered.*1,2,4, not 1,2,3$/,
    ],
    [
      'a part without a number',
      ({ posts }) => (at(posts, 2).title = '系列：丙'),
      /^series numbered.*1,2,, not 1,2,3$/,
    ],
    [
      'a missing 下',
      ({ posts }) => (at(posts, 4).title = '别的（上）'),
      /^series two.*1,1, not 1,2$/,
    ],
    [
      'numbers that disagree with their exception',
      ({ exceptions }) => exceptions.push({ series: 'numbered', numbers: [1, 2, 4], reason: 'x' }),
      /^series numbered.*1,2,3, not 1,2,4$/,
    ],
    [
      'an exception without a reason',
      ({ exceptions }) => exceptions.push({ series: 'numbered', numbers: [1, 2, 3], reason: '' }),
      /^exception for numbered: no reason/,
    ],
    [
      'a series that is finished by a part that is not the last',
      ({ series }) => (at(series, 1).status = { state: 'finished', post: 4, says: '上' }),
      /^series two: 4.*not its last part$/,
    ],
    [
      'a series that is finished by a title that does not say so',
      ({ series }) => (at(series, 1).status = { state: 'finished', post: 5, says: '完' }),
      /^series two: the title of 5 does not say 完$/,
    ],
    [
      'a series with another status',
      ({ series }) =>
        (at(series, 1).status = {
          state: 'paused',
          post: 5,
          says: '下',
        } as unknown as SourceStatus),
      /^series two: paused is no status$/,
    ],
    [
      'an exception for no series',
      ({ exceptions }) => exceptions.push({ series: 'gone', numbers: [1], reason: 'x' }),
      /^exception for gone: there is no such series$/,
    ],
  ])('%s', (_, spoil, says) => {
    const source = sound();
    spoil(source);
    expect(faults(source).filter((fault) => says.test(fault))).toHaveLength(1);
  });

  it('all of them at once', () => {
    const source = sound();
    at(source.posts, 0).date = 'x';
    at(source.posts, 1).title = '';
    at(source.series, 2).posts = [99];
    expect(faults(source).length).toBeGreaterThanOrEqual(4);
  });
});

describe('an exception', () => {
  it('allows its numbers, and null for a part without a number', () => {
    const source = sound();
    source.posts[0]!.title = '系列：甲';
    source.exceptions.push({ series: 'numbered', numbers: [null, 2, 3], reason: 'named later' });
    expect(faults(source)).toEqual([]);
  });
});
