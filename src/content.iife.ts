/**
 * The content script: one synchronous file at document_start. On a page where nothing is drawn it
 * does nothing but look at the address.
 */
import { isHost, pageKind, postIdOf } from './blog/address.ts';
import { Catalogue } from './catalogue/catalogue.ts';
import packed from './catalogue/packed/index.ts';
import type { Context } from './features/context.ts';
import * as ending from './features/ending.ts';
import * as here from './features/here.ts';
import { removeBoxes } from './features/host.ts';
import * as lines from './features/lines.ts';
import * as visit from './features/visit.ts';
import { isAlive } from './platform/browser.ts';
import { ask } from './platform/protocol.ts';
import { Live } from './ui/live.ts';

const address = new URL(location.href);
const kind = pageKind(address);
if (kind === 'listing' || kind === 'post') start(kind);

function start(kind: Context['kind']): void {
  removeBoxes();
  const controller = new AbortController();
  const { signal } = controller;
  const live = new Live(signal);
  const context: Context = {
    kind,
    catalogue: Catalogue.unpack(packed),
    live,
    shown: new Map(),
    setting: undefined,
  };

  const drawn = lines.init(context, signal);
  here.init(context, signal);
  const post = postIdOf(address);
  if (post !== undefined) {
    ending.init(post, context, signal);
    visit.init(post, context, signal);
  }
  rememberHost(live);
  fallSilentWhenOutlived(controller, () => drawn.retire(live.words.updated));
  // A page from the back/forward cache slept through the changes that were made meanwhile.
  addEventListener('pageshow', ({ persisted }) => persisted && void live.reload(), { signal });
}

/** Links from our own pages open on the host that the reader last used. */
function rememberHost(live: Live): void {
  let asked = false;
  live.subscribe(() => {
    const host = address.hostname;
    if (asked || !isHost(host) || live.settings.host === host) return;
    asked = true;
    void ask({ type: 'settings', settings: { host } });
  });
}

/**
 * When the extension was updated or removed, this script stays behind and can do nothing. No event
 * tells it so; it looks whenever the reader comes back to the page or touches it.
 */
function fallSilentWhenOutlived(controller: AbortController, say: () => void): void {
  const { signal } = controller;
  const look = () => {
    if (isAlive()) return;
    say();
    controller.abort();
  };
  for (const type of ['focus', 'pageshow', 'pointerdown', 'keydown'] as const) {
    addEventListener(type, look, { capture: true, signal });
  }
  document.addEventListener('visibilitychange', look, { signal });
}
