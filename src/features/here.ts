/** Answers the popup: which posts does this page show? */
import { onQuestion } from '../platform/protocol.ts';
import type { Context } from './context.ts';

export function init(context: Context, signal: AbortSignal): void {
  const { kind } = context;
  // The list of all posts is about none of them.
  if (kind === 'archive') return;
  onQuestion(() => {
    const posts = [...context.shown].map(([id, title]) => ({ id, title }));
    return { kind, posts };
  }, signal);
}
