/** Messages come from pages that anything may have happened to: each is checked field by field. */
import { isPostId, listInFragment } from '../blog/address.ts';
import { isMark } from '../reading/marks.ts';
import type { Change, Request } from '../platform/protocol.ts';
import { soundSettings } from '../platform/settings.ts';

/** A message as a request of ours, or undefined. */
export function readRequest(message: unknown): Request | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, id, changes, settings } = message as Record<string, unknown>;
  if (type === 'settings') return { type, settings: soundSettings(settings) };
  if (type !== 'act' || typeof id !== 'string' || !/^[\w-]{1,40}$/.test(id)) return undefined;
  if (!Array.isArray(changes) || !changes.every(isChange)) return undefined;
  return { type, id, changes };
}

/** The packed list of a message that asks for the library with it, or undefined. */
export function readOpenList(message: unknown): string | undefined {
  const { type, packed } = (message ?? {}) as Record<string, unknown>;
  if (type !== 'open-list' || typeof packed !== 'string') return undefined;
  return listInFragment(`#kexue-list=${packed}`);
}

function isChange(change: unknown): change is Change {
  const { post, mark } = (change ?? {}) as Record<keyof Change, unknown>;
  return isPostId(post) && isMark(mark);
}
