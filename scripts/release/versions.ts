/** The changes of a release to files: the version, the date in the change log, the version in the news. */

/** A release that cannot be made; the message says why in one line. */
export class RefusedRelease extends Error {}

/** A version as all browsers take it. */
const VERSION = /^(?:0|[1-9]\d{0,4})(?:\.(?:0|[1-9]\d{0,4})){2}$/;

const UNRELEASED = '## [Unreleased]';

/** The files that have the version. package.json is the source; a test compares the others with it. */
export const VERSION_FILES = ['package.json', 'package-lock.json', 'manifest.json'] as const;
export const CHANGE_LOG = 'CHANGELOG.md';
export const NEWS_FILE = 'src/ui/words/news.json';

/** Whether a text is a version X.Y.Z. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** @throws RefusedRelease if a text is no version X.Y.Z */
export function checkVersion(version: string): void {
  if (!isVersion(version))
    throw new RefusedRelease(`${version} is no version: write three numbers, such as 0.2.0.`);
}

/** Whether version `a` is later than `b`. */
export function isLater(a: string, b: string): boolean {
  const [left, right] = [a, b].map((each) => each.split('.').map(Number));
  const at = [0, 1, 2].find((index) => left?.[index] !== right?.[index]);
  return at !== undefined && (left?.[at] ?? 0) > (right?.[at] ?? 0);
}

/** The text of a version file with another version. The rest stays as it is, byte by byte. */
export function withVersion(path: string, text: string, version: string): string {
  // The lock file has the version of the project twice, before those of the packages.
  let left = path === 'package-lock.json' ? 2 : 1;
  const changed = text.replace(/^(\s*"version": ")[^"]*(")/gm, (all, before, after) =>
    left-- > 0 ? `${before}${version}${after}` : all,
  );
  if (left > 0) throw new RefusedRelease(`${path} has no version to write.`);
  return changed;
}

/** The versions that a version file names for the project. */
export function versionsIn(path: string, text: string): string[] {
  const fields = JSON.parse(text) as { version: string; packages?: { ''?: { version: string } } };
  const inner = path === 'package-lock.json' ? [fields.packages?.['']?.version ?? ''] : [];
  return [fields.version, ...inner];
}

/**
 * The change log with the unreleased entries under a version and a date (YYYY-MM-DD).
 *
 * @throws RefusedRelease if there are none, or the version is there already
 */
export function withDate(changeLog: string, version: string, date: string): string {
  if (entriesOf(changeLog, version) !== undefined)
    throw new RefusedRelease(`${CHANGE_LOG} has a version ${version} already.`);
  const entries = entriesOf(changeLog, 'Unreleased');
  if (entries === undefined)
    throw new RefusedRelease(`${CHANGE_LOG} has no section "${UNRELEASED}".`);
  if (!/^- \S/m.test(entries))
    throw new RefusedRelease(`${CHANGE_LOG} has no entries under "${UNRELEASED}".`);
  return changeLog.replace(UNRELEASED, () => `${UNRELEASED}\n\n## [${version}] - ${date}`);
}

/** The text of a section of the change log, without its heading; undefined if there is none. */
export function entriesOf(changeLog: string, version: string): string | undefined {
  const sections = changeLog.split(/^(?=## )/m);
  const section = sections.find((each) => each.startsWith(`## [${version}]`));
  return section?.replace(/^.*\n/, '').trim();
}

/** The news with the version in place of `next`; unchanged if the version has nothing for readers. */
export function withNews(news: string, version: string): string {
  return news.replace('"version": "next"', () => `"version": "${version}"`);
}
