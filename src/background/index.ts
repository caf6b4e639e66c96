/** The background: the only writer. It wakes for a message, answers when it is stored, and sleeps. */
import '../platform/polyfill.ts';
import edge from '../catalogue/packed/edge.ts';
import { onStartup, openLibrary } from '../platform/browser.ts';
import { onRequest } from '../platform/protocol.ts';
import { onSyncedChanged } from '../platform/storage.ts';
import { answerWhose, readWhose } from './quotation.ts';
import { readOpenList, readRequest, readSyncRequest } from './request.ts';
import { Store } from './store.ts';
import { answerSync, syncNow } from './sync.ts';
import { readTeaching } from './teaching.ts';

const store = new Store();
/** What is due in sync is looked at whenever the background is awake, never by a clock. */
const sync = () => void syncNow(store.lender);

onRequest((message, sender) => {
  const whose = readWhose(message);
  if (whose) return answerWhose(whose);
  const list = readOpenList(message);
  if (list !== undefined) return openLibrary(`#record?list=${list}`);
  const asked = readSyncRequest(message, sender);
  if (asked) return answerSync(asked, store.lender);
  const request = readRequest(message, sender) ?? readTeaching(message, sender, edge, Date.now());
  return request && store.fulfil(request).finally(sync);
});
onSyncedChanged(sync);
onStartup(sync);
