/** Changes of the address without loading a page. */
import { whenParsed } from './when-parsed.ts';

/** For browsers without the Navigation API. */
const LOOK_EVERY_MS = 1_000;

/**
 * Calls back when the path of the address has changed, until the signal aborts.
 *
 * @returns a function that checks the path at once
 */
export function followPath(callback: () => void, signal: AbortSignal): () => void {
  let path = location.pathname;
  const look = () => {
    if (location.pathname === path) return;
    path = location.pathname;
    callback();
  };
  for (const type of ['popstate', 'hashchange']) addEventListener(type, look, { signal });
  // Where there is no such API, an element of the page can have this name as its id.
  const navigation: unknown = Reflect.get(globalThis, 'navigation');
  if (navigation instanceof EventTarget && !(navigation instanceof Node)) {
    navigation.addEventListener('currententrychange', look, { signal });
  } else {
    const timer = setInterval(look, LOOK_EVERY_MS);
    signal.addEventListener('abort', () => clearInterval(timer));
  }
  return look;
}

/**
 * Takes what the #-part of the address carries, now or after a change: removes that part from the address, and calls
 * back once the page has been parsed.
 *
 * @param read returns what a #-part carries; undefined if it is none of ours
 */
export function takeFragment<T>(
  read: (hash: string) => T | undefined,
  take: (carried: T) => void,
  signal: AbortSignal,
): void {
  const look = () => {
    const carried = read(location.hash);
    if (carried === undefined) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    whenParsed(() => take(carried), signal);
  };
  look();
  addEventListener('hashchange', look, { signal });
}
