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
import { answerSync } from './sync.ts';
import { readDiscovered, readLook, readOpenings } from './page-messages.ts';
import * as check from './validation.ts';

interface Handler<Request, Answered> {
  /** Only our own pages may send it. */
  isOwnPagesOnly?: true;
  /** Returns the request, or undefined for an unsound message, which is refused. */
  validate: (message: check.Message, sender: Sender) => Request | undefined;
  handle: (request: Request, sender: Sender) => Promise<Answered>;
}

/** Keeps the type of a request from its validation to its handling. */
function handler<Request, Answered>(given: Handler<Request, Answered>): Handler<unknown, Answered> {
  return given as Handler<unknown, Answered>;
}

type Handlers = {
  [Name in keyof BackgroundMessages]: Handler<unknown, BackgroundMessages[Name]['answer']>;
};

export function handlersFor(store: RecordStore, memory: Memory): Handlers {
  return {
    mark: handler({
      validate: check.readMark,
      handle: (request) => store.enqueue({ type: 'mark', ...request }),
    }),
    undo: handler({
      validate: check.readUndo,
      handle: (request) => store.enqueue({ type: 'undo', ...request }),
    }),
    merge: handler({
      isOwnPagesOnly: true,
      validate: check.readMerge,
      handle: (request) => store.enqueue({ type: 'merge', ...request }),
    }),
    restore: handler({
      isOwnPagesOnly: true,
      validate: check.readRestore,
      handle: (request) => store.enqueue({ type: 'restore', ...request }),
    }),
    plans: handler({
      isOwnPagesOnly: true,
      validate: check.readPlanChange,
      handle: (request) => store.inTurn(() => writePlans(request)),
    }),
    mergeDiscovered: handler({
      isOwnPagesOnly: true,
      validate: check.readMergeDiscovered,
      handle: (request) => store.inTurn(() => mergeDiscovered(request)),
    }),
    forgetDiscovered: handler({
      isOwnPagesOnly: true,
      validate: check.readPostIds,
      handle: async (request) => {
        // Pages showed the openings too. If they cannot be deleted, the database fails and shows them to nobody.
        if (request.ids === 'all') await memory.forgetOpenings();
        return store.inTurn(() => forgetDiscovered(request));
      },
    }),
    acknowledgeQuarantine: handler({
      isOwnPagesOnly: true,
      validate: () => true,
      handle: () => store.inTurn(acknowledgeQuarantine),
    }),
    acknowledgeNews: handler({
      isOwnPagesOnly: true,
      validate: () => true,
      handle: () => store.inTurn(acknowledgeNews),
    }),
    deviceName: handler({
      isOwnPagesOnly: true,
      validate: () => true,
      handle: () => store.deviceName(),
    }),
    sync: handler({
      isOwnPagesOnly: true,
      validate: check.readSync,
      handle: (request) => answerSync(request, store),
    }),
    settings: handler({
      validate: check.readSettingsChange,
      handle: (request) => store.inTurn(() => writeSettings(request)),
    }),
    discover: handler({
      validate: (message, sender) => readDiscovered(message, sender, newestBundled, Date.now()),
      handle: (request) => store.inTurn(() => writeDiscovered(request)),
    }),
    look: handler({
      validate: readLook,
      handle: () => store.inTurn(() => writeLook(Date.now())),
    }),
    openings: handler({
      validate: (message, sender) => readOpenings(message, sender, newestBundled, Date.now()),
      handle: ({ openings }) => memory.keepOpenings(openings, Date.now()),
    }),
    postDetails: handler({
      validate: check.readPostDetails,
      handle: (request) => postDetails(request, memory),
    }),
    findSource: handler({
      validate: texts.readFindSource,
      handle: (request) => findSource(request, memory),
    }),
    keepText: handler({
      validate: texts.readOwnText,
      handle: ({ text }) => memory.keep(text, Date.now()),
    }),
    isTextKept: handler({ validate: texts.readTextId, handle: ({ id }) => memory.has(id) }),
    compareText: handler({
      validate: texts.readOwnText,
      handle: ({ text }) => memory.compare(text, Date.now()),
    }),
    seeText: handler({ validate: texts.readTextId, handle: ({ id }) => memory.see(id) }),
    findTexts: handler({
      isOwnPagesOnly: true,
      validate: texts.readFindTexts,
      handle: ({ query }) => memory.find(query),
    }),
    keptPosts: handler({
      isOwnPagesOnly: true,
      validate: texts.readNotPrivate,
      handle: () => memory.posts(),
    }),
    textChanges: handler({
      isOwnPagesOnly: true,
      validate: texts.readTextId,
      handle: ({ id }) => memory.changes(id),
    }),
    forgetTexts: handler({
      isOwnPagesOnly: true,
      validate: texts.readForgetTexts,
      handle: ({ ids }) => memory.forget(ids),
    }),
    openLibrary: handler({
      validate: check.readOpenLibrary,
      handle: async (fragment) => {
        await openLibrary(fragment);
        return undefined;
      },
    }),
    badge: handler({
      validate: check.readBadge,
      handle: async (text, { tab }) => {
        if (tab !== undefined) await setBadge(tab, text);
        return undefined;
      },
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
  const found = handlers[type as keyof Handlers] as Handler<unknown, unknown>;
  const isAllowed = !found.isOwnPagesOnly || isOwnPage(sender);
  const request = isAllowed ? found.validate(message, sender) : undefined;
  if (request === undefined) return Promise.resolve({ refused: true });
  return found.handle(request, sender).then((value) => ({ value }));
}
