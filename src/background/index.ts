/**
 * The background: the only writer. It wakes for a message, answers when it is stored, and sleeps. What
 * it wakes for most, a mark, is all here; the rest is in errands.ts.
 */
import { POST_PATTERNS } from '../blog/address.ts';
import { onStartup, openLibrary } from '../platform/browser.ts';
import { onRequest } from '../platform/protocol.ts';
import { readSettings } from '../platform/settings.ts';
import { load, onSyncedChanged } from '../platform/storage.ts';
import {
  offerOnLinks,
  onAddressBar,
  onCommand,
  onInstalled,
  onLinkMenu,
  orderActiveTab,
  setBadge,
} from '../platform/surfaces.ts';
import { chosenOnLink, MENUS } from './menus.ts';
import { errands } from './on-demand.ts';
import { errandOf, readAtHand, readOpen, readRequest } from './request.ts';
import { Store } from './store.ts';

const store = new Store();
/** Found to be off; it is switched on by a message. */
let isSyncOff = false;

onRequest((message, sender) => {
  const library = readOpen(message);
  if (library !== undefined) return openLibrary(library);
  const badge = readAtHand(message);
  if (badge !== undefined && sender.tab !== undefined) return setBadge(sender.tab, badge);
  const request = readRequest(message, sender);
  if (request) return store.fulfil(request).finally(sync);
  const errand = errandOf(message);
  if (errand === undefined) return undefined;
  const answered = errands().then(({ answer }) => answer(message, sender, store));
  return answered.finally(() => {
    if (errand === 'sync') isSyncOff = false;
    sync();
  });
});
onSyncedChanged(sync);
onStartup(sync);

onInstalled((isFirst) => {
  void offerOnLinks(MENUS, POST_PATTERNS);
  if (isFirst) void openLibrary('#welcome');
});
onLinkMenu((id, link) => {
  const choice = chosenOnLink(id, link, crypto.randomUUID(), Date.now());
  if (choice && 'open' in choice) void openLibrary(choice.open);
  else if (choice) void store.fulfil(choice.act).finally(sync);
});
onCommand((name) => {
  if (name === 'mark' || name === 'next') void orderActiveTab({ type: 'order', name });
});
onAddressBar(
  async (text) => (await errands()).suggestions(text, await host()),
  async (text) => (await errands()).destination(text, await host()),
);

/** What is due in sync is looked at whenever the background is awake, never by a clock. */
function sync(): void {
  if (!isSyncOff) void syncIfOn().catch((error: unknown) => console.warn('[科学空间伴读]', error));
}

async function syncIfOn(): Promise<void> {
  const kept = (await load(['sync'])).sync as { isOn?: unknown } | null | undefined;
  isSyncOff = kept?.isOn !== true;
  if (!isSyncOff) await (await errands()).syncNow(store.lender);
}

/** The host of the blog that the reader last used. */
async function host() {
  return readSettings((await load(['settings'])).settings).host;
}
