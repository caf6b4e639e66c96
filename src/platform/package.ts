/** Files of our own package: all that is ever fetched, and nothing of it leaves the browser. */
import { browserApi } from './browser.ts';

/** The bytes of a packaged file, `path` from the package's root. Rejects where there is none. */
export async function readPackaged(path: string): Promise<Uint8Array> {
  const response = await fetch(browserApi().runtime.getURL(path));
  return new Uint8Array(await response.arrayBuffer());
}
