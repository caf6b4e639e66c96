/**
 * What to read before a post. It builds on the posts that it refers to and on the earlier parts of
 * its series; what is read is known, so that it is left out and not followed further back. Plain
 * data, no DOM.
 *
 * Three rules come from the data (1,341 posts, 1,435 references, an empty record):
 * - The author goes back to old posts and adds a link to what came later. All twelve references to
 *   later posts are such: the later one refers back. So a reference to a later post is no need.
 * - Followed to the end the references lead everywhere: a tenth of all posts would need more than 80.
 *   The reader chooses how far (Reach); `near` asks for 10 posts at most by nine goals of ten, 39 by
 *   the worst.
 * - What a post that is merely on the way builds on is said by its references. Only where nobody
 *   knows them, its series stands in.
 */
import { isPostId } from '../../site/address.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Post } from '../post.ts';
import { isDay } from '../discovered/facts.ts';

/**
 * How far back: `direct`, the goal's own references and earlier parts; `near`, what its references
 * outside of its series build on too; `all`, as far as references lead.
 */
export type Reach = 'direct' | 'near' | 'all';

export interface PlanOptions {
  reach: Reach;
  /** Only posts of one of the goal's own categories, and what they build on. */
  sameCategory: boolean;
}

export const REACHES: readonly Reach[] = ['direct', 'near', 'all'];
export const PLAN_OPTIONS: PlanOptions = { reach: 'near', sameCategory: false };

/** What a plan is made from. */
export interface PlanSource {
  catalogue: Catalogue;
  isRead: (id: number) => boolean;
  /** [] if they are not known; such a post shares no category with the goal. */
  categoriesOf: (id: number) => readonly string[];
}

export interface Step {
  post: Post;
  /** Read since the plan was kept; a new plan has no such step. */
  isRead: boolean;
  /** Numbers of the earlier steps that this one builds on, from 1, rising. */
  needs: number[];
  /** Numbers of the later steps that build on this one, rising; the goal is the last number. */
  neededBy: number[];
}

export interface ReadingPlan {
  /** What to read first, in order; the goal itself is not among them. */
  steps: Step[];
  /** The goal, as the step after the last. */
  goal: Step;
  /** Reading time of the steps that are not read, the goal's own left out. */
  minutes: number;
  /** How many of those are of unknown length. */
  unknown: number;
  /** Posts that are needed and left out, for they are read. */
  read: number;
  /** Whether there was more than a plan may hold. */
  isCut: boolean;
}

/** A plan that the reader keeps. */
export interface KeptPlan {
  goal: number;
  options: PlanOptions;
  /** Post ids in reading order, the goal not among them. */
  steps: number[];
  /** YYYY-MM-DD, the day when it was kept. */
  day: string;
}

export const MOST_STEPS = 1_000;
export const MOST_PLANS = 50;
/**
 * From so many parts on a series that was put together by topic is a collection (44 daily pictures,
 * 36 calendars of the sky): its parts do not build on one another. The longest that do are 7.
 */
const COLLECTION = 10;

/** What to read before `goal`; undefined where the catalogue does not know that post. */
export function planFor(
  goal: number,
  options: PlanOptions,
  source: PlanSource,
): ReadingPlan | undefined {
  const post = source.catalogue.post(goal);
  if (!post) return undefined;
  const { ids, read, isCut } = collect(post, options, source);
  return arrange(inOrder(ids, post, source.catalogue), post, source, { read, isCut });
}

/** A kept plan as it stands now: its own steps in its own order, some of them read since. */
export function planOf(kept: KeptPlan, source: PlanSource): ReadingPlan | undefined {
  const post = source.catalogue.post(kept.goal);
  if (!post) return undefined;
  const steps = kept.steps.flatMap((id) => source.catalogue.post(id) ?? []);
  return arrange(steps, post, source, { read: 0, isCut: false });
}

/** A plan as it is kept on a day, YYYY-MM-DD. */
export function keep(plan: ReadingPlan, options: PlanOptions, day: string): KeptPlan {
  return { goal: plan.goal.post.id, options, steps: plan.steps.map(({ post }) => post.id), day };
}

