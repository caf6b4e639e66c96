/**
 * Checks of the messages about the texts of posts. A page of the blog may send or ask about its own post only,
 * and nothing is kept, shown or deleted in a private window.
 */
import { LONGEST_QUOTATION, type Sent } from '../app/messages.ts';
import { LONGEST_SEARCH } from '../memory/find.ts';
import { soundPostText } from '../memory/kept-text.ts';
import { isOwnPage, type Sender } from '../platform/messaging.ts';
import { isPostId, postIdOf } from '../site/address.ts';
import { type Message, pageOfSender, readPostIds } from './validation.ts';

/** The text of the post that the page of the sender shows. */
export function readOwnText({ text }: Message, sender: Sender): Sent<'keepText'> | undefined {
  const id = ownPostOf(sender);
  const sound = id === undefined ? undefined : soundPostText(text);
  return sound?.id === id && sound ? { text: sound } : undefined;
}

/** A post that one of our own pages, or the page of that post, asks about. */
export function readTextId({ id }: Message, sender: Sender): Sent<'isTextKept'> | undefined {
  const isAllowed = !sender.isPrivate && (isOwnPage(sender) || ownPostOf(sender) === id);
  return isAllowed && isPostId(id) ? { id } : undefined;
}

export function readFindTexts({ query }: Message, sender: Sender): Sent<'findTexts'> | undefined {
  return typeof query === 'string' && !sender.isPrivate
    ? { query: query.slice(0, LONGEST_SEARCH) }
    : undefined;
}

export function readNotPrivate(_message: Message, { isPrivate }: Sender): object | undefined {
  return isPrivate ? undefined : {};
}

export function readForgetTexts(message: Message, { isPrivate }: Sender) {
  return isPrivate ? undefined : readPostIds(message);
}

/** `mayUseTexts` is false in a private window: the kept texts are not searched there. */
export function readFindSource(
  { text }: Message,
  { isPrivate }: Sender,
): (Sent<'findSource'> & { mayUseTexts: boolean }) | undefined {
  return typeof text === 'string' && text.length <= LONGEST_QUOTATION
    ? { text, mayUseTexts: !isPrivate }
    : undefined;
}

/** The post of the page that sent a message. */
function ownPostOf(sender: Sender): number | undefined {
  const page = pageOfSender(sender);
  return page && postIdOf(page);
}
