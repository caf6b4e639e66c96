/** The menu on links to posts: 已读, 稍后, 加入计划. */
import { postIdOfHref } from '../site/address.ts';
import type { Request } from '../app/messages.ts';
import type { LinkMenu } from '../platform/browser-ui.ts';
import { planAddress } from './request.ts';

export const MENUS: LinkMenu[] = [
  { id: 'read', message: 'menuRead' },
  { id: 'later', message: 'menuLater' },
  { id: 'plan', message: 'menuPlan' },
];

/** What a click is to do: an act for the store, or a fragment of the library's address. */
export type Choice = { act: Request } | { open: string } | undefined;

/** `id` of the menu, `link` the address that was pointed at; `act` the id of the act; `now` in ms. */
export function chosenOnLink(id: string, link: string, act: string, now: number): Choice {
  const post = postIdOfHref(link);
  if (post === undefined) return undefined;
  if (id === 'plan') return { open: planAddress(post) };
  if (id === 'later')
    return { act: { type: 'act', id: act, changes: [{ post, mark: { kind: 'later' } }] } };
  if (id !== 'read') return undefined;
  const mark = { kind: 'read', at: now, by: 'hand' } as const;
  return { act: { type: 'act', id: act, changes: [{ post, mark }] } };
}
