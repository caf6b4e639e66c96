import { setTimeout as delay } from 'node:timers/promises';

/** The longest wait for anything, in ms. It is long because a busy machine is slow; nothing is measured by it. */
export const PATIENCE_MS = 60_000;
const BETWEEN_LOOKS_MS = 100;

/**
 * Repeats a look until it returns something other than `false` or `undefined`, and returns that.
 *
 * @param complaint describes what was there instead
 * @throws Error with the complaint after `PATIENCE_MS`
 */
export async function until<T>(
  look: () => T | false | undefined | Promise<T | false | undefined>,
  complaint: () => string | Promise<string> = () => `not so: ${look.toString()}`,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== false && found !== undefined) return found;
    if (Date.now() > end) throw new Error(`After ${PATIENCE_MS / 1_000} s: ${await complaint()}`);
    await delay(BETWEEN_LOOKS_MS);
  }
}
