import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../../../scripts/source.ts';
import { Catalogue } from '../../../../src/catalogue/catalogue.ts';
import type { Post, Series } from '../../../../src/catalogue/post.ts';
import {
  choices,
  decodeFilters,
  encodeFilters,
  filtered,
  type Filters,
  KINDS,
  listed,
  narrowed,
  NO_END,
  NO_FILTERS,
  SORTS,
} from '../../../../src/catalogue/search/filters.ts';
import { Search, type SearchResults } from '../../../../src/catalogue/search/search.ts';
import type { Mark } from '../../../../src/record/marks.ts';
import { recordOf } from '../../popup/example.ts';
import { post } from '../../support.ts';

const series = (name: string, ids: number[]): Series => ({
  name,
  kind: 'numbered',
  posts: ids,
});

const posts: Post[] = [
  post(1, { title: '乙', date: '2019-05-01', minutes: 9 }),
  post(2, { title: '甲', date: '2020-01-01' }),
  post(3, { title: 'B2', date: '2020-01-01', minutes: 3 }),
  post(4, { title: 'B10', date: '', minutes: 30 }),
  post(5, { title: '丙', date: '2021-07-01', minutes: 3 }),
];
const details = new Map([
  [1, { categories: ['数学'], tags: ['熵', '积分'] }],
  [2, { categories: ['信息'], tags: ['熵'] }],
  [3, { categories: ['数学'], tags: [] }],
  [5, { categories: ['信息', '数学'], tags: ['积分'] }],
]);
const marks: Record<number, Mark> = {
  2: { kind: 'read', at: 0, by: 'hand' },
  3: { kind: 'later' },
  5: { kind: 'reading', fraction: 0.5 },
};
const catalogue = new Catalogue({
  posts,
  series: [series('two', [1, 3]), series('three', [3, 2, 5])],
});
const all = listed(catalogue, details, recordOf(marks));

const ids = (filters: Partial<Filters>) =>
  filtered(all, { ...NO_FILTERS, ...filters }).map((one) => one.post.id);

describe('the posts of a series', () => {
  it('stand in its order and have their numbers in it, also those of a longer series', () => {
    const own = filtered(all, {
      ...NO_FILTERS,
      series: ['two'],
      sort: 'series',
      isDescending: false,
    });
    expect(own.map(({ post: { id }, partNumber }) => [id, partNumber])).toEqual([
      [1, 1],
      [3, 2],
    ]);
    expect(own.map(({ series: [first] }) => first?.name)).toEqual(['two', 'two']);
  });
});

describe('posts that the catalogue does not have', () => {
  const withOthers = listed(
    catalogue,
    details,
    recordOf({ ...marks, 8: { kind: 'unread' }, 9: { kind: 'later' } }),
  );
  const idsBy = (filters: Partial<Filters>) =>
    filtered(withOthers, { ...NO_FILTERS, ...filters }).map((one) => one.post.id);

  it('are listed if they have a mark', () => {
    expect(idsBy({ kinds: ['later'] })).toEqual([3, 9]);
    expect(idsBy({ kinds: ['unread'] })).toEqual([1, 4]);
  });

  it.each(['date', 'title', 'series', 'category', 'minutes'] as const)(
    'come last by %s, in both directions',
    (sort) => {
      for (const isDescending of [true, false])
        expect(idsBy({ kinds: ['later'], sort, isDescending })).toEqual([3, 9]);
    },
  );
});

describe('filtered posts', () => {
  it.each<[string, Partial<Filters>, number[]]>([
    ['all, the newest first, those without a date last', {}, [5, 3, 2, 1, 4]],
    ['of a category, even the second of a post', { categories: ['数学'] }, [5, 3, 1]],
    ['of one of two categories', { categories: ['数学', '信息'] }, [5, 3, 2, 1]],
    ['with a tag', { tags: ['熵'] }, [2, 1]],
    ['with one of two tags', { tags: ['熵', '积分'] }, [5, 2, 1]],
    ['of a series, even the second of a post', { series: ['two'] }, [3, 1]],
    ['of a year', { years: [2020] }, [3, 2]],
    ['with a mark', { kinds: ['unread'] }, [1, 4]],
    ['with one of two marks', { kinds: ['read', 'later'] }, [3, 2]],
    ['in no series', { parts: { from: 0, to: 0 } }, [4]],
    ['in a long series', { parts: { from: 3, to: NO_END } }, [5, 3, 2]],
    ['in a short one', { parts: { from: 1, to: 2 } }, [1]],
    ['by all filters at once', { categories: ['信息'], tags: ['积分'], kinds: ['reading'] }, [5]],
    ['of an unknown category', { categories: ['别的'] }, []],
  ])('%s', (_, filters, expected) => {
    expect(ids(filters)).toEqual(expected);
  });
});

