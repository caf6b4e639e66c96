/** The background: the only writer. It wakes for a message, answers when it is stored, and sleeps. */
import '../platform/polyfill.ts';
import edge from '../catalogue/packed/edge.ts';
import { openLibrary } from '../platform/browser.ts';
import { onRequest } from '../platform/protocol.ts';
import { answerAbout, readAbout } from './about.ts';
import { answerWhose, readWhose } from './quotation.ts';
import { readOpenList, readRequest } from './request.ts';
import { Store } from './store.ts';
import { readTeaching } from './teaching.ts';

const store = new Store();

onRequest((message, sender) => {
  const whose = readWhose(message);
  if (whose) return answerWhose(whose);
  const about = readAbout(message);
  if (about) return answerAbout(about);
  const list = readOpenList(message);
  if (list !== undefined) return openLibrary(`#record?list=${list}`);
  const request = readRequest(message, sender) ?? readTeaching(message, sender, edge, Date.now());
  return request && store.fulfil(request);
});
