/** Access to sites, which the reader can refuse or restrict in the browser. */
import { browserApi } from './browser.ts';

/** Whether the extension may run on these origins, given as match patterns. */
export async function hasAccess(origins: readonly string[]): Promise<boolean> {
  return browserApi().permissions.contains({ origins: [...origins] });
}

/** Asks the reader for access; resolves to whether they agreed. Call it in a click. */
export async function requestAccess(origins: readonly string[]): Promise<boolean> {
  return browserApi().permissions.request({ origins: [...origins] });
}
