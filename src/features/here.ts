/** Answers the popup: which posts does this page show? */
import { onQuestion } from '../platform/protocol.ts';
import type { Context } from './context.ts';

export function init(context: Context, signal: AbortSignal): void {
  onQuestion(() => {
    const posts = [...context.shown].map(([id, title]) => ({ id, title }));
    return { kind: context.kind === 'post' ? 'post' : 'listing', posts };
  }, signal);
}
