/** The saved plans, a row each. */
import type { SavedPlan, PlanSource } from '../../../catalogue/plans/planner.ts';
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { h } from '../../../ui/h.ts';
import { planAddress } from '../../../app/library-address.ts';
import { quiet, quietButton } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';
import { progressOf } from './plan-page.ts';

export function planList(
  { live, plans, actions }: LibraryContext,
  source: PlanSource,
): HTMLElement[] {
  const { words } = live;
  const row = (plan: SavedPlan) => {
    const { goal } = plan;
    const title = source.catalogue.post(goal)?.title ?? words.record.newPost(goal);
    const { read, minutes, unknown } = progressOf(plan, source);
    return h(
      'li',
      { 'data-key': `saved-${goal}` },
      h(
        'a',
        {
          href: planAddress(goal),
          lang: BLOG_LANGUAGE,
          'data-key': `plan-${goal}`,
        },
        title,
      ),
      h('span', {}, words.readOf(read, plan.steps.length)),
      h('span', {}, words.left(minutes, unknown)),
      h('time', {}, plan.day),
      quietButton(words.plan.drop, `drop-${goal}`, () => void actions.dropPlan(plan), {
        'aria-label': words.plan.dropPlan(title),
      }),
    );
  };
  return [
    h('h2', {}, words.plan.plans),
    plans.all().length > 0
      ? h('ul', { class: 'plans' }, ...plans.all().map(row))
      : quiet(words.plan.none, 'p'),
  ];
}
