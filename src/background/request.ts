/** Messages come from pages that anything may have happened to: each is checked field by field. */
import { isPostId, listInFragment } from '../site/address.ts';
import { soundPlan } from '../catalogue/plans/planner.ts';
import { ACT_ID } from '../record/codec.ts';
import { isMark } from '../record/marks.ts';
import { BROUGHT } from '../record/undo-steps.ts';
import type { Change, Request, Sender, SyncRequest } from '../app/messages.ts';
import { soundSettings } from '../app/settings.ts';
import { backupKeys } from '../platform/storage.ts';

/** More than the blog has posts, and than 100,000 marks need characters. */
const MOST_CHANGES = 10_000;
const MOST_CHARACTERS = 4_000_000;

/** A message as marks to be given, or undefined. */
export function readAct(message: unknown): (Request & { type: 'act' }) | undefined {
  const { type, id, changes, again } = (message ?? {}) as Record<string, unknown>;
  if (type !== 'act' || !isId(id) || !Array.isArray(changes)) return undefined;
  if (changes.length > MOST_CHANGES || !changes.every(isChange)) return undefined;
  return again === true ? { type, id, changes, again } : { type, id, changes };
}

/** A message as another request of ours but what is taught, or undefined. */
export function readRequest(message: unknown, sender: Sender): Request | undefined {
  const given = (message ?? {}) as Record<string, unknown>;
  const { type, id, step, settings } = given;
  if (type === 'settings') return { type, settings: soundSettings(settings) };
  if (type === 'undo') return isId(id) && isId(step) ? { type, id, step } : undefined;
  return isOwnPage(sender) ? readOwn(given) : undefined;
}

/** What our own pages alone may ask for. */
function readOwn(given: Record<string, unknown>): Request | undefined {
  const { type, id, entries, place, time, learned } = given;
  switch (type) {
    case 'said':
      return { type };
    case 'plans':
      return readPlanChange(given['change']);
    case 'join':
      return isText(learned) ? { type, learned } : undefined;
    case 'merge': {
      const how = BROUGHT.find((each) => each === given['how']);
      return how && isId(id) && isText(entries) ? { type, id, how, entries } : undefined;
    }
    case 'restore': {
      const isPlace = typeof place === 'number' && place in backupKeys();
      return isPlace && isId(id) && typeof time === 'number'
        ? { type, id, place, time }
        : undefined;
    }
    default:
      return undefined;
  }
}

function isText(given: unknown): given is string {
  return typeof given === 'string' && given.length <= MOST_CHARACTERS;
}

/** The page's address is the browser's own word. */
function isOwnPage({ url }: Sender): boolean {
  return /^(?:chrome|moz)-extension:/.test(url ?? '');
}

function isId(id: unknown): id is string {
  return typeof id === 'string' && ACT_ID.test(id);
}

const ERRANDS =
  'open whose about sync settings undo said merge restore learn openings join plans'.split(' ');

/** What a message wants of errands.ts, which checks the rest of it; undefined for other messages. */
export function errandOf(message: unknown): string | undefined {
  const { type } = (message ?? {}) as Record<string, unknown>;
  return ERRANDS.find((each) => each === type);
}

function readPlanChange(given: unknown): Request | undefined {
  const { keep, drop } = (given ?? {}) as Record<string, unknown>;
  if (isPostId(drop)) return { type: 'plans', change: { drop } };
  const plan = soundPlan(keep);
  return plan && { type: 'plans', change: { keep: plan } };
}

/** A message of our own pages that asks something of sync, or undefined. */
export function readSyncRequest(message: unknown, sender: Sender): SyncRequest | undefined {
  const { type, ask, name } = (message ?? {}) as Record<string, unknown>;
  if (type !== 'sync' || !isOwnPage(sender)) return undefined;
  if (ask === 'rename') return typeof name === 'string' ? { type, ask, name } : undefined;
  return ask === 'look' || ask === 'on' || ask === 'off' || ask === 'leave'
    ? { type, ask }
    : undefined;
}

/** What a page says is to stand on the badge, or undefined. */
export function readAtHand(message: unknown): string | undefined {
  const { type, unread } = (message ?? {}) as Record<string, unknown>;
  if (type !== 'at-hand') return undefined;
  return Number.isInteger(unread) && (unread as number) > 0 ? String(unread).slice(0, 4) : '';
}

/** Where a message asks to open the library, as a fragment of its address, or undefined. */
export function readOpen(message: unknown): string | undefined {
  const { type, list, plan } = (message ?? {}) as Record<string, unknown>;
  if (type !== 'open') return undefined;
  if (isPostId(plan)) return planAddress(plan);
  const packed = typeof list === 'string' ? listInFragment(`#kexue-list=${list}`) : undefined;
  return packed === undefined ? undefined : `#record?list=${packed}`;
}

/** Where in the library the plan for a post is made. */
export function planAddress(post: number): string {
  return `#plan?goal=${post}`;
}

function isChange(change: unknown): change is Change {
  const { post, mark } = (change ?? {}) as Record<keyof Change, unknown>;
  return isPostId(post) && isMark(mark);
}
