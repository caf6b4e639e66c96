/** The background: the only writer. It wakes for a message, answers when it is stored, and sleeps. */
import '../platform/polyfill.ts';
import { onRequest } from '../platform/protocol.ts';
import { readRequest } from './request.ts';
import { fulfil } from './store.ts';

onRequest((message) => {
  const request = readRequest(message);
  return request && fulfil(request);
});