describe('posts narrowed by a search', () => {
  const library = new Catalogue({ posts, series: [] });
  const found = (query: string): SearchResults => new Search(library, details).find(query);

  it('are the results and the posts of the series and categories found', () => {
    const nothing = { ...found('无'), query: '无', posts: [], series: [], categories: [] };
    const narrowedTo = (more: Partial<SearchResults>) =>
      narrowed(all, { ...nothing, ...more }).map(({ post: { id } }) => id);
    expect(narrowedTo({})).toEqual([]);
    const [first] = all;
    if (!first) throw new Error('no posts');
    expect(narrowedTo({ posts: [{ post: first.post, tag: undefined }] })).toEqual([first.post.id]);
    const two = all.find((each) => each.series.length > 0);
    expect(narrowedTo({ series: [...(two?.series ?? [])] }).length).toBeGreaterThan(1);
    expect(narrowedTo({ categories: [{ name: '数学', count: 3 }] })).toEqual([1, 3, 5]);
  });

  it('are all posts without a query', () => {
    expect(narrowed(all, found('　'))).toEqual(all);
  });
});

describe('sorted posts', () => {
  it.each<[Partial<Filters>, up: number[], down: number[]]>([
    [{ sort: 'date' }, [1, 2, 3, 5, 4], [5, 3, 2, 1, 4]],
    [{ sort: 'minutes' }, [5, 3, 1, 4, 2], [4, 1, 5, 3, 2]],
    [{ sort: 'mark' }, [1, 4, 5, 3, 2], [2, 3, 5, 1, 4]],
    [{ sort: 'series' }, [3, 2, 5, 1, 4], [1, 5, 2, 3, 4]],
    [{ sort: 'category' }, [3, 1, 2, 5, 4], [5, 2, 3, 1, 4]],
  ])('%o', (filters, up, down) => {
    expect(ids({ ...filters, isDescending: false })).toEqual(up);
    expect(ids({ ...filters, isDescending: true })).toEqual(down);
  });

  it('compare titles by reading and numbers by value', () => {
    const titles = filtered(all, { ...NO_FILTERS, sort: 'title', isDescending: false });
    const got = titles.map((one) => one.post.title);
    expect(got.indexOf('B2')).toBeLessThan(got.indexOf('B10'));
    expect(got.filter((title) => !title.startsWith('B'))).toEqual(['丙', '甲', '乙']);
  });

  it('do not change the given list', () => {
    const before = [...all];
    filtered(all, { ...NO_FILTERS, sort: 'minutes' });
    expect(all).toEqual(before);
  });
});

it('lists the values to filter by, with the number of posts', () => {
  expect(choices(all)).toEqual({
    categories: [
      { value: '数学', count: 3 },
      { value: '信息', count: 2 },
    ],
    tags: [
      { value: '熵', count: 2 },
      { value: '积分', count: 2 },
    ],
    years: [
      { value: 2021, count: 1 },
      { value: 2020, count: 2 },
      { value: 2019, count: 1 },
    ],
  });
});

describe('filters in an address', () => {
  it('are short, and empty for the default', () => {
    expect(encodeFilters(NO_FILTERS)).toBe('');
    expect(
      encodeFilters({
        ...NO_FILTERS,
        kinds: ['unread', 'later'],
        years: [2026],
        parts: { from: 5, to: NO_END },
        sort: 'minutes',
        isDescending: false,
      }),
    ).toBe('mark=unread&mark=later&year=2026&parts=5-&sort=minutes&order=up');
  });

  it('survive encoding, with every category, tag and series of the blog', () => {
    const { posts: source, series: known } = readSource();
    const categories = [...new Set(source.flatMap((one) => one.categories))];
    const tags = [...new Set(source.flatMap((one) => one.tags))];
    const names = known.map(({ name }) => name);
    const some = <T>(values: readonly T[]) =>
      fc.subarray([...values], { maxLength: Math.min(8, values.length) });
    fc.assert(
      fc.property(
        fc.record<Filters>({
          kinds: some(KINDS),
          categories: some(categories),
          tags: some(tags),
          series: some(names),
          years: some([2009, 2017, 2026]),
          parts: fc.constantFrom(
            NO_FILTERS.parts,
            { from: 0, to: 0 },
            { from: 2, to: 4 },
            { from: 10, to: NO_END },
          ),
          sort: fc.constantFrom(...SORTS),
          isDescending: fc.boolean(),
        }),
        (filters) => {
          expect(decodeFilters(encodeFilters(filters))).toEqual(filters);
          expect(decodeFilters(`?${encodeFilters(filters)}`)).toEqual(filters);
        },
      ),
      { seed: 11 },
    );
    for (const tag of tags)
      expect(decodeFilters(encodeFilters({ ...NO_FILTERS, tags: [tag] })).tags).toEqual([tag]);
  });

  it.each([
    '',
    '?',
    'view=list',
    'mark=__proto__&sort=constructor&order=sideways',
    'category=<img src=x onerror=alert(1)>',
    'tag=a%00b&tag=%E2%80%AEabc',
    'year=1e3&year=999&year=20260&year=-1',
    'parts=5&series=%20x&series=<b>',
    'parts=-5&tag=&category=',
    'parts=12345-1',
  ])('%s says nothing', (query) => {
    expect(decodeFilters(query)).toEqual(NO_FILTERS);
  });

  it('are bounded', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => `tag=t${at}`).join('&');
    expect(decodeFilters(many).tags).toHaveLength(50);
    expect(decodeFilters(`tag=${'x'.repeat(10_000)}`).tags).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (query) => {
        expect(() => filtered(all, decodeFilters(query))).not.toThrow();
      }),
      { seed: 12 },
    );
  });
});
