/** 计划: what to read before a post, as a numbered proof; and the plans that the reader keeps. */
import { displayName } from '../../../catalogue/series-name.ts';
import type { Post } from '../../../catalogue/post.ts';
import {
  keep,
  type KeptPlan,
  type Library,
  MOST_PLANS,
  MOST_STEPS,
  type Plan,
  planFor,
  planOf,
  type PlanOptions,
  REACHES,
  type Step,
} from '../../../catalogue/plans/planner.ts';
import { breakTitle } from '../../../catalogue/title.ts';
import { listAsText, listAsUrl } from '../../../exchange/share.ts';
import { markOf } from '../../../record/marks.ts';
import type { PlanChange } from '../../../app/messages.ts';
import { write } from '../../../app/transport.ts';
import { button, h, on, svg } from '../../../ui/h.ts';
import { markIcon } from '../../../ui/icons.ts';
import { patch } from '../../../ui/patch.ts';
import { dayOf } from '../../../record/time.ts';
import { toggled } from '../../../app/line-view.ts';
import { markText } from '../../../ui/words/index.ts';
import { keptPlans } from '../../saved-plans.ts';
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { postLink } from '../../../ui/post-link.ts';
import { copied, pageHead } from '../../components.ts';
import { arcs, libraryOf, optionsOf, planQuery, progressOf, readPlanQuery } from './plan-page.ts';
import { postFinder } from './post-finder.ts';
import { type Shelf, type View, viewAddress } from '../../view.ts';

/** The margin of the arcs, in px. */
const MARGIN = 84;
/** Steps that are named where one is needed by many. */
const NAMED = 5;

/** A plan as the page shows it: its steps stay while they are ticked off. */
interface Shown extends Pick<Plan, 'read' | 'isCut'> {
  kept: KeptPlan;
}

