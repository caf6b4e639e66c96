/**
 * Handles an address of the blog that carries a shared list of posts. The list is removed from the address, before
 * the page's scripts run if the browser starts ours first; they can read it all the same (docs/security.md). A bar
 * offers to open the list in the library.
 *
 * Try it with an address that the library's record page has made.
 */
import { listInFragment } from '../site/address.ts';
import { appendToBody } from '../site/dom.ts';
import { query } from '../app/transport.ts';
import { button, h } from '../ui/h.ts';
import { patch } from '../ui/patch.ts';
import css from './card.css?inline';
import type { Feature, FeatureContext } from './feature.ts';
import { takeFragment } from './navigation.ts';
import { createShadowHost } from './shadow-host.ts';

export const sharedList: Feature = { kinds: ['listing', 'post', 'archive'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  /** The bar and its list. A page can change its address any number of times; the last list counts. */
  let shown: { packed: string; host: HTMLElement; bar: HTMLElement } | undefined;
  const close = () => {
    shown?.host.remove();
    shown = undefined;
  };
  const open = () => {
    const { packed } = shown ?? {};
    close();
    if (packed !== undefined) void query('openLibrary', { list: packed });
  };
  const draw = () => {
    if (!shown) return;
    const { words } = context.live;
    shown.bar.setAttribute('aria-label', words.listHere);
    patch(shown.bar, [
      words.listHere,
      button(words.takeList, 'take', open, { signal }),
      button(words.dismiss, 'dismiss', close, { signal, class: 'quiet' }),
    ]);
  };
  const take = (packed: string) => {
    close();
    const { host, root } = createShadowHost(css);
    const bar = h('div', { class: 'card bar', role: 'region' });
    root.append(bar);
    shown = { packed, host, bar };
    draw();
    appendToBody(document, host);
  };
  context.onChange(draw);
  signal.addEventListener('abort', close);
  takeFragment(listInFragment, take, signal);
}
