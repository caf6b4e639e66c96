import { setTimeout as delay } from 'node:timers/promises';

/** How long anything is waited for. Nothing is measured by it: a busy machine takes its time. */
export const PATIENCE_MS = 60_000;
const BETWEEN_LOOKS_MS = 100;

/**
 * Looks again and again until there is something other than `false` or `undefined`, and returns it.
 *
 * @param complaint says what stood there instead
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
