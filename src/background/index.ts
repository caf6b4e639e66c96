/** The background: the only writer. It wakes for a message, answers when it is stored, and sleeps. */
import '../platform/polyfill.ts';
import edge from '../catalogue/packed/edge.ts';
import { onRequest } from '../platform/protocol.ts';
import { readRequest } from './request.ts';
import { Store } from './store.ts';
import { readTeaching } from './teaching.ts';

const store = new Store();

onRequest((message, sender) => {
  const request = readRequest(message, sender) ?? readTeaching(message, sender, edge, Date.now());
  return request && store.fulfil(request);
});
