/**
 * When the reader comes back to a post that is half read, its line offers to go to where they stopped. The offer ends
 * with Escape, when it is declined, when the reader scrolls to the place, and when the post gets another mark. There
 * is no offer if the place is in view already. If the address contains a place, as links of the search in read posts
 * do, the page goes there at once; the place is removed from the address.
 *
 * Try it on https://kexue.fm/archives/9708: read on for half a minute, then reload
 */
import { placeInFragment } from '../site/address.ts';
import { parentOf } from '../site/dom.ts';
import { findPassage, findPosition } from '../site/position.ts';
import type { PassagePlace, Position } from '../site/types.ts';
import { markOf } from '../record/marks.ts';
import { on } from '../ui/h.ts';
import { isEscape } from '../ui/keys.ts';
import { endable } from './endable.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { takeFragment } from './navigation.ts';
import { whenParsed } from './when-parsed.ts';

/** How much of the text stays visible above what the reader goes to, in px. */
export const SPACE_ABOVE = 72;
/** How long the place is kept in the window while the page still grows. */
const HELD_MS = 10_000;

export const resume: Feature = { kinds: ['post'], init };

/** Extends the window far upwards, so that a place that was scrolled past intersects too. */
const DOWN_TO_HERE = '1000000px 0px 0px 0px';

function init(context: FeatureContext, signal: AbortSignal): void {
  const { live, ownId } = context;
  if (ownId === undefined) return;
  let endOffer: (() => void) | undefined;
  const begin = () => {
    const mark = markOf(live.record, ownId);
    const { article } = context.postPage() ?? {};
    if (mark.kind === 'reading' && article && mark.place && !context.isTranslated())
      endOffer = offer(article, mark.place, context, signal);
  };
  const look = () => {
    if (markOf(live.record, ownId).kind !== 'reading') endOffer?.();
  };
  const follow = (place: PassagePlace) => {
    const { article } = context.postPage() ?? {};
    if (article && !context.isTranslated()) goToPlace(article, place, signal);
  };
  takeFragment(placeInFragment, follow, signal);
  whenParsed(() => {
    context.whenLoaded(begin);
    context.onChange(look);
  }, signal);
}

/** Offers to go to the place while it is below the window. Returns a function that ends the offer. */
function offer(
  article: Element,
  place: Position,
  context: FeatureContext,
  signal: AbortSignal,
): () => void {
  const { until, end } = endable(signal);
  const accept = () => {
    end();
    goToPlace(article, place, signal);
  };
  const watcher = new IntersectionObserver(
    ([entry]) => (entry?.isIntersecting ? end() : context.offer.set({ accept, decline: end })),
    { rootMargin: DOWN_TO_HERE },
  );
  const block = parentOf(findPosition(article, place).startContainer);
  if (block) watcher.observe(block);
  until.addEventListener('abort', () => {
    watcher.disconnect();
    context.offer.set(undefined);
  });
  on(window, 'keydown', (event) => isEscape(event) && !event.defaultPrevented && end(), until);
  return end;
}

/**
 * Goes to the place, and keeps it in the window for HELD_MS or until the reader acts, because MathJax still moves the
 * text. If the passage begins at most half a window below its paragraph, shows it from the paragraph's beginning.
 */
export function goToPlace(article: Element, place: PassagePlace, signal: AbortSignal): void {
  const { until, end } = endable(signal);
  // It calls back at once, and before each frame in which the article has another height.
  const watcher = new ResizeObserver(() => {
    const { paragraph, passage } = findPassage(article, place);
    const isFar = topIn(passage) - topIn(paragraph) > innerHeight / 2;
    const spot = isFar ? passage : paragraph;
    scrollBy({ top: topIn(spot) - SPACE_ABOVE, behavior: 'instant' });
    // The Tab key continues from here.
    getSelection()?.collapse(spot.startContainer, spot.startOffset);
  });
  watcher.observe(article);
  until.addEventListener('abort', () => watcher.disconnect());
  setTimeout(end, HELD_MS);
  for (const type of ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const)
    on(window, type, end, until);
}

/** In px from the window's top. */
function topIn(range: Range): number {
  return range.getBoundingClientRect().top;
}
