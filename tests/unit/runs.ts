/**
 * The number of runs of expensive properties. `npm test` does a quarter of the usual number, always with the
 * same values; `npm run soak` does 20 times the usual number, `SOAK=5 npm run soak` five times.
 */

const isSoak = process.env['npm_lifecycle_event'] === 'soak';
const TIMES = Number(process.env['SOAK'] ?? (isSoak ? 20 : 0.25));

export function runs(usual: number): number {
  return Math.ceil(usual * TIMES);
}

/** The timeout of slow tests, in ms; it only ends tests that hang. */
export const PATIENCE = TIMES > 1 ? 3_600_000 : 120_000;

/** Prints what a test did, and how often, in a soak run only. */
export function report(what: string, counts: Readonly<Record<string, number>>): void {
  if (!isSoak) return;
  const texts = Object.entries(counts).map(
    ([name, count]) => `${count.toLocaleString('en')} ${name}`,
  );
  process.stdout.write(`${what}: ${texts.join(', ')}\n`);
}
