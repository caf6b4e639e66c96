/** Tells whether a page has prose or links to posts besides menus and sides, in any theme. */
import {
  closest,
  findAll,
  findFirst,
  isElement,
  isText,
  matches,
  propertyOf,
  visitNodes,
} from './dom.ts';
import { linkedPostId } from './links.ts';
import { SIDES } from './listing.ts';

const NOT_PROSE = `a, button, select, h1, h2, h3, h4, h5, h6, script, style, noscript, template, footer, ${SIDES}`;

/** Whether a page has this many characters outside of links, headings, menus and sides. */
export function hasProse(page: Document, characters: number): boolean {
  const body = propertyOf(page, 'body') as HTMLElement | null;
  let length = 0;
  if (body)
    visitNodes(body, (node) => {
      if (isText(node)) length += node.data.trim().length;
      return length < characters && isElement(node) && !matches(node, NOT_PROSE);
    });
  return length >= characters;
}

/** Whether there is a link to a post outside of menus and sides; in the main column, if the page has one. */
export function hasPostLink(page: Document): boolean {
  const column = findFirst(page, '#content, main') ?? page;
  return findAll(column, 'a[href]').some(
    (anchor) => linkedPostId(anchor) !== undefined && !closest(anchor, SIDES),
  );
}
