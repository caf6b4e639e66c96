/**
 * The versions of the stored snapshot (docs/record.md). A snapshot says its version first; an older
 * one is brought up to date step by step where it is read, and stored so with the next act.
 */

/** The step from version n to n + 1 stands at place n - 1. Text to text, whatever the text says. */
const STEPS: readonly ((snapshot: string) => string)[] = [
  // 2: progress may say the place in the article; the number of a device is in base 36 like all else.
  (snapshot) =>
    snapshot
      .replace(/^1/, '2')
      .replace(
        /(\.[0-9a-z]+ )(\d{2,9})$/gm,
        (_, before: string, n) => before + Number(n).toString(36),
      ),
];

export const SCHEMA_VERSION = STEPS.length + 1;

/** The version that a snapshot gives itself; the present one where it gives none. */
export function versionOf(snapshot: string): number {
  const version = /^[1-9]\d{0,9}(?=[ \n]|$)/.exec(snapshot);
  return version ? Number(version[0]) : SCHEMA_VERSION;
}

/** The snapshot in the present version; one that is up to date or newer stays as it is. */
export function migrate(snapshot: string): string {
  return STEPS.slice(versionOf(snapshot) - 1).reduce((text, step) => step(text), snapshot);
}
