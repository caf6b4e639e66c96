/** Which features a page of the blog gets, and how they end. */
import { bundledCatalogue } from '../catalogue/bundled.ts';
import { knownPosts } from '../catalogue/discovered/known-posts.ts';
import { isHost, postIdOf } from '../site/address.ts';
import * as archiveBar from './archive/index.ts';
import type { Context } from './context.ts';
import * as ending from './series-footer.ts';
import * as here from './page-status.ts';
import { removeBoxes } from './shadow-host.ts';
import * as lines from './lines/index.ts';
import * as sharedList from './shared-list.ts';
import * as teach from './discover.ts';
import * as linkMarks from './link-marks/index.ts';
import * as mentions from './mentions.ts';
import * as preview from './preview/index.ts';
import * as quotation from './quotation.ts';
import { removePageSheets } from './page-sheet.ts';
import * as resume from './resume.ts';
import * as visit from './visit.ts';
import { isAlive } from '../platform/browser.ts';
import { write } from '../app/transport.ts';
import { LiveRecord } from '../app/live-record.ts';
import { wordsIn } from '../ui/words/index.ts';

/** Draws what the page's kind has, and keeps it true until the extension is gone. */
export function start(kind: Context['kind']): void {
  removeBoxes();
  removePageSheets();
  const controller = new AbortController();
  const { signal } = controller;
  const live = new LiveRecord(signal, wordsIn);
  // Parsed for the first title: a page may have none.
  const known = knownPosts(bundledCatalogue);
  const context: Context = {
    kind,
    get catalogue() {
      return known(live.discovered).catalogue;
    },
    get discovered() {
      return known(live.discovered).discovered;
    },
    live,
    shown: new Map(),
    own: undefined,
  };

  sharedList.init(context, signal);
  teach.init(context, signal);
  const drawn = (kind === 'archive' ? archiveBar.init : lines.init)(context, signal);
  here.init(context, signal);
  const post = postIdOf(location);
  if (post !== undefined) {
    // Before there is a list of ours at the article's end.
    visit.init(post, context, signal);
    ending.init(post, context, signal);
    resume.init(post, context, signal);
  }
  linkMarks.init(context, signal);
  if (kind !== 'archive') mentions.init(context, signal);
  preview.init(context, signal);
  quotation.init(context, signal);
  rememberHost(live, location.hostname);
  fallSilentWhenOutlived(controller, () => drawn.retire(live.words.updated));
  // A page from the back/forward cache slept through the changes that were made meanwhile.
  addEventListener('pageshow', ({ persisted }) => persisted && void live.reload(), { signal });
}

/** Links from our own pages open on the host that the reader last used. */
function rememberHost(live: Context['live'], host: string): void {
  let asked = false;
  live.subscribe(() => {
    if (asked || !isHost(host) || live.settings.host === host) return;
    asked = true;
    void write('settings', { settings: { host } });
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
