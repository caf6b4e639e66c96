/** 计划: what to read before a post, as a numbered proof; and the plans that the reader saves. */
import {
  type SavedPlan,
  MOST_PLANS,
  planOf,
  type ReadingPlan,
} from '../../../catalogue/plans/planner.ts';
import { listAsText, listAsUrl } from '../../../exchange/share.ts';
import { copy } from '../../../ui/copy.ts';
import { button, h } from '../../../ui/h.ts';
import { patch } from '../../../ui/patch.ts';
import { pageHead, quiet, quietButton, redrawRows } from '../../components.ts';
import { planOptions, planTitle } from './plan-head.ts';
import { planList } from './plan-list.ts';
import { planSourceOf, PlanMaker, readPlanQuery } from './plan-page.ts';
import { planSteps } from './plan-steps.ts';
import { postFinder } from './post-finder.ts';
import type { LibraryContext, View } from '../../view.ts';

export function planView(context: LibraryContext): View {
  const { live, plans, actions } = context;
  const head = h('div', { class: 'plan-head' });
  const steps = planSteps(context);
  const finderName = h('h2', {});
  const finder = postFinder(context);
  const list = h('div', {});
  const element = h(
    'section',
    { class: 'plan' },
    head,
    steps.element,
    finderName,
    finder.element,
    list,
  );
  const maker = new PlanMaker();
  let asked = readPlanQuery(new URLSearchParams());

  const save = (plan: SavedPlan) => {
    const replaced = plans.to(plan.goal);
    if (!replaced && plans.all().length >= MOST_PLANS)
      context.publish({ kind: 'plans-full', most: MOST_PLANS });
    else void actions.keepPlan(plan, replaced);
  };

  /** The buttons that copy and save. `kept` is the plan in the form that is saved. */
  const planActions = (plan: ReadingPlan, kept: SavedPlan) => {
    const { words, settings } = live;
    const { catalogue } = context;
    const ids = [...plan.steps, plan.goal].map(({ post }) => post.id);
    const shared = { title: plan.goal.post.title, ids };
    const saved = plans.to(kept.goal);
    const isSaved = saved !== undefined && saved.steps.join() === kept.steps.join();
    const copyText = () => void copy(listAsText(shared, catalogue, settings.host), context.publish);
    // A title may be too long for an address; the posts themselves are what counts.
    const url =
      listAsUrl(shared, settings.host) ?? listAsUrl({ ...shared, title: '' }, settings.host);
    const copyUrl = () => void copy(url, context.publish);
    return h(
      'div',
      { class: 'actions' },
      isSaved && quiet(words.plan.kept(saved.day)),
      quietButton(words.record.copyText, 'share-text', copyText),
      quietButton(words.record.copyAddress, 'share-address', copyUrl),
      // One key for both, so that the focus stays there.
      isSaved
        ? button(words.plan.drop, 'save', () => void actions.dropPlan(saved))
        : button(words.plan.keep, 'save', () => save(kept)),
    );
  };

  const draw = () => {
    if (!plans.isLoaded) return;
    const { words } = live;
    const source = planSourceOf(context);
    const { goal } = asked;
    const shown = goal === undefined ? undefined : maker.planTo(goal, asked.options, plans, source);
    const plan = shown && planOf(shown.kept, source);
    finderName.hidden = !plan;
    finderName.textContent = words.plan.title;
    finder.draw();
    steps.element.hidden = !plan;
    if (plan && shown) {
      const { kept } = shown;
      patch(head, [
        planTitle(context, plan, shown),
        h(
          'div',
          { class: 'options' },
          ...planOptions(context, plan.goal.post.id, kept.options),
          planActions(plan, kept),
        ),
      ]);
      steps.draw(plan, source);
    } else {
      const title = goal === undefined ? words.plan.title : words.plan.noPost;
      patch(head, [pageHead(words.views.plan, title, words.plan.about)]);
    }
    redrawRows(list, planList(context, source));
  };

  return {
    element,
    draw(query) {
      const next = readPlanQuery(query);
      if (next.goal !== asked.goal) finder.clear();
      // When the reader returns to a plan, it leaves out the posts that are read now.
      if (JSON.stringify(next) !== JSON.stringify(asked)) maker.forget();
      asked = next;
      draw();
    },
  };
}
