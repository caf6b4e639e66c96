import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../../src/catalogue/catalogue.ts';
import type { Post, Series } from '../../../../src/catalogue/post.ts';
import {
  type SavedPlan,
  MOST_PLANS,
  MOST_STEPS,
  PLAN_OPTIONS,
  planFor,
  planOf,
  type PlanOptions,
  REACHES,
  type PlanSource,
  type ReadingPlan,
  toSavedPlan,
} from '../../../../src/catalogue/plans/planner.ts';
import {
  decodePlans,
  encodePlans,
  soundPlan,
  withPlan,
} from '../../../../src/catalogue/plans/codec.ts';
import { readSource } from '../../../../scripts/source.ts';
import { post, realCatalogue } from '../../support.ts';

const DIRECT: PlanOptions = { reach: 'direct', sameCategory: false };
const ALL: PlanOptions = { reach: 'all', sameCategory: false };

/** Posts with these references by id, one per day in the order of ids. */
function posts(refs: Record<number, number[] | null>, minutes: number | null = 10): Post[] {
  return Object.entries(refs).map(([id, to]) =>
    post(Number(id), { refs: to, minutes, date: `2020-01-${id.padStart(2, '0')}` }),
  );
}

const series = (ids: number[], kind: Series['kind'] = 'numbered'): Series => ({
  name: 's',
  kind,
  posts: ids,
});

function library(
  of: Post[],
  more: { series?: Series[]; read?: number[]; categories?: Record<number, string[]> } = {},
): PlanSource {
  return {
    catalogue: new Catalogue({ posts: of, series: more.series ?? [] }),
    isRead: (id) => more.read?.includes(id) === true,
    categoriesOf: (id) => more.categories?.[id] ?? ['a'],
  };
}

function made(goal: number, options: PlanOptions, from: PlanSource): ReadingPlan {
  const plan = planFor(goal, options, from);
  if (!plan) throw new Error(`no plan for ${goal}`);
  return plan;
}

const ids = ({ steps }: ReadingPlan) => steps.map((step) => step.post.id);
const uses = ({ steps }: ReadingPlan) => steps.map(({ neededBy }) => neededBy.join());

describe('a plan', () => {
  it('contains the references of a post, as far back as the reader chooses', () => {
    const from = library(posts({ 1: [], 2: [1], 3: [2], 4: [3], 5: [4] }));
    expect(ids(made(5, DIRECT, from))).toEqual([4]);
    expect(ids(made(5, { ...DIRECT, reach: 'near' }, from))).toEqual([3, 4]);
    expect(ids(made(5, ALL, from))).toEqual([1, 2, 3, 4]);
  });

  it('contains the earlier parts of its series, and says which later step needs each', () => {
    const plan = made(
      4,
      DIRECT,
      library(posts({ 1: [], 2: [], 3: [1], 4: [2] }), {
        series: [series([1, 3, 4, 5])],
      }),
    );
    expect(ids(plan)).toEqual([1, 3, 2]);
    expect(uses(plan)).toEqual(['2', '4', '4']);
    expect(plan.goal.needs).toEqual([2, 3]);
  });

  it('follows only references outside of the series with `near`', () => {
    const from = library(posts({ 1: [], 2: [], 3: [1], 4: [2], 5: [3, 4] }), {
      series: [series([3, 5])],
    });
    expect(ids(made(5, { ...DIRECT, reach: 'near' }, from))).toEqual([2, 3, 4]);
    expect(ids(made(5, ALL, from))).toEqual([1, 2, 3, 4]);
  });

  it('uses the series of a post on the way only if its references are not known', () => {
    const parts = [series([1, 2])];
    expect(
      ids(made(3, ALL, library(posts({ 1: [], 2: null, 3: [2] }), { series: parts }))),
    ).toEqual([1, 2]);
    expect(ids(made(3, ALL, library(posts({ 1: [], 2: [], 3: [2] }), { series: parts })))).toEqual([
      2,
    ]);
  });

  it('does not treat a collection as a series', () => {
    const all = Array.from({ length: 12 }, (_, i) => i + 1);
    const of = posts(Object.fromEntries(all.map((id) => [id, null])));
    expect(ids(made(12, ALL, library(of, { series: [series(all, 'curated')] })))).toEqual([]);
    expect(ids(made(12, ALL, library(of, { series: [series(all)] })))).toHaveLength(11);
    const few = series([10, 11, 12], 'curated');
    expect(ids(made(12, ALL, library(of, { series: [few] })))).toEqual([10, 11]);
  });

  it('is empty if references are not known, and undefined for an unknown post', () => {
    expect(ids(made(1, ALL, library(posts({ 1: null }))))).toEqual([]);
    expect(ids(made(2, ALL, library(posts({ 2: [1, 99] }))))).toEqual([]);
    expect(planFor(7, ALL, library(posts({ 1: null })))).toBeUndefined();
  });

  it('leaves out a later post that an older one links to', () => {
    expect(ids(made(1, ALL, library(posts({ 1: [2], 2: [1] }))))).toEqual([]);
    expect(ids(made(2, ALL, library(posts({ 1: [2], 2: [1] }))))).toEqual([1]);
    expect(ids(made(1, ALL, library(posts({ 1: [1] }))))).toEqual([]);
  });

  it('breaks a circle between series and dates by age, the same way every time', () => {
    const from = library(posts({ 1: [], 2: [1], 3: [2], 9: [1, 2, 3] }), {
      series: [series([3, 2, 1])],
    });
    expect(ids(made(9, ALL, from))).toEqual([1, 2, 3]);
    expect(uses(made(9, ALL, from))).toEqual(['2,4', '3,4', '4']);
  });

  it('keeps parts of a series together if possible', () => {
    const from = library(posts({ 1: [], 2: [], 3: [], 4: [], 5: [4], 9: [1, 2, 3, 4, 5] }), {
      series: [series([1, 3, 5])],
    });
    expect(ids(made(9, ALL, from))).toEqual([1, 3, 2, 4, 5]);
  });
});

