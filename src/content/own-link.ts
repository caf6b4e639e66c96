/**
 * Links in our boxes. Chromium lets a page ask for the links of its document to be fetched ahead of time
 * (speculation rules), those in closed roots among them, so the page's server would learn which post we offer
 * as the next unread one. So a link gets its `href` only when the reader comes to it, with the pointer, a
 * finger or the focus; from then on it is a link like any other. Until then its role and its tab stop say
 * what it is.
 */
import { ADDRESS, type Attributes, type Child, h } from '../ui/h.ts';
import { linkTo } from './context.ts';

/** What comes before anything that a browser does with a link; a click alone comes from assistive technology. */
const COMINGS = ['pointerover', 'pointerdown', 'focusin', 'click', 'auxclick'] as const;

/** A link to a post, for our boxes only. */
export function ownLink(
  post: number,
  attributes: Attributes,
  ...children: Child[]
): HTMLAnchorElement {
  return h('a', { [ADDRESS]: linkTo(post), role: 'link', tabindex: 0, ...attributes }, ...children);
}

/** Gives the links of a root their `href` when the reader comes to them, until the signal aborts. */
export function completeLinks(root: ShadowRoot, signal: AbortSignal): void {
  const complete = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest(`a[${ADDRESS}]`) : null;
    const address = link?.getAttribute(ADDRESS) ?? '';
    if (link?.getAttribute('href') !== address) link?.setAttribute('href', address);
  };
  for (const type of COMINGS)
    root.addEventListener(type, complete, { capture: true, passive: true, signal });
}
