import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../../src/catalogue/catalogue.ts';
import { encodeDiscovered } from '../../../../src/catalogue/discovered/codec.ts';
import { detailsOfAll, knownPosts } from '../../../../src/catalogue/discovered/known-posts.ts';
import type { DiscoveredPost, DiscoveredPosts } from '../../../../src/catalogue/discovered/post.ts';
import newest from '../../../../src/catalogue/packed/newest.json';
import { place } from '../../../../src/catalogue/place.ts';
import { recognise } from '../../../../src/catalogue/recognise.ts';
import { post, realCatalogue } from '../../support.ts';

const LENGTH = { chars: 3_000, words: 20, inlineFormulas: 9, displayFormulas: 2, codeLines: 0 };
const bundled = new Catalogue({
  posts: [
    post(1, { title: '长路：1、甲', date: '2020-01-01', refs: [], minutes: 5 }),
    post(2, { title: '长路：2、乙', date: '2020-02-02' }),
  ],
  series: [{ name: '长路', kind: 'numbered', posts: [1, 2] }],
});
const postsOf = (...all: DiscoveredPost[]): DiscoveredPosts =>
  new Map(all.map((each) => [each.id, each]));
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

describe('the catalogue with discovered posts', () => {
  it('contains a new post with all its facts, in its series', () => {
    const known = bundled.with(postsOf(FULL));
    expect(known.post(3)).toEqual({
      id: 3,
      title: '长路：3、丙',
      date: '2020-03-03',
      refs: [1, 2],
      minutes: 12,
      isNew: true,
    });
    expect(place(3, known).series[0]).toMatchObject({ name: '长路', partNumber: 3 });
    expect(known.citedBy(1)).toEqual([3]);
    expect(known.titled('长路:3、丙')).toHaveLength(1);
    expect([...known.posts.keys()]).toEqual([1, 2, 3]);
    expect(bundled.posts.size).toBe(2);
  });

  it('keeps the newest bundled post, so that the next new post is new', () => {
    const known = bundled.with(postsOf(FULL));
    expect(known.newestBundled).toEqual({ id: 2, date: '2020-02-02' });
    expect(
      recognise({ link: 4, title: '', date: undefined }, bundled.with(postsOf(FULL))),
    ).toMatchObject({ id: 4, post: undefined });
  });

  it('contains a post without a date, but none without a title', () => {
    const known = bundled.with(
      postsOf({ id: 3, seen: '2020-03-05', title: '丙' }, { id: 4, seen: '2020-03-05', refs: [] }),
    );
    expect(known.post(3)).toMatchObject({ date: '', refs: null, minutes: null });
    expect(known.post(4)).toBeUndefined();
  });

  it('keeps the bundled facts of a post, and adds missing references', () => {
    const { length: _, ...facts } = { ...FULL, seen: '2020-02-02' };
    const known = bundled.with(postsOf({ ...facts, id: 1 }, { ...facts, id: 2 }));
    expect(known.post(1)).toEqual(bundled.post(1));
    expect(known.post(2)).toEqual({ ...bundled.post(2), refs: [1, 2] });
  });

  it('prefers the length measured on the post’s own page', () => {
    const measured = { length: LENGTH, seen: '2020-02-02' };
    const known = bundled.with(postsOf({ ...measured, id: 1 }, { ...measured, id: 2 }));
    expect(known.post(1)).toEqual({ ...bundled.post(1), minutes: 12 });
    expect(known.post(2)).toEqual({ ...bundled.post(2), minutes: 12 });
    expect(place(1, known).series[0]?.parts.map(({ minutes }) => minutes)).toEqual([12, 12]);
  });

  it('uses the title of the post’s own page if that was seen after the newest bundled post', () => {
    const renamed = postsOf({ id: 1, seen: '2020-02-03', ownTitle: '长路：1、新题' });
    const known = bundled.with(renamed);
    expect(known.post(1)).toEqual({ ...bundled.post(1), title: '长路：1、新题' });
    expect(place(1, known).series[0]?.parts[0]?.bare).toBe('新题');
    const later = new Catalogue({
      posts: [...bundled.posts.values(), post(3, { date: '2020-02-03' })],
      series: bundled.series,
    });
    expect(later.with(renamed).post(1)).toEqual(bundled.post(1));
  });

  it('ignores titles of bundled posts on lists', () => {
    const listed: DiscoveredPost = { id: 1, seen: '2020-02-03', title: '[置顶] 长路：1、甲' };
    expect(bundled.with(postsOf(listed)).post(1)).toEqual(bundled.post(1));
    // Id 1, 2020-02-03 and the title in the form of version 1.
    const stored = `1\n1\t${(Date.UTC(2020, 1, 3) / 86_400_000).toString(36)}\t\t长路：1、甲...`;
    const known = knownPosts(() => bundled)(stored);
    expect(known.discovered.size).toBe(1);
    expect(known.catalogue.post(1)).toEqual(bundled.post(1));
  });

  it('prefers the title of a new post’s own page to that of a list', () => {
    const known = bundled.with(postsOf({ ...FULL, ownTitle: '长路：3、真' }));
    expect(known.post(3)?.title).toBe('长路：3、真');
    expect(
      bundled.with(postsOf({ id: 3, seen: '2020-03-05', ownTitle: '丙' })).post(3)?.title,
    ).toBe('丙');
  });

  it('uses the bundled facts once a later index has a discovered post', () => {
    const later = new Catalogue({
      posts: [...bundled.posts.values(), post(3, { title: '长路：3、丙', date: '2020-03-03' })],
      series: [{ name: '长路', kind: 'numbered', posts: [1, 2, 3] }],
    });
    const known = later.with(postsOf({ ...FULL, seen: '2020-03-03' }));
    expect(known.post(3)?.isNew).toBeUndefined();
    expect(known.series).toEqual(later.series);
  });

  it('is the bundled catalogue itself without discovered posts', () => {
    expect(bundled.with(new Map())).toBe(bundled);
  });

  it('is made once for each stored value', () => {
    let made = 0;
    const known = knownPosts(() => (made++, bundled));
    const stored = encodeDiscovered(postsOf(FULL));
    const first = known(stored);
    expect(known(`${stored} `.trimEnd())).toBe(first);
    expect(first.discovered.get(3)).toEqual(FULL);
    expect(made).toBe(1);
    expect(known(undefined).catalogue).toBe(bundled);
  });

  it('contains the details of new posts', () => {
    const discovered = postsOf(FULL, { id: 4, seen: '2020-03-05', title: '丁' });
    const details = [1, 2].map((id) => [id, { categories: [`c${id}`], tags: [] }] as const);
    const all = detailsOfAll(new Map(details), { catalogue: bundled.with(discovered), discovered });
    expect([...all]).toEqual([
      ...details,
      [3, { categories: ['甲类', '乙类'], tags: ['x', 'y z'] }],
      [4, { categories: [], tags: [] }],
    ]);
  });

  it('keeps the bundled details of a bundled post', () => {
    const discovered = postsOf({ ...FULL, id: 1 });
    const details = new Map([[1, { categories: ['c1'], tags: ['t1'] }]]);
    expect(detailsOfAll(details, { catalogue: bundled.with(discovered), discovered })).toEqual(
      details,
    );
  });

  it('has the same newest bundled post as the background', () => {
    expect(newest).toEqual(realCatalogue().newestBundled);
  });
});
