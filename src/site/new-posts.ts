/** The newest posts in the drawer, which is on every page. */
import { attributeOf, closest, findAll, matches } from './dom.ts';
import { linkedPostId, TO_COMMENTS } from './links.ts';
import { readLine } from './text.ts';
import { plainTitle } from './title.ts';

export interface ListedPost {
  id: number;
  title: string;
}

const NEW_POSTS = 'NEWPOSTS';

/** The drawer's list of new posts, without those whose title it cuts. */
export function readNewPosts(page: Document): ListedPost[] {
  const found: ListedPost[] = [];
  let isInList = false;
  for (const element of findAll(page, '#MobileSideBar :is(h2, a[href])')) {
    if (matches(element, 'h2')) isInList = readLine(element) === NEW_POSTS;
    else if (isInList && !closest(element, '#MobileComments')) {
      const post = listedPost(element);
      if (post) found.push(post);
    }
  }
  return found;
}

function listedPost(anchor: Element): ListedPost | undefined {
  const href = attributeOf(anchor, 'href') ?? '';
  if (href.includes('#') || TO_COMMENTS.test(href)) return undefined;
  const id = linkedPostId(anchor);
  const title = plainTitle(anchor);
  return id !== undefined && title ? { id, title } : undefined;
}
