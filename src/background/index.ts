/** The background: the only writer. It wakes for a message, answers when it is stored, and sleeps. */
import '../platform/polyfill.ts';
import { browserApi } from '../platform/browser.ts';
import { type Answer, readRequest } from '../platform/protocol.ts';
import { fulfil } from './store.ts';

browserApi().runtime.onMessage.addListener(
  (message: unknown, sender: { id?: string }): Promise<Answer> | undefined => {
    const request = sender.id === browserApi().runtime.id ? readRequest(message) : undefined;
    return request && fulfil(request);
  },
);
