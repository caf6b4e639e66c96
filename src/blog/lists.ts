/**
 * The blog's lists of posts without excerpts: the newest in the drawer, which every page carries,
 * and all of them on the archive page, by year and month.
 */
import { postIdOfHref } from './address.ts';
import { readLine } from './text.ts';

export interface ListedPost {
  id: number;
  title: string;
  /** YYYY-MM-DD; undefined in the drawer, which shows none. */
  date: string | undefined;
}

const NEW_POSTS = 'NEWPOSTS';
/** The drawer cuts long titles. */
const CUT = /(?:\.\.\.|…)$/;

/** The drawer's list of new posts, but those whose title it cuts. */
export function readNewPosts(page: Document): ListedPost[] {
  const found: ListedPost[] = [];
  let isHere = false;
  for (const element of page.querySelectorAll('#MobileSideBar :is(h2, a[href])')) {
    if (element.nodeName === 'H2') isHere = readLine(element) === NEW_POSTS;
    else if (isHere && !element.closest('#MobileComments')) {
      const post = linkedPost(element);
      if (post && !CUT.test(post.title)) found.push({ ...post, date: undefined });
    }
  }
  return found;
}

/**
 * The archive page: `h3` year (共N篇), then `li > span` month, then `li` `D日: a (comments)`. What
 * stands under no year or month, or at no day, is left out.
 */
export function readArchive(page: Document): ListedPost[] {
  const found: ListedPost[] = [];
  let year: string | undefined;
  let month: string | undefined;
  for (const element of page.querySelectorAll('#archives :is(h3, span, a[href])')) {
    if (element.nodeName === 'H3') {
      year = /^\s*(\d{4})\s*年/.exec(element.textContent ?? '')?.[1];
      month = undefined;
    } else if (element.nodeName === 'SPAN') {
      month = /^\s*(\d{1,2})\s*月\s*$/.exec(element.textContent ?? '')?.[1] ?? month;
    } else {
      const post = linkedPost(element);
      const day = /^\s*(\d{1,2})\s*日/.exec(element.closest('li')?.textContent ?? '')?.[1];
      if (!post || !year || !month || !day) continue;
      found.push({ ...post, date: [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-') });
    }
  }
  return found;
}

/** A link to a post itself; one to its comments has a place on the page or a page of its own. */
function linkedPost(anchor: Element): { id: number; title: string } | undefined {
  const href = anchor.getAttribute('href') ?? '';
  if (/#|\/comment-page-/.test(href)) return undefined;
  const id = postIdOfHref(href, anchor.ownerDocument.URL);
  const title = readLine(anchor);
  return id !== undefined && title ? { id, title } : undefined;
}
