/** How often properties are tried. */

const isSoak = process.env['npm_lifecycle_event'] === 'soak';
const TIMES = Number(process.env['SOAK'] ?? (isSoak ? 20 : 1));

/** `npm run soak` tries twenty times as often as `npm test`, `SOAK=5 npm run soak` five times. */
export function runs(usual: number): number {
  return Math.ceil(usual * TIMES);
}

/** For what takes long already, in ms; the machine may be busy. */
export const PATIENCE = TIMES > 1 ? 3_600_000 : 120_000;
