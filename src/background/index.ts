/**
 * The background: a service worker in Chromium, an event page in Firefox. The browser starts it for an event
 * and stops it when it is idle, so every listener is registered while this script first runs.
 */
import { markAddress, viewAddress } from '../app/library-address.ts';
import type { CommandName, PageMessages } from '../app/messages.ts';
import { onStartup } from '../platform/browser.ts';
import {
  isPrivateWindowFocused,
  offerOnLinks,
  onAddressBar,
  onCommand,
  onInstalled,
  onLinkMenu,
} from '../platform/browser-ui.ts';
import { onMessage, sendToActiveTab } from '../platform/messaging.ts';
import {
  closeSyncedToPages,
  drop,
  isOutboxKey,
  OLD_OPENING_KEYS,
  onChanged,
  onSyncedChanged,
} from '../platform/storage.ts';
import { markFor } from '../record/marks.ts';
import { POST_PATTERNS } from '../site/address.ts';
import { destination, suggestions } from './address-bar.ts';
import { changesRecord, handlersFor, replyTo } from './handlers.ts';
import { choiceOf, MENUS } from './menus.ts';
import { openLibrary } from './open-library.ts';
import { Memory } from './memory.ts';
import { Outbox } from './outbox.ts';
import { RecordStore } from './record-store.ts';
import { acknowledgeNews } from './stored-values.ts';
import { Sync } from './sync.ts';
import { isCommand } from './validation.ts';

const store = new RecordStore();
const outbox = new Outbox(store);
const memory = new Memory();
const sync = new Sync(store);
const handlers = handlersFor(store, memory, sync);

/** Whether sync has run since the background started. What was due while it was stopped is written then. */
let hasSynced = false;

onMessage((message, sender) => {
  const isAct = changesRecord(message);
  const answer = () => replyTo(message, sender, handlers);
  const reply = isAct ? outbox.empty().then(answer) : answer();
  return isAct || !hasSynced ? reply?.finally(runSync) : reply;
});
onSyncedChanged(runSync);
void closeSyncedToPages();
onStartup(() => {
  // Damaged values are repaired before a page shows them.
  void store.enqueue({ type: 'flush' });
  takeOutbox();
});
onChanged((changed) => {
  const isLeft = Object.entries(changed).some(
    ([key, left]) => isOutboxKey(key) && left !== undefined,
  );
  if (!isLeft) return;
  outbox.lookAgain();
  takeOutbox();
});
onInstalled((isFirst) => {
  if (isFirst) {
    void openLibrary(viewAddress('welcome'));
    // A reader who has just installed the extension is told no news.
    void store.inTurn(acknowledgeNews).catch(() => undefined);
  }
  void offerOnLinks(MENUS, POST_PATTERNS);
  // While an extension is updated, no event tells it that a page leaves a mark.
  takeOutbox();
  // Makes room for the record. These openings are not needed: listings will show them again.
  void drop(OLD_OPENING_KEYS).catch(() => undefined);
});
onLinkMenu((menu, link) => void followMenu(menu, link).then(runSync));
onCommand((name) => {
  if (isCommand(name)) void sendCommand(name);
});
onAddressBar(
  async (text) => suggestions(text, await textSearch()),
  async (text) => destination(text, await textSearch()),
);

/** Returns the search of the kept texts; undefined in a private window. */
async function textSearch() {
  return (await isPrivateWindowFocused()) ? undefined : (query: string) => memory.find(query);
}

/** Runs a command in the active tab, if it shows a page of the blog. */
async function sendCommand(name: CommandName): Promise<void> {
  try {
    const sent: PageMessages['command']['sent'] = { name };
    const { answer } = await sendToActiveTab({ type: 'command', ...sent });
    await answer;
  } catch {
    // There is no content script of ours in the tab.
  }
}

function takeOutbox(): void {
  void outbox.empty().then(runSync);
}

function runSync(): void {
  hasSynced = true;
  void sync.run();
}

async function followMenu(menu: string, link: string): Promise<void> {
  const choice = choiceOf(menu, link);
  if (!choice) return;
  if ('open' in choice) return openLibrary(choice.open);
  const { post, mark } = choice;
  await outbox.empty();
  const changes = [{ post, mark: markFor(mark, Date.now()) }];
  const { ok } = await store.enqueue({ type: 'mark', id: crypto.randomUUID(), changes });
  // The page of the link may be none of the blog's, where nothing could say that the mark is not stored.
  if (!ok) await openLibrary(markAddress(post, mark));
}
