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
import css from './card.css?inline';
import type { Feature, FeatureContext } from './feature.ts';
import { takeFragment } from './navigation.ts';
import { createShadowHost } from './shadow-host.ts';

export const sharedList: Feature = { kinds: ['listing', 'post', 'archive'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  /** Removes the shown bar: a page can change its address any number of times. */
  let close: (() => void) | undefined;
  const take = (packed: string) => {
    close?.();
    close = offer(packed, context, signal);
  };
  signal.addEventListener('abort', () => close?.());
  takeFragment(listInFragment, take, signal);
}

/** Shows the bar. Returns a function that removes it. */
function offer(packed: string, context: FeatureContext, signal: AbortSignal): () => void {
  const { words } = context.live;
  const { host, root } = createShadowHost(css);
  const close = () => host.remove();
  const take = () => {
    close();
    void query('openLibrary', { list: packed });
  };
  root.append(
    h(
      'div',
      { class: 'card bar', role: 'region', 'aria-label': words.listHere },
      words.listHere,
      button(words.takeList, 'take', take, signal),
      button(words.dismiss, 'dismiss', close, signal, { class: 'quiet' }),
    ),
  );
  appendToBody(document, host);
  return close;
}
