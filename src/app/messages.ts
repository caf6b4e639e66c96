/** All messages between the parts of the extension, as tagged unions, and how they are sent. */
import type { Lesson } from '../catalogue/discovered/facts.ts';
import type { MetOpening, Opening } from '../catalogue/discovered/openings.ts';
import type { Details } from '../catalogue/packing.ts';
import type { KeptPlan } from '../catalogue/plans/planner.ts';
import type { Mark } from '../record/marks.ts';
import type { Brought } from '../record/undo-steps.ts';
import type { Runtime } from 'webextension-polyfill';
import { browserApi, isAlive, type Family } from '../platform/browser.ts';
import type { Settings } from './settings.ts';
import type { Trouble } from '../platform/storage.ts';

/** What the reader wants a post's mark to be. */
export interface Change {
  post: number;
  mark: Mark;
}

/** To the background. `id` is made where the reader acted: sent twice, a request is applied once. */
export type Request =
  | Acting
  | { type: 'settings'; settings: Partial<Settings> }
  /** What a page of the blog says that nobody knew. */
  | { type: 'learn'; lessons: Lesson[] }
  | { type: 'openings'; openings: MetOpening[] }
  /** What another record had learned, as catalogue/discovered/discovered.ts writes it. */
  | { type: 'join'; learned: string }
  /** The reader was told what is set aside. */
  | { type: 'said' }
  | { type: 'plans'; change: PlanChange };

/** A plan is kept, in the place of an older one to the same goal; or the one to that goal is not any more. */
export type PlanChange = { keep: KeptPlan } | { drop: number };

/** What changes the record. */
export type Acting =
  /** `again`: it was sent before and not acknowledged; perhaps it is stored. */
  | { type: 'act'; id: string; changes: Change[]; again?: true }
  /** `step`: the id of the act to take back. */
  | { type: 'undo'; id: string; step: string }
  /** `entries`: a snapshot as record/codec.ts writes it. */
  | { type: 'merge'; id: string; how: Brought | 'sync'; entries: string }
  /** `place` and `time` of the backup, as storage.ts and record/backups.ts have them. */
  | { type: 'restore'; id: string; place: number; time: number };

/** Whose message it is, as the browser says. */
export interface Sender {
  /** Of the page; undefined where the browser does not say. */
  url: string | undefined;
  /** Whether the page is the tab's own, not in a frame of it. */
  isTop: boolean;
  isPrivate: boolean;
  /** The tab that the page stands in; undefined for our own pages. */
  tab?: number | undefined;
}

/** To the background as well: which post is this text from? */
export interface Whose {
  type: 'whose';
  text: string;
}

/** `found`: the post; null where nobody can say. */
export interface Source {
  found: number | null;
}

/** More of a text is not sent: an opening is shorter. In UTF-16 units, as all lengths of strings. */
export const LONGEST_QUOTATION = 4_000;

/** To the background, from our own pages: what sync does, or is to do. */
export type SyncRequest =
  | { type: 'sync'; ask: 'look' | 'on' | 'off' | 'leave' }
  | { type: 'sync'; ask: 'rename'; name: string };

export type SyncTrouble =
  /** Acts that found no room, the oldest; they are safe in this browser, others do not get them. */
  | { kind: 'over-quota'; notSynced: number }
  /** `full`: this browser has no room for what others did. `newer`: it has a newer version's record.
   *  `unavailable`: it has no sync, or none for extensions. */
  | { kind: 'full' | 'newer' | 'unavailable' | 'too-often' | 'failed' };

export interface SyncDevice {
  device: string;
  name: string;
  /** Of its last activity, in days since 1970; undefined as long as that has not arrived. */
  day: number | undefined;
  /** Marks that it holds for all; what others hold too is left out. */
  marks: number;
  isThis: boolean;
  /** Whether some of it is still on its way. */
  isPartial: boolean;
  /** Whether a newer version of the companion wrote it, which this one leaves alone. */
  isNewer: boolean;
}

export interface SyncState {
  isOn: boolean;
  /** Browsers of one family are joined, by one account; there is no way between the two. */
  family: Family;
  device: string;
  name: string;
  devices: SyncDevice[];
  /** Used of QUOTA.bytes. */
  bytes: number;
  /** Whether something is to be written at a later wake. */
  isWaiting: boolean;
  trouble: SyncTrouble | undefined;
}

/** To the background as well: what is known of this post that an open page does not carry? */
export interface About {
  type: 'about';
  id: number;
}

/** `opening`: null where none was met, left out where the storage could not be read. */
export type Particulars = Details & { opening?: Opening | null };

/** To the background as well: open the library, with a list that an address carried or at a plan. */
export type OpenLibrary = { type: 'open' } & ({ list: string } | { plan: number });

/** The background answers when what was asked is stored, or with why it is not. */
export type Answer = Stored | { ok: false; why: Trouble | 'newer' | 'unreachable' };

interface Stored {
  ok: true;
  /** The id to undo it by, where it can be undone. */
  step?: string;
  /** Of undoing: how many posts were left alone, for something later had changed them. */
  left?: number;
}

/** To the content script of a tab: a key was pressed. */
export interface Order {
  type: 'order';
  /** `mark`: the post that is open; `next`: on to the next unread part of its series. */
  name: 'mark' | 'next';
}

/** From the content script: so many parts of the series at hand are unread; null: say nothing. */
export interface AtHand {
  type: 'at-hand';
  unread: number | null;
}

/** To the content script of a tab: which posts does this page show? */
export interface Question {
  type: 'here';
}

export interface Here {
  kind: 'listing' | 'post';
  posts: { id: number; title: string }[];
}

