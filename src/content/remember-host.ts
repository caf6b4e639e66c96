/** Remembers the host of the page: links from our own pages open on the one that the reader last used. */
import { isHost } from '../site/address.ts';
import { write } from '../app/transport.ts';
import { isPrivate } from '../platform/browser.ts';
import type { Feature } from './feature.ts';

export const rememberHost: Feature = {
  kinds: ['listing', 'post', 'archive'],
  init({ live, whenLoaded }) {
    // Nothing of a private window is kept but marks by hand.
    if (isPrivate()) return;
    const host = location.hostname;
    // Once: a page that is open on another host is not what the reader used last.
    whenLoaded(() => {
      if (isHost(host) && live.settings.host !== host)
        void write('settings', { settings: { host } });
    });
  },
};