/** The posts to read, generation by generation, so that the nearest stay where there are too many. */
function collect(
  goal: Post,
  { reach, sameCategory }: PlanOptions,
  { catalogue, isRead, categoriesOf }: PlanSource,
): { ids: Set<number>; read: number; isCut: boolean } {
  const categories = categoriesOf(goal.id);
  const fits = (id: number) =>
    catalogue.post(id) !== undefined &&
    (!sameCategory || categoriesOf(id).some((name) => categories.includes(name)));
  const ids = new Set<number>();
  const read = new Set<number>();
  let isCut = false;
  /** Those of some posts that are new to the plan, at most as many as there is room for. */
  const take = (found: readonly number[]) => {
    const taken: Post[] = [];
    for (const id of found) {
      const post = catalogue.post(id);
      if (!post || id === goal.id || ids.has(id) || !fits(id)) continue;
      if (isRead(id)) read.add(id);
      else if (ids.size < MOST_STEPS) {
        ids.add(id);
        taken.push(post);
      } else isCut = true;
    }
    return taken;
  };
  const own = take(earlierParts(goal.id, catalogue));
  const others = take(earlierReferences(goal, catalogue));
  if (reach === 'near') take(others.flatMap((post) => needsOf(post, catalogue)));
  let next = reach === 'all' ? [...own, ...others] : [];
  while (next.length > 0) next = take(next.flatMap((post) => needsOf(post, catalogue)));
  return { ids, read: read.size, isCut };
}

/** What a post on the way builds on. */
function needsOf(post: Post, catalogue: Catalogue): number[] {
  return post.refs ? earlierReferences(post, catalogue) : earlierParts(post.id, catalogue);
}

function earlierReferences(post: Post, catalogue: Catalogue): number[] {
  return (post.refs ?? []).filter((id) => {
    const other = catalogue.post(id);
    return other !== undefined && byAge(other, post) < 0;
  });
}

function earlierParts(id: number, catalogue: Catalogue): number[] {
  return sequencesOf(id, catalogue).flatMap((posts) => posts.slice(0, posts.indexOf(id)));
}

/** The series of a post whose parts build on one another. */
function sequencesOf(id: number, catalogue: Catalogue): (readonly number[])[] {
  return catalogue
    .seriesOf(id)
    .filter(({ kind, posts }) => kind === 'numbered' || posts.length < COLLECTION)
    .map(({ posts }) => posts);
}

/** By date; by id on one day, and where a date is not known, for ids rise with the dates. */
function byAge(a: Post, b: Post): number {
  const isDated = a.date !== '' && b.date !== '' && a.date !== b.date;
  return isDated ? (a.date < b.date ? -1 : 1) : a.id - b.id;
}

/**
 * For each post of a plan, the others of it that it builds on: its references, and the part before
 * it among those of its series that are in the plan.
 */
function links(ids: ReadonlySet<number>, catalogue: Catalogue): Map<number, Set<number>> {
  const needs = new Map<number, Set<number>>();
  for (const id of ids) {
    const post = catalogue.post(id);
    const found = post ? earlierReferences(post, catalogue).filter((ref) => ids.has(ref)) : [];
    for (const posts of sequencesOf(id, catalogue)) {
      const before = posts.slice(0, posts.indexOf(id)).findLast((part) => ids.has(part));
      if (before !== undefined) found.push(before);
    }
    needs.set(id, new Set(found));
  }
  return needs;
}

/**
 * Nothing before what it needs; among what is ready the next part of the series at hand, else the
 * oldest. Where an order of a series and the dates contradict each other, posts may need each other
 * in a circle: then the oldest of those left comes first. Costs the square of the steps at worst.
 */
function inOrder(ids: ReadonlySet<number>, goal: Post, catalogue: Catalogue): Post[] {
  const needs = links(ids, catalogue);
  const left = [...ids].flatMap((id) => catalogue.post(id) ?? []).sort(byAge);
  const placed = new Set<number>();
  const ordered: Post[] = [];
  const isReady = ({ id }: Post) => [...(needs.get(id) ?? [])].every((need) => placed.has(need));
  const isLeft = (id: number) => needs.has(id) && !placed.has(id);
  while (left.length > 0) {
    const following = nextParts(ordered.at(-1), isLeft, catalogue);
    const next =
      left.find((post) => following.includes(post.id) && isReady(post)) ??
      left.find(isReady) ??
      left[0] ??
      goal;
    left.splice(left.indexOf(next), 1);
    placed.add(next.id);
    ordered.push(next);
  }
  return ordered;
}

function nextParts(
  post: Post | undefined,
  isLeft: (id: number) => boolean,
  catalogue: Catalogue,
): number[] {
  if (!post) return [];
  return sequencesOf(post.id, catalogue).flatMap(
    (posts) => posts.slice(posts.indexOf(post.id) + 1).find(isLeft) ?? [],
  );
}

