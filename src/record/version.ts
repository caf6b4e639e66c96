/**
 * The first line of a stored text: its version, written twice. One damaged character there does not make
 * the text look as if a newer companion had written it.
 */

/** A version above this one is taken for damage. */
export const GREATEST_VERSION = 99;

export function versionLine(version: number): string {
  return `${version}-${version}`;
}

/** The version of a text that a newer companion stored, which must not be overwritten; undefined for any other. */
export function newerVersionIn(stored: unknown, present: number): number | undefined {
  const [, version] = /^(\d{1,6})-\1(?:\n|$)/.exec(typeof stored === 'string' ? stored : '') ?? [];
  const isNewer = Number(version) > present && Number(version) <= GREATEST_VERSION;
  return isNewer ? Number(version) : undefined;
}
