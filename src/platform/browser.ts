/**
 * The browser's extension API. Firefox and current Chrome have it as `browser`, older Chrome as
 * `chrome`, whose promises are sufficient for the content script and the background. The entry points
 * of our own pages import polyfill.ts first, because they use more of the API.
 */
import type { Browser, Events } from 'webextension-polyfill';

type Scope = typeof globalThis & { browser?: Browser; chrome?: Browser };

export function browserApi(): Browser {
  const scope = globalThis as Scope;
  const api = scope.browser ?? scope.chrome;
  if (!api) throw new Error('no extension API here');
  return api;
}

/** The parts of the API that Firefox for Android does not have. */
type OptionalApi = Partial<Pick<Browser, 'commands' | 'contextMenus' | 'omnibox' | 'history'>>;

/** The same API, for parts that may be missing. `history` is also missing without its permission. */
export function optionalApi(): OptionalApi {
  return browserApi();
}

/**
 * Whether this is Firefox for Android. Its user agent is that of a desktop if the reader asks for desktop
 * pages, so this tests for an API that it lacks. For our own pages only: content scripts never have that API.
 */
export function isPhone(): boolean {
  return optionalApi().commands === undefined;
}

/**
 * Whether the extension of this script still exists. After an update or removal of the extension its
 * content scripts go on running, but every call of the API fails.
 */
export function isAlive(): boolean {
  try {
    return Boolean(browserApi().runtime?.id);
  } catch {
    return false;
  }
}

/** Listens to an event of the browser, until `signal` is aborted. */
export function listenTo<Listener extends (...given: never[]) => unknown>(
  event: Pick<Events.Event<Listener>, 'addListener' | 'removeListener'>,
  listener: Listener,
  signal?: AbortSignal,
): void {
  event.addListener(listener);
  signal?.addEventListener('abort', () => {
    try {
      event.removeListener(listener);
    } catch {
      // The extension was updated or removed, and its events with it.
    }
  });
}

/** Whether this page is in a private window. */
export function isPrivate(): boolean {
  return Boolean(browserApi().extension?.inIncognitoContext);
}

/** Calls back when this page closes, is left, or is put into the back/forward cache. */
export function onPageHide(callback: () => void, signal?: AbortSignal): void {
  addEventListener('pagehide', callback, signal && { signal });
}

/** Calls back when the browser starts. For the background. */
export function onStartup(callback: () => void): void {
  browserApi().runtime.onStartup.addListener(callback);
}

/** Brings the tab and the window of this page to the front. */
export async function activateOwnTab(): Promise<void> {
  const { tabs, windows } = browserApi();
  const { id, windowId } = (await tabs.getCurrent()) ?? {};
  if (id !== undefined) await tabs.update(id, { active: true });
  // Firefox for Android has no windows.
  if (windowId !== undefined) await windows?.update(windowId, { focused: true });
}

/** Opens the library in a new tab, at a fragment of its address. */
export async function createLibraryTab(fragment: string): Promise<void> {
  const { runtime, tabs } = browserApi();
  await tabs.create({ url: `${runtime.getURL('src/library/index.html')}${fragment}` });
}

/** The vendor family, which also determines the account that sync uses. */
export type Family = 'chromium' | 'firefox';

export function browserFamily(): Family {
  return browserApi().runtime.getURL('').startsWith('moz-extension:') ? 'firefox' : 'chromium';
}

/** The names of the browser and the system, to tell devices apart: `Firefox, Linux`. */
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
