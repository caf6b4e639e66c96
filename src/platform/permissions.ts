/** Whether the browser lets the companion onto the blog: the reader may refuse, or say on click. */
import { ORIGINS } from '../site/address.ts';
import { browserApi } from './browser.ts';

export async function hasAccess(): Promise<boolean> {
  return browserApi().permissions.contains({ origins: ORIGINS });
}

/** Must be called from a click: the browser then asks the reader. Resolves to whether he agreed. */
export async function requestAccess(): Promise<boolean> {
  return browserApi().permissions.request({ origins: ORIGINS });
}
