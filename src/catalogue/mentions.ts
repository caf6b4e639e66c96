/** Finds titles of posts in brackets, 《…》, in a text. Pure. */
import type { Catalogue } from './catalogue.ts';
import { normaliseTitle } from './normalise.ts';

export interface Mention {
  /** The range in the text, [start, end), including the brackets. */
  start: number;
  end: number;
  id: number;
}

/** Shorter titles (我害怕, 让风筝飞) may also be the titles of songs. */
const SHORTEST_TITLE = 6;
/** Longer than any title. */
const LONGEST_TITLE = 300;

/**
 * Returns the posts that a text names, in order. If brackets contain other brackets, the outermost pair
 * with the title of a post counts. A title that two posts share names neither of them. Other titles, of papers
 * or books, are ignored.
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
