/** What the reader does with the chosen post of the map, by a key or on its card. */
import { toggled } from '../../../app/line-view.ts';
import {
  MOST_PLANS,
  PLAN_OPTIONS,
  planFor,
  toSavedPlan,
} from '../../../catalogue/plans/planner.ts';
import { dayOf } from '../../../record/days.ts';
import { type Mark, markOf } from '../../../record/marks.ts';
import { planSourceOf } from '../plan/plan-page.ts';
import { planAddress } from '../../../app/library-address.ts';
import type { LibraryContext } from '../../view.ts';

export function toggleRead({ live, actions }: LibraryContext, post: number): void {
  const mark = toggled(markOf(live.record, post), Date.now());
  void actions.mark([{ post, mark }]);
}

export function toggleLater({ live, actions }: LibraryContext, post: number): void {
  const isLater = markOf(live.record, post).kind === 'later';
  const mark: Mark = { kind: isLater ? 'unread' : 'later' };
  void actions.mark([{ post, mark }]);
}

/** Saves a plan for the post, or opens the one that there is, or the list if that is full. */
export function planTo(context: LibraryContext, post: number): void {
  const { plans, actions } = context;
  if (!plans.isLoaded) return;
  const mayAdd = !plans.to(post) && plans.all().length < MOST_PLANS;
  const made = mayAdd ? planFor(post, PLAN_OPTIONS, planSourceOf(context)) : undefined;
  if (made) void actions.keepPlan(toSavedPlan(made, PLAN_OPTIONS, dayOf(Date.now())));
  else context.go(planAddress(post));
}
