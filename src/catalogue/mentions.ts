/** 《…》 in a text that is the title of one post: plain text in, places out. */
import type { Catalogue } from './catalogue.ts';
import { normaliseTitle } from './normalise.ts';

export interface Mention {
  /** Where it stands, brackets included: [start, end). */
  start: number;
  end: number;
  id: number;
}

/** Shorter titles (我害怕, 让风筝飞) are as likely those of a song. */
const SHORTEST_TITLE = 6;
/** Longer than any title. */
const LONGEST_TITLE = 300;

/**
 * The posts that a text names, in order. Brackets may stand within brackets: the outermost pair that
 * holds a title counts. A title that two posts share names neither, and what is no post's title, a
 * paper's or a book's, is left alone.
 */
export function mentionsIn(text: string, catalogue: Catalogue): Mention[] {
  const found: Mention[] = [];
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '《') open.push(i);
    if (text[i] !== '》') continue;
    const start = open.pop();
    if (start === undefined || i - start > LONGEST_TITLE) continue;
    const id = postTitled(text.slice(start + 1, i), catalogue);
    if (id === undefined) continue;
    while ((found.at(-1)?.start ?? -1) > start) found.pop();
    found.push({ start, end: i + 1, id });
  }
  return found;
}

function postTitled(title: string, catalogue: Catalogue): number | undefined {
  if (normaliseTitle(title).length < SHORTEST_TITLE) return undefined;
  const [post, ...others] = catalogue.titled(title);
  return others.length === 0 ? post?.id : undefined;
}
