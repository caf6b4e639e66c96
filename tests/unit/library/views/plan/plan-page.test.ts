import { planAddress, readAddress } from '../../../../../src/app/library-address.ts';
import { describe, expect, it } from 'vitest';
import { PLAN_OPTIONS, REACHES, type Step } from '../../../../../src/catalogue/plans/planner.ts';
import { Catalogue } from '../../../../../src/catalogue/catalogue.ts';
import type { Post } from '../../../../../src/catalogue/post.ts';
import {
  arcs,
  progressOf,
  readPlanQuery,
} from '../../../../../src/library/views/plan/plan-page.ts';

describe('the address of a plan', () => {
  it('decodes to what was encoded, with any options', () => {
    for (const reach of REACHES)
      for (const sameCategory of [true, false]) {
        const options = { reach, sameCategory };
        expect(readPlanQuery(readAddress(planAddress(9708, options)).query)).toEqual({
          goal: 9708,
          options,
        });
      }
    expect(readPlanQuery(readAddress(planAddress(9708)).query)).toEqual({
      goal: 9708,
      options: undefined,
    });
  });

  it.each(['', 'goal=', 'goal=0', 'goal=-1', 'goal=1.5', 'goal=x', 'goal=1e99', 'goal=9708000000'])(
    'has no goal in %j',
    (query) => {
      expect(readPlanQuery(new URLSearchParams(query)).goal).toBeUndefined();
    },
  );

  it('has no options if their words are unknown', () => {
    const query = new URLSearchParams('goal=9708&reach=far&scope=own');
    expect(readPlanQuery(query)).toEqual({ goal: 9708, options: undefined });
  });
});

const post = (id: number, minutes: number | null): Post => ({
  id,
  title: `第 ${id} 篇`,
  date: '2026-01-02',
  refs: [],
  minutes,
});

it('the progress of a saved plan counts read posts, and missing posts as unknown', () => {
  const posts = [post(1, 10), post(2, 20), post(3, null)];
  const plan = { goal: 4, steps: [1, 2, 3, 99], options: PLAN_OPTIONS, day: '2026-11-22' };
  const catalogue = new Catalogue({ posts, series: [] });
  expect(progressOf(plan, { catalogue, isRead: (id) => id === 1 })).toEqual({
    read: 1,
    minutes: 20,
    unknown: 2,
  });
});

describe('the arcs', () => {
  const step = (id: number, ...needs: number[]): Step => ({
    post: post(id, 1),
    isRead: false,
    needs,
    neededBy: [],
  });
  const WIDTH = 84;
  const numbersIn = (path: string) =>
    path
      .split('M')
      .slice(1)
      .map((arc) => arc.split(/[C ]/).map(Number));

  it('connect each step with its prerequisites, and the goal with separate arcs', () => {
    const { among, toGoal } = arcs([step(1), step(2, 1), step(3, 1, 2)], [10, 50, 90], WIDTH);
    const ends = (path: string) => numbersIn(path).map((arc) => [arc[1], arc.at(-1)]);
    expect(ends(among)).toEqual([[10, 50]]);
    expect(ends(toGoal)).toEqual([
      [10, 90],
      [50, 90],
    ]);
  });

  it('stay in the margin, longer ones further out', () => {
    const last = 1_000;
    const steps = Array.from({ length: last }, (_, at) => step(at + 1));
    steps[last - 1] = step(last, 1, 500, last - 1);
    const heights = steps.map((_, at) => at * 46);
    // A cubic arc extends to three quarters of the distance of its handles.
    const outs = numbersIn(arcs(steps, heights, WIDTH).toGoal).map(
      ([, , x = 0]) => (WIDTH - x) * 0.75,
    );
    expect(outs[0]).toBeCloseTo(WIDTH, 0);
    expect(outs[0]).toBeGreaterThan(outs[1] ?? 0);
    expect(outs[1]).toBeGreaterThan(outs[2] ?? 0);
    expect(outs[2]).toBeGreaterThan(10);
  });
});
