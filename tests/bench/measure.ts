/** What all benches share: taking turns, medians, and the shape of a row of the table. */

/** The two builds that may be compared: that of --against, and that of this checkout. */
export type BuildName = 'before' | 'now';
/** What takes turns in a browser: no extension, one that does nothing, the builds. */
export type Name = 'absent' | 'nothing' | BuildName;

/** One row of the table. A cell is text, for a figure of each build has a unit and a spread. */
export interface Figure {
  what: string;
  cells: Partial<Record<Name, string>>;
  /** Median of now ÷ before, each pair of one round, where both builds were measured. */
  change?: string;
  /** The budget, or '' for a figure that only explains another. */
  budget: string;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The value that a `part` of the numbers stays below; NaN of no numbers. */
function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(part * sorted.length)] ?? NaN;
}

const quartiles = (numbers: readonly number[]) =>
  [0.25, 0.5, 0.75].map((part) => quantile(numbers, part));

/** The median with the middle half of the samples and their number: `12.3 ms (11.8–13.0, n 21)`. */
export function summary(numbers: readonly number[], unit: string, digits = 1): string {
  const [low, middle, high] = quartiles(numbers).map((number) => number.toFixed(digits));
  return `${middle}${unit && ` ${unit}`} (${low}–${high}, n ${numbers.length})`;
}

/** A row with the summary of each build's samples. */
export function figure(
  what: string,
  samples: ReadonlyMap<Name, readonly number[]>,
  unit: string,
  budget: string,
  digits = 1,
): Figure {
  const cells = [...samples].map(([name, numbers]) => [name, summary(numbers, unit, digits)]);
  const change = changeOf(samples.get('before') ?? [], samples.get('now') ?? []);
  return { what, cells: Object.fromEntries(cells), ...change, budget };
}

/** Samples of one round were taken one after the other, so their ratio is steadier than either. */
function changeOf(before: readonly number[], now: readonly number[]): Pick<Figure, 'change'> {
  const ratios = now.map((each, round) => each / (before[round] ?? NaN)).filter(Number.isFinite);
  const [low, middle, high] = quartiles(ratios).map((ratio) => ratio.toFixed(2));
  return ratios.length > 0 ? { change: `× ${middle} (${low}–${high})` } : {};
}

/** Of each round, how much more each of the others is than `floor`. */
export function over(
  samples: ReadonlyMap<Name, readonly number[]>,
  floor: Name,
): Map<Name, readonly number[]> {
  const least = samples.get(floor) ?? [];
  return new Map(
    [...samples]
      .filter(([name]) => name !== floor)
      .map(([name, all]) => [name, all.map((each, round) => each - (least[round] ?? NaN))]),
  );
}

/**
 * Takes one sample of each subject a round. The order rotates from round to round, so that what
 * else the machine does meets all alike.
 */
export async function inTurn<Subject, Sample>(
  subjects: readonly Subject[],
  rounds: number,
  sample: (subject: Subject, round: number) => Promise<Sample>,
): Promise<Map<Subject, Sample[]>> {
  const samples = new Map<Subject, Sample[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    const first = round % subjects.length;
    for (const subject of [...subjects.slice(first), ...subjects.slice(0, first)])
      samples.get(subject)?.push(await sample(subject, round));
  }
  return samples;
}

/** A piece of work takes this long at least, in milliseconds, so that the clock can tell. */
const SHORTEST_MS = 5;
/** It runs so long before, in milliseconds: engines compile it in the background meanwhile. */
const WARM_UP_MS = 300;

/**
 * Median microseconds of each piece of work, over rounds of as many runs as the clock needs. The
 * pieces take turns.
 */
export function timeInTurn<Work extends string>(
  works: Record<Work, () => unknown>,
  rounds: number,
): Record<Work, number> {
  const names = Object.keys(works) as Work[];
  const once = (name: Work, runs: number): number => {
    const start = performance.now();
    for (let i = 0; i < runs; i++) works[name]();
    return performance.now() - start;
  };
  const runsOf = (name: Work): number => {
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
    Work,
    number
  >;
}
