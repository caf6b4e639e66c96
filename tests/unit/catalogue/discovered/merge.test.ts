import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../../src/catalogue/catalogue.ts';
import {
  addFacts,
  isTrueArchive,
  mergeFacts,
  newFacts,
} from '../../../../src/catalogue/discovered/merge.ts';
import {
  type DiscoveredPost,
  type DiscoveredPosts,
} from '../../../../src/catalogue/discovered/post.ts';
import { post } from '../../support.ts';

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

describe('adding facts', () => {
  const today = '2020-04-01';
  const bounds = { newest: bundled.newestBundled, today };

  it('adds facts to earlier ones, and moves the post seen last to the end', () => {
    const before = postsOf({ id: 3, seen: '2020-03-05', title: '丙' }, { ...FULL, id: 4 });
    const after = addFacts(before, [{ id: 3, date: '2020-03-03', refs: [1] }], bounds);
    expect([...after.keys()]).toEqual([4, 3]);
    expect(after.get(3)).toEqual({
      id: 3,
      seen: '2020-03-05',
      title: '丙',
      date: '2020-03-03',
      refs: [1],
    });
  });

  it('counts a title on the post’s own page as seen today', () => {
    const after = addFacts(postsOf(FULL), [{ id: 3, ownTitle: '长路：3、新' }], bounds);
    expect(after.get(3)).toEqual({ ...FULL, ownTitle: '长路：3、新', seen: today });
  });

  it('counts a repeated title as seen today', () => {
    const after = addFacts(postsOf(FULL), [{ id: 3, title: FULL.title ?? '' }], bounds);
    expect(after.get(3)).toEqual({ ...FULL, seen: today });
  });

  it('returns the same map if nothing is new', () => {
    const before = postsOf({ ...FULL, seen: today });
    const { seen, ...facts } = FULL;
    expect(seen).not.toBe(today);
    expect(addFacts(before, [facts, { id: 3, refs: [1, 2] }], bounds)).toBe(before);
    expect(addFacts(before, [], bounds)).toBe(before);
  });

  it('accepts ten new posts and one for each day since the newest bundled one, and evicts none', () => {
    const thirtyDays = { newest: bounds.newest, today: '2020-03-03' };
    const ids = Array.from({ length: 100 }, (_, i) => i + 3);
    const claimed = ids.map((id) => ({ id, title: `题${id}` }));
    const after = addFacts(
      postsOf({ id: 200, seen: '2020-03-01', title: '真' }),
      claimed,
      thirtyDays,
    );
    expect([...after.keys()]).toEqual([200, ...ids.slice(0, 39)]);
    const more = addFacts(
      after,
      [
        { id: 201, title: '还有' },
        { id: 200, refs: [] },
        { id: 1, refs: [] },
      ],
      thirtyDays,
    );
    expect([more.has(201), more.get(200)?.refs, more.get(1)?.refs]).toEqual([false, [], []]);
  });

  it('accepts ten if the clock is years slow', () => {
    const claimed = Array.from({ length: 30 }, (_, i) => ({ id: i + 3, title: `题${i}` }));
    expect(addFacts(new Map(), claimed, { ...bounds, today: '1970-01-01' }).size).toBe(10);
  });
});

