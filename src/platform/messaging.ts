/** Sends and receives messages between the parts of the extension. app/messages.ts defines them. */
import type { Runtime } from 'webextension-polyfill';
import { browserApi, listenTo } from './browser.ts';

/** The sender of a message, according to the browser. */
export interface Sender {
  /** The address of the page; undefined if the browser does not tell. */
  url: string | undefined;
  /** Whether the page is the tab's top page, not a frame. */
  isTop: boolean;
  isPrivate: boolean;
  /** The tab that the page is in; undefined for the popup. */
  tab?: number | undefined;
}

/** Whether one of our own pages sent a message. The browser reports the address, so no page can forge it. */
export function isOwnPage({ url }: Sender): boolean {
  return /^(?:chrome|moz)-extension:/.test(url ?? '');
}

/**
 * Sends a message to the background and to our own pages that are open, except to the sender. Rejects if nobody
 * answers, or with the browser's error.
 */
export async function sendToOwnParts(message: object): Promise<unknown> {
  return browserApi().runtime.sendMessage(message);
}

/**
 * Sends a message to the content script of the active tab. Rejects if there is none.
 *
 * @returns its answer, and whether the tab is in a private window
 */
export async function sendToActiveTab(
  message: object,
): Promise<{ answer: Promise<unknown>; isPrivate: boolean }> {
  const { tabs } = browserApi();
  const [tab] = await tabs.query({ active: true, currentWindow: true });
  const answer: Promise<unknown> = tabs.sendMessage(tab?.id ?? -1, message);
  return { answer, isPrivate: tab?.incognito ?? false };
}

/**
 * Answers messages of this extension.
 *
 * @param answer returns undefined for a message that this part does not answer
 */
export function onMessage(
  answer: (message: unknown, sender: Sender) => Promise<unknown> | undefined,
  signal?: AbortSignal,
): void {
  const { runtime } = browserApi();
  // Every version of both browsers understands the callback form without the polyfill.
  const listener = (
    message: unknown,
    { id, url, frameId, tab }: Runtime.MessageSender,
    respond: (answered: unknown) => void,
  ): true | undefined => {
    if (id !== runtime.id) return undefined;
    const isPrivate = tab?.incognito ?? false;
    const answered = answer(message, { url, isTop: frameId === 0, isPrivate, tab: tab?.id });
    void answered?.then(respond, () => respond(undefined));
    return answered && true;
  };
  listenTo(runtime.onMessage, listener as never, signal);
}
