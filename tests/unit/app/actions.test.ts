import { describe, expect, it } from 'vitest';
import type { KeptPlan } from '../../../src/catalogue/plans/planner.ts';
import type { Answer, Change, PlanChange } from '../../../src/app/messages.ts';
import { Acts, type Keeper, type Notice } from '../../../src/app/actions.ts';
import { type Mark, UNREAD } from '../../../src/record/marks.ts';
import type { Step } from '../../../src/record/undo-steps.ts';

const AT = 1_600_000_000_000;
const READ: Mark = { kind: 'read', at: AT, by: 'hand' };
const HALF: Mark = { kind: 'reading', fraction: 0.4 };
const FAILED: Answer = { ok: false, why: 'full' };

/** A step as the background keeps it: what stood there by post, undefined for nothing. */
function step(id: string, before: Record<number, Mark | undefined>, undone = false): Step {
  const stamp = { time: AT, tick: 0, device: 'a' };
  const posts = Object.entries(before).map(([post, mark]) => [Number(post), mark] as const);
  return {
    number: 0,
    id,
    time: AT,
    what: 'act',
    undone,
    before: new Map(posts.flatMap(([post, mark]) => (mark ? [[post, { mark, stamp }]] : []))),
    after: new Map(posts.map(([post]) => [post, { mark: READ, stamp }])),
  };
}

