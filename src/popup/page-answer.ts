/** The posts of the page under the popup, according to its content script. */
import { isPostId } from '../site/address.ts';
import type { PageStatus } from '../app/messages.ts';

/** More posts than any listing page has, and longer than any title. */
const MOST_POSTS = 100;
const LONGEST_TITLE = 300;

/** Checks an answer field by field; returns undefined if it is invalid or has no post. Pure. */
export function readPageStatus(answer: unknown): PageStatus | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { kind, posts } = answer as Record<string, unknown>;
  if ((kind !== 'listing' && kind !== 'post') || !Array.isArray(posts)) return undefined;
  const sound: PageStatus['posts'] = [];
  for (const post of posts.slice(0, MOST_POSTS) as unknown[]) {
    const { id, title } = (post ?? {}) as Record<string, unknown>;
    if (!isPostId(id) || typeof title !== 'string') return undefined;
    sound.push({ id, title: title.slice(0, LONGEST_TITLE) });
  }
  return sound.length > 0 ? { kind, posts: sound } : undefined;
}
