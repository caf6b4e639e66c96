/** Answers the popup: which posts does this page show? */
import { browserApi } from '../platform/browser.ts';
import type { Here, Question } from '../platform/protocol.ts';
import type { Context } from './context.ts';

export function init(context: Context, signal: AbortSignal): void {
  const { onMessage } = browserApi().runtime;
  // The callback form is understood by every version of both browsers without the polyfill.
  const answer = (message: unknown, _sender: unknown, respond: (here: Here) => void): void => {
    if ((message as Question | undefined)?.type !== 'here') return;
    const posts = [...context.shown].map(([id, title]) => ({ id, title }));
    respond({ kind: context.kind, posts });
  };
  onMessage.addListener(answer as never);
  signal.addEventListener('abort', () => {
    try {
      onMessage.removeListener(answer as never);
    } catch {
      // The extension is gone, and its events with it.
    }
  });
}