describe('a read post', () => {
  const chain = posts({ 1: [], 2: [1], 3: [2], 4: [3] });

  it('is left out, and its prerequisites are not followed', () => {
    const plan = made(4, ALL, library(chain, { read: [2] }));
    expect(ids(plan)).toEqual([3]);
    expect(plan.read).toBe(1);
  });

  it('can be any prerequisite or the goal', () => {
    expect(made(4, ALL, library(chain, { read: [1, 2, 3, 4] }))).toMatchObject({
      steps: [],
      minutes: 0,
      unknown: 0,
      goal: { isRead: true },
    });
    expect(ids(made(4, ALL, library(chain, { read: [4] })))).toEqual([1, 2, 3]);
  });
});

describe('a shorter plan', () => {
  it('stays within the categories of the goal', () => {
    const of = posts({ 1: [], 2: [1], 3: [], 4: [2, 3] });
    const categories = { 1: ['a'], 2: ['b'], 3: ['c', 'a'], 4: ['a', 'd'] };
    const own = { reach: 'all', sameCategory: true } as const;
    expect(ids(made(4, own, library(of, { categories })))).toEqual([3]);
    expect(ids(made(4, own, library(of, { categories: { 1: [], 2: [], 3: [], 4: [] } })))).toEqual(
      [],
    );
  });
});

it('sums the known minutes and counts the other posts, without the goal', () => {
  const of = [
    post(1, { minutes: 20 }),
    post(2, { minutes: null }),
    post(3, { refs: [1, 2], minutes: 7 }),
  ];
  expect(made(3, ALL, library(of))).toMatchObject({ minutes: 20, unknown: 1 });
});

it('follows discovered posts, with and without a date', () => {
  const catalogue = new Catalogue({ posts: posts({ 1: [], 2: [1] }), series: [] }).with(
    new Map([
      [5, { id: 5, title: 'new', refs: [2], seen: '2020-02-01' }],
      [6, { id: 6, title: 'newer', date: '2020-01-20', refs: [5], seen: '2020-02-01' }],
    ]),
  );
  const plan = made(6, ALL, { catalogue, isRead: () => false, categoriesOf: () => [] });
  expect(ids(plan)).toEqual([1, 2, 5]);
});

describe('a plan with many steps', () => {
  const all = Array.from({ length: 1_500 }, (_, i) => i + 1);
  const of = all.map((id) => post(id, { refs: all.slice(Math.max(0, id - 40), id - 1) }));

  it('has the nearest 1,000 and says that it is cut', () => {
    const plan = made(1_500, ALL, library(of));
    expect(plan.isCut).toBe(true);
    expect(plan.steps).toHaveLength(MOST_STEPS);
    expect(ids(plan).slice(-900)).toEqual(all.slice(599, 1_499));
    expect(made(900, ALL, library(of))).toMatchObject({ isCut: false });
  });
});

