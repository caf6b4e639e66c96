import { afterEach, describe, expect, it, vi } from 'vitest';
import { Actions, type ActionsOptions, type Notice } from '../../../src/app/actions.ts';
import type { Answer, Change, PlanChange } from '../../../src/app/messages.ts';
import type { SavedPlan } from '../../../src/catalogue/plans/planner.ts';
import { type Mark, UNREAD } from '../../../src/record/marks.ts';
import type { UndoStep } from '../../../src/record/undo-steps.ts';
import { stubBrowser } from '../fake-browser.ts';

const AT = 1_600_000_000_000;
const READ: Mark = { kind: 'read', at: AT, by: 'hand' };
const HALF: Mark = { kind: 'reading', fraction: 0.4 };
const FAILED: Answer = { ok: false, why: 'full' };

afterEach(() => vi.unstubAllGlobals());

/** A step of the undo list with the marks that it replaced, by post; undefined if the post had no mark. */
function step(id: string, before: Record<number, Mark | undefined>, undone = false): UndoStep {
  const stamp = { time: AT, tick: 0, device: 'a' };
  const posts = Object.entries(before).map(([post, mark]) => [Number(post), mark] as const);
  return {
    number: 0,
    id,
    time: AT,
    kind: 'act',
    undone,
    before: new Map(posts.flatMap(([post, mark]) => (mark ? [[post, { mark, stamp }]] : []))),
    after: new Map(posts.map(([post]) => [post, { mark: READ, stamp }])),
  };
}

