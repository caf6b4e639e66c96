/** The counts of a part of the check. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** The names of skipped tests and todos. */
  readonly skipped: readonly string[];
  /** Tests that failed at first and passed when tried again, each with why it failed; `passed` counts them. */
  readonly retried: readonly string[];
}

const onePassed: Tally = { passed: 1, failed: 0, skipped: [], retried: [] };
export const oneFailed: Tally = { passed: 0, failed: 1, skipped: [], retried: [] };

/** The tally of a part with a single check, which passes if its command returned status 0. */
export function tallyOf(status: number): Tally {
  return status === 0 ? onePassed : oneFailed;
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped),
    retried: tallies.flatMap(({ retried }) => retried),
  };
}
