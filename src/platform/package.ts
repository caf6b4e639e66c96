/** Reads our own package: its files and its manifest. Nothing else is ever fetched. */
import { browserApi } from './browser.ts';

/** Reads a packaged file; `path` starts at the package's root. Rejects if there is no such file. */
export async function readPackaged(path: string): Promise<Uint8Array> {
  const response = await fetch(browserApi().runtime.getURL(path));
  return new Uint8Array(await response.arrayBuffer());
}

/** The version of this extension, as in its manifest. */
export function ourVersion(): string {
  return browserApi().runtime.getManifest().version;
}

/** The address of the project's repository. */
export function ourHomePage(): string {
  return browserApi().runtime.getManifest().homepage_url ?? '';
}