/** Requests get these answers in turn; further requests are answered with `ok`. */
function set(steps: UndoStep[] = [], answers: Answer[] = []) {
  const asked: (Change[] | PlanChange | string)[] = [];
  const notices: Notice[] = [];
  const unsaved: ActionsOptions['live']['unsaved'] = new Map();
  const answerTo = async (what: Change[] | PlanChange | string): Promise<Answer> => {
    asked.push(what);
    await Promise.resolve();
    return answers.shift() ?? { ok: true, step: `step-${asked.length}` };
  };
  const live: ActionsOptions['live'] = {
    unsaved,
    mark: async (changes) => {
      const answer = await answerTo(changes);
      const retry = () => live.mark(changes);
      for (const { post, mark } of changes)
        if (answer.ok) unsaved.delete(post);
        else unsaved.set(post, { mark, why: answer.why, retry });
      return answer;
    },
    undo: async (id) => {
      const answer = await answerTo(id);
      const done = steps.find((each) => each.id === id);
      if (done && answer.ok) done.undone = true;
      return answer;
    },
  };
  stubBrowser({
    answer: async ({ change }: { change: PlanChange }) => ({ value: await answerTo(change) }),
  });
  const actions = new Actions({
    live,
    titleOf: (post) => `post ${post}`,
    publish: (notice) => notices.push(notice),
    readSteps: async () => steps,
  });
  return { actions, asked, notices, steps, unsaved };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
/** Presses the button of a notice. */
const press = async (notice: Notice | undefined) => {
  notice?.action?.run();
  await settled();
};

it('stores a mark, says so, and undoes exactly that step', async () => {
  const { actions, asked, notices, steps } = set();
  await actions.mark([{ post: 1, mark: READ }]);
  expect(notices).toMatchObject([{ kind: 'marked', title: 'post 1', mark: READ }]);
  steps.push(step('newer', { 9: UNREAD }), step('step-1', { 1: HALF }));
  await press(notices[0]);
  expect(asked).toEqual([[{ post: 1, mark: READ }], 'step-1']);
  expect(notices[1]).toEqual({ kind: 'marked', post: 1, title: 'post 1', mark: HALF });
});

it('undoes the stored steps, the latest first, then none', async () => {
  const { actions, asked, notices } = set([
    step('c', { 3: undefined }, true),
    step('b', { 2: undefined }),
    step('a', { 1: HALF }),
  ]);
  await actions.undo();
  await actions.undo();
  await actions.undo();
  expect(asked).toEqual(['b', 'a']);
  expect(notices).toMatchObject([
    { kind: 'marked', title: 'post 2', mark: UNREAD },
    { kind: 'marked', title: 'post 1', mark: HALF },
  ]);
});

it('marks many posts as one step and says how many, also if it cannot be undone', async () => {
  const many = step('step-1', { 1: HALF, 2: undefined, 3: undefined });
  const { actions, asked, notices, steps } = set([], [{ ok: true, step: 'step-1' }]);
  const changes = [1, 2, 3].map((post) => ({ post, mark: READ }));
  await actions.mark(changes);
  expect(asked).toEqual([changes]);
  expect(notices).toMatchObject([{ kind: 'marked-many', posts: 3 }]);
  steps.push(many);
  await actions.undo();
  expect(notices[1]).toEqual({ kind: 'undone', posts: 3, left: 0 });

  const other = set([step('x', { 1: HALF, 2: HALF })], [{ ok: true, left: 1 }]);
  await other.actions.undo();
  expect(other.notices).toEqual([{ kind: 'undone', posts: 1, left: 1 }]);
});

it('says why something is not stored, and retries the same act', async () => {
  const { actions, asked, notices, unsaved } = set([], [FAILED]);
  await actions.mark([{ post: 1, mark: READ }]);
  expect(notices).toMatchObject([{ kind: 'failed', why: 'full' }]);
  expect([...unsaved.keys()]).toEqual([1]);
  await press(notices[0]);
  expect(asked).toHaveLength(2);
  expect(notices[1]).toMatchObject({ kind: 'marked', mark: READ });
});

it('reminds the reader of an unsaved act after other notices', async () => {
  const { actions, notices } = set([], [FAILED]);
  actions.remind();
  expect(notices).toEqual([]);
  await actions.mark([{ post: 1, mark: READ }]);
  await actions.mark([{ post: 2, mark: HALF }]);
  actions.remind();
  expect(notices.map(({ kind }) => kind)).toEqual(['failed', 'marked', 'failed']);
  await press(notices[2]);
  actions.remind();
  expect(notices.map(({ kind }) => kind)).toEqual(['failed', 'marked', 'failed', 'marked']);
  expect(notices[3]).toMatchObject({ title: 'post 1', mark: READ });
});

it('keeps a step that cannot be undone', async () => {
  const { actions, asked, notices } = set([step('a', { 1: UNREAD })], [FAILED]);
  await actions.undo();
  await actions.undo();
  expect(asked).toEqual(['a', 'a']);
  expect(notices.map(({ kind }) => kind)).toEqual(['failed', 'marked']);
});

it('says that a step is gone, and offers no useless retry', async () => {
  const { actions, notices } = set([step('b', { 2: UNREAD })], [{ ok: false, why: 'gone' }]);
  await actions.undo('a');
  expect(notices).toEqual([{ kind: 'failed', why: 'gone' }]);
});

it('sends every mark at once, and undoes only after all answers', async () => {
  const { actions, asked } = set([step('b', { 1: HALF }), step('a', { 1: HALF })]);
  const marks = [actions.mark([{ post: 1, mark: READ }]), actions.mark([{ post: 1, mark: HALF }])];
  expect(asked).toHaveLength(2);
  await Promise.all([...marks, actions.undo()]);
  expect(asked).toEqual([[{ post: 1, mark: READ }], [{ post: 1, mark: HALF }], 'b']);
});

it('undoes two steps if it is asked twice before the first answer', async () => {
  const { actions, notices } = set([step('b', { 1: HALF }), step('a', { 2: READ })]);
  await Promise.all([actions.undo(), actions.undo()]);
  expect(notices).toMatchObject([
    { post: 1, mark: HALF },
    { post: 2, mark: READ },
  ]);
});

it('undoes two steps that are asked for at once, and each only once', async () => {
  const { actions, asked } = set([step('b', { 1: HALF }), step('a', { 2: HALF })]);
  await Promise.all([actions.undo('b'), actions.undo('a'), actions.undo('b')]);
  expect(asked).toEqual(['b', 'a']);
});

it('sends other requests, and retries a failed one', async () => {
  const { actions, notices } = set();
  const answers: Answer[] = [FAILED, { ok: true, step: 'x' }];
  const sent: string[] = [];
  const send = async () => {
    sent.push('request');
    return answers.shift() ?? FAILED;
  };
  await actions.run(send, ({ step: id }) => ({
    kind: id === 'x' ? 'restored' : 'nothing-changed',
  }));
  expect(notices).toMatchObject([{ kind: 'failed', why: 'full', action: { kind: 'retry' } }]);
  await press(notices[0]);
  expect(sent).toHaveLength(2);
  expect(notices[1]).toEqual({ kind: 'restored' });
});

describe('an act of which the undo list has only a part, or nothing', () => {
  it('is undone whole by the next undo, and the marks before it by the following one', async () => {
    const { actions, asked } = set([step('newest', { 1: HALF })]);
    const undoAll = async () => {
      await actions.undo('imported');
      asked.push('the rest');
    };
    await actions.run(
      async () => ({ ok: true, step: 'imported' }),
      () => ({
        kind: 'imported',
        action: { kind: 'undo', run: () => void undoAll(), isBeyondList: true },
      }),
    );
    await actions.undo();
    await vi.waitFor(() => expect(asked).toEqual(['imported', 'the rest']));
    await actions.undo();
    expect(asked.at(-1)).toBe('newest');
  });

  it('is not undone instead of a later mark', async () => {
    const { actions, asked } = set([step('since', { 1: HALF })]);
    await actions.run(
      async () => ({ ok: true }),
      () => ({
        kind: 'forgotten',
        posts: 1,
        action: { kind: 'undo', run: () => asked.push('forgotten'), isBeyondList: true },
      }),
    );
    await actions.mark([{ post: 1, mark: READ }]);
    await actions.undo();
    expect(asked.at(-1)).toBe('since');
  });
});

describe('a plan', () => {
  const plan: SavedPlan = {
    goal: 7,
    options: { reach: 'all', sameCategory: false },
    steps: [3, 5],
    day: '2026-11-22',
  };

  it('is saved, and the notice of it can undo that', async () => {
    const { actions, asked, notices } = set();
    await actions.keepPlan(plan);
    expect(notices).toMatchObject([{ kind: 'planned', title: 'post 7' }]);
    await press(notices[0]);
    expect(asked).toEqual([{ keep: plan }, { drop: 7 }]);
    expect(notices[1]).toEqual({ kind: 'unplanned', title: 'post 7' });
  });

  it('is undone by the next undo, and the marks before it by the following ones', async () => {
    const { actions, asked } = set([step('earlier', { 1: HALF })]);
    await actions.keepPlan(plan);
    await actions.undo();
    await actions.undo();
    expect(asked).toEqual([{ keep: plan }, { drop: 7 }, 'earlier']);
  });

  it('is not undone instead of a later mark', async () => {
    const { actions, asked } = set([step('since', { 1: HALF })]);
    await actions.keepPlan(plan);
    await actions.mark([{ post: 1, mark: READ }]);
    await actions.undo();
    expect(asked.at(-1)).toBe('since');
  });

  it('restores the plan that it replaced when it is undone', async () => {
    const { actions, asked, notices } = set();
    const replaced = { ...plan, steps: [5] };
    await actions.keepPlan(plan, replaced);
    await press(notices[0]);
    expect(asked).toEqual([{ keep: plan }, { keep: replaced }]);
  });

  it('is saved again by undo after its removal', async () => {
    const { actions, asked, notices } = set([step('earlier', { 1: HALF })]);
    await actions.dropPlan(plan);
    expect(notices).toMatchObject([{ kind: 'unplanned', title: 'post 7' }]);
    await press(notices[0]);
    await actions.dropPlan(plan);
    await actions.undo();
    await actions.undo();
    const saved = [{ drop: 7 }, { keep: plan }];
    expect(asked).toEqual([...saved, ...saved, 'earlier']);
  });

  it('is retried if it cannot be saved, and is no step to undo', async () => {
    const { actions, asked, notices } = set([], [FAILED]);
    await actions.keepPlan(plan);
    expect(notices).toMatchObject([{ kind: 'failed', why: 'full' }]);
    await actions.undo();
    expect(asked).toEqual([{ keep: plan }]);
    await press(notices[0]);
    expect(asked).toEqual([{ keep: plan }, { keep: plan }]);
    expect(notices[1]).toMatchObject({ kind: 'planned', title: 'post 7' });
  });
});
