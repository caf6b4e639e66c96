/** Reports what the reader does on the page, in the terms of record/visit.ts. */
import { beginVisit, type Visit, type VisitEvent } from '../record/visit.ts';
import { propertyOf } from '../site/dom.ts';

const TICK_MS = 1_000;
/** Events that only the reader can cause. */
const TOUCHES = ['pointermove', 'pointerdown', 'wheel', 'keydown', 'touchmove'] as const;
/** Signs that the reader may be there; a script of the page can cause them too. */
const SIGNS = ['focus', 'scroll', 'resize'] as const;

/** An event of a visit, without the part of the article that is in view. */
export type VisitMoment = Pick<VisitEvent, 'now' | 'visible' | 'acted' | 'touched'>;

export function momentNow(acted: boolean, touched: boolean): VisitMoment {
  return { now: performance.now() / 1_000, visible: isVisible(), acted, touched };
}

/** A visit that begins now. `estimate` in seconds. */
export function visitNow(estimate: number): Visit {
  const { now, visible } = momentNow(false, false);
  return beginVisit(estimate, now, visible);
}

export function isVisible(): boolean {
  return propertyOf(document, 'visibilityState') === 'visible';
}

/** Calls back once a second with `acted` false, and for each sign of the reader, until the signal aborts. */
export function followReader(note: (moment: VisitMoment) => void, signal: AbortSignal): void {
  const timer = setInterval(() => note(momentNow(false, false)), TICK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  for (const type of [...TOUCHES, ...SIGNS]) {
    const touched = TOUCHES.some((each) => each === type);
    const listener = ({ isTrusted }: Event) => isTrusted && note(momentNow(true, touched));
    // Scrolling does not wait for a passive listener.
    addEventListener(type, listener, { passive: true, signal });
  }
}
