/**
 * The background: the only writer. It wakes for a message, answers when it is stored, and sleeps. What
 * it wakes for most, a mark, is all here; the rest is in errands.ts.
 */
import { onStartup } from '../platform/browser.ts';
import { onRequest } from '../app/messages.ts';
import { load, onSyncedChanged } from '../platform/storage.ts';
import {
  onAddressBar,
  onCommand,
  onInstalled,
  onLinkMenu,
  orderActiveTab,
  setBadge,
} from '../platform/browser-ui.ts';
import { errands } from './on-demand.ts';
import { errandOf, readAct, readAtHand } from './request.ts';
import { AFTER_ANSWER_MS, Store } from './store.ts';

const store = new Store();
/** Found to be off; it is switched on by a message. */
let isSyncOff = false;

onRequest((message, sender) => {
  const act = readAct(message);
  if (act) return store.fulfil(act);
  const badge = readAtHand(message);
  if (badge !== undefined && sender.tab !== undefined) return setBadge(sender.tab, badge);
  const errand = errandOf(message);
  if (errand === undefined) return undefined;
  const answered = errands().then(({ answer }) => answer(message, sender, store));
  return errand === 'sync' ? answered.finally(() => (isSyncOff = false)) : answered;
}, syncSoon);
onSyncedChanged(sync);
onStartup(sync);
onInstalled((isFirst) => void errands().then(({ beginAnew }) => beginAnew(isFirst)));
onLinkMenu(
  (id, link) =>
    void errands()
      .then((own) => own.followMenu(id, link, store))
      .then(sync),
);
onCommand((name) => {
  if (name === 'mark' || name === 'next') void orderActiveTab({ type: 'order', name });
});
onAddressBar(
  async (text) => (await errands()).suggestions(text),
  async (text) => (await errands()).destination(text),
);

function syncSoon(): void {
  setTimeout(sync, AFTER_ANSWER_MS);
}

/** What is due in sync is looked at whenever the background is awake, never by a clock. */
function sync(): void {
  if (!isSyncOff) void syncIfOn().catch((error: unknown) => console.warn('[科学空间伴读]', error));
}

async function syncIfOn(): Promise<void> {
  const kept = (await load(['sync'])).sync as { isOn?: unknown } | null | undefined;
  isSyncOff = kept?.isOn !== true;
  if (!isSyncOff) await (await errands()).syncWith(store);
}
