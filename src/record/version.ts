/**
 * The first line of a stored text: its version, written twice. One damaged character there does not make
 * the text look as if a newer companion had written it.
 */

/** A version above this one is taken for damage. */
export const LATEST_VERSION = 99;

export function versionLine(version: number): string {
  return `${version}-${version}`;
}

/** The version of a newer companion, whose text must not be overwritten; undefined for any other first line. */
export function newerVersionIn(firstLine: string, present: number): number | undefined {
  const [, version] = /^(\d{1,6})-\1$/.exec(firstLine) ?? [];
  const isNewer = Number(version) > present && Number(version) <= LATEST_VERSION;
  return isNewer ? Number(version) : undefined;
}
