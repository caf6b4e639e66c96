import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../../scripts/catalogue.ts';
import {
  pack,
  packDetails,
  type Post,
  type Series,
  unpack,
  unpackDetails,
} from '../../../src/catalogue/packing.ts';
import { post, sourcePosts } from '../support.ts';

const source = readSource();

describe('packing and unpacking', () => {
  it('gives back every post of the real data', () => {
    const posts = sourcePosts();
    const unpacked = unpack(pack(posts, source.series)).posts;
    expect(unpacked).toEqual(posts.toSorted((a, b) => a.id - b.id));
    // Else what is not known and what is none would be told apart by nothing here.
    expect(unpacked.some(({ refs }) => refs === null)).toBe(true);
    expect(unpacked.some(({ refs }) => refs?.length === 0)).toBe(true);
    expect(unpacked.some(({ refs }) => (refs?.length ?? 0) > 3)).toBe(true);
    expect(unpacked.some(({ minutes }) => minutes === null)).toBe(true);
  });

  it('gives back every series of the real data, in its order', () => {
    const { series } = unpack(pack(sourcePosts(), source.series));
    expect(series).toEqual(source.series.map(({ name, kind, posts }) => ({ name, kind, posts })));
  });

  it('keeps unknown references, none, and references to older and newer posts apart', () => {
    const posts = [
      post(3, { refs: null }),
      post(7, { refs: [] }),
      post(8, { refs: [3, 900] }),
      post(900, { refs: [8, 7, 3], minutes: 71 }),
    ];
    expect(unpack(pack(posts, [])).posts).toEqual(posts);
  });

  it('sorts by id and keeps a day that goes back', () => {
    const posts = [post(5, { date: '2009-01-01' }), post(2, { date: '2026-02-28' })];
    expect(unpack(pack(posts, [])).posts.map(({ id, date }) => [id, date])).toEqual([
      [2, '2026-02-28'],
      [5, '2009-01-01'],
    ]);
  });

  it('gives back any catalogue', () => {
    const day = fc
      .integer({ min: 0, max: 60_000 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    const title = fc.string({ unit: 'grapheme', minLength: 1 }).filter((t) => !/[\n\r\t]/.test(t));
    const catalogue = fc
      .uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 12 })
      .chain((ids) =>
        fc.record({
          posts: fc.tuple(
            ...ids.map((id) =>
              fc.record<Post>({
                id: fc.constant(id),
                title,
                date: day,
                refs: fc.option(fc.subarray(ids)),
                minutes: fc.option(fc.integer({ min: 1, max: 500 })),
              }),
            ),
          ),
          series: fc.array(
            fc.record<Series>({
              name: fc.stringMatching(/^[^\t\n~][^\t\n]{0,8}$/),
              kind: fc.constantFrom('numbered', 'curated'),
              posts: fc.shuffledSubarray(ids, { minLength: 1 }),
            }),
            { minLength: 1, maxLength: 4 },
          ),
        }),
      );
    fc.assert(
      fc.property(catalogue, ({ posts, series }) => {
        expect(unpack(pack(posts, series))).toEqual({
          posts: posts.toSorted((a, b) => a.id - b.id),
          series,
        });
      }),
    );
  });

  it('refuses a reference, or a part, that is no post', () => {
    expect(() => pack([post(3, { refs: [4] })], [])).toThrow('post 4');
    const series: Series = { name: 's', kind: 'numbered', posts: [4] };
    expect(() => pack([post(3)], [series])).toThrow('post 4');
  });
});

describe('details', () => {
  it('of the real data come back', () => {
    const details = source.posts.map(({ category, tags }) => ({ category, tags }));
    expect(unpackDetails(packDetails(details))).toEqual(details);
  });

  it('of posts without tags come back', () => {
    const details = [
      { category: '甲', tags: [] },
      { category: '乙', tags: ['x y', 'z'] },
      { category: '甲', tags: ['z'] },
      { category: '甲', tags: [] },
    ];
    expect(unpackDetails(packDetails(details))).toEqual(details);
  });
});
