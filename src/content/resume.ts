/**
 * Coming back to a post in reading: its line offers to go to where the reader stopped. It goes away
 * with Escape, when declined, and when the reader has come there by himself. Where the place can be
 * seen already nothing is offered.
 *
 * Try it on https://kexue.fm/archives/9708: read on for half a minute, then reload
 */
import { findPlace } from '../site/place-in-text.ts';
import { postPage } from '../site/post-page.ts';
import { markOf, type Place } from '../record/marks.ts';
import { on } from '../ui/h.ts';
import type { Context } from './context.ts';
import { whenParsed } from './when-parsed.ts';

/** So much of what was read before stays above the place, in px. */
const ABOVE = 72;
/** So long the place is kept in the window while the page still grows. */
const HELD_MS = 10_000;

export function init(id: number, context: Context, signal: AbortSignal): void {
  const { live } = context;
  let isAsked = false;
  const ask = () => {
    const mark = markOf(live.record, id);
    const { article } = postPage(document, id) ?? {};
    if (!isAsked && article && mark.kind === 'reading' && mark.place)
      offer(article, mark.place, context, signal);
    isAsked = true;
  };
  whenParsed(() => live.subscribe(ask), signal);
}

function offer(article: Element, place: Place, { own }: Context, signal: AbortSignal): void {
  const block = findPlace(article, place).startContainer.parentElement;
  const isReached = () => !block || block.getBoundingClientRect().top < innerHeight;
  if (!own || isReached()) return;
  const { until, end } = ending(signal);
  until.addEventListener('abort', () => own.withdraw());
  own.offer(() => {
    end();
    goTo(article, place, signal);
  }, end);
  on(window, 'scroll', () => isReached() && end(), until);
  on(
    window,
    'keydown',
    (event) => event.key === 'Escape' && !event.defaultPrevented && end(),
    until,
  );
}

/** Goes there, and stays there while MathJax still works, until the reader does anything. */
function goTo(article: Element, place: Place, signal: AbortSignal): void {
  const { until, end } = ending(signal);
  // It calls back at once, and before a frame is painted in which the article has another height.
  const watcher = new ResizeObserver(() => {
    const spot = findPlace(article, place);
    scrollBy({ top: spot.getBoundingClientRect().top - ABOVE, behavior: 'instant' });
    // The Tab key goes on from here.
    getSelection()?.collapse(spot.startContainer, spot.startOffset);
  });
  watcher.observe(article);
  until.addEventListener('abort', () => watcher.disconnect());
  setTimeout(end, HELD_MS);
  for (const type of ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const)
    on(window, type, end, until);
}

/** A signal that ends with another one, or when it is told to. */
function ending(signal: AbortSignal): { until: AbortSignal; end: () => void } {
  const controller = new AbortController();
  return {
    until: AbortSignal.any([signal, controller.signal]),
    end: () => controller.abort(),
  };
}
