/** Sends the messages of messages.ts and waits for their answers. Nothing here rejects. */
import { activateOwnTab, isAlive } from '../platform/browser.ts';
import { withLock } from '../platform/locks.ts';
import { isOwnPage, onMessage, sendToActiveTab, sendToOwnParts } from '../platform/messaging.ts';
import {
  type Answer,
  type BackgroundMessages,
  type CommandName,
  LIBRARY_LOCK,
  type LibraryMessages,
  LONGEST_QUOTATION,
  type PageMessages,
  type Reply,
  type Sent,
} from './messages.ts';

type Name = keyof BackgroundMessages;
type Answered<N extends Name> = BackgroundMessages[N]['answer'];
/** The messages that change something. */
type WriteName = { [N in Name]: Answered<N> extends Answer ? N : never }[Name];

/**
 * A background that dies leaves a request unanswered. One that changes something is sent again for this long; a
 * question waits so long for its answer.
 */
const PATIENCE_MS = 12_000;
const ANSWER_PATIENCE_MS = 4_000;
const PAUSE_MS = 150;
/** A content script answers within milliseconds, unless its page hangs. */
const TAB_PATIENCE_MS = 800;

/**
 * Sends a request that changes something, again and again until it is answered, for 12 s and then once more: while
 * the page is in the back/forward cache time passes, but the page cannot send.
 *
 * @param beforeRetry returns what to send instead when the request is sent again, or undefined to give up
 */
export async function write<N extends WriteName>(
  name: N,
  sent: Sent<N>,
  beforeRetry: () => Sent<N> | undefined = () => sent,
): Promise<Answer> {
  const until = performance.now() + PATIENCE_MS;
  for (let next: Sent<N> | undefined = sent; next !== undefined; next = beforeRetry()) {
    const isLast = performance.now() > until;
    const reply = await sendOnce(name, next, ANSWER_PATIENCE_MS);
    if (reply) return 'value' in reply ? reply.value : { ok: false, why: 'refused' };
    // An extension that was updated or removed does not answer its old scripts any more.
    if (isLast || !isAlive()) break;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return { ok: false, why: 'unreachable' };
}

/**
 * Asks the background once.
 *
 * @param patience in ms
 * @returns undefined if the answer does not come in time, or if the request was refused
 */
export async function query<N extends Exclude<Name, WriteName>>(
  name: N,
  sent: Sent<N>,
  patience = PATIENCE_MS,
): Promise<Answered<N> | undefined> {
  const reply = await sendOnce(name, sent, patience);
  return reply && 'value' in reply ? reply.value : undefined;
}

/** The post that a text is from; undefined if that is not known. */
export async function sourceOf(text: string): Promise<number | undefined> {
  const source = await query('findSource', { text: text.slice(0, LONGEST_QUOTATION) });
  return source?.found ?? undefined;
}

/** The reply, or undefined if none arrives in time. */
async function sendOnce<N extends Name>(
  name: N,
  sent: Sent<N>,
  patience: number,
): Promise<Reply<Answered<N>> | undefined> {
  const reply = await within(patience, sendToOwnParts({ type: name, ...sent }));
  return reply as Reply<Answered<N>> | undefined;
}

/** The answer of the content script in the active tab. */
export interface TabAnswer {
  /** Unchecked; undefined if there is no content script of ours. */
  answer: unknown;
  /** Whether the window is private. Our own pages are never in a private process. */
  isPrivate: boolean;
}

/** Asks the content script of the active tab which posts it shows. */
export async function askActiveTab(): Promise<TabAnswer> {
  try {
    const { answer, isPrivate } = await sendToActiveTab({ type: 'pageStatus' });
    return { answer: await within(TAB_PATIENCE_MS, answer), isPrivate };
  } catch {
    return { answer: undefined, isPrivate: false };
  }
}

/** For the content script: answers the messages that are sent to its tab. */
export function onTabMessage(
  status: () => PageMessages['pageStatus']['answer'],
  runCommand: (name: CommandName) => void,
  signal: AbortSignal,
): void {
  onMessage((message) => {
    const { type, name } = (message ?? {}) as Record<string, unknown>;
    if (type === 'pageStatus') return Promise.resolve(status());
    if (type === 'command' && (name === 'mark' || name === 'next')) runCommand(name);
    return undefined;
  }, signal);
}

/**
 * For the library: shows the fragments that the background asks for. If several libraries are open, only the
 * first one answers; when it closes, the next one does.
 */
export function onShowLibrary(show: (fragment: string) => void): void {
  const serve = () => {
    onMessage((message, sender) => {
      const { type, fragment } = (message ?? {}) as Record<string, unknown>;
      if (type !== 'showLibrary' || typeof fragment !== 'string' || !isOwnPage(sender))
        return undefined;
      show(fragment);
      return activateOwnTab().then((): LibraryMessages['showLibrary']['answer'] => true);
    });
    // The lock is held until this page closes.
    return new Promise<never>(() => undefined);
  };
  void withLock(LIBRARY_LOCK, serve);
}

/** The promise's value, or undefined if it rejects or takes longer than this. */
async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
