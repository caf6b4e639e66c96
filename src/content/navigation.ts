/** Notices that a script of the page has changed the address without loading a page. */

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
