/** The background: the only writer. It wakes for a message, answers when it is stored, and sleeps. */
import '../platform/polyfill.ts';
import edge from '../catalogue/packed/edge.ts';
import { onRequest } from '../platform/protocol.ts';
import { answerWhose, readWhose } from './quotation.ts';
import { readRequest } from './request.ts';
import { fulfil } from './store.ts';
import { readTeaching } from './teaching.ts';

onRequest((message, sender) => {
  const whose = readWhose(message);
  if (whose) return answerWhose(whose);
  const request = readRequest(message) ?? readTeaching(message, sender, edge, Date.now());
  return request && fulfil(request);
});
