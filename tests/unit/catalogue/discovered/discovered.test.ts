import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../../src/catalogue/catalogue.ts';
import {
  decodeLearned,
  detailsWith,
  encodeLearned,
  join,
  knowing,
  learn,
  type Learned,
  MAX_LEARNED,
  newsIn,
  type Taught,
} from '../../../../src/catalogue/discovered/discovered.ts';
import edge from '../../../../src/catalogue/packed/edge.ts';
import { place } from '../../../../src/catalogue/place.ts';
import { recognise } from '../../../../src/catalogue/recognise.ts';
import { post, realCatalogue } from '../../support.ts';

const LENGTH = { chars: 3_000, words: 20, inlineFormulas: 9, displayFormulas: 2, codeLines: 0 };
const index = new Catalogue({
  posts: [
    post(1, { title: '长路：1、甲', date: '2020-01-01', refs: [], minutes: 5 }),
    post(2, { title: '长路：2、乙', date: '2020-02-02' }),
  ],
  series: [{ name: '长路', kind: 'numbered', posts: [1, 2] }],
});
const learnedOf = (...all: Taught[]): Learned => new Map(all.map((each) => [each.id, each]));
const minutesOf = () => 7;
const FULL: Taught = {
  id: 3,
  met: '2020-03-05',
  title: '长路：3、丙',
  date: '2020-03-03',
  category: '甲类',
  tags: ['x', 'y z'],
  refs: [1, 2],
  length: LENGTH,
};

