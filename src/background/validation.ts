/**
 * Checks of messages, field by field, because the page that sends one may be hostile. Each function returns the
 * request, or undefined for a message that is unsound.
 */
import { importAddress, planAddress } from '../app/library-address.ts';
import type { Change, CommandName, Sent, SyncRequest } from '../app/messages.ts';
import { soundSettings } from '../app/settings.ts';
import { soundPlan } from '../catalogue/plans/codec.ts';
import type { Sender } from '../platform/messaging.ts';
import { BACKUP_SLOTS } from '../platform/storage.ts';
import { ACT_ID, isKnown, isMark } from '../record/marks.ts';
import { isNatural } from '../record/natural.ts';
import { IMPORT_SOURCES } from '../record/undo-steps.ts';
import { isPostId, listInFragment } from '../site/address.ts';

/** A message whose fields may hold anything. */
export type Message = Readonly<Record<string, unknown>>;

/** As many posts as an import may have (exchange/import), and more characters than their marks need. */
const MOST_CHANGES = 20_000;
const MOST_CHARACTERS = 8_000_000;

export function readMark({ id, changes, source }: Message): Sent<'mark'> | undefined {
  if (!isActId(id) || !Array.isArray(changes) || changes.length > MOST_CHANGES) return undefined;
  if (!changes.every(isChange)) return undefined;
  const known = IMPORT_SOURCES.find((each) => each === source);
  if (source !== undefined && !known) return undefined;
  return known ? { id, changes, source: known } : { id, changes };
}

export function readUndo({ id, step }: Message): Sent<'undo'> | undefined {
  return isActId(id) && isActId(step) ? { id, step } : undefined;
}

export function readMerge({ id, source, entries }: Message): Sent<'merge'> | undefined {
  const known = IMPORT_SOURCES.find((each) => each === source);
  return known && isActId(id) && isText(entries) ? { id, source: known, entries } : undefined;
}

export function readRestore({ id, slot, time }: Message): Sent<'restore'> | undefined {
  const isSound = isNatural(slot, BACKUP_SLOTS) && isActId(id) && typeof time === 'number';
  return isSound ? { id, slot, time } : undefined;
}

export function readSettingsChange({ settings }: Message): Sent<'settings'> {
  return { settings: soundSettings(settings) };
}

export function readPlanChange({ change }: Message): Sent<'plans'> | undefined {
  const { keep, drop } = (change ?? {}) as Message;
  if (isPostId(drop)) return { change: { drop } };
  const plan = soundPlan(keep);
  return plan && { change: { keep: plan } };
}

export function readMergeDiscovered({ discovered }: Message): Sent<'mergeDiscovered'> | undefined {
  return isText(discovered) ? { discovered } : undefined;
}

/** Some posts, or all of them, whose data the reader forgets. */
export function readPostIds({ ids }: Message): Sent<'forgetDiscovered'> | undefined {
  if (ids === 'all') return { ids };
  return Array.isArray(ids) && ids.length <= MOST_CHANGES && ids.every(isPostId)
    ? { ids }
    : undefined;
}

export function readSync({ ask, name }: Message): SyncRequest | undefined {
  if (ask === 'rename') return typeof name === 'string' ? { ask, name } : undefined;
  return ask === 'state' || ask === 'on' || ask === 'off' || ask === 'leave' ? { ask } : undefined;
}

export function readPostDetails({ id }: Message): Sent<'postDetails'> | undefined {
  return isPostId(id) ? { id } : undefined;
}

/** The fragment of the library's address at which a message asks to open it. */
export function readOpenLibrary({ list, plan }: Message): string | undefined {
  if (isPostId(plan)) return planAddress(plan);
  const packed = typeof list === 'string' ? listInFragment(`#kexue-list=${list}`) : undefined;
  return packed === undefined ? undefined : importAddress(packed);
}

/** The text of the badge: at most four digits, or none. */
export function readBadge({ unread }: Message): string {
  return isNatural(unread) && unread > 0 ? String(unread).slice(0, 4) : '';
}

export function isCommand(name: string): name is CommandName {
  return name === 'mark' || name === 'next';
}

/** The address of the page that sent a message, if it is the top page of a tab that is not private. */
export function pageOfSender({ url, isTop, isPrivate }: Sender): URL | undefined {
  return url && URL.canParse(url) && isTop && !isPrivate ? new URL(url) : undefined;
}

function isText(given: unknown): given is string {
  return typeof given === 'string' && given.length <= MOST_CHARACTERS;
}

function isActId(id: unknown): id is string {
  return typeof id === 'string' && ACT_ID.test(id);
}

function isChange(change: unknown): change is Change {
  const { post, mark, knew } = (change ?? {}) as Record<keyof Change, unknown>;
  return isPostId(post) && isMark(mark) && (knew === undefined || isKnown(knew));
}
