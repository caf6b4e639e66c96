/** All messages between the parts of the extension, as tagged unions, and how they are sent. */
import { isPostId } from '../blog/address.ts';
import type { Mark } from '../reading/marks.ts';
import { browserApi } from './browser.ts';
import { type Settings, soundSettings } from './settings.ts';
import type { Trouble } from './storage.ts';

/** What the reader wants a post's mark to be. */
export interface Change {
  post: number;
  mark: Mark;
}

/** To the background. */
export type Request =
  /** `id` is made where the reader acted: sent twice, an act is applied once. */
  | { type: 'act'; id: string; changes: Change[] }
  | { type: 'settings'; settings: Partial<Settings> };

/** The background answers when what was asked is stored, or with why it is not. */
export type Answer = { ok: true } | { ok: false; why: Trouble | 'newer' | 'unreachable' };

/** To the content script of a tab: which posts does this page show? */
export interface Question {
  type: 'here';
}

export interface Here {
  kind: 'listing' | 'post';
  posts: { id: number; title: string }[];
}

/** An unanswered request is sent once more: the worker may have died with it. */
const PATIENCE_MS = 4_000;

/** Sends a request and waits for its answer; never rejects. */
export async function ask(request: Request): Promise<Answer> {
  return (
    (await tryToAsk(request)) ?? (await tryToAsk(request)) ?? { ok: false, why: 'unreachable' }
  );
}

async function tryToAsk(request: Request): Promise<Answer | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    const answer = browserApi().runtime.sendMessage(request) as Promise<Answer | undefined>;
    return await Promise.race([answer, patience]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** An act of the reader, with an id of its own. */
export function act(changes: Change[]): Request {
  return { type: 'act', id: crypto.randomUUID(), changes };
}

/** A message as a request of ours, checked field by field, or undefined. */
export function readRequest(message: unknown): Request | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, id, changes, settings } = message as Record<string, unknown>;
  if (type === 'settings') return { type, settings: soundSettings(settings) };
  if (type !== 'act' || typeof id !== 'string' || !/^[\w-]{1,40}$/.test(id)) return undefined;
  if (!Array.isArray(changes) || !changes.every(isChange)) return undefined;
  return { type, id, changes };
}

function isChange(change: unknown): change is Change {
  const { post, mark } = (change ?? {}) as Partial<Change>;
  if (!isPostId(post) || typeof mark !== 'object') return false;
  switch (mark.kind) {
    case 'unread':
    case 'later':
      return true;
    case 'reading':
      return mark.fraction >= 0 && mark.fraction <= 1;
    case 'read':
      return Number.isInteger(mark.at) && (mark.by === 'hand' || mark.by === 'reading');
    default:
      return false;
  }
}
