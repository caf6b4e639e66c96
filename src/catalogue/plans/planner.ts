/**
 * Computes what to read before a post, its prerequisites: the posts that it refers to and the earlier
 * parts of its series. Posts that are read are left out, and their own prerequisites are not followed.
 * Pure.
 *
 * Three rules come from the data (1,341 posts, 1,435 references, an empty record):
 * - A reference to a later post is no prerequisite. All twelve such references are links that the
 * author added to an old post afterwards, and the later post refers back.
 * - If all references are followed to the end, a tenth of all posts need more than 80 others. So the reader
 * chooses how far they are followed (Reach). `near` needs at most 10 posts for nine goals of ten, 39 at most.
 * - The prerequisites of a post on the way are its references. Its series is used only if its
 * references are not known.
 */
import type { Catalogue } from '../catalogue.ts';
import { type Post, type ReadingTime, readingTimeOf } from '../post.ts';

/**
 * How far back a plan goes. `direct`: the goal's own references and earlier parts; `near`: also the
 * prerequisites of its references outside of its series; `all`: as far as references lead.
 */
export type Reach = 'direct' | 'near' | 'all';

export interface PlanOptions {
  reach: Reach;
  /** Whether the plan contains only posts that share a category with the goal. */
  sameCategory: boolean;
}

export const REACHES: readonly Reach[] = ['direct', 'near', 'all'];
export const PLAN_OPTIONS: PlanOptions = { reach: 'near', sameCategory: false };

/** The data that a plan is made from. */
export interface PlanSource {
  catalogue: Catalogue;
  isRead: (id: number) => boolean;
  /** [] if not known; such a post shares no category with the goal. */
  categoriesOf: (id: number) => readonly string[];
}

export interface Step {
  post: Post;
  /** Whether it was read after the plan was saved; always false in a new plan. */
  isRead: boolean;
  /** Numbers of the earlier steps that this one builds on, from 1, ascending. */
  needs: number[];
  /** Numbers of the later steps that build on this one, ascending; the goal has the last number. */
  neededBy: number[];
}

/** A plan, with the time for its unread steps without the goal. */
export interface ReadingPlan extends ReadingTime {
  /** In reading order, without the goal. */
  steps: Step[];
  /** The goal, as the step after the last one. */
  goal: Step;
  /** How many prerequisites are left out because they are read. */
  read: number;
  /** Whether prerequisites were left out because a plan has at most MOST_STEPS. */
  isCut: boolean;
}

/** A plan that the reader has saved. */
export interface SavedPlan {
  goal: number;
  options: PlanOptions;
  /** Post ids in reading order, without the goal. */
  steps: number[];
  /** YYYY-MM-DD, the day when it was saved. */
  day: string;
}

export const MOST_STEPS = 1_000;
export const MOST_PLANS = 50;
/**
 * A curated series with at least this many parts is a collection (44 daily pictures; 25 and 11 sky calendars),
 * whose parts do not build on one another. The longest curated series whose parts do has 7.
 */
const COLLECTION = 10;

/** Makes the plan for `goal`; returns undefined if the catalogue does not have that post. */
export function planFor(
  goal: number,
  options: PlanOptions,
  source: PlanSource,
): ReadingPlan | undefined {
  const post = source.catalogue.post(goal);
  if (!post) return undefined;
  const { ids, read, isCut } = collect(post, options, source);
  return arrange(inOrder(ids, source.catalogue), post, source, { read, isCut });
}

/** Returns a saved plan: its steps in their saved order, each with whether it was read since. */
export function planOf(kept: SavedPlan, source: PlanSource): ReadingPlan | undefined {
  const post = source.catalogue.post(kept.goal);
  if (!post) return undefined;
  const steps = kept.steps.flatMap((id) => source.catalogue.post(id) ?? []);
  return arrange(steps, post, source, { read: 0, isCut: false });
}

