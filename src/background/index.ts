/** The background: the only writer. It wakes for a message, answers when it is stored, and sleeps. */
import { POST_PATTERNS } from '../blog/address.ts';
import edge from '../catalogue/packed/edge.ts';
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
import { destination, suggestions } from './address-bar.ts';
import { chosenOnLink, MENUS } from './menus.ts';
import { answerAbout, readAbout } from './about.ts';
import { answerWhose, readWhose } from './quotation.ts';
import { readAtHand, readOpen, readRequest, readSyncRequest } from './request.ts';
import { Store } from './store.ts';
import { answerSync, syncNow } from './sync.ts';
import { readTeaching } from './teaching.ts';

const store = new Store();
/** What is due in sync is looked at whenever the background is awake, never by a clock. */
const sync = () => void syncNow(store.lender);

onRequest((message, sender) => {
  const whose = readWhose(message);
  if (whose) return answerWhose(whose);
  const about = readAbout(message);
  if (about) return answerAbout(about);
  const library = readOpen(message);
  if (library !== undefined) return openLibrary(library);
  const badge = readAtHand(message);
  if (badge !== undefined && sender.tab !== undefined) return setBadge(sender.tab, badge);
  const asked = readSyncRequest(message, sender);
  if (asked) return answerSync(asked, store.lender);
  const request = readRequest(message, sender) ?? readTeaching(message, sender, edge, Date.now());
  return request && store.fulfil(request).finally(sync);
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
  async (text) => suggestions(text, await host()),
  async (text) => destination(text, await host()),
);

/** The host of the blog that the reader last used. */
async function host() {
  return readSettings((await load(['settings'])).settings).host;
}
