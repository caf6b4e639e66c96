/**
 * 回到刚才: a bar at the foot of the window leads back to the places from which the reader followed links within the
 * page, the last one first. A place is dropped when the reader scrolls back to it. The bar is removed when no place
 * is left, or when the reader dismisses it.
 */
import { appendToBody, elementAt } from '../../site/dom.ts';
import { anchorIn, topOf } from '../../site/passage.ts';
import { button, h, on } from '../../ui/h.ts';
import { patch } from '../../ui/patch.ts';
import css from '../card.css?inline';
import type { FeatureContext } from '../feature.ts';
import { createShadowHost } from '../shadow-host.ts';
import { tabStep } from '../tab-step.ts';

/** More places than anybody goes back through. */
const MOST_PLACES = 50;
/** If the link is not in the text, the element at this height in the window is kept in place; in px from the top. */
const EYE_LEVEL = 160;

/** A place in the page from which the reader followed a link. */
interface Place {
  readonly link: HTMLAnchorElement;
  /** Where the page was scrolled to, in px. */
  readonly scrolled: { readonly left: number; readonly top: number };
  /** An element in the window at that time, and its distance from the top in px: the page may grow meanwhile. */
  readonly anchor: { readonly element: Element; readonly top: number } | undefined;
  readonly hadFocus: boolean;
}

export interface WayBack {
  /** Stores the place where the reader is now. `mark` is what they go to, in the same `text`. */
  leave(link: HTMLAnchorElement, text: Element, mark: Element): void;
}

export function createWayBack(context: FeatureContext, signal: AbortSignal): WayBack {
  const { host, root } = createShadowHost(css);
  const bar = h('div', { class: 'card bar', role: 'region' });
  root.append(bar);
  const places: Place[] = [];
  /** Where the Tab key leads from the bar: to the passage that the reader went to. */
  let next: Element | undefined;
  /** Whether no element has been focused since the last jump. */
  let isFresh = false;
  let watcher: IntersectionObserver | undefined;

  const draw = () => {
    const { words } = context.live;
    const isShown = places.length > 0;
    if (!isShown) host.remove();
    bar.ariaLabel = words.backToBefore;
    patch(bar, [
      button(words.backToBefore, 'back', goBack, { signal }),
      button(words.dismiss, 'dismiss', clear, { signal, class: 'quiet' }),
    ]);
    if (isShown && !host.isConnected) appendToBody(document, host);
  };

  const goBack = () => {
    const place = places.pop();
    update();
    if (!place) return;
    const { link, scrolled, anchor, hadFocus } = place;
    const top = anchor && topOf(anchor.element);
    if (anchor && top !== undefined) scrollBy({ top: top - anchor.top, behavior: 'instant' });
    else scrollTo({ ...scrolled, behavior: 'instant' });
    if (hadFocus) link.focus({ preventScroll: true });
  };

  const clear = () => {
    places.length = 0;
    update();
  };

  /** Observes the last place, and drops it when the reader has scrolled back to it. */
  const update = () => {
    watcher?.disconnect();
    const element = places.at(-1)?.anchor?.element;
    let hasLeft = false;
    watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting && hasLeft) {
        places.pop();
        update();
      } else if (!entry?.isIntersecting) hasLeft = true;
    });
    if (element) watcher.observe(element);
    draw();
  };

  /**
   * After a jump the Tab key leads to the bar first, and from its last button to what follows the passage. The focus
   * itself stays in the text, for screen readers.
   */
  const steerTab = (event: KeyboardEvent) => {
    if (event.shiftKey || !next || places.length === 0) return;
    const step = tabStep(event, root, isFresh);
    if (!step) return;
    if (step !== 'out') {
      event.preventDefault();
      step.focus({ preventScroll: true });
    } else {
      (root.activeElement as HTMLElement).blur();
      getSelection()?.collapse(next, 0);
    }
  };
  on(document, 'keydown', steerTab, signal, true);
  on(document, 'focusin', () => (isFresh = false), signal, true);
  signal.addEventListener('abort', () => {
    watcher?.disconnect();
    host.remove();
  });
  context.onChange(draw);

  return {
    leave(link, text, mark) {
      const seen = elementAt(document, innerWidth / 2, EYE_LEVEL);
      const element = anchorIn(text, link, seen);
      places.push({
        link,
        scrolled: { left: scrollX, top: scrollY },
        anchor: element && { element, top: topOf(element) ?? 0 },
        hadFocus: link.matches(':focus'),
      });
      if (places.length > MOST_PLACES) places.shift();
      link.blur();
      next = mark;
      isFresh = true;
      update();
    },
  };
}