describe('the blog’s own posts', () => {
  const categories = new Map(readSource().posts.map((each) => [each.id, each.categories]));
  const from: PlanSource = {
    catalogue: realCatalogue(),
    isRead: () => false,
    categoriesOf: (id) => categories.get(id) ?? [],
  };

  it('give a plan for one afternoon to the twelfth part of a series', () => {
    const plan = made(9708, PLAN_OPTIONS, from);
    expect(ids(plan)).toEqual([
      7947, 8130, 8231, 8265, 8338, 8397, 8601, 9403, 9431, 9444, 9603, 9675, 9706,
    ]);
    const minutes = ids(plan).map((id) => from.catalogue.post(id)?.minutes ?? null);
    expect(plan).toMatchObject({
      minutes: minutes.reduce<number>((sum, each) => sum + (each ?? 0), 0),
      unknown: minutes.filter((each) => each === null).length,
      read: 0,
      isCut: false,
    });
    expect(plan.steps[3]?.neededBy.at(-1)).toBe(14);
  });

  it('nearly all have short plans, and every step of every plan is needed', () => {
    const plans = [...from.catalogue.posts.keys()].map((id) => made(id, PLAN_OPTIONS, from));
    const sizes = plans.map(({ steps }) => steps.length).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(12);
    expect(sizes.at(-1)).toBeLessThanOrEqual(45);
    expect(plans.flatMap(({ steps }) => steps.filter((step) => !step.neededBy.length))).toEqual([]);
  });
});

