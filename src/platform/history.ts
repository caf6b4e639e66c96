/**
 * The browser's history, asked for once, when the reader wants his record to begin with it. The
 * permission is optional: it is asked for in that moment and given back afterwards.
 */
import { HOSTS } from '../site/address.ts';
import { browserApi } from './browser.ts';

export interface Visited {
  url?: string | undefined;
  /** In ms since 1970. */
  lastVisitTime?: number | undefined;
  visitCount?: number | undefined;
}

/** More addresses than the blog has pages. */
const MOST = 100_000;

/**
 * What was visited on the blog's hosts, unchecked; undefined where the reader gives no permission.
 * To be called in a click, else the browser does not ask. Rejects where the browser fails.
 */
export async function visitedOnBlog(): Promise<Visited[] | undefined> {
  const { permissions } = browserApi();
  if (!(await permissions.request({ permissions: ['history'] }))) return undefined;
  try {
    const { history } = browserApi();
    const found = await Promise.all(
      // What is found by kexue.fm has www.kexue.fm in it.
      HOSTS.filter((host) => !host.startsWith('www.')).map((text) =>
        history.search({ text, startTime: 0, maxResults: MOST }),
      ),
    );
    return found.flat();
  } finally {
    await permissions.remove({ permissions: ['history'] });
  }
}