/** Answers are given in their order, then every act is stored. */
function set(steps: Step[] = [], answers: Answer[] = []) {
  const asked: (Change[] | PlanChange | string)[] = [];
  const notices: Notice[] = [];
  const unsaved: Keeper['unsaved'] = new Map();
  const answerTo = async (what: Change[] | PlanChange | string): Promise<Answer> => {
    asked.push(what);
    await Promise.resolve();
    return answers.shift() ?? { ok: true, step: `step-${asked.length}` };
  };
  const keeper: Keeper = {
    unsaved,
    mark: async (...changes) => {
      const answer = await answerTo(changes);
      const again = () => keeper.mark(...changes);
      for (const { post, mark } of changes)
        if (answer.ok) unsaved.delete(post);
        else unsaved.set(post, { mark, why: answer.why, again });
      return answer;
    },
    undo: async (id) => {
      const answer = await answerTo(id);
      const done = steps.find((each) => each.id === id);
      if (done && answer.ok) done.undone = true;
      return answer;
    },
  };
  const acts = new Acts(
    keeper,
    async () => steps,
    (post) => `post ${post}`,
    (notice) => notices.push(notice),
    answerTo,
  );
  return { acts, asked, notices, steps, unsaved };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('stores a mark, says so, and takes that very step back', async () => {
  const { acts, asked, notices, steps } = set();
  await acts.mark({ post: 1, mark: READ });
  expect(notices).toMatchObject([{ kind: 'marked', title: 'post 1', mark: READ }]);
  steps.push(step('newer', { 9: UNREAD }), step('step-1', { 1: HALF }));
  if (notices[0]?.kind === 'marked') notices[0].undo?.();
  await settled();
  expect(asked).toEqual([[{ post: 1, mark: READ }], 'step-1']);
  expect(notices[1]).toEqual({ kind: 'marked', title: 'post 1', mark: HALF, undo: undefined });
});

it('takes back the steps that are stored, the latest first, then no more', async () => {
  const { acts, asked, notices } = set([
    step('c', { 3: undefined }, true),
    step('b', { 2: undefined }),
    step('a', { 1: HALF }),
  ]);
  await acts.undo();
  await acts.undo();
  await acts.undo();
  expect(asked).toEqual(['b', 'a']);
  expect(notices).toMatchObject([
    { kind: 'marked', title: 'post 2', mark: UNREAD },
    { kind: 'marked', title: 'post 1', mark: HALF },
  ]);
});

it('marks many posts as one step and says how many, also of what could not be undone', async () => {
  const many = step('step-1', { 1: HALF, 2: undefined, 3: undefined });
  const { acts, asked, notices, steps } = set([], [{ ok: true, step: 'step-1' }]);
  const changes = [1, 2, 3].map((post) => ({ post, mark: READ }));
  await acts.mark(...changes);
  expect(asked).toEqual([changes]);
  expect(notices).toMatchObject([{ kind: 'marked-many', posts: 3 }]);
  steps.push(many);
  await acts.undo();
  expect(notices[1]).toEqual({ kind: 'undone', posts: 3, left: 0 });

  const other = set([step('x', { 1: HALF, 2: HALF })], [{ ok: true, left: 1 }]);
  await other.acts.undo();
  expect(other.notices).toEqual([{ kind: 'undone', posts: 1, left: 1 }]);
});

it('says why something was not stored, and tries the same act again', async () => {
  const { acts, asked, notices, unsaved } = set([], [FAILED]);
  await acts.mark({ post: 1, mark: READ });
  expect(notices).toMatchObject([{ kind: 'failed', why: 'full' }]);
  expect([...unsaved.keys()]).toEqual([1]);
  if (notices[0]?.kind === 'failed') notices[0].retry();
  await settled();
  expect(asked).toHaveLength(2);
  expect(notices[1]).toMatchObject({ kind: 'marked', mark: READ });
});

it('reminds of what is not saved when something else was said since', async () => {
  const { acts, notices } = set([], [FAILED]);
  acts.remind();
  expect(notices).toEqual([]);
  await acts.mark({ post: 1, mark: READ });
  await acts.mark({ post: 2, mark: HALF });
  acts.remind();
  expect(notices.map(({ kind }) => kind)).toEqual(['failed', 'marked', 'failed']);
  if (notices[2]?.kind === 'failed') notices[2].retry();
  await settled();
  acts.remind();
  expect(notices.map(({ kind }) => kind)).toEqual(['failed', 'marked', 'failed', 'marked']);
  expect(notices[3]).toMatchObject({ title: 'post 1', mark: READ });
});

it('keeps a step that could not be taken back', async () => {
  const { acts, asked, notices } = set([step('a', { 1: UNREAD })], [FAILED]);
  await acts.undo();
  await acts.undo();
  expect(asked).toEqual(['a', 'a']);
  expect(notices.map(({ kind }) => kind)).toEqual(['failed', 'marked']);
});

it('asks nothing more of a post, nor of undoing, until it is answered', async () => {
  const { acts, asked } = set([step('b', { 1: HALF }), step('a', { 1: HALF })]);
  await Promise.all([acts.mark({ post: 1, mark: READ }), acts.mark({ post: 1, mark: HALF })]);
  await Promise.all([acts.undo(), acts.undo()]);
  expect(asked).toEqual([[{ post: 1, mark: READ }], 'b']);
});

describe('a plan', () => {
  const plan: KeptPlan = {
    goal: 7,
    options: { reach: 'all', sameCategory: false },
    steps: [3, 5],
    day: '2026-11-22',
  };

  it('is kept, said, and taken back from what says so', async () => {
    const { acts, asked, notices } = set();
    await acts.plan(plan);
    expect(notices).toMatchObject([{ kind: 'planned', title: 'post 7' }]);
    if (notices[0]?.kind === 'planned') notices[0].undo?.();
    await settled();
    expect(asked).toEqual([{ keep: plan }, { drop: 7 }]);
    expect(notices[1]).toEqual({ kind: 'planned', title: 'post 7', undo: undefined });
  });

  it('is what the next undo takes back, and the marks before it after that', async () => {
    const { acts, asked } = set([step('earlier', { 1: HALF })]);
    await acts.plan(plan);
    await acts.undo();
    await acts.undo();
    expect(asked).toEqual([{ keep: plan }, { drop: 7 }, 'earlier']);
  });

  it('is not taken back in the place of a mark that was made since', async () => {
    const { acts, asked } = set([step('since', { 1: HALF })]);
    await acts.plan(plan);
    await acts.mark({ post: 1, mark: READ });
    await acts.undo();
    expect(asked.at(-1)).toBe('since');
  });

  it('that could not be kept is tried again, and no undo takes it back', async () => {
    const { acts, asked, notices } = set([], [FAILED]);
    await acts.plan(plan);
    expect(notices).toMatchObject([{ kind: 'failed', why: 'full' }]);
    await acts.undo();
    expect(asked).toEqual([{ keep: plan }]);
    if (notices[0]?.kind === 'failed') notices[0].retry();
    await settled();
    expect(asked).toEqual([{ keep: plan }, { keep: plan }]);
    expect(notices[1]).toMatchObject({ kind: 'planned', title: 'post 7' });
  });
});
