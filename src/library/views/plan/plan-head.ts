/** The head of a plan: its goal, its summary, its options and its actions. */
import {
  MOST_STEPS,
  type PlanOptions,
  REACHES,
  type ReadingPlan,
} from '../../../catalogue/plans/planner.ts';
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { toggle } from '../../../ui/controls.ts';
import { h } from '../../../ui/h.ts';
import { titlePieces } from '../../../ui/pieces.ts';
import type { PageWords } from '../../../ui/words/pages.ts';
import type { LibraryContext } from '../../view.ts';
import { planAddress } from '../../../app/library-address.ts';
import type { ShownPlan } from './plan-page.ts';

/** The goal's title, and the summary of the plan. */
export function planTitle(
  { live, catalogue }: LibraryContext,
  plan: ReadingPlan,
  shown: ShownPlan,
): HTMLElement {
  const { words } = live;
  const { id, title } = plan.goal.post;
  return h(
    'div',
    { class: 'page-head' },
    h('p', { class: 'lead' }, words.plan.lead),
    h('h1', { lang: BLOG_LANGUAGE }, ...titlePieces(title, catalogue.seriesOf(id))),
    h('p', { class: 'text' }, summaryText(plan, shown, words)),
  );
}

/** The summary: how many posts, how long they take, and what is left out and why. */
function summaryText(
  { steps, minutes, unknown, goal }: ReadingPlan,
  { read, isCut }: Pick<ShownPlan, 'read' | 'isCut'>,
  words: PageWords,
): string {
  const left = steps.filter((step) => !step.isRead).length;
  const time = minutes > 0 ? words.minutes(minutes) : '';
  return [
    left > 0 ? words.plan.text(left, time, unknown) : words.plan.nothing,
    left < steps.length && words.plan.stillOf(steps.length, steps.length - left),
    read > 0 && words.plan.alsoRead(read),
    goal.post.refs === null && words.plan.unknown,
    isCut && words.plan.cut(MOST_STEPS),
  ]
    .filter((sentence) => sentence !== false)
    .join('');
}

/** How far back a plan goes, and whether it stays in its category. */
export function planOptions(
  context: LibraryContext,
  goal: number,
  options: PlanOptions,
): HTMLElement[] {
  const words = context.live.words.plan;
  const option = (key: string, text: string, isOn: boolean, next: PlanOptions) => {
    const press = () => context.go(planAddress(goal, next));
    return toggle(key, isOn, press, text);
  };
  const { reach, sameCategory } = options;
  return [
    h(
      'div',
      { class: 'segments', role: 'group', 'aria-label': words.reach },
      ...REACHES.map((each) =>
        option(each, words.reaches[each], each === reach, { ...options, reach: each }),
      ),
    ),
    option('own', words.sameCategory, sameCategory, { ...options, sameCategory: !sameCategory }),
  ];
}
