/** For all parts of the bench: measuring in turns, medians, and the rows of the table. */

/** `before` is the build of the option --against, `now` the build of this checkout. */
export type BuildName = 'before' | 'now';
/** What is compared: an extension without a content script, one whose script does nothing, the builds. */
export type Name = 'absent' | 'nothing' | BuildName;

/** One row of the table; the cells are text with a unit and a spread. */
export interface Figure {
  what: string;
  cells: Partial<Record<Name, string>>;
  /** The median of now ÷ before over the rounds, where both builds were measured. */
  change?: string;
  /** '' for a figure that only explains another. */
  budget: string;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The value below which this part (0 to 1) of the numbers lies; NaN without numbers. */
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

/** The samples of one round are taken in direct succession, so their ratio varies less than they do. */
function changeOf(before: readonly number[], now: readonly number[]): Pick<Figure, 'change'> {
  const ratios = now.map((each, round) => each / (before[round] ?? NaN)).filter(Number.isFinite);
  const [low, middle, high] = quartiles(ratios).map((ratio) => ratio.toFixed(2));
  return ratios.length > 0 ? { change: `× ${middle} (${low}–${high})` } : {};
}

/** The difference between each sample and the sample of `floor` in the same round. */
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
 * Takes one sample of each subject in each round. The order rotates from round to round, so that other
 * work on the machine affects all of them alike.
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

/** One measurement takes at least this long, in milliseconds, because clocks are coarse. */
const SHORTEST_MS = 5;
/** How long work runs before it is measured, in ms, so that the engine has compiled it. */
const WARM_UP_MS = 300;

/**
 * Median microseconds of one run of each work. The works are measured in turns; each runs so often in a round
 * that it takes at least SHORTEST_MS.
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
