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

const TEXTS = '#PostContent, .PostContent, #comments, #similar, #entrynavigation';
const SIDE = '#SideBar, #MobileSideBar';
const NOT_HERE = 'h1, h2, h3, h4, h5, h6, .more, .comment_reply';
const TO_COMMENTS = /\/comment-page-|#(?:comment|PostComment|respond-post)/;
/** No permalink is longer; a megabyte is not taken apart. */
const MAX_HREF = 2_000;

/** The boxes of a page that links are looked for in, none within another. */
export function linkBoxes(page: Document, withSides: boolean): Element[] {
  const boxes = withSides ? `${TEXTS}, ${SIDE}` : TEXTS;
  return [...page.querySelectorAll(boxes)].filter((box) => !box.parentElement?.closest(boxes));
}

/**
 * Reads the links to posts in a part of a page, itself included, in its order. What an address leads
 * to is kept, so that each is parsed once however many links have it.
 */
export function linkReader(
  page: Document,
  withSides: boolean,
): (root: Document | Element) => PostLink[] {
  const boxes = withSides ? `${TEXTS}, ${SIDE}` : TEXTS;
  const notHere = withSides ? NOT_HERE : `${NOT_HERE}, ${SIDE}`;
  const base = page.baseURI;
  const own = postIdOf(new URL(page.URL));
  const known = new Map<string, number | undefined>();

  const idOf = (href: string): number | undefined => {
    if (href.length > MAX_HREF || href.startsWith('#') || TO_COMMENTS.test(href)) return undefined;
    if (!known.has(href)) known.set(href, postIdOfHref(href, base));
    return known.get(href);
  };

  return (root) => {
    const anchors = [...root.querySelectorAll<HTMLAnchorElement>('a[href]')];
    if ('matches' in root && root.matches('a[href]')) anchors.unshift(root as HTMLAnchorElement);
    return anchors.flatMap((anchor): PostLink[] => {
      const id = idOf(anchor.getAttribute('href') ?? '');
      if (id === undefined || id === own) return [];
      return anchor.closest(boxes) && !anchor.closest(notHere) ? [{ anchor, id }] : [];
    });
  };
}
