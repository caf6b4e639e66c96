/**
 * Links to posts, where the blog has them in texts and lists: articles, excerpts, comments, related
 * posts, the archive; the sidebar and the drawer only when asked for. What leads to a post's
 * comments, to the post at hand or on from its own excerpt is not a link to a post in this sense.
 */
import { postIdOf, postIdOfHref } from './address.ts';

export interface PostLink {
  readonly anchor: HTMLAnchorElement;
  readonly id: number;
}

const TEXTS = ['#PostContent', '.PostContent', '#comments', '#similar', '#entrynavigation'];
const SIDES = ['#SideBar', '#MobileSideBar'];
const NOT_HERE = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', '.more', '.comment_reply'];
const TO_COMMENTS = /\/comment-page-|#(?:comment|PostComment|respond-post)/;
const LINK = 'a[href]';
/** No permalink is longer; a megabyte is not taken apart. */
const MAX_HREF = 2_000;

/** The boxes of a page that links are looked for in, none within another; texts before the sides. */
export function linkBoxes(page: Document | Element, withSides: boolean): Element[] {
  const boxes = boxesWith(withSides);
  const within = boxes.join();
  // One by one: a browser finds `.PostContent` at once, but holds a list against every element.
  const found = new Set(boxes.flatMap((selector) => Array.from(page.querySelectorAll(selector))));
  return [...found].filter((box) => !box.parentElement?.closest(within));
}

function boxesWith(sides: boolean): string[] {
  return sides ? [...TEXTS, ...SIDES] : TEXTS;
}

/**
 * Reads the links to posts in a part of a page, itself included, box by box, in the order of each.
 * What an address leads to is kept, so that each is parsed once however many links have it.
 */
export function linkReader(
  page: Document,
  withSides: boolean,
): (root: Document | Element) => PostLink[] {
  const boxes = boxesWith(withSides).join();
  const outside = withSides ? NOT_HERE : [...NOT_HERE, ...SIDES];
  const base = page.baseURI;
  const own = postIdOf(new URL(page.URL));
  const known = new Map<string, number | undefined>();

  const idOf = (href: string): number | undefined => {
    if (href.length > MAX_HREF || href.startsWith('#') || TO_COMMENTS.test(href)) return undefined;
    if (!known.has(href)) known.set(href, postIdOfHref(href, base));
    return known.get(href);
  };

  // One by one: that is quicker than to hold the list of them against each element around a link.
  const isOutside = (anchor: Element) => outside.some((selector) => anchor.closest(selector));

  return (root) => {
    const element = 'closest' in root ? root : undefined;
    if (!element?.matches(LINK) && !root.querySelector(LINK)) return [];
    // What boxes there are is asked, not in which of them each of a thousand links stands.
    const within = element?.closest(boxes) ? [element] : linkBoxes(root, withSides);
    return within.flatMap(anchorsIn).flatMap((anchor): PostLink[] => {
      const id = idOf(anchor.getAttribute('href') ?? '');
      return id === undefined || id === own || isOutside(anchor) ? [] : [{ anchor, id }];
    });
  };
}

function anchorsIn(root: Document | Element): HTMLAnchorElement[] {
  const anchors = Array.from(root.querySelectorAll<HTMLAnchorElement>(LINK));
  if ('matches' in root && root.matches(LINK)) anchors.unshift(root as HTMLAnchorElement);
  return anchors;
}
