/** The card that floats beside a link: where it is placed, how it disappears, and how the keyboard reaches it. */
import { appendToBody, propertyOf } from '../../site/dom.ts';
import { type Child, h } from '../../ui/h.ts';
import { patch } from '../../ui/patch.ts';
import cardCss from '../card.css?inline';
import { type PopoverPlace, placePopover, placePopoverClearOf } from '../popover-position.ts';
import { createShadowHost } from '../shadow-host.ts';
import { tabStep } from '../tab-step.ts';
import css from './preview.css?inline';

/** The duration of the fading in preview.css. */
const FADE_MS = 120;

export interface Popover {
  readonly host: HTMLElement;
  /** Draws its content; `name` is its name for screen readers. */
  draw(name: string, content: readonly Child[]): void;
  /** Shows it beside a link. Returns whether there was room for it. */
  show(link: HTMLAnchorElement): boolean;
  hide(): void;
  /** Whether the keyboard is on it. */
  hasKeyboard(): boolean;
  /** Lets Tab lead from `link` into the card and from its ends back to the link. */
  steerTab(event: KeyboardEvent, link: HTMLAnchorElement): void;
}

/** @param className a class for the card, for preview.css */
export function createPopover(className = ''): Popover {
  const box = createShadowHost(cardCss + css);
  const card = h('div', { class: `line card preview ${className}`, role: 'dialog' });
  box.root.append(card);
  let fading: ReturnType<typeof setTimeout> | undefined;

  const hasKeyboard = () => card.querySelector(':focus-visible') !== null;

  return {
    host: box.host,
    hasKeyboard,
    draw(name, content) {
      card.ariaLabel = name;
      patch(card, content);
    },
    show(link) {
      clearTimeout(fading);
      card.hidden = false;
      appendToBody(document, box.host);
      const place = placeBeside(link, card);
      if (place) Object.assign(card.style, place);
      return place !== undefined;
    },
    hide() {
      card.hidden = true;
      fading = setTimeout(() => box.host.remove(), FADE_MS);
    },
    steerTab(event, link) {
      const step = tabStep(event, box.root, link.matches(':focus'));
      if (!step) return;
      // Forwards out of the card, the browser itself moves the focus on from the link.
      if (step !== 'out' || event.shiftKey) event.preventDefault();
      (step === 'out' ? link : step).focus({ preventScroll: true });
    },
  };
}

/** Places the card beside the line of a link in the page, or clear of our box if the link is in one. */
function placeBeside(link: HTMLAnchorElement, card: HTMLElement): PopoverPlace | undefined {
  card.style.maxHeight = '';
  const size = card.getBoundingClientRect();
  const view = { width: propertyOf(document, 'documentElement').clientWidth, height: innerHeight };
  const root = link.getRootNode();
  if (root instanceof ShadowRoot) {
    const box = root.host.getBoundingClientRect();
    const isRow = link.closest('li') !== null;
    return placePopoverClearOf(link.getBoundingClientRect(), box, isRow, size, view);
  }
  const range = new Range();
  range.selectNodeContents(link.closest('p, li, td') ?? link);
  return placePopover([...link.getClientRects()], [...range.getClientRects()], size, view);
}
