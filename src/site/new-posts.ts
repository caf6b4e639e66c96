/** The newest posts in the drawer, which every page carries. */
import { postIdOfHref } from './address.ts';
import { readLine } from './text.ts';

export interface ListedPost {
  id: number;
  title: string;
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
      if (post && !CUT.test(post.title)) found.push(post);
    }
  }
  return found;
}

/** A link to a post itself; one to its comments has a place on the page or a page of its own. */
function linkedPost(anchor: Element): ListedPost | undefined {
  const href = anchor.getAttribute('href') ?? '';
  if (/#|\/comment-page-/.test(href)) return undefined;
  const id = postIdOfHref(href, anchor.ownerDocument.URL);
  const title = readLine(anchor);
  return id !== undefined && title ? { id, title } : undefined;
}
