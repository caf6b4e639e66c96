// @vitest-environment jsdom
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type SavedPlan,
  MOST_PLANS,
  PLAN_OPTIONS,
} from '../../../../../src/catalogue/plans/planner.ts';
import { planView } from '../../../../../src/library/views/plan/plan-view.ts';
import type { View } from '../../../../../src/library/view.ts';
import { click, trustEvents } from '../../../reader.ts';
import { libraryContext, postOf, words } from '../../context.ts';

const READ = { kind: 'read', at: 0, by: 'hand' } as const;
/** 4 builds on 2 and 3, and both on 1. */
const POSTS = [
  postOf(1, { date: '2026-01-01' }),
  postOf(2, { date: '2026-01-02', refs: [1] }),
  postOf(3, { date: '2026-01-03', refs: [1], minutes: null }),
  postOf(4, { date: '2026-01-04', refs: [2, 3] }),
];

let stage: ReturnType<typeof libraryContext>;
let view: View;

beforeAll(() => {
  trustEvents();
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined;
      unobserve = () => undefined;
      disconnect = () => undefined;
    },
  );
});
beforeEach(() => {
  stage = libraryContext({ posts: POSTS, categories: { 1: ['数学'], 2: ['物理'], 4: ['数学'] } });
  view = planView(stage.context);
  document.body.replaceChildren(view.element);
});

const draw = (query = 'goal=4') => view.draw(new URLSearchParams(query));
const steps = () => [...view.element.querySelectorAll<HTMLElement>('.step')];
const ids = () => steps().map((step) => Number(/\d+$/.exec(step.querySelector('a')?.href ?? '')));
const control = (key: string) => view.element.querySelector<HTMLElement>(`[data-key="${key}"]`);
const summary = () => view.element.querySelector('.page-head .text')?.textContent;
const saved = (more: Partial<SavedPlan> = {}): SavedPlan => ({
  goal: 4,
  steps: [1, 2, 3],
  options: PLAN_OPTIONS,
  day: '2026-11-22',
  ...more,
});

describe('a plan', () => {
  it('lists the prerequisites of the goal in order, with the steps that need them', () => {
    draw();
    expect(ids()).toEqual([1, 2, 3, 4]);
    expect(steps().map((step) => step.querySelector('.why')?.textContent)).toEqual([
      words.plan.neededBy('2、3'),
      words.plan.neededBy('4'),
      words.plan.neededBy('4'),
      words.plan.goal,
    ]);
    expect(summary()).toBe(words.plan.text(3, words.minutes(20), 1));
  });

  it('leaves out read posts, and says so', () => {
    stage.marks.set(1, READ);
    draw();
    expect(ids()).toEqual([2, 3, 4]);
    expect(summary()).toContain(words.plan.alsoRead(1));
  });

  it('keeps its steps while they are read, until the reader opens it again', () => {
    draw();
    stage.marks.set(2, READ);
    draw();
    expect(ids()).toEqual([1, 2, 3, 4]);
    expect(control('mark-2')?.getAttribute('aria-pressed')).toBe('true');
    expect(summary()).toContain(words.plan.stillOf(3, 1));
    draw('');
    expect(steps().filter((step) => step.closest('[hidden]') === null)).toEqual([]);
    draw();
    expect(ids()).toEqual([1, 3, 4]);
  });

  it('stays in the goal’s category if the reader wants that', () => {
    draw('goal=4&reach=all&scope=own');
    expect(ids()).not.toContain(2);
    click(control('own'));
    expect(stage.asked).toEqual([{ go: '#plan?goal=4&reach=all' }]);
    const pressed = control('own');
    draw('goal=4&reach=all');
    expect(control('own')).toBe(pressed);
  });

  it('says that there is none for an unknown post', () => {
    draw('goal=99');
    expect(view.element.querySelector('h1')?.textContent).toBe(words.plan.noPost);
    expect(view.element.querySelector<HTMLElement>('.proof')?.hidden).toBe(true);
  });

  it('marks the post of a step', () => {
    draw();
    click(control('mark-3')?.firstElementChild);
    expect(stage.asked).toEqual([
      { mark: [{ post: 3, mark: expect.objectContaining({ kind: 'read' }) }] },
    ]);
  });
});

describe('the saved plans', () => {
  it('are listed with their progress', () => {
    stage.saved.push(saved());
    stage.marks.set(1, READ);
    draw('');
    const [row] = view.element.querySelectorAll('.plans li');
    expect(row?.textContent).toContain(words.readOf(1, 3));
    expect(row?.querySelector('a')?.getAttribute('href')).toBe('#plan?goal=4');
  });

  it('show their own steps in their own order', () => {
    stage.saved.push(saved({ steps: [3, 1] }));
    draw();
    expect(ids()).toEqual([3, 1, 4]);
    expect(control('save')?.textContent).toBe(words.plan.drop);
    draw('goal=4&reach=all');
    expect(ids()).toEqual([1, 2, 3, 4]);
    expect(control('save')?.textContent).toBe(words.plan.keep);
  });

  it('are limited in number', () => {
    for (let goal = 100; goal < 100 + MOST_PLANS; goal++) stage.saved.push(saved({ goal }));
    draw();
    click(control('save'));
    expect(stage.asked).toEqual([{ notice: { kind: 'plans-full', most: MOST_PLANS } }]);
  });

  it('replace a plan for the same goal, and can be removed', () => {
    stage.saved.push(saved({ steps: [3, 1] }));
    draw('goal=4&reach=all');
    click(control('save'));
    draw();
    click(control('save'));
    click(control('drop-4'));
    const [before] = stage.saved;
    expect(stage.asked).toEqual([
      { keep: expect.objectContaining({ goal: 4, steps: [1, 2, 3] }), replaced: before },
      { drop: before },
      { drop: before },
    ]);
  });
});

describe('the focus', () => {
  it('stays on the button that saves a plan and deletes it', () => {
    draw();
    control('save')?.focus();
    stage.saved.push(saved());
    draw();
    expect(document.activeElement?.textContent).toBe(words.plan.drop);
    stage.saved.pop();
    draw();
    expect(document.activeElement?.textContent).toBe(words.plan.keep);
  });
});
