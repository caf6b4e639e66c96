/** The address of a plan, the plan that is shown, its progress, and the arcs between its steps. Pure. */
import { type ReadingTime, readingTimeOf } from '../../../catalogue/post.ts';
import { isPostId } from '../../../site/address.ts';
import {
  type SavedPlan,
  PLAN_OPTIONS,
  planFor,
  type PlanOptions,
  REACHES,
  type Step,
  type PlanSource,
  type ReadingPlan,
  toSavedPlan,
} from '../../../catalogue/plans/planner.ts';
import { markOf } from '../../../record/marks.ts';
import { dayOf } from '../../../record/days.ts';
import type { SavedPlans } from '../../saved-plans.ts';
import type { LibraryContext } from '../../view.ts';

/** The data that plans are made from. */
export function planSourceOf({
  catalogue,
  details,
  live,
}: Pick<LibraryContext, 'catalogue' | 'details'> & {
  live: Pick<LibraryContext['live'], 'record'>;
}): PlanSource {
  return {
    catalogue,
    isRead: (id) => markOf(live.record, id).kind === 'read',
    categoriesOf: (id) => details.get(id)?.categories ?? [],
  };
}

export interface Asked {
  /** undefined if none is chosen, or if the address has no valid id. */
  goal: number | undefined;
  /** undefined if the address has none: then those of the saved plan, or the default. */
  options: PlanOptions | undefined;
}

/** Reads the query of a planAddress. */
export function readPlanQuery(query: URLSearchParams): Asked {
  const goal = Number(query.get('goal'));
  const reach = REACHES.find((each) => each === query.get('reach'));
  return {
    goal: isPostId(goal) ? goal : undefined,
    options: reach && { reach, sameCategory: query.get('scope') === 'own' },
  };
}

/** The plan that the page shows, in the form that is saved. */
export interface ShownPlan extends Pick<ReadingPlan, 'read' | 'isCut'> {
  kept: SavedPlan;
}

/** Makes the plan for a goal and caches it, so that its steps do not move while they are read. */
export class PlanMaker {
  #made: { key: string; shown: ShownPlan } | undefined;

  /** The saved plan, unless other options are asked for; undefined if there is no such post. */
  planTo(
    goal: number,
    options: PlanOptions | undefined,
    saved: Pick<SavedPlans, 'to'>,
    source: PlanSource,
  ): ShownPlan | undefined {
    const kept = saved.to(goal);
    if (kept && !options) return { kept, read: 0, isCut: false };
    const wanted = options ?? PLAN_OPTIONS;
    const key = JSON.stringify([goal, wanted]);
    if (this.#made?.key === key) return this.#made.shown;
    const plan = planFor(goal, wanted, source);
    if (!plan) return undefined;
    const { read, isCut } = plan;
    const shown = { kept: toSavedPlan(plan, wanted, dayOf(Date.now())), read, isCut };
    this.#made = { key, shown };
    return shown;
  }

  /** Makes the next call of planTo compute the plan again. */
  forget(): void {
    this.#made = undefined;
  }
}

/** How far an arc reaches, in px: a little for neighbours, the whole margin for the longest. */
const NEAREST = 12;
/** Below 1, so that short arcs do not overlap. */
const FLATNESS = 0.7;

/**
 * One path for the arcs between steps and one for those to the goal, the last of `steps`. `heights`:
 * the middle of each step's row; the arcs end at `width`, where the rows begin. All in px.
 */
export function arcs(
  steps: readonly Step[],
  heights: readonly number[],
  width: number,
): { among: string; toGoal: string } {
  const paths = { among: '', toGoal: '' };
  steps.forEach(({ needs }, at) => {
    for (const need of needs) {
      const [from, to] = [heights[need - 1] ?? 0, heights[at] ?? 0];
      const share = (at - need + 1) / Math.max(1, steps.length - 1);
      const out = NEAREST + (width - NEAREST) * share ** FLATNESS;
      // The middle of a cubic arc is at three quarters of the distance of its handles.
      const x = round(width - out / 0.75);
      const arc = `M${width} ${round(from)}C${x} ${round(from)} ${x} ${round(to)} ${width} ${round(to)}`;
      paths[at === steps.length - 1 ? 'toGoal' : 'among'] += arc;
    }
  });
  return paths;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

/** The progress of a saved plan; does not arrange its steps, because a list has many plans. */
export function progressOf(
  { steps }: SavedPlan,
  { catalogue, isRead }: Pick<PlanSource, 'catalogue' | 'isRead'>,
): { read: number } & ReadingTime {
  const left = steps.filter((id) => !isRead(id)).map((id) => catalogue.post(id)?.minutes ?? null);
  return { read: steps.length - left.length, ...readingTimeOf(left) };
}
