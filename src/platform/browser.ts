/**
 * The browser's extension API. Firefox and current Chrome give it as `browser`; older Chrome as
 * `chrome`, whose promises do for what the content script and the background call. Our own pages call
 * more: their entry points import polyfill.ts first.
 */
import type { Browser } from 'webextension-polyfill';

type Scope = typeof globalThis & { browser?: Browser; chrome?: Browser };

export function browserApi(): Browser {
  const scope = globalThis as Scope;
  const api = scope.browser ?? scope.chrome;
  if (!api) throw new Error('no extension API here');
  return api;
}

/**
 * Whether the extension that this script belongs to is still there: a content script outlives the
 * update or removal of its extension, and then every call of the API fails.
 */
export function isAlive(): boolean {
  try {
    return Boolean(browserApi().runtime?.id);
  } catch {
    return false;
  }
}

/** Whether this page is in a private window. */
export function isPrivate(): boolean {
  return Boolean(browserApi().extension?.inIncognitoContext);
}

/** Calls back when this page closes, is left, or is put into the back/forward cache. */
export function onPageHide(callback: () => void, signal: AbortSignal): void {
  addEventListener('pagehide', callback, { signal });
}

/** Calls back when the browser starts. For the background. */
export function onStartup(callback: () => void): void {
  browserApi().runtime.onStartup.addListener(callback);
}

/** Opens the library in a tab of its own, at a fragment of its address. */
export async function openLibrary(fragment: string): Promise<void> {
  const { runtime, tabs } = browserApi();
  await tabs.create({ url: `${runtime.getURL('src/library/index.html')}${fragment}` });
}

/** Whose browser it is, and so whose account its sync goes by. */
export type Family = 'chromium' | 'firefox';

export function browserFamily(): Family {
  return browserApi().runtime.getURL('').startsWith('moz-extension:') ? 'firefox' : 'chromium';
}

/** What the browser and its system call themselves, to tell devices apart: `Firefox, Linux`. */
export function browserName(userAgent: string = navigator.userAgent): string {
  const of = (names: readonly (readonly [pattern: string, name: string])[]) =>
    names.find(([pattern]) => userAgent.includes(pattern))?.[1];
  const browser = of(BROWSERS) ?? 'Chrome';
  const system = of(SYSTEMS);
  return system === undefined ? browser : `${browser}, ${system}`;
}

const BROWSERS = [
  ['Firefox/', 'Firefox'],
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
] as const;
const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['CrOS', 'ChromeOS'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const;
