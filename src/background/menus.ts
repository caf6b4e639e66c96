/** The menu on links to posts: mark as read, read later, add to a plan. */
import { planAddress } from '../app/library-address.ts';
import type { Change } from '../app/messages.ts';
import type { LinkMenu } from '../platform/browser-ui.ts';
import { postIdOfHref } from '../site/address.ts';

export const MENUS: LinkMenu[] = [
  { id: 'read', message: 'menuRead' },
  { id: 'later', message: 'menuLater' },
  { id: 'plan', message: 'menuPlan' },
];

/** The result of a click: a change of a mark, or a fragment of the library's address to open. */
export type MenuChoice = { change: Change } | { open: string };

/**
 * What a click on the menu `id` does with a link; undefined for a link that leads to no post.
 *
 * @param now in ms
 */
export function choiceOf(id: string, link: string, now: number): MenuChoice | undefined {
  const post = postIdOfHref(link);
  if (post === undefined) return undefined;
  switch (id) {
    case 'read':
      return { change: { post, mark: { kind: 'read', at: now, by: 'hand' } } };
    case 'later':
      return { change: { post, mark: { kind: 'later' } } };
    case 'plan':
      return { open: planAddress(post) };
    default:
      return undefined;
  }
}
