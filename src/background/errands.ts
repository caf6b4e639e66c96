/**
 * What the background is asked for now and then: all but marks. A script of its own, for most wakes are
 * for a mark (docs/adr/0010-background.md).
 */
import { POST_PATTERNS } from '../site/address.ts';
import edge from '../catalogue/packed/edge.ts';
import { openLibrary } from '../platform/browser.ts';
import type { Answer, Particulars, Sender, Source, SyncState } from '../app/messages.ts';
import { load, RECORD } from '../platform/storage.ts';
import { offerOnLinks } from '../platform/browser-ui.ts';
import { decode, encodeSnapshot } from '../record/codec.ts';
import { answerAbout, readAbout } from './post-details.ts';
import { chosenOnLink, MENUS } from './menus.ts';
import { answerWhose, readWhose } from './find-source.ts';
import { readOpen, readRequest, readSyncRequest } from './request.ts';
import type { Store } from './store.ts';
import { answerSync, type Lender, syncNow } from './sync.ts';
import { readTeaching } from './teaching.ts';

export { destination, suggestions } from './address-bar.ts';
export { amend, fold } from './amend.ts';
export { saveInRoom } from './room.ts';
export { write } from './values.ts';

/** What is answered to a message, or undefined for what is not sound. Never rejects. */
export async function answer(
  message: unknown,
  sender: Sender,
  store: Store,
): Promise<Answer | Source | Particulars | SyncState | void> {
  const library = readOpen(message);
  if (library !== undefined) return openLibrary(library);
  const whose = readWhose(message);
  if (whose) return answerWhose(whose);
  const about = readAbout(message);
  if (about) return answerAbout(about);
  const asked = readSyncRequest(message, sender);
  if (asked) return answerSync(asked, lenderOf(store));
  const request = readRequest(message, sender) ?? readTeaching(message, sender, edge, Date.now());
  return request && store.fulfil(request);
}

/** Does what is due in sync. */
export async function syncWith(store: Store): Promise<void> {
  await syncNow(lenderOf(store));
}

/** The companion was installed, `isFirst` for the first time, or updated. */
export async function beginAnew(isFirst: boolean): Promise<void> {
  if (isFirst) void openLibrary('#welcome');
  await offerOnLinks(MENUS, POST_PATTERNS);
}

/** Does what was chosen in the menu `id` on a link. */
export async function followMenu(id: string, link: string, store: Store): Promise<void> {
  const choice = chosenOnLink(id, link, crypto.randomUUID(), Date.now());
  if (choice && 'open' in choice) await openLibrary(choice.open);
  else if (choice) await store.fulfil(choice.act);
}

/** The record for sync: its entries come in one request after the other like all else. */
function lenderOf(store: Store): Lender {
  return {
    device: () => store.device(),
    read: async () => {
      const { record, journal } = await load(RECORD);
      const decoded = decode(record, journal);
      return decoded.newer === undefined ? decoded.record : undefined;
    },
    merge: (entries) =>
      store.fulfil({
        type: 'merge',
        id: crypto.randomUUID(),
        how: 'sync',
        entries: encodeSnapshot(entries),
      }),
  };
}
