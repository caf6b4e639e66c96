/** How the benches measure; also within a page. */

export interface Figure {
  what: string;
  value: string;
  /** What it is held against in the same run. */
  against: string;
  /** What it should be, where that was said. */
  wanted: string;
}

export function ratio(of: number, what: string): string {
  return `${of.toFixed(of < 10 ? 2 : 0)} × ${what}`;
}

/** Rounds of a measurement unless more or fewer are said. */
export const ROUNDS = 31;

/** A piece of work takes this long at least, in milliseconds, so that the clock can tell. */
const SHORTEST_MS = 5;
/** It runs so long before, in milliseconds: engines compile it in the background meanwhile. */
const WARM_UP_MS = 300;

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

/**
 * Median microseconds of each piece of work, over rounds of as many runs as the clock needs. They
 * take turns, so that what else the machine does hits all alike.
 */
export function timeInTurn<Name extends string>(
  works: Record<Name, () => unknown>,
  rounds = ROUNDS,
): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const once = (name: Name, runs: number): number => {
    const start = performance.now();
    for (let i = 0; i < runs; i++) works[name]();
    return performance.now() - start;
  };
  const runsOf = (name: Name): number => {
    const warm = performance.now() + WARM_UP_MS;
    while (performance.now() < warm) works[name]();
    let runs = 1;
    while (once(name, runs) < SHORTEST_MS) runs *= 2;
    return runs;
  };
  const measured = names.map((name) => ({ name, runs: runsOf(name), times: [] as number[] }));
  for (let round = 0; round < rounds; round++)
    for (const { name, runs, times } of measured) times.push((once(name, runs) * 1_000) / runs);
  return Object.fromEntries(measured.map(({ name, times }) => [name, median(times)])) as Record<
    Name,
    number
  >;
}