/** A worker that dies leaves a request unanswered. It is sent again for so long, after a pause. */
const PATIENCE_MS = 12_000;
const ANSWER_PATIENCE_MS = 4_000;
/** Who rests on a link is not kept waiting longer, even by a background that must wake first. */
const PREVIEW_PATIENCE_MS = 1_500;
const PAUSE_MS = 150;
/** A content script answers within milliseconds; a page that hangs is not waited for. */
const TAB_PATIENCE_MS = 800;

/** Sends a request and waits for its answer; never rejects. */
export async function ask(request: Request): Promise<Answer> {
  const until = performance.now() + PATIENCE_MS;
  let sent: Request & { again?: true } = request;
  for (;;) {
    const answer = await tryToAsk<Answer>(sent, ANSWER_PATIENCE_MS);
    if (answer) return answer;
    // An extension that was updated or removed does not answer its old scripts any more.
    if (performance.now() > until || !isAlive()) return { ok: false, why: 'unreachable' };
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    sent = { ...request, again: true };
  }
}

/** The answer of the background, or undefined where none comes within this time. */
async function tryToAsk<A>(question: Request | Whose | About, ms: number): Promise<A | undefined> {
  try {
    return await within(ms, browserApi().runtime.sendMessage<typeof question, A>(question));
  } catch {
    return undefined;
  }
}

/** The post that a text is from, or undefined where nobody can say, or nobody answers. */
export async function askWhose(text: string): Promise<number | undefined> {
  const question: Whose = { type: 'whose', text: text.slice(0, LONGEST_QUOTATION) };
  const source = await tryToAsk<Source>(question, PATIENCE_MS);
  return source?.found ?? undefined;
}

/** What the background knows of a post, or undefined where it does not answer in time. */
export function askAbout(id: number): Promise<Particulars | undefined> {
  return tryToAsk<Particulars>({ type: 'about', id }, PREVIEW_PATIENCE_MS);
}

/** What sync does now; undefined where the background does not answer. */
export async function askSync(request: SyncRequest): Promise<SyncState | undefined> {
  try {
    return await browserApi().runtime.sendMessage<SyncRequest, SyncState>(request);
  } catch {
    return undefined;
  }
}

/** A page of the blog cannot open our pages; the background can. */
export function openLibraryWith(what: { list: string } | { plan: number }): void {
  tell({ type: 'open', ...what });
}

/** The promise's value, or undefined when it takes longer than this. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * For the background: `answer` gives what is to be answered, or undefined for what is not ours;
 * `afterwards` is called when an answer is on its way.
 */
export function onRequest(
  answer: (
    message: unknown,
    sender: Sender,
  ) => Promise<Answer | Source | Particulars | SyncState | void> | undefined,
  afterwards: () => void,
): void {
  const { runtime } = browserApi();
  // The callback form is understood by every version of both browsers without the polyfill.
  const listener = (
    message: unknown,
    { id, url, frameId, tab }: MessageSender,
    respond: (answered: unknown) => void,
  ): true | undefined => {
    if (id !== runtime.id) return undefined;
    const isTop = frameId === 0;
    const isPrivate = tab?.incognito ?? false;
    const answered = answer(message, { url, isTop, isPrivate, tab: tab?.id });
    void answered?.then(respond, () => respond(undefined)).then(afterwards);
    return answered && true;
  };
  runtime.onMessage.addListener(listener as never);
}

type MessageSender = Runtime.MessageSender;

/** What the content script of the active tab answers, unchecked. */
export interface TabAnswer {
  /** undefined where none of ours answers. */
  answer: unknown;
  /** Our own pages are in no private process, the window that they stand in may be all the same. */
  isPrivate: boolean;
}

/** Never rejects: no answer, a late one and an error are all no answer. */
export async function askActiveTab(): Promise<TabAnswer> {
  const { tabs } = browserApi();
  let isPrivate = false;
  try {
    const [tab] = await tabs.query({ active: true, currentWindow: true });
    isPrivate = tab?.incognito ?? false;
    const question: Question = { type: 'here' };
    const answer = tabs.sendMessage(tab?.id ?? -1, question);
    return { answer: await within(TAB_PATIENCE_MS, answer), isPrivate };
  } catch {
    return { answer: undefined, isPrivate };
  }
}

/** For the content script: what the popup asks of the page, and what a key orders. */
export function onTabMessage(
  here: () => Here,
  obey: (name: Order['name']) => void,
  signal: AbortSignal,
): void {
  const { onMessage } = browserApi().runtime;
  const listener = (message: unknown, _sender: unknown, respond: (here: Here) => void): void => {
    const { type, name } = (message ?? {}) as Partial<Order> | { type: 'here'; name?: undefined };
    if (type === 'here') respond(here());
    else if (type === 'order' && name) obey(name);
  };
  onMessage.addListener(listener as never);
  signal.addEventListener('abort', () => {
    try {
      onMessage.removeListener(listener as never);
    } catch {
      // The extension is gone, and its events with it.
    }
  });
}

/** Tells the background how many parts are unread; whoever shows it asks for no answer. */
export function tellAtHand(unread: number | null): void {
  tell({ type: 'at-hand', unread });
}

/** Whatever comes of it. */
function tell(message: OpenLibrary | AtHand): void {
  browserApi()
    .runtime.sendMessage(message)
    .catch(() => undefined);
}

/** An act of the reader, with an id of its own. */
export function act(changes: Change[]): Acting & { type: 'act' } {
  return { type: 'act', id: crypto.randomUUID(), changes };
}

/** Takes back a step of the undo list. */
export function undoing(step: string): Acting {
  return { type: 'undo', id: crypto.randomUUID(), step };
}
