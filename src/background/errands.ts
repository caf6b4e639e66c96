/**
 * What the background is asked for now and then: all that needs the catalogue or the account's sync. A
 * script of its own, for most wakes are for a mark (docs/adr/0010-background.md).
 */
import edge from '../catalogue/packed/edge.ts';
import type { Answer, Particulars, Sender, Source, SyncState } from '../platform/protocol.ts';
import { answerAbout, readAbout } from './about.ts';
import { answerWhose, readWhose } from './quotation.ts';
import { readOwnLearning, readSyncRequest } from './request.ts';
import type { Store } from './store.ts';
import { answerSync, syncNow } from './sync.ts';
import { readTeaching } from './teaching.ts';

export { destination, suggestions } from './address-bar.ts';
export { write } from './knowledge.ts';
export { syncNow };

/** What is answered to a message, or undefined for what is not sound. Never rejects. */
export async function answer(
  message: unknown,
  sender: Sender,
  store: Store,
): Promise<Answer | Source | Particulars | SyncState | undefined> {
  const whose = readWhose(message);
  if (whose) return answerWhose(whose);
  const about = readAbout(message);
  if (about) return answerAbout(about);
  const asked = readSyncRequest(message, sender);
  if (asked) return answerSync(asked, store.lender);
  const learning =
    readOwnLearning(message, sender) ?? readTeaching(message, sender, edge, Date.now());
  return learning && store.fulfil(learning);
}
