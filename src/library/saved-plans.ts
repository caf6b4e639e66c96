/** The plans that the reader keeps, as they are stored now. */
import { decodePlans, type KeptPlan } from '../catalogue/plans/planner.ts';
import { load, onChanged } from '../platform/storage.ts';

export interface KeptPlans {
  /** Whether the first read has ended; before it nothing is known. */
  readonly loaded: boolean;
  /** The one kept last first. */
  all(): readonly KeptPlan[];
  to(goal: number): KeptPlan | undefined;
}

/** `changed` is called when they are there, and whenever they change. */
export function keptPlans(changed: () => void, signal: AbortSignal): KeptPlans {
  let plans: readonly KeptPlan[] = [];
  let loaded = false;
  const take = (stored: unknown) => {
    // Those of a day by goal, so that one that was dropped comes back to its place.
    plans = decodePlans(stored).plans.toSorted((a, b) =>
      a.day === b.day ? b.goal - a.goal : a.day < b.day ? 1 : -1,
    );
    loaded = true;
    changed();
  };
  onChanged((now) => 'plans' in now && take(now.plans), signal);
  load(['plans']).then(
    (stored) => take(stored.plans),
    () => take(undefined),
  );
  return {
    get loaded() {
      return loaded;
    },
    all: () => plans,
    to: (goal) => plans.find((plan) => plan.goal === goal),
  };
}