describe('the stored value', () => {
  it('comes back as it was, whatever is left out', () => {
    const some = learnedOf(
      FULL,
      { id: 4, met: '2020-03-06', title: '只有题' },
      { id: 5, met: '2020-03-06', refs: [] },
      { id: 6, met: '2020-03-06', length: LENGTH },
      { id: 7, met: '2020-03-06', title: '丁', tags: ['z'] },
    );
    const { learned, bad, newer } = decodeLearned(encodeLearned(some));
    expect([...learned]).toEqual([...some]);
    expect([bad, newer]).toEqual([[], undefined]);
  });

  it('is compact', () => {
    expect(encodeLearned(learnedOf({ id: 5, met: '2020-03-06', title: '丁' }))).toBe(
      '1\n5\te5h\t\t丁'.replace('e5h', (18_327).toString(36)),
    );
  });

  it('that is absent is nothing', () => {
    expect(decodeLearned(undefined)).toEqual({ learned: new Map(), bad: [], newer: undefined });
  });

  it.each([null, 5, true, {}, [], ['1'], { 1: 'x' }])('that is %j is counted as one', (stored) => {
    expect(decodeLearned(stored)).toMatchObject({ learned: new Map(), bad: [expect.any(String)] });
  });

  it('of a newer version is not read', () => {
    expect(decodeLearned(encodeLearned(learnedOf(FULL)).replace('1', '2'))).toEqual({
      learned: new Map(),
      bad: [],
      newer: 2,
    });
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
  ])('keeps its sound lines beside %j', (line) => {
    const stored = `${encodeLearned(learnedOf(FULL))}\n${line}`;
    const { learned, bad } = decodeLearned(stored);
    expect([...learned.values()]).toEqual([FULL]);
    expect(bad).toEqual([line]);
  });

  it('whatever it is, is read without a word, and what is read is written and read alike', () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom(...Array.from('1az=,\t\n题<>.')) }));
    const anything = fc.oneof(
      fc.anything(),
      fc.json(),
      lines.map((all) => ['1', ...all].join('\n')),
    );
    fc.assert(
      fc.property(anything, (stored) => {
        const { learned } = decodeLearned(stored);
        const again = decodeLearned(encodeLearned(learned));
        expect([...again.learned]).toEqual([...learned]);
        expect(again.bad).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('learning', () => {
  const today = '2020-04-01';

  it('adds facts to facts, and puts what was met last at the end', () => {
    const before = learnedOf({ id: 3, met: '2020-03-05', title: '丙' }, { ...FULL, id: 4 });
    const after = learn(before, [{ id: 3, date: '2020-03-03', refs: [1] }], today);
    expect([...after.keys()]).toEqual([4, 3]);
    expect(after.get(3)).toEqual({
      id: 3,
      met: '2020-03-05',
      title: '丙',
      date: '2020-03-03',
      refs: [1],
    });
  });

  it('a title again makes it met today', () => {
    const after = learn(learnedOf(FULL), [{ id: 3, title: FULL.title ?? '' }], today);
    expect(after.get(3)).toEqual({ ...FULL, met: today });
  });

  it('nothing new gives the very same map', () => {
    const before = learnedOf({ ...FULL, met: today });
    const { met, ...lesson } = FULL;
    expect(met).not.toBe(today);
    expect(learn(before, [lesson, { id: 3, refs: [1, 2] }], today)).toBe(before);
    expect(learn(before, [], today)).toBe(before);
  });

  it('keeps 5,000 posts, and forgets those met first', () => {
    const ids = Array.from({ length: MAX_LEARNED }, (_, i) => i + 1);
    const full = learn(
      new Map(),
      ids.map((id) => ({ id, title: `题${id}` })),
      today,
    );
    const more = learn(
      full,
      [
        { id: 1, refs: [] },
        { id: 9_000, title: '新' },
      ],
      today,
    );
    expect(more.size).toBe(MAX_LEARNED);
    expect([more.has(1), more.has(2), more.has(9_000)]).toEqual([true, false, true]);
    const stored = `${encodeLearned(more)}\nzz\te5h\t\t题`;
    expect(decodeLearned(stored).learned.size).toBe(MAX_LEARNED);
    expect(encodeLearned(full).length).toBeLessThan(100_000);
  });
});

describe('the catalogue with what was learned', () => {
  it('has a new post with all its facts, in its series', () => {
    const known = index.with(learnedOf(FULL), minutesOf);
    expect(known.post(3)).toEqual({
      id: 3,
      title: '长路：3、丙',
      date: '2020-03-03',
      refs: [1, 2],
      minutes: 7,
      isNew: true,
    });
    expect(place(3, known).series[0]).toMatchObject({ name: '长路', k: 3 });
    expect(known.citedBy(1)).toEqual([3]);
    expect(known.titled('长路:3、丙')).toHaveLength(1);
    expect([...known.posts.keys()]).toEqual([1, 2, 3]);
    expect(index.posts.size).toBe(2);
  });

  it('still knows where the index ends, so that the next new post is new', () => {
    const known = index.with(learnedOf(FULL), minutesOf);
    expect([known.newestId, known.edge]).toEqual([2, { id: 2, date: '2020-02-02' }]);
    expect(
      recognise({ link: 4, title: '', date: undefined }, index.with(learnedOf(FULL), minutesOf)),
    ).toMatchObject({ id: 4, post: undefined });
  });

  it('has a post without a date as one without a date, and none without a title', () => {
    const known = index.with(
      learnedOf({ id: 3, met: '2020-03-05', title: '丙' }, { id: 4, met: '2020-03-05', refs: [] }),
      minutesOf,
    );
    expect(known.post(3)).toMatchObject({ date: '', refs: null, minutes: null });
    expect(known.post(4)).toBeUndefined();
  });

  it('has the index’s word on a post of the index, but for what the index does not say', () => {
    const taught = { ...FULL, met: '2020-02-02' };
    const known = index.with(learnedOf({ ...taught, id: 1 }, { ...taught, id: 2 }), minutesOf);
    expect(known.post(1)).toEqual(index.post(1));
    expect(known.post(2)).toEqual({ ...index.post(2), refs: [1, 2], minutes: 7 });
  });

  it('has a title that was met after the index ended, and drops it for a later index', () => {
    const learned = learnedOf({ id: 1, met: '2020-02-03', title: '长路：1、新题' });
    const known = index.with(learned, minutesOf);
    expect(known.post(1)).toEqual({ ...index.post(1), title: '长路：1、新题' });
    expect(place(1, known).series[0]?.parts[0]?.bare).toBe('新题');
    const later = new Catalogue({
      posts: [...index.posts.values(), post(3, { date: '2020-02-03' })],
      series: index.series,
    });
    expect(later.with(learned, minutesOf).post(1)).toEqual(index.post(1));
  });

  it('a learned post that a later index has is the index’s', () => {
    const later = new Catalogue({
      posts: [...index.posts.values(), post(3, { title: '长路：3、丙', date: '2020-03-03' })],
      series: [{ name: '长路', kind: 'numbered', posts: [1, 2, 3] }],
    });
    const known = later.with(learnedOf({ ...FULL, met: '2020-03-03' }), minutesOf);
    expect(known.post(3)?.isNew).toBeUndefined();
    expect(known.series).toEqual(later.series);
  });

  it('without anything learned is the index itself', () => {
    expect(index.with(new Map(), minutesOf)).toBe(index);
    expect(index.with(learnedOf(FULL), minutesOf).with(new Map(), minutesOf)).toBe(index);
  });

  it('is made once for a stored value', () => {
    let made = 0;
    const known = knowing(() => (made++, index), minutesOf);
    const stored = encodeLearned(learnedOf(FULL));
    const first = known(stored);
    expect(known(`${stored} `.trimEnd())).toBe(first);
    expect(first.learned.get(3)).toEqual(FULL);
    expect(made).toBe(1);
    expect(known(undefined).catalogue).toBe(index);
  });

  it('has the details of a new post behind those of the index', () => {
    const known = index.with(learnedOf(FULL, { id: 4, met: '2020-03-05', title: '丁' }), minutesOf);
    const details = [1, 2].map((n) => ({ category: `c${n}`, tags: [] }));
    const { learned } = { learned: learnedOf(FULL) };
    expect(detailsWith(details, known, learned)).toEqual([
      ...details,
      { category: '甲类', tags: ['x', 'y z'] },
      { category: '', tags: [] },
    ]);
  });

  it('the index’s end, as the background has it, is that of the real catalogue', () => {
    expect(edge).toEqual(realCatalogue().edge);
    const dates = [...realCatalogue().posts.values()].map(({ date }) => date);
    expect(edge.date).toBe(dates.toSorted().at(-1));
  });
});

describe('what is new in a lesson', () => {
  const known = index.with(learnedOf(FULL), minutesOf);
  const news = (lesson: Parameters<typeof newsIn>[0]) => newsIn(lesson, known, learnedOf(FULL));

  it('is all of an unknown post', () => {
    const { met: _, ...lesson } = { ...FULL, id: 9 };
    expect(news(lesson)).toEqual(lesson);
  });

  it('is nothing without a title, or where the index has a hole', () => {
    expect(news({ id: 9, date: '2020-05-05' })).toBeUndefined();
    const holed = new Catalogue({ posts: [post(1), post(5)], series: [] });
    expect(newsIn({ id: 3, title: '题' }, holed, new Map())).toBeUndefined();
  });

  it('is nothing where all is known', () => {
    const { met: _, ...lesson } = FULL;
    expect(news(lesson)).toBeUndefined();
    expect(
      news({ id: 1, title: '长路: １、甲 ', date: '2020-01-01', tags: ['t'] }),
    ).toBeUndefined();
  });

  it('is a title that is another one, also back to that of the index', () => {
    expect(news({ id: 1, title: '长路：1、新' })).toEqual({ id: 1, title: '长路：1、新' });
    const renamed = learnedOf({ id: 1, met: '2020-03-03', title: '长路：1、新' });
    const back = { id: 1, title: '长路：1、甲' };
    expect(newsIn(back, index.with(renamed, minutesOf), renamed)).toEqual(back);
  });

  it('is a length and references that the index does not say', () => {
    const said = { refs: [1], length: LENGTH };
    expect(news({ id: 2, title: '长路：2、乙', ...said })).toEqual({ id: 2, ...said });
    expect(news({ id: 1, title: '长路：1、甲', ...said })).toBeUndefined();
  });

  it('is a date and topics that only now are shown', () => {
    const dim = learnedOf({ id: 3, met: '2020-03-05', title: '丙' });
    const shown = { id: 3, title: '丙', date: '2020-03-03', category: '甲类', tags: ['x'] };
    const { title: _, ...rest } = shown;
    expect(newsIn(shown, index.with(dim, minutesOf), dim)).toEqual(rest);
  });
});

describe('two records of what was learned', () => {
  const early: Taught = { id: 3, met: '2020-03-05', title: '旧题', refs: [1] };
  const late: Taught = { id: 3, met: '2020-03-06', title: '新题', date: '2020-03-03' };
  const both = { ...late, refs: [1] };

  it('become one, in which the title met later stands, in either direction', () => {
    expect(join(learnedOf(early), learnedOf(late))).toEqual(learnedOf(both));
    expect(join(learnedOf(late), learnedOf(early))).toEqual(learnedOf(both));
  });

  it('of one day: ours stands', () => {
    const theirs = { ...early, title: '他题' };
    expect(join(learnedOf(early), learnedOf(theirs))).toEqual(learnedOf(early));
  });

  it('leave the post met last at the end, and no more than may be kept', () => {
    const a = learnedOf(late, { id: 4, met: '2020-03-09', title: '丁' });
    expect([...join(a, learnedOf({ id: 5, met: '2020-03-07', title: '戊' })).keys()]).toEqual([
      3, 5, 4,
    ]);
    const many = Array.from({ length: MAX_LEARNED }, (_, at) => ({ ...early, id: at + 10 }));
    const joined = join(learnedOf(...many), learnedOf(late));
    expect(joined.size).toBe(MAX_LEARNED);
    expect(joined.has(3)).toBe(true);
  });

  it('change neither of the two', () => {
    const a = learnedOf(early);
    join(a, learnedOf(late));
    expect(a).toEqual(learnedOf(early));
  });
});
