/** The plans that the reader has saved, as they are stored now. */
import { followStored } from '../app/stored-values.ts';
import { type SavedPlan } from '../catalogue/plans/planner.ts';
import { decodePlans } from '../catalogue/plans/codec.ts';
import type { StoredValues } from '../platform/storage.ts';

export interface SavedPlans {
  /** Whether the first read has ended; before that there are no plans. */
  readonly isLoaded: boolean;
  /** The plan that was saved last comes first. */
  all(): readonly SavedPlan[];
  to(goal: number): SavedPlan | undefined;
}

/** Reads the plans once and follows their changes; `changed` is called when they are read and at each change. */
export function savedPlans(changed: () => void): SavedPlans {
  let plans: readonly SavedPlan[] = [];
  let isLoaded = false;
  const take = (stored: StoredValues) => {
    // Plans of one day are sorted by goal, so that a deleted plan that is saved again keeps its place.
    plans = decodePlans(stored.plans).plans.toSorted((a, b) =>
      a.day === b.day ? b.goal - a.goal : a.day < b.day ? 1 : -1,
    );
    isLoaded = true;
    changed();
  };
  followStored(['plans'], take);
  return {
    get isLoaded() {
      return isLoaded;
    },
    all: () => plans,
    to: (goal) => plans.find((plan) => plan.goal === goal),
  };
}