describe('any posts', () => {
  const MOST = 24;
  const anyId = fc.integer({ min: 1, max: MOST });
  const anyPost = fc.record({
    id: anyId,
    date: fc.constantFrom('', '2020-01-01', '2020-01-02', '2020-02-01', '2021-01-01'),
    refs: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: MOST + 4 }), { maxLength: 8 })),
    minutes: fc.option(fc.integer({ min: 1, max: 60 })),
    title: fc.constant('t'),
  });
  const anyCase = fc.record({
    posts: fc.uniqueArray(anyPost, { minLength: 1, maxLength: MOST, selector: ({ id }) => id }),
    series: fc.array(
      fc.uniqueArray(anyId, { minLength: 2, maxLength: 8 }).map((parts) => series(parts)),
      { maxLength: 4 },
    ),
    read: fc.uniqueArray(anyId, { maxLength: 8 }),
    options: fc.record({ reach: fc.constantFrom(...REACHES), sameCategory: fc.boolean() }),
  });

  it('give a plan of unread posts, each once, none before a step that it needs', () => {
    fc.assert(
      fc.property(anyCase, ({ posts: of, series: all, read, options }) => {
        const from = library(of, { series: all, read });
        for (const { id } of of) {
          const plan = made(id, options, from);
          const got = ids(plan);
          expect(new Set(got).size).toBe(got.length);
          expect(got.filter((step) => step === id || read.includes(step))).toEqual([]);
          const steps = [...plan.steps, plan.goal];
          steps.forEach(({ needs, neededBy }, at) => {
            for (const number of needs) {
              expect(number).toBeLessThanOrEqual(at);
              expect(steps[number - 1]?.neededBy).toContain(at + 1);
            }
            expect(neededBy.every((number) => number > at + 1)).toBe(true);
          });
          expect(made(id, options, library(of.toReversed(), { series: all, read }))).toEqual(plan);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('are ordered so that references to earlier posts come first', () => {
    const dated = anyPost.map((one) =>
      Object.assign(one, { date: `2020-01-${10 + (one.id % 7)}` }),
    );
    const some = fc.uniqueArray(dated, { minLength: 1, maxLength: MOST, selector: ({ id }) => id });
    fc.assert(
      fc.property(some, (of) => {
        for (const { id } of of) {
          const plan = made(id, ALL, library(of));
          const placeOf = new Map(ids(plan).map((step, at) => [step, at]));
          for (const step of plan.steps) {
            for (const ref of step.post.refs ?? []) {
              const other = plan.steps[placeOf.get(ref) ?? -1]?.post;
              const isEarlier =
                other &&
                (other.date < step.post.date ||
                  (other.date === step.post.date && ref < step.post.id));
              if (isEarlier) expect(placeOf.get(ref)).toBeLessThan(placeOf.get(step.post.id) ?? -1);
            }
          }
        }
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});

describe('a saved plan', () => {
  const of = posts({ 1: [], 2: [1], 3: [2] });
  const kept = toSavedPlan(made(3, ALL, library(of)), ALL, '2026-11-22');

  it('keeps its steps, and shows the posts read since', () => {
    expect(kept).toEqual({ goal: 3, options: ALL, steps: [1, 2], day: '2026-11-22' });
    const now = planOf(kept, library(of, { read: [1] }));
    expect(now?.steps.map(({ isRead }) => isRead)).toEqual([true, false]);
    expect(now).toMatchObject({ minutes: 10, unknown: 0 });
    expect(now?.steps[0]?.neededBy).toEqual([2]);
  });

  it('stays without posts that are gone, in its order', () => {
    const odd: SavedPlan = { ...kept, steps: [2, 99, 1] };
    const now = planOf(odd, library(of));
    expect(now && ids(now)).toEqual([2, 1]);
    // A later post is no prerequisite.
    expect(now?.steps[0]?.needs).toEqual([]);
    expect(planOf({ ...kept, goal: 98 }, library(of))).toBeUndefined();
  });

  it('survives storing and reading', () => {
    const anyKept = fc
      .uniqueArray(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 60 })
      .chain(([goal = 1, ...steps]) =>
        fc.record({
          goal: fc.constant(goal),
          steps: fc.constant(steps),
          day: fc.constantFrom('2026-11-22', '2024-02-29'),
          options: fc.record({ reach: fc.constantFrom(...REACHES), sameCategory: fc.boolean() }),
        }),
      );
    const some = fc.uniqueArray(anyKept, { maxLength: 8, selector: ({ goal }) => goal });
    fc.assert(
      fc.property(some, (plans) => {
        const { plans: back, bad } = decodePlans(encodePlans(plans));
        expect(back).toEqual(plans);
        expect(bad).toEqual([]);
      }),
      { seed: 7 },
    );
  });

  it('is stored with 1,000 steps, not with more', () => {
    const most = Array.from({ length: MOST_STEPS }, (_, i) => i + 1);
    const long = { ...kept, goal: 5_000, steps: most };
    expect(decodePlans(encodePlans([long])).plans).toEqual([long]);
    expect(decodePlans(encodePlans([{ ...long, steps: [...most, 4_000] }]))).toMatchObject({
      plans: [],
      bad: [expect.stringContaining('5000')],
    });
  });

  it('exists once for each goal, and only the fifty saved last are kept', () => {
    const plans = Array.from({ length: 60 }, (_, i) => ({ ...kept, goal: 100 + i }));
    const back = decodePlans(encodePlans(plans)).plans;
    expect(back).toEqual(plans.slice(-MOST_PLANS));
    const again = withPlan(back, { ...kept, goal: 120, steps: [2] });
    expect(again).toHaveLength(MOST_PLANS);
    expect(again.at(-1)).toMatchObject({ goal: 120, steps: [2] });
  });

  it.each([
    ['nothing', ''],
    ['a step twice', '3\t2026-11-22\tall\tevery\t1,1'],
    ['the goal as a step', '3\t2026-11-22\tall\tevery\t1,3'],
    ['no day', '3\t2026-02-30\tall\tevery\t1'],
    ['another reach', '3\t2026-11-22\tfar\tevery\t1'],
    ['another category', '3\t2026-11-22\tall\tsome\t1'],
    ['an id out of range', '3\t2026-11-22\tall\tevery\t0'],
    ['a number in another notation', '3\t2026-11-22\tall\tevery\t1e3'],
    ['an additional column', '3\t2026-11-22\tall\tevery\t1\tx'],
    ['markup', '<img>\t2026-11-22\tall\tevery\t1'],
  ])('is set aside where a line has %s', (_, line) => {
    const good = encodePlans([kept]);
    expect(decodePlans(`${good}\n${line}`)).toEqual({
      plans: [kept],
      bad: [line],
      newer: undefined,
    });
  });

  it('is not lost to a damaged first line, of the present form and of the earlier one', () => {
    const [head = '', line] = encodePlans([kept]).split('\n');
    for (const first of [head, '1'])
      for (let at = 0; at < first.length; at++)
        for (const sign of '023456789-x') {
          const damaged = first.slice(0, at) + sign + first.slice(at + 1);
          expect(decodePlans(`${damaged}\n${line}`)).toEqual({
            plans: [kept],
            bad: damaged === head ? [] : [damaged],
            newer: undefined,
          });
        }
    expect(decodePlans(`1\n${line}`)).toEqual({ plans: [kept], bad: [], newer: undefined });
  });

  it('is decoded from any value without an error, and a newer version is not touched', () => {
    expect(decodePlans(undefined)).toEqual({ plans: [], bad: [], newer: undefined });
    expect(decodePlans('2-2\nwhatever')).toEqual({ plans: [], bad: [], newer: 2 });
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        expect(decodePlans(stored).plans).toEqual([]);
        expect(soundPlan(stored)).toBeUndefined();
      }),
      { seed: 8 },
    );
  });
});
