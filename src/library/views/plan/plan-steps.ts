/** The steps of a plan as a numbered proof, with arcs in the margin from each step to its prerequisites. */
import type { Step, PlanSource, ReadingPlan } from '../../../catalogue/plans/planner.ts';
import { displayName } from '../../../catalogue/series-name.ts';
import { markOf } from '../../../record/marks.ts';
import { toggled } from '../../../app/line-view.ts';
import { h, on, svg } from '../../../ui/h.ts';
import { markButton } from '../../../ui/mark-button.ts';
import { patch } from '../../../ui/patch.ts';
import { postLink } from '../../../ui/post-link.ts';
import type { PageWords } from '../../../ui/words/pages.ts';
import type { LibraryContext } from '../../view.ts';
import { arcs } from './plan-page.ts';

/** The width of the margin with the arcs, in px. */
const MARGIN = 84;
/** How many steps are named if a step is needed for more. */
const NAMED = 5;

export interface PlanSteps {
  readonly element: HTMLElement;
  draw(plan: ReadingPlan, source: PlanSource): void;
}

export function planSteps(context: LibraryContext): PlanSteps {
  const { live } = context;
  const drawing = svg('svg', { class: 'arcs', width: MARGIN, 'aria-hidden': 'true' });
  const list = h('ol', {});
  const element = h('div', { class: 'proof' }, drawing, list);
  let steps: readonly Step[] = [];

  const drawArcs = () => {
    const rows = [...list.children] as HTMLElement[];
    const heights = rows.map((row) => row.offsetTop + row.offsetHeight / 2);
    const { among, toGoal } = arcs(steps, heights, MARGIN);
    drawing.replaceChildren(
      svg('path', { d: among }),
      svg('path', { class: 'to-goal', d: toGoal }),
    );
  };
  const watch = new ResizeObserver(drawArcs);

  return {
    element,
    draw(plan, source) {
      steps = [...plan.steps, plan.goal];
      list.setAttribute('aria-label', live.words.plan.steps);
      patch(
        list,
        steps.map((step, at) => stepRow(context, step, at + 1, source, step === plan.goal)),
      );
      // A new observation calls back as soon as the rows are laid out, and whenever they change.
      watch.unobserve(list);
      watch.observe(list);
    },
  };
}

function stepRow(
  { live, actions }: LibraryContext,
  step: Step,
  number: number,
  source: PlanSource,
  isGoal: boolean,
): HTMLElement {
  const { words, settings, record } = live;
  const { id, title, minutes } = step.post;
  const mark = markOf(record, id);
  const button = markButton({ title, mark }, words, { 'data-key': `mark-${id}` });
  const press = () => void actions.mark([{ post: id, mark: toggled(mark, Date.now()) }]);
  on(button, 'click', press);
  return h(
    'li',
    { class: isGoal ? 'step goal' : 'step', 'data-key': `step-${id}` },
    button,
    h('span', { class: 'number' }, number),
    postLink(settings, id, { class: 'title', 'data-key': `open-${id}` }, title),
    h('span', { class: 'place' }, placeText(id, source, words)),
    h('span', { class: 'why' }, isGoal ? words.plan.goal : neededText(step, words)),
    h('span', { class: 'minutes' }, minutes === null ? '—' : words.plan.minutes(minutes)),
  );
}

/** The series of a post and its part; its categories if it is in no series. */
function placeText(id: number, source: PlanSource, words: PageWords): string {
  const [series] = source.catalogue.seriesOf(id);
  if (!series) return source.categoriesOf(id).join('、');
  const part = words.part(series.posts.indexOf(id) + 1, series.posts.length).join('');
  return words.partIn(displayName(series.name), part);
}

/** Which later steps need a step. */
function neededText({ neededBy: steps }: Step, { plan: words }: PageWords): string {
  if (steps.length === 0) return '';
  const named = steps.slice(0, NAMED).join(words.comma);
  return steps.length > NAMED ? words.neededByMany(named, steps.length) : words.neededBy(named);
}
