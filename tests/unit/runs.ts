/**
 * How often the expensive properties are tried. `npm test` tries each a quarter of its usual number
 * of times, always the same ones; `npm run soak` twenty times as often as usual, `SOAK=5 npm run soak`
 * five times.
 */

const isSoak = process.env['npm_lifecycle_event'] === 'soak';
const TIMES = Number(process.env['SOAK'] ?? (isSoak ? 20 : 0.25));

export function runs(usual: number): number {
  return Math.ceil(usual * TIMES);
}

/** A time limit for what takes long, in ms; nothing is measured by it. */
export const PATIENCE = TIMES > 1 ? 3_600_000 : 120_000;
