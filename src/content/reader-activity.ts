/** Reports what the reader does on the page, in the terms of record/visit.ts. */

const TICK_MS = 1_000;
/** Events that only the reader can cause. */
const TOUCHES = ['pointermove', 'pointerdown', 'wheel', 'keydown', 'touchmove'] as const;
/** Signs that the reader may be there; a script of the page can cause them too. */
const SIGNS = ['focus', 'scroll', 'resize'] as const;

/** Calls back once a second with `acted` false, and for each sign of the reader, until the signal aborts. */
export function followReader(
  note: (acted: boolean, touched: boolean) => void,
  signal: AbortSignal,
): void {
  const timer = setInterval(() => note(false, false), TICK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  for (const type of [...TOUCHES, ...SIGNS]) {
    const touched = TOUCHES.some((each) => each === type);
    const listener = ({ isTrusted }: Event) => isTrusted && note(true, touched);
    // Scrolling does not wait for a passive listener.
    addEventListener(type, listener, { passive: true, signal });
  }
}
