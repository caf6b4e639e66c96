/**
 * Links in our boxes. In Chromium a page can have all links of its document prefetched (speculation rules), including
 * those in closed roots, so the page's server would learn which post we offer as the next unread one. So a link gets
 * its `href` only when the reader reaches it with the pointer, a finger or the focus. Until then it is a link by its
 * role, and can be focused by its `tabindex`.
 */
import { ADDRESS, type Attributes, type Child, h } from '../ui/h.ts';
import { linkTo } from './link-to.ts';

/** Events that come before the browser uses a link. Assistive technology may send a click alone. */
const COMINGS = ['pointerover', 'pointerdown', 'focusin', 'click', 'auxclick'] as const;

/** A link to a post, for our boxes only. */
export function ownLink(
  post: number,
  attributes: Attributes,
  ...children: Child[]
): HTMLAnchorElement {
  return h('a', { [ADDRESS]: linkTo(post), role: 'link', tabindex: 0, ...attributes }, ...children);
}

/** Gives the links of a root their `href` when the reader comes to them. */
export function completeLinks(root: ShadowRoot): void {
  const complete = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest(`a[${ADDRESS}]`) : null;
    const address = link?.getAttribute(ADDRESS) ?? '';
    if (link?.getAttribute('href') !== address) link?.setAttribute('href', address);
  };
  for (const type of COMINGS)
    root.addEventListener(type, complete, { capture: true, passive: true });
}
