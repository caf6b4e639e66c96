/** The boxes of the blog's texts, and what a part of a page has of such boxes. */
import { closestFinder, findAll, isDocument, matches, outermostOf, overlapOf } from './dom.ts';
import type { ForeignText } from './types.ts';

/** The boxes of articles and excerpts. */
export const TEXT_BOXES = '#PostContent, .PostContent';

/**
 * Returns the boxes in parts of a page, none within another, in the order of the selectors. A part that is in a box
 * itself is returned as a whole.
 *
 * @param foreign where the text is, on a page in another theme: only the article is returned, or the part within it
 */
export function textsIn(
  roots: readonly (Document | Element)[],
  selectors: readonly string[],
  foreign?: ForeignText,
): Element[] {
  const all = selectors.join();
  const closestBox = closestFinder(all);
  return roots.flatMap((root) => {
    if (foreign) return foreign.article ? overlapOf(foreign.article, root) : [];
    // On the archive page, a part inside a box contains thousands of links.
    if (!isDocument(root) && closestBox(root)) return [root];
    const boxes = outermostOf(root, findAll(root, all), all);
    return [...new Set(selectors.flatMap((each) => boxes.filter((box) => matches(box, each))))];
  });
}
