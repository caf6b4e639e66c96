/**
 * The versions of the stored snapshot (docs/record.md). A snapshot says its version first; an older
 * one is brought up to date step by step where it is read, and stored so with the next act.
 */
import { Lines } from './line.ts';

/** The step from version n to n + 1 stands at place n - 1. Text to text, whatever the text says. */
const STEPS: readonly ((snapshot: string) => string)[] = [
  // 2: progress may say the place in the article. All that version 1 says is said the same way.
  (snapshot) => snapshot.replace('1', '2'),
  // 3: lines stand in the order of their posts, so that one is found without reading all.
  (snapshot) => inOrder(snapshot.replace('2', '3')),
];

function inOrder(snapshot: string): string {
  const [head, ...lines] = snapshot.split('\n');
  return [head, ...lines.sort((a, b) => new Lines(a).numberAt(0) - new Lines(b).numberAt(0))].join(
    '\n',
  );
}

export const SCHEMA_VERSION = STEPS.length + 1;

/** The version that a snapshot gives itself; the present one where it gives none. */
export function versionOf(snapshot: string): number {
  return Number(/^[1-9]\d*/.exec(snapshot) ?? SCHEMA_VERSION);
}

/** The version of what a newer companion stored; undefined for anything else. */
export function newerVersion(stored: unknown): number | undefined {
  const version = typeof stored === 'string' ? versionOf(stored) : SCHEMA_VERSION;
  return version > SCHEMA_VERSION ? version : undefined;
}

/** The snapshot in the present version; one that is up to date or newer stays as it is. */
export function migrate(snapshot: string): string {
  return STEPS.slice(versionOf(snapshot) - 1).reduce((text, step) => step(text), snapshot);
}
