/**
 * The browser's history. It is read once, when the reader starts the record from it. The permission is
 * optional: it is asked for at that moment and given back afterwards.
 */
import { browserApi, isPhone, optionalApi } from './browser.ts';

export interface Visited {
  url?: string | undefined;
  /** In ms since 1970. */
  lastVisitTime?: number | undefined;
}

/** Whether the browser could give its history, if the reader agreed. Firefox for Android cannot. */
export function canAskHistory(): boolean {
  return !isPhone();
}

/** More than the number of the blog's pages. */
const MAX_RESULTS = 100_000;

/**
 * Reads the visits to these hosts from the history. Call it in a click: the browser does not ask the
 * reader otherwise. Rejects if the browser fails.
 *
 * @returns the visits, unchecked; undefined if the reader refuses the permission
 */
export async function visitedOn(hosts: readonly string[]): Promise<Visited[] | undefined> {
  const { permissions } = browserApi();
  if (!(await permissions.request({ permissions: ['history'] }))) return undefined;
  try {
    const { history } = optionalApi();
    if (!history) throw new Error('this browser gives no history');
    const found = await Promise.all(
      // A search for `example.org` finds addresses on `www.example.org` too.
      hosts
        .filter((host) => !host.startsWith('www.'))
        .map((text) => history.search({ text, startTime: 0, maxResults: MAX_RESULTS })),
    );
    return found.flat();
  } finally {
    await permissions.remove({ permissions: ['history'] });
  }
}
