/** What a part of the check counts. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Names of the tests that were skipped or are still to be written. */
  readonly skipped: readonly string[];
}

export const onePassed: Tally = { passed: 1, failed: 0, skipped: [] };
export const oneFailed: Tally = { passed: 0, failed: 1, skipped: [] };

/** A part that is one check: passed when its command ended with status 0. */
export function tallyOf(status: number): Tally {
  return status === 0 ? onePassed : oneFailed;
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}
