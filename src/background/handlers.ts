/** Every message to the background: how it is validated, and what is done with it. */
import type { BackgroundMessages, Reply } from '../app/messages.ts';
import newestBundled from '../catalogue/packed/newest.json';
import { setBadge } from '../platform/browser-ui.ts';
import { isOwnPage, type Sender } from '../platform/messaging.ts';
import { findSource } from './find-source.ts';
import { openLibrary } from './open-library.ts';
import type { Memory } from './memory.ts';
import { postDetails } from './post-details.ts';
import type { RecordStore } from './record-store.ts';
import {
  acknowledgeNews,
  acknowledgeQuarantine,
  forgetDiscovered,
  mergeDiscovered,
  writeDiscovered,
  writeLook,
  writePlans,
  writeSettings,
} from './stored-values.ts';
import * as texts from './text-messages.ts';
import type { Sync } from './sync.ts';
import { readDiscovered, readLook, readOpenings } from './page-messages.ts';
import * as check from './validation.ts';

/** Validates a message and carries it out, or refuses it. */
type Handler<Answered> = (message: check.Message, sender: Sender) => Promise<Reply<Answered>>;

/** Returns the request, or undefined for an unsound message, which is refused. */
type Validate<Request> = (message: check.Message, sender: Sender) => Request | undefined;

/** A message that a content script may send too. */
function fromAnyPage<Request, Answered>(
  validate: Validate<Request>,
  handle: (request: Request, sender: Sender) => Promise<Answered>,
): Handler<Answered> {
  return async (message, sender) => {
    const request = validate(message, sender);
    return request === undefined ? { refused: true } : { value: await handle(request, sender) };
  };
}

/** A message that only our own pages may send. */
function fromOwnPage<Request, Answered>(
  validate: Validate<Request>,
  handle: (request: Request, sender: Sender) => Promise<Answered>,
): Handler<Answered> {
  return fromAnyPage(
    (message, sender) => (isOwnPage(sender) ? validate(message, sender) : undefined),
    handle,
  );
}

/** For messages without data. */
const nothing = () => true;

type Handlers = {
  [Name in keyof BackgroundMessages]: Handler<BackgroundMessages[Name]['answer']>;
};

export function handlersFor(store: RecordStore, memory: Memory, sync: Sync): Handlers {
  return {
    mark: fromAnyPage(check.readMark, (request) => store.enqueue({ type: 'mark', ...request })),
    undo: fromAnyPage(check.readUndo, (request) => store.enqueue({ type: 'undo', ...request })),
    merge: fromOwnPage(check.readMerge, (request) => store.enqueue({ type: 'merge', ...request })),
    restore: fromOwnPage(check.readRestore, (request) =>
      store.enqueue({ type: 'restore', ...request }),
    ),
    plans: fromOwnPage(check.readPlanChange, (request) => store.inTurn(() => writePlans(request))),
    mergeDiscovered: fromOwnPage(check.readMergeDiscovered, (request) =>
      store.inTurn(() => mergeDiscovered(request)),
    ),
    forgetDiscovered: fromOwnPage(check.readPostIds, async (request) => {
      // Pages showed the openings too. If they cannot be deleted, the database fails and shows them to nobody.
      if (request.ids === 'all') await memory.forgetOpenings();
      return store.inTurn(() => forgetDiscovered(request));
    }),
    acknowledgeQuarantine: fromOwnPage(nothing, () => store.inTurn(acknowledgeQuarantine)),
    acknowledgeNews: fromOwnPage(nothing, () => store.inTurn(acknowledgeNews)),
    deviceName: fromOwnPage(nothing, () => store.deviceName()),
    sync: fromOwnPage(check.readSync, (request) => sync.answer(request)),
    settings: fromAnyPage(check.readSettingsChange, (request) =>
      store.inTurn(() => writeSettings(request)),
    ),
    discover: fromAnyPage(
      (message, sender) => readDiscovered(message, sender, newestBundled, Date.now()),
      (request) => store.inTurn(() => writeDiscovered(request)),
    ),
    look: fromAnyPage(readLook, () => store.inTurn(() => writeLook(Date.now()))),
    openings: fromAnyPage(
      (message, sender) => readOpenings(message, sender, newestBundled, Date.now()),
      ({ openings }) => memory.keepOpenings(openings, Date.now()),
    ),
    postDetails: fromAnyPage(check.readPostDetails, (request) => postDetails(request, memory)),
    findSource: fromAnyPage(texts.readFindSource, (request) => findSource(request, memory)),
    keepText: fromAnyPage(texts.readOwnText, ({ text }) => memory.keep(text, Date.now())),
    isTextKept: fromAnyPage(texts.readTextId, ({ id }) => memory.has(id)),
    compareText: fromAnyPage(texts.readOwnText, ({ text }) => memory.compare(text, Date.now())),
    seeText: fromAnyPage(texts.readTextId, ({ id }) => memory.see(id)),
    findTexts: fromOwnPage(texts.readFindTexts, ({ query }) => memory.find(query)),
    keptPosts: fromOwnPage(texts.readNotPrivate, () => memory.posts()),
    textChanges: fromOwnPage(texts.readTextId, ({ id }) => memory.changes(id)),
    forgetTexts: fromOwnPage(texts.readForgetTexts, ({ ids }) => memory.forget(ids)),
    openLibrary: fromAnyPage(check.readOpenLibrary, async (fragment) => {
      await openLibrary(fragment);
      return undefined;
    }),
    badge: fromAnyPage(check.readBadge, async (text, { tab }) => {
      if (tab !== undefined) await setBadge(tab, text);
      return undefined;
    }),
  };
}

/** The reply to a message, or undefined if it is not for the background. */
export function replyTo(
  given: unknown,
  sender: Sender,
  handlers: Handlers,
): Promise<Reply<unknown>> | undefined {
  const message = (given ?? {}) as check.Message;
  const { type } = message;
  if (typeof type !== 'string' || !Object.hasOwn(handlers, type)) return undefined;
  return handlers[type as keyof Handlers](message, sender);
}

/** The messages that change the record, which is synced after them. */
const ACTS: ReadonlySet<unknown> = new Set<keyof BackgroundMessages>([
  'mark',
  'undo',
  'merge',
  'restore',
]);

/** Whether a message changes the record, if it is not refused. */
export function changesRecord(message: unknown): boolean {
  return ACTS.has((message as check.Message | null)?.type);
}
