/** Which posts the page under the popup shows: its content script is asked, and nothing else. */
import { isPostId } from '../blog/address.ts';
import { browserApi, isPrivate } from '../platform/browser.ts';
import type { Here, Question } from '../platform/protocol.ts';

export interface ActiveTab {
  /** undefined: not a page of the blog, or one on which nothing is shown. */
  here: Here | undefined;
  isPrivate: boolean;
}

/** A content script answers within milliseconds; a page that hangs is not waited for. */
const PATIENCE_MS = 800;
/** More posts than any listing page has, and longer than any title. */
const MOST_POSTS = 100;
const LONGEST_TITLE = 300;

/** Never rejects: no answer, an error and an unsound answer all mean that this is not the blog. */
export async function askActiveTab(): Promise<ActiveTab> {
  const tab = { here: undefined, isPrivate: isPrivate() };
  try {
    const { tabs } = browserApi();
    const [active] = await tabs.query({ active: true, currentWindow: true });
    // An extension's own pages are in no private process, their window may be private all the same.
    if (active?.incognito) tab.isPrivate = true;
    if (active?.id === undefined) return tab;
    const question: Question = { type: 'here' };
    const patience = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
    const answer: unknown = await Promise.race([tabs.sendMessage(active.id, question), patience]);
    return { ...tab, here: readHere(answer) };
  } catch {
    return tab;
  }
}

/** An answer checked field by field; undefined where it is none or says of no post. Pure. */
export function readHere(answer: unknown): Here | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { kind, posts } = answer as Record<string, unknown>;
  if ((kind !== 'listing' && kind !== 'post') || !Array.isArray(posts)) return undefined;
  const sound: Here['posts'] = [];
  for (const post of posts.slice(0, MOST_POSTS) as unknown[]) {
    const { id, title } = (post ?? {}) as Record<string, unknown>;
    if (!isPostId(id) || typeof title !== 'string') return undefined;
    sound.push({ id, title: title.slice(0, LONGEST_TITLE) });
  }
  return sound.length > 0 ? { kind, posts: sound } : undefined;
}
