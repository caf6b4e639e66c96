/**
 * Links to posts, where the blog has them in texts and lists: articles, excerpts, comments, related
 * posts, the archive; the sidebar and the drawer only on request. In another theme they are looked for in
 * the article alone. A link to a post's comments, to the post of the page, or from an excerpt to the rest of
 * its own post does not count.
 */
import { postIdOf, postIdOfHref } from './address.ts';
import {
  attributeOf,
  baseOf,
  closest,
  findAll,
  isDocument,
  isWithin,
  matches,
  pageOf,
  propertyOf,
  shareOf,
} from './dom.ts';
import type { ForeignText } from './types.ts';

export interface PostLink {
  readonly anchor: HTMLAnchorElement;
  readonly id: number;
}

/** The attribute of the links that we have added to the page's text. */
export const OUR_LINK = 'data-kexue-mention';

const TEXTS = ['#PostContent', '.PostContent', '#comments', '#similar', '#entrynavigation'];
const SIDES = ['#SideBar', '#MobileSideBar'];
const NOT_HERE = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', '.more', '.comment_reply'];
/** How the addresses of comments end. */
export const TO_COMMENTS = /\/comment-page-|#(?:comment|PostComment|respond-post)/;
const LINK = 'a[href]';
/** Longer than any permalink: a megabyte is not parsed. */
const MAX_HREF = 2_000;

/** The post that an anchor leads to, as the browser would resolve its address. */
export function linkedPostId(anchor: Element): number | undefined {
  const href = attributeOf(anchor, 'href') ?? '';
  return href.length > MAX_HREF ? undefined : postIdOfHref(href, baseOf(anchor));
}

/** The boxes of a page that links are looked for in, none within another; texts before the sides. */
export function linkBoxes(page: Document | Element, withSides: boolean): Element[] {
  const boxes = boxesWith(withSides);
  const within = boxes.join();
  const found = new Set(boxes.flatMap((selector) => findAll(page, selector)));
  return [...found].filter((box) => !isWithin(box, within));
}

function boxesWith(sides: boolean): string[] {
  return sides ? [...TEXTS, ...SIDES] : TEXTS;
}

/**
 * The links to posts in a part of a page, that part itself included, box by box, in the order of each.
 *
 * @param foreign where the text is, on a page in another theme
 */
export function postLinksIn(
  root: Document | Element,
  withSides: boolean,
  foreign?: ForeignText,
): PostLink[] {
  const own = postIdOf(new URL(propertyOf(pageOf(root), 'URL')));
  const outside = [...NOT_HERE, ...(withSides ? [] : SIDES)].join();
  const isOutside = (anchor: Element) =>
    closest(anchor, outside) !== null || foreign?.isOutside(anchor) === true;
  return textsIn(root, withSides, foreign)
    .flatMap(anchorsIn)
    .flatMap((anchor): PostLink[] => {
      const href = attributeOf(anchor, 'href') ?? '';
      if (href.startsWith('#') || TO_COMMENTS.test(href)) return [];
      const id = linkedPostId(anchor);
      return id === undefined || id === own || isOutside(anchor) ? [] : [{ anchor, id }];
    });
}

function textsIn(root: Document | Element, withSides: boolean, foreign?: ForeignText): Element[] {
  if (foreign) return foreign.article ? shareOf(foreign.article, root) : [];
  // A part that stands in a box is read as it is; it holds thousands of links on the archive page.
  const isInBox = !isDocument(root) && closest(root, boxesWith(withSides).join());
  return isInBox ? [root] : linkBoxes(root, withSides);
}

function anchorsIn(root: Element): HTMLAnchorElement[] {
  const anchors = findAll(root, LINK) as HTMLAnchorElement[];
  if (matches(root, LINK)) anchors.unshift(root as HTMLAnchorElement);
  return anchors;
}
