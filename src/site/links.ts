/**
 * Finds links to posts in the texts and lists of the blog: articles, excerpts, comments, related posts, the archive;
 * on request also in the sidebar and the drawer. In another theme only the article is searched. A link to a post's
 * comments, to the post of the page, or from an excerpt to the rest of its own post does not count.
 */
import { postIdOf, postIdOfHref } from './address.ts';
import { attributeOf, baseOf, closestFinder, findAll, matches, pageOf, propertyOf } from './dom.ts';
import { TEXT_BOXES, textsIn } from './text-boxes.ts';
import type { ForeignText } from './types.ts';

export interface PostLink {
  readonly anchor: HTMLAnchorElement;
  readonly id: number;
}

/** The attribute of the links that we have added to the page's text. */
export const OUR_LINK = 'data-kexue-mention';

const LINK_BOXES = [TEXT_BOXES, '#comments', '#similar', '#entrynavigation'];
const SIDE_LINK_BOXES = ['#SideBar', '#MobileSideBar'];
const NOT_HERE = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', '.more', '.comment_reply'];
/** How the addresses of comments end. */
export const TO_COMMENTS = /\/comment-page-|#(?:comment|PostComment|respond-post)/;
const LINK = 'a[href]';
/** The most links that are read at once, ten times as many as the archive has; each address is parsed. */
const MOST_LINKS = 20_000;
/** Longer than any permalink: a megabyte is not parsed. */
export const MAX_HREF = 2_000;

/** The post that an anchor leads to, as the browser would resolve its address. */
export function linkedPostId(anchor: Element): number | undefined {
  const href = attributeOf(anchor, 'href') ?? '';
  return href.length > MAX_HREF ? undefined : postIdOfHref(href, baseOf(anchor));
}

/** The boxes that are searched for links, as selectors; texts before the sides. */
export function linkBoxes(withSides: boolean): string[] {
  return withSides ? [...LINK_BOXES, ...SIDE_LINK_BOXES] : LINK_BOXES;
}

/**
 * Returns the links to posts in a page or in parts of it, box by box, in the order of each box. A part may be a link.
 *
 * @param foreign where the text is, on a page in another theme
 */
export function postLinksIn(
  roots: readonly (Document | Element)[],
  withSides: boolean,
  foreign?: ForeignText,
): PostLink[] {
  const [first] = roots;
  if (!first) return [];
  const own = postIdOf(new URL(propertyOf(pageOf(first), 'URL')));
  const outside = [...NOT_HERE, ...(withSides ? [] : SIDE_LINK_BOXES)].join();
  const boxOutside = closestFinder(outside);
  const isOutside = (anchor: Element) =>
    boxOutside(anchor) !== null || foreign?.isOutside(anchor) === true;
  return textsIn(roots, linkBoxes(withSides), foreign)
    .flatMap(anchorsIn)
    .slice(0, MOST_LINKS)
    .flatMap((anchor): PostLink[] => {
      const href = attributeOf(anchor, 'href') ?? '';
      if (href.startsWith('#') || TO_COMMENTS.test(href)) return [];
      const id = linkedPostId(anchor);
      return id === undefined || id === own || isOutside(anchor) ? [] : [{ anchor, id }];
    });
}

function anchorsIn(root: Element): HTMLAnchorElement[] {
  const anchors = findAll(root, LINK) as HTMLAnchorElement[];
  if (matches(root, LINK)) anchors.unshift(root as HTMLAnchorElement);
  return anchors;
}
