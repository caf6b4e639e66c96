/** The posts of the page under the popup, according to its content script. */
import { isPostId } from '../site/address.ts';
import { LONGEST_DIAGNOSIS, type PageStatus, type PageTrouble } from '../app/messages.ts';

/** More posts than any listing page has, and longer than any title. */
const MOST_POSTS = 100;
const LONGEST_TITLE = 300;

const TROUBLES: readonly PageTrouble[] = ['not-understood', 'no-posts', 'no-article'];
/** A diagnosis is copied and sent elsewhere: it has plain characters only. */
const PLAIN = /^[\n -~]+$/;

/** Checks an answer field by field; returns undefined if it is invalid or has nothing to show. Pure. */
export function readPageStatus(answer: unknown): PageStatus | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { kind, posts, trouble, diagnosis } = answer as Record<string, unknown>;
  if ((kind !== 'listing' && kind !== 'post') || !Array.isArray(posts)) return undefined;
  const sound: PageStatus['posts'] = [];
  for (const post of posts.slice(0, MOST_POSTS) as unknown[]) {
    const { id, title } = (post ?? {}) as Record<string, unknown>;
    if (!isPostId(id) || typeof title !== 'string') return undefined;
    sound.push({ id, title: title.slice(0, LONGEST_TITLE) });
  }
  const told = TROUBLES.find((each) => each === trouble);
  if (!told) return sound.length > 0 ? { kind, posts: sound } : undefined;
  return { kind, posts: sound, trouble: told, diagnosis: plainDiagnosis(diagnosis) };
}

function plainDiagnosis(diagnosis: unknown): string | undefined {
  const isPlain =
    typeof diagnosis === 'string' && diagnosis.length <= LONGEST_DIAGNOSIS && PLAIN.test(diagnosis);
  return isPlain ? diagnosis : undefined;
}
