/**
 * The stored form of saved plans: a line with the version (record/version.ts), then a line for each plan,
 * `GOAL DAY REACH own|every STEP,STEP,…`, separated by tabs. 1,000 steps take 6 kB.
 */
import { isDay } from '../../record/days.ts';
import { decodeLines, type Undecoded } from '../../record/stored-lines.ts';
import { versionLine } from '../../record/version.ts';
import { isPostId } from '../../site/address.ts';
import { MOST_PLANS, MOST_STEPS, type Reach, REACHES, type SavedPlan } from './planner.ts';

/** Decodes a line of version 1. */
const DECODERS = [decodePlan];
const FIRST_LINE = versionLine(DECODERS.length);

export function encodePlans(plans: readonly SavedPlan[]): string {
  return [
    FIRST_LINE,
    ...plans.map(({ goal, options: { reach, sameCategory }, steps, day }) =>
      [goal, day, reach, sameCategory ? 'own' : 'every', steps.join()].join('\t'),
    ),
  ].join('\n');
}

/** Decodes any stored value: one plan for each goal, the one saved last at the end. Never throws. */
export function decodePlans(stored: unknown): Undecoded & { plans: SavedPlan[] } {
  const { items, ...undecoded } = decodeLines(stored, 'plans', DECODERS);
  return { plans: items.reduce(withPlan, []), ...undecoded };
}

/** Adds a plan, in place of an older one for the same goal; keeps the last 50 plans. */
export function withPlan(plans: readonly SavedPlan[], plan: SavedPlan): SavedPlan[] {
  return [...plans.filter(({ goal }) => goal !== plan.goal), plan].slice(-MOST_PLANS);
}

function decodePlan(line: string): SavedPlan | undefined {
  const [goal = '', day, reach, scope, steps = '', ...more] = line.split('\t');
  if (more.length > 0 || (scope !== 'own' && scope !== 'every')) return undefined;
  return soundPlan({
    goal: idOf(goal),
    day,
    options: { reach, sameCategory: scope === 'own' },
    steps: steps === '' ? [] : steps.split(',', MOST_STEPS + 1).map(idOf),
  });
}

/** Returns `given` as a saved plan, or undefined if one of its fields is invalid. */
export function soundPlan(given: unknown): SavedPlan | undefined {
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

/** Returns NaN, which is no valid id, for any other text. */
function idOf(text: string): number {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : Number.NaN;
}