describe('newFacts', () => {
  const known = bundled.with(postsOf(FULL));
  const news = (facts: Parameters<typeof newFacts>[0]) => newFacts(facts, known, postsOf(FULL));

  it('returns all facts of an unknown post', () => {
    const { seen: _, ...facts } = { ...FULL, id: 9 };
    expect(news(facts)).toEqual(facts);
  });

  it('returns nothing without a title, or for an id that is missing from the index', () => {
    expect(news({ id: 9, date: '2020-05-05' })).toBeUndefined();
    const holed = new Catalogue({ posts: [post(1), post(5)], series: [] });
    expect(newFacts({ id: 3, title: '题' }, holed, new Map())).toBeUndefined();
  });

  it('returns nothing if all is known', () => {
    const { seen: _, ...facts } = FULL;
    expect(news(facts)).toBeUndefined();
    expect(
      news({ id: 1, title: '长路: １、甲 ', date: '2020-01-01', tags: ['t'] }),
    ).toBeUndefined();
  });

  it('returns a changed title of the post’s own page, also if it equals the bundled one again', () => {
    const translated = { id: 1, ownTitle: 'The long road: 1' };
    expect(news(translated)).toBeUndefined();
    const facts = { id: 1, ownTitle: '长路：1、新' };
    expect(news(facts)).toEqual(facts);
    const renamed = postsOf({ id: 1, seen: '2020-03-03', ownTitle: '长路：1、新' });
    const back = { id: 1, ownTitle: '长路：1、甲' };
    expect(newFacts(back, bundled.with(renamed), renamed)).toEqual(back);
  });

  it('ignores the title of a bundled post on a list', () => {
    expect(news({ id: 1, title: '[置顶] 长路：1、甲' })).toBeUndefined();
  });

  it('returns the title of a new post on a list until its own page has shown one', () => {
    const other = { id: 3, title: '长路：3、新' };
    expect(news(other)).toEqual(other);
    const own = postsOf({ ...FULL, ownTitle: '长路：3、真' });
    expect(newFacts(other, bundled.with(own), own)).toBeUndefined();
  });

  it('returns references that the index does not have', () => {
    expect(news({ id: 2, title: '长路：2、乙', refs: [1] })).toEqual({ id: 2, refs: [1] });
    expect(news({ id: 1, title: '长路：1、甲', refs: [2] })).toBeUndefined();
  });

  it('returns a length that the index does not have or that changes the minutes', () => {
    expect(news({ id: 2, length: LENGTH })).toEqual({ id: 2, length: LENGTH });
    expect(news({ id: 1, length: LENGTH })).toEqual({ id: 1, length: LENGTH });
    const asLong = { ...LENGTH, chars: 5 * 300, words: 0, inlineFormulas: 0, displayFormulas: 0 };
    expect(news({ id: 1, length: asLong })).toBeUndefined();
  });

  it('ignores a length that was measured before', () => {
    const measured = postsOf({ id: 1, seen: '2020-03-05', length: LENGTH });
    expect(newFacts({ id: 1, length: LENGTH }, bundled.with(measured), measured)).toBeUndefined();
  });

  it('returns a date and topics that are shown for the first time', () => {
    const dim = postsOf({ id: 3, seen: '2020-03-05', title: '丙' });
    const shown = {
      id: 3,
      title: '丙',
      date: '2020-03-03',
      categories: ['甲类', '乙类'],
      tags: ['x'],
    };
    const { title: _, ...rest } = shown;
    expect(newFacts(shown, bundled.with(dim), dim)).toEqual(rest);
  });
});

describe('the discovered posts of two browsers', () => {
  const early: DiscoveredPost = { id: 3, seen: '2020-03-05', title: '旧题', refs: [1] };
  const late: DiscoveredPost = { id: 3, seen: '2020-03-06', title: '新题', date: '2020-03-03' };
  const both = { ...late, refs: [1] };
  const bounds = { newest: bundled.newestBundled, today: '2020-03-10' };
  const merge = (ours: DiscoveredPosts, theirs: DiscoveredPosts) =>
    mergeFacts(ours, theirs, bounds);

  it('merge to the same result in both directions: the title seen later', () => {
    expect(merge(postsOf(early), postsOf(late))).toEqual(postsOf(both));
    expect(merge(postsOf(late), postsOf(early))).toEqual(postsOf(both));
  });

  it('keep ours if both are of the same day', () => {
    const theirs = { ...early, title: '他题' };
    expect(merge(postsOf(early), postsOf(theirs))).toEqual(postsOf(early));
  });

  it('keep the post seen last at the end, and the limit', () => {
    const a = postsOf(late, { id: 4, seen: '2020-03-09', title: '丁' });
    expect([...merge(a, postsOf({ id: 5, seen: '2020-03-07', title: '戊' })).keys()]).toEqual([
      3, 5, 4,
    ]);
    const many = Array.from({ length: 100 }, (_, at) => ({ ...early, id: at + 10 }));
    const merged = merge(postsOf(late), postsOf(...many));
    expect([merged.size, merged.has(3)]).toEqual([47, true]);
  });

  it('are not changed by the merge', () => {
    const a = postsOf(early);
    merge(a, postsOf(late));
    expect(a).toEqual(postsOf(early));
  });
});

describe('an archive page', () => {
  const posts = Array.from({ length: 40 }, (_, i) => post(i + 1, { title: `第${i + 1}题` }));
  const forty = new Catalogue({ posts, series: [] });
  const entries = posts.map(({ id, title }) => ({ id, title }));
  const renamed = (count: number) =>
    entries.map((entry, i) => (i < count ? { ...entry, title: '假题' } : entry));
  const unknown = { id: 41, title: '新的一篇' };

  it('is accepted if 95 of 100 known posts have their titles', () => {
    expect(isTrueArchive([unknown, ...entries], forty)).toBe(true);
    expect(isTrueArchive(renamed(2), forty)).toBe(true);
    expect(isTrueArchive(renamed(3), forty)).toBe(false);
  });

  it('is rejected if it lists no known post', () => {
    expect(isTrueArchive([unknown], forty)).toBe(false);
    expect(isTrueArchive([], forty)).toBe(false);
  });

  it('is not accepted because of discovered posts', () => {
    const learned = forty.with(postsOf({ id: 41, seen: '2030-01-01', title: '新的一篇' }));
    expect(isTrueArchive([unknown], learned)).toBe(false);
  });
});
