/** Reads files of our own package. Nothing else is ever fetched. */
import { browserApi } from './browser.ts';

/** Reads a packaged file; `path` starts at the package's root. Rejects if there is no such file. */
export async function readPackaged(path: string): Promise<Uint8Array> {
  const response = await fetch(browserApi().runtime.getURL(path));
  return new Uint8Array(await response.arrayBuffer());
}
