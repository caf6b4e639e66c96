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

  it('adds facts to facts, and puts what was seen last at the end', () => {
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

  it('the title on its own page makes it seen today too', () => {
    const after = addFacts(postsOf(FULL), [{ id: 3, ownTitle: '长路：3、新' }], bounds);
    expect(after.get(3)).toEqual({ ...FULL, ownTitle: '长路：3、新', seen: today });
  });

  it('a title again makes it seen today', () => {
    const after = addFacts(postsOf(FULL), [{ id: 3, title: FULL.title ?? '' }], bounds);
    expect(after.get(3)).toEqual({ ...FULL, seen: today });
  });

  it('nothing new gives the very same map', () => {
    const before = postsOf({ ...FULL, seen: today });
    const { seen, ...facts } = FULL;
    expect(seen).not.toBe(today);
    expect(addFacts(before, [facts, { id: 3, refs: [1, 2] }], bounds)).toBe(before);
    expect(addFacts(before, [], bounds)).toBe(before);
  });

  it('takes ten new posts and one for each day since the newest bundled one, and pushes none out', () => {
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

  it('takes ten with a clock that is years slow', () => {
    const claimed = Array.from({ length: 30 }, (_, i) => ({ id: i + 3, title: `题${i}` }));
    expect(addFacts(new Map(), claimed, { ...bounds, today: '1970-01-01' }).size).toBe(10);
  });
});

describe('what is new in facts', () => {
  const known = bundled.with(postsOf(FULL));
  const news = (facts: Parameters<typeof newFacts>[0]) => newFacts(facts, known, postsOf(FULL));

  it('is all of an unknown post', () => {
    const { seen: _, ...facts } = { ...FULL, id: 9 };
    expect(news(facts)).toEqual(facts);
  });

  it('is nothing without a title, or where the index has a hole', () => {
    expect(news({ id: 9, date: '2020-05-05' })).toBeUndefined();
    const holed = new Catalogue({ posts: [post(1), post(5)], series: [] });
    expect(newFacts({ id: 3, title: '题' }, holed, new Map())).toBeUndefined();
  });

  it('is nothing where all is known', () => {
    const { seen: _, ...facts } = FULL;
    expect(news(facts)).toBeUndefined();
    expect(
      news({ id: 1, title: '长路: １、甲 ', date: '2020-01-01', tags: ['t'] }),
    ).toBeUndefined();
  });

  it('is another title on its own page, also one that goes back to that of the index', () => {
    const facts = { id: 1, ownTitle: '长路：1、新' };
    expect(news(facts)).toEqual(facts);
    const renamed = postsOf({ id: 1, seen: '2020-03-03', ownTitle: '长路：1、新' });
    const back = { id: 1, ownTitle: '长路：1、甲' };
    expect(newFacts(back, bundled.with(renamed), renamed)).toEqual(back);
  });

  it('is no title that a list shows for a bundled post', () => {
    expect(news({ id: 1, title: '[置顶] 长路：1、甲' })).toBeUndefined();
  });

  it('is a title that a list shows for a new post, until its own page has shown one', () => {
    const other = { id: 3, title: '长路：3、新' };
    expect(news(other)).toEqual(other);
    const own = postsOf({ ...FULL, ownTitle: '长路：3、真' });
    expect(newFacts(other, bundled.with(own), own)).toBeUndefined();
  });

  it('is references that the index does not know', () => {
    expect(news({ id: 2, title: '长路：2、乙', refs: [1] })).toEqual({ id: 2, refs: [1] });
    expect(news({ id: 1, title: '长路：1、甲', refs: [2] })).toBeUndefined();
  });

  it('is a length that the index does not know, or that takes other minutes to read', () => {
    expect(news({ id: 2, length: LENGTH })).toEqual({ id: 2, length: LENGTH });
    expect(news({ id: 1, length: LENGTH })).toEqual({ id: 1, length: LENGTH });
    const asLong = { ...LENGTH, chars: 5 * 300, words: 0, inlineFormulas: 0, displayFormulas: 0 };
    expect(news({ id: 1, length: asLong })).toBeUndefined();
  });

  it('is no length that was measured before', () => {
    const measured = postsOf({ id: 1, seen: '2020-03-05', length: LENGTH });
    expect(newFacts({ id: 1, length: LENGTH }, bundled.with(measured), measured)).toBeUndefined();
  });

  it('is a date and topics that only now are shown', () => {
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

  it('become one, in which the title seen later stands, in either direction', () => {
    expect(merge(postsOf(early), postsOf(late))).toEqual(postsOf(both));
    expect(merge(postsOf(late), postsOf(early))).toEqual(postsOf(both));
  });

  it('of one day: ours stands', () => {
    const theirs = { ...early, title: '他题' };
    expect(merge(postsOf(early), postsOf(theirs))).toEqual(postsOf(early));
  });

  it('leave the post seen last at the end, and no more than may be kept', () => {
    const a = postsOf(late, { id: 4, seen: '2020-03-09', title: '丁' });
    expect([...merge(a, postsOf({ id: 5, seen: '2020-03-07', title: '戊' })).keys()]).toEqual([
      3, 5, 4,
    ]);
    const many = Array.from({ length: 100 }, (_, at) => ({ ...early, id: at + 10 }));
    const merged = merge(postsOf(late), postsOf(...many));
    expect([merged.size, merged.has(3)]).toEqual([47, true]);
  });

  it('change neither of the two', () => {
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

  it('is believed where 95 of 100 known posts have their titles', () => {
    expect(isTrueArchive([unknown, ...entries], forty)).toBe(true);
    expect(isTrueArchive(renamed(2), forty)).toBe(true);
    expect(isTrueArchive(renamed(3), forty)).toBe(false);
  });

  it('is not believed where it names no known post', () => {
    expect(isTrueArchive([unknown], forty)).toBe(false);
    expect(isTrueArchive([], forty)).toBe(false);
  });

  it('is not supported by posts that pages have said', () => {
    const learned = forty.with(postsOf({ id: 41, seen: '2030-01-01', title: '新的一篇' }));
    expect(isTrueArchive([unknown], learned)).toBe(false);
  });
});