/** The form of a plan that is saved. `day` is YYYY-MM-DD. */
export function toSavedPlan(plan: ReadingPlan, options: PlanOptions, day: string): SavedPlan {
  return { goal: plan.goal.post.id, options, steps: plan.steps.map(({ post }) => post.id), day };
}

/** Collects the posts to read, the nearest prerequisites first, so that these stay if there are too many. */
function collect(
  goal: Post,
  { reach, sameCategory }: PlanOptions,
  { catalogue, isRead, categoriesOf }: PlanSource,
): { ids: Set<number>; read: number; isCut: boolean } {
  const categories = categoriesOf(goal.id);
  const fits = (id: number) =>
    !sameCategory || categoriesOf(id).some((name) => categories.includes(name));
  const ids = new Set<number>();
  const read = new Set<number>();
  let isCut = false;
  /** Adds posts to the plan, as far as there is room, and returns those that were added. */
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

/** The prerequisites of a post that is not the goal. */
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

/** Compares by date; by id on the same day or if a date is not known, because ids mostly ascend with dates. */
function byAge(a: Post, b: Post): number {
  const isDated = a.date !== '' && b.date !== '' && a.date !== b.date;
  return isDated ? (a.date < b.date ? -1 : 1) : a.id - b.id;
}

/**
 * For each post of a plan, its prerequisites in the plan: its references, and the nearest earlier part
 * of each of its series.
 */
function prerequisitesIn(ids: ReadonlySet<number>, catalogue: Catalogue): Map<number, Set<number>> {
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
 * Sorts posts so that none comes before its prerequisites. Among the posts that are ready, the next
 * part of the current series comes first, then the oldest. If the order of a series contradicts the
 * dates, posts may need each other in a circle; then the oldest comes first. Takes quadratic time in the
 * worst case.
 */
function inOrder(ids: ReadonlySet<number>, catalogue: Catalogue): Post[] {
  const needs = prerequisitesIn(ids, catalogue);
  const left = [...ids].flatMap((id) => catalogue.post(id) ?? []).sort(byAge);
  const placed = new Set<number>();
  const ordered: Post[] = [];
  const isReady = ({ id }: Post) => [...(needs.get(id) ?? [])].every((need) => placed.has(need));
  const isLeft = (id: number) => needs.has(id) && !placed.has(id);
  for (;;) {
    const following = nextParts(ordered.at(-1), isLeft, catalogue);
    const next =
      left.find((post) => following.includes(post.id) && isReady(post)) ??
      left.find(isReady) ??
      left[0];
    if (!next) return ordered;
    left.splice(left.indexOf(next), 1);
    placed.add(next.id);
    ordered.push(next);
  }
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

/** Makes the plan of ordered posts. A prerequisite that comes after its post is ignored. */
function arrange(
  posts: readonly Post[],
  goal: Post,
  { catalogue, isRead }: PlanSource,
  rest: Pick<ReadingPlan, 'read' | 'isCut'>,
): ReadingPlan {
  const all = [...posts, goal];
  const numberOf = new Map(all.map(({ id }, at) => [id, at + 1]));
  const needs = prerequisitesIn(new Set(numberOf.keys()), catalogue);
  const stepOf = (post: Post, at: number): Step => {
    const numbers = [...(needs.get(post.id) ?? [])].map((id) => numberOf.get(id) ?? 0);
    const earlier = numbers.filter((number) => number <= at).sort((a, b) => a - b);
    return { post, isRead: isRead(post.id), needs: earlier, neededBy: [] };
  };
  const steps = posts.map(stepOf);
  const last = stepOf(goal, posts.length);
  [...steps, last].forEach((step, at) => {
    for (const number of step.needs) steps[number - 1]?.neededBy.push(at + 1);
  });
  const unread = steps.filter((step) => !step.isRead).map(({ post }) => post.minutes);
  return { steps, goal: last, ...readingTimeOf(unread), ...rest };
}
