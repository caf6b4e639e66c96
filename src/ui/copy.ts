import type { Notice } from '../app/actions.ts';

/** Copies a text, and publishes the result; undefined means that a list is too long for an address. */
export async function copy(
  text: string | undefined,
  publish: (notice: Notice) => void,
): Promise<void> {
  if (text === undefined) return publish({ kind: 'too-long' });
  try {
    await navigator.clipboard.writeText(text);
    publish({ kind: 'copied' });
  } catch {
    publish({ kind: 'not-copied' });
  }
}