/** The plan of posts that are in order. A need that comes after what needs it is none. */
function arrange(
  posts: readonly Post[],
  goal: Post,
  { catalogue, isRead }: PlanSource,
  rest: Pick<ReadingPlan, 'read' | 'isCut'>,
): ReadingPlan {
  const all = [...posts, goal];
  const numberOf = new Map(all.map(({ id }, at) => [id, at + 1]));
  const needs = links(new Set(numberOf.keys()), catalogue);
  const steps = all.map((post, at): Step => {
    const numbers = [...(needs.get(post.id) ?? [])].map((id) => numberOf.get(id) ?? 0);
    const earlier = numbers.filter((number) => number <= at).sort((a, b) => a - b);
    return { post, isRead: isRead(post.id), needs: earlier, neededBy: [] };
  });
  steps.forEach((step, at) => {
    for (const number of step.needs) steps[number - 1]?.neededBy.push(at + 1);
  });
  const last = steps.pop() ?? { post: goal, isRead: isRead(goal.id), needs: [], neededBy: [] };
  const unread = steps.filter((step) => !step.isRead).map(({ post }) => post.minutes);
  return {
    steps,
    goal: last,
    minutes: unread.reduce((sum: number, minutes) => sum + (minutes ?? 0), 0),
    unknown: unread.filter((minutes) => minutes === null).length,
    ...rest,
  };
}

export const PLANS_VERSION = 1;

export interface DecodedPlans {
  /** One a goal, the one kept last at the end. */
  plans: KeptPlan[];
  /** Lines that were not understood, as they stood. */
  bad: string[];
  /** The version of a value that a newer companion stored, which must not be written over. */
  newer: number | undefined;
}

/**
 * Plans as they are stored: a line with the version, then a line a plan,
 * `GOAL DAY REACH own|every STEP,STEP,…` between tabs. 1,000 steps are 6 kB.
 */
export function encodePlans(plans: readonly KeptPlan[]): string {
  return [
    PLANS_VERSION,
    ...plans.map(({ goal, options: { reach, sameCategory }, steps, day }) =>
      [goal, day, reach, sameCategory ? 'own' : 'every', steps.join()].join('\t'),
    ),
  ].join('\n');
}

/** Reads what is stored, whatever it is. Never throws. */
export function decodePlans(stored: unknown): DecodedPlans {
  const none: DecodedPlans = { plans: [], bad: [], newer: undefined };
  if (stored === undefined) return none;
  if (typeof stored !== 'string') return { ...none, bad: [`plans: ${typeof stored}`] };
  const [version = '', ...lines] = stored.split('\n');
  if (Number(version) > PLANS_VERSION) return { ...none, newer: Number(version) };
  const bad: string[] = [];
  let plans: KeptPlan[] = [];
  for (const line of lines) {
    const plan = decodePlan(line);
    if (plan) plans = withPlan(plans, plan);
    else bad.push(line);
  }
  return { plans, bad, newer: undefined };
}

/** The plans with one more, in the place of an older one to the same goal; at most 50. */
export function withPlan(plans: readonly KeptPlan[], plan: KeptPlan): KeptPlan[] {
  return [...plans.filter(({ goal }) => goal !== plan.goal), plan].slice(-MOST_PLANS);
}

function decodePlan(line: string): KeptPlan | undefined {
  const [goal = '', day, reach, scope, steps = '', ...more] = line.split('\t');
  if (more.length > 0 || (scope !== 'own' && scope !== 'every')) return undefined;
  return soundPlan({
    goal: idOf(goal),
    day,
    options: { reach, sameCategory: scope === 'own' },
    steps: steps === '' ? [] : steps.split(',', MOST_STEPS + 1).map(idOf),
  });
}

/** Anything as a kept plan; undefined where one of its fields is unsound. */
export function soundPlan(given: unknown): KeptPlan | undefined {
  const { goal, day, options, steps } = fieldsOf(given);
  const { reach, sameCategory } = fieldsOf(options);
  const isSound =
    isPostId(goal) &&
    isDay(day) &&
    REACHES.some((known) => known === reach) &&
    typeof sameCategory === 'boolean' &&
    Array.isArray(steps) &&
    steps.length <= MOST_STEPS &&
    steps.every(isPostId) &&
    new Set(steps).size === steps.length &&
    !steps.includes(goal);
  if (!isSound) return undefined;
  return { goal, day, options: { reach: reach as Reach, sameCategory }, steps: [...steps] };
}

function fieldsOf(given: unknown): Record<string, unknown> {
  return typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
}

/** No id where a text is not written as one. */
function idOf(text: string): number {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : Number.NaN;
}