export function planView(shelf: Shelf, signal: AbortSignal): View {
  const { live } = shelf;
  const head = h('div', {});
  const said = h('p', { class: 'said', role: 'status' });
  const body = h('div', {});
  const finderName = h('h2', {});
  const finder = postFinder(
    shelf,
    () => live.words.plan.find,
    ({ id }) => viewAddress('plan', planQuery(id)),
    signal,
  );
  const list = h('div', {});
  const arcsDrawing = svg('svg', { class: 'arcs', width: MARGIN, 'aria-hidden': 'true' });
  const steps = h('ol', {});
  const proof = h('div', { class: 'proof' }, arcsDrawing, steps);
  const element = h(
    'section',
    { class: 'plan' },
    head,
    said,
    body,
    finderName,
    finder.element,
    list,
  );
  let asked = readPlanQuery(new URLSearchParams());
  /** Made for this, which is made anew when the reader asks for something else. */
  let made: { key: string; shown: Shown } | undefined;

  const shownFor = (goal: number, all: Library): Shown | undefined => {
    const kept = plans.to(goal);
    if (kept && !asked.options) return { kept, read: 0, isCut: false };
    const options = optionsOf(asked, undefined);
    const key = JSON.stringify([goal, options]);
    if (made?.key === key) return made.shown;
    const plan = planFor(goal, options, all);
    if (!plan) return undefined;
    const { read, isCut } = plan;
    made = { key, shown: { kept: keep(plan, options, dayOf(Date.now())), read, isCut } };
    return made.shown;
  };

  const say = (text: string, action?: HTMLElement, isError = false) => {
    said.classList.toggle('error', isError);
    said.replaceChildren(text, ' ', action ?? '');
  };

  /** Says what became of it, with what takes it back or tries it again. */
  const change = async (request: PlanChange, done: string, undo?: PlanChange) => {
    const { words } = live;
    const answer = await write('plans', { change: request });
    if (!answer.ok) {
      const again = button(words.retry, 'retry', () => void change(request, done, undo), signal);
      return say(words.notSaved[answer.why], again, true);
    }
    const back = () => undo && void change(undo, words.plan.keptNow);
    say(done, undo && button(words.undo, 'undo', back, signal));
  };

  const keepPlan = (plan: KeptPlan) => {
    const { words } = live;
    const isFull = plans.all().length >= MOST_PLANS && !plans.to(plan.goal);
    if (isFull) say(words.plan.full(MOST_PLANS), undefined, true);
    else void change({ keep: plan }, words.plan.keptNow);
  };

  const dropPlan = (plan: KeptPlan) =>
    void change({ drop: plan.goal }, live.words.plan.dropped, { keep: plan });

  const titleOf = ({ id, title }: Post) => {
    const names = shelf.catalogue.seriesOf(id).map(({ name }) => name);
    return breakTitle(title, names).map((piece) => h('span', { class: 'piece' }, piece));
  };

  const summary = (plan: Plan, { read, isCut }: Shown): string => {
    const { words } = live;
    const left = plan.steps.filter((step) => !step.isRead).length;
    const time = plan.minutes > 0 ? words.minutes(plan.minutes) : '';
    return [
      left > 0 ? words.plan.text(left, time, plan.unknown) : words.plan.nothing,
      left < plan.steps.length
        ? words.plan.stillOf(plan.steps.length, plan.steps.length - left)
        : '',
      read > 0 ? words.plan.alsoRead(read) : '',
      plan.goal.post.refs === null ? words.plan.unknown : '',
      isCut ? words.plan.cut(MOST_STEPS) : '',
    ]
      .filter(Boolean)
      .join('');
  };

  const optionControls = (goal: number, options: PlanOptions) => {
    const words = live.words.plan;
    const toggle = (key: string, text: string, isOn: boolean, next: PlanOptions) => {
      const attributes = { 'aria-pressed': String(isOn), 'data-key': key };
      const control = h('button', { type: 'button', class: 'toggle', ...attributes }, text);
      on(control, 'click', () => shelf.go(viewAddress('plan', planQuery(goal, next))), signal);
      return control;
    };
    const { reach, sameCategory } = options;
    return [
      h(
        'div',
        { class: 'segments', role: 'group', 'aria-label': words.reach },
        ...REACHES.map((each) =>
          toggle(each, words.reaches[each], each === reach, { ...options, reach: each }),
        ),
      ),
      toggle('own', words.sameCategory, sameCategory, { ...options, sameCategory: !sameCategory }),
    ];
  };

  const copy = async (text: string | undefined) => say(await copied(text, live.words.record));

  const actions = (plan: Plan, kept: KeptPlan) => {
    const { words, settings } = live;
    const ids = [...plan.steps, plan.goal].map(({ post }) => post.id);
    const shared = { title: plan.goal.post.title, ids };
    const stored = plans.to(kept.goal);
    const isKept = stored !== undefined && stored.steps.join() === kept.steps.join();
    const quiet = { class: 'action quiet' };
    const copyText = () => void copy(listAsText(shared, shelf.catalogue, settings.host));
    // A title may be too long for an address; the posts themselves are what counts.
    const copyUrl = () =>
      void copy(
        listAsUrl(shared, settings.host) ?? listAsUrl({ ...shared, title: '' }, settings.host),
      );
    return h(
      'div',
      { class: 'actions' },
      isKept && h('span', { class: 'quiet' }, words.plan.kept(stored.day)),
      button(words.record.copyText, 'share-text', copyText, signal, quiet),
      button(words.record.copyAddress, 'share-address', copyUrl, signal, quiet),
      isKept
        ? button(words.plan.drop, 'drop', () => dropPlan(stored), signal)
        : button(words.plan.keep, 'keep', () => keepPlan(kept), signal),
    );
  };

  const stepRow = (step: Step, number: number, all: Library, isGoal: boolean) => {
    const { words, settings, record } = live;
    const { id, title, minutes } = step.post;
    const mark = markOf(record, id);
    const text = markText(mark, words);
    const press = h(
      'button',
      {
        type: 'button',
        class: 'mark',
        title: text,
        'data-key': `mark-${id}`,
        'aria-pressed': String(step.isRead),
        'aria-label': words.markOf(title, text),
      },
      markIcon(mark),
    );
    on(
      press,
      'click',
      () => void shelf.actions.mark([{ post: id, mark: toggled(mark, Date.now()) }]),
      signal,
    );
    return h(
      'li',
      { class: isGoal ? 'step goal' : 'step', 'data-key': `step-${id}` },
      press,
      h('span', { class: 'number' }, number),
      postLink(settings, id, { class: 'title', 'data-key': `open-${id}` }, title),
      h('span', { class: 'place' }, placeOf(id, all)),
      h('span', { class: 'why' }, isGoal ? words.plan.goal : neededBy(step)),
      h('span', { class: 'minutes' }, minutes === null ? '—' : words.plan.minutes(minutes)),
    );
  };

  const placeOf = (id: number, all: Library): string => {
    const [series] = all.catalogue.seriesOf(id);
    if (!series) return all.categoriesOf(id).join('、');
    const { part, partIn } = live.words;
    const place = part(series.posts.indexOf(id) + 1, series.posts.length).join('');
    return partIn(displayName(series.name), place);
  };

  const neededBy = ({ neededBy: steps }: Step): string => {
    const words = live.words.plan;
    if (steps.length === 0) return '';
    const named = steps.slice(0, NAMED).join(words.comma);
    return steps.length > NAMED ? words.neededByMany(named, steps.length) : words.neededBy(named);
  };

  const drawProof = (plan: Plan, all: Library) => {
    const shownSteps = [...plan.steps, plan.goal];
    const rows = shownSteps.map((step, at) => stepRow(step, at + 1, all, step === plan.goal));
    steps.setAttribute('aria-label', live.words.plan.steps);
    patch(steps, rows);
    drawArcs = () => {
      const heights = [...steps.querySelectorAll('li')].map(
        (row) => row.offsetTop + row.offsetHeight / 2,
      );
      const { among, toGoal } = arcs(shownSteps, heights, MARGIN);
      arcsDrawing.replaceChildren(
        svg('path', { d: among }),
        svg('path', { class: 'to-goal', d: toGoal }),
      );
    };
    drawArcs();
  };

  let drawArcs = () => {};
  // Titles may come to stand in more lines, and the view may be seen again.
  const resized = new ResizeObserver(() => drawArcs());
  resized.observe(steps);
  signal.addEventListener('abort', () => resized.disconnect());

  const keptRow = (plan: KeptPlan, all: Library) => {
    const { words } = live;
    const title = all.catalogue.post(plan.goal)?.title ?? words.record.newPost(plan.goal);
    const { read, minutes, unknown } = progressOf(plan, all);
    return h(
      'li',
      {},
      h(
        'a',
        {
          href: viewAddress('plan', planQuery(plan.goal)),
          lang: BLOG_LANGUAGE,
          'data-key': `plan-${plan.goal}`,
        },
        title,
      ),
      h('span', {}, words.readOf(read, plan.steps.length)),
      h('span', {}, words.left(minutes, unknown)),
      h('time', {}, plan.day),
      button(words.plan.drop, `drop-${plan.goal}`, () => dropPlan(plan), signal, {
        class: 'action quiet',
        'aria-label': words.plan.dropPlan(title),
      }),
    );
  };

  const draw = () => {
    if (!plans.loaded) return;
    const words = live.words.plan;
    const all = libraryOf(shelf);
    const shown = asked.goal === undefined ? undefined : shownFor(asked.goal, all);
    const plan = shown && planOf(shown.kept, all);
    finderName.hidden = !plan;
    finderName.textContent = words.title;
    finder.draw();
    if (plan && shown) {
      patch(head, [
        h(
          'div',
          { class: 'page-head' },
          h('p', { class: 'lead' }, words.lead),
          h('h1', { lang: BLOG_LANGUAGE }, ...titleOf(plan.goal.post)),
          h('p', { class: 'text' }, summary(plan, shown)),
        ),
        h(
          'div',
          { class: 'options' },
          ...optionControls(plan.goal.post.id, shown.kept.options),
          actions(plan, shown.kept),
        ),
      ]);
      patch(body, [proof]);
      drawProof(plan, all);
    } else {
      const title = asked.goal === undefined ? words.title : words.noPost;
      patch(head, [pageHead(live.words.views.plan, title, words.about)]);
      patch(body, []);
    }
    patch(list, [
      h('h2', {}, words.plans),
      plans.all().length > 0
        ? h('ul', { class: 'plans' }, ...plans.all().map((each) => keptRow(each, all)))
        : h('p', { class: 'quiet' }, words.none),
    ]);
  };

  const plans = keptPlans(() => {
    if (element.isConnected) draw();
  }, signal);

  return {
    element,
    draw(query) {
      const next = readPlanQuery(query);
      if (next.goal !== asked.goal) {
        finder.clear();
        say('');
      }
      // What is left out is what is read now, not what was read when it was looked at before.
      if (JSON.stringify(next) !== JSON.stringify(asked)) made = undefined;
      asked = next;
      draw();
    },
  };
}
