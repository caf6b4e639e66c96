/** The menu on links to posts: mark as read, read later, add to a plan. */
import { planAddress } from '../app/library-address.ts';
import type { LinkMenu } from '../platform/browser-ui.ts';
import type { GivenMark } from '../record/marks.ts';
import { postIdOfHref } from '../site/address.ts';

export const MENUS: LinkMenu[] = [
  { id: 'read', message: 'menuRead' },
  { id: 'later', message: 'menuLater' },
  { id: 'plan', message: 'menuPlan' },
];

/** The result of a click: a mark for a post, or a fragment of the library's address to open. */
export type MenuChoice = { post: number; mark: GivenMark } | { open: string };

/** What a click on the menu `id` does with a link; undefined for a link that leads to no post. */
export function choiceOf(id: string, link: string): MenuChoice | undefined {
  const post = postIdOfHref(link);
  if (post === undefined) return undefined;
  switch (id) {
    case 'read':
    case 'later':
      return { post, mark: id };
    case 'plan':
      return { open: planAddress(post) };
    default:
      return undefined;
  }
}
