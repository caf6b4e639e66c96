/**
 * The number of runs of expensive properties. `npm test` does a quarter of the usual number, always
 * with the same values; `npm run soak` twenty times, `SOAK=5 npm run soak` five times the usual number.
 */

const isSoak = process.env['npm_lifecycle_event'] === 'soak';
const TIMES = Number(process.env['SOAK'] ?? (isSoak ? 20 : 0.25));

export function runs(usual: number): number {
  return Math.ceil(usual * TIMES);
}

/** A time limit for slow tests, in ms; nothing is measured by it. */
export const PATIENCE = TIMES > 1 ? 3_600_000 : 120_000;

/** In a soak run: prints what a test did, and how often. */
export function report(what: string, counts: Readonly<Record<string, number>>): void {
  if (!isSoak) return;
  const texts = Object.entries(counts).map(
    ([name, count]) => `${count.toLocaleString('en')} ${name}`,
  );
  process.stdout.write(`${what}: ${texts.join(', ')}\n`);
}
