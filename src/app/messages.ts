/**
 * All messages between the parts of the extension: for each name the request and the answer.
 * transport.ts sends them; background/handlers.ts and the content script answer them. On its way a message
 * is `{type: NAME, ...sent}`, and its reply is `{value: ANSWER}`, or `{refused: true}` if the message is invalid.
 */
import type { Details } from '../catalogue/post.ts';
import type { PostFacts } from '../catalogue/discovered/facts.ts';
import type { Opening, SeenOpening } from '../catalogue/discovered/openings.ts';
import type { SavedPlan } from '../catalogue/plans/planner.ts';
import type { ParagraphChange } from '../memory/changes.ts';
import type { TextHit } from '../memory/find.ts';
import type { KeptPost } from '../memory/kept-text.ts';
import type { DatabaseError } from '../platform/database.ts';
import type { Family } from '../platform/browser.ts';
import type { StorageError } from '../platform/storage.ts';
import type { Stamp } from '../record/clock.ts';
import type { Known, Mark } from '../record/marks.ts';
import type { ImportSource } from '../record/undo-steps.ts';
import type { PostText } from '../site/types.ts';
import type { Settings } from './settings.ts';

/** From our pages and the content script to the background. handlers.ts says which only our own pages may send. */
export interface BackgroundMessages {
  mark: { sent: MarkRequest; answer: Answer };
  undo: { sent: UndoRequest; answer: Answer };
  merge: { sent: MergeRequest; answer: Answer };
  restore: { sent: RestoreRequest; answer: Answer };
  plans: { sent: { change: PlanChange }; answer: Answer };
  /** Discovered posts of another record, as catalogue/discovered writes them. */
  mergeDiscovered: { sent: { discovered: string }; answer: Answer };
  /** Deletes the discovered facts of these posts, or of all. Undone by `mergeDiscovered`. */
  forgetDiscovered: { sent: { ids: number[] | 'all' }; answer: Answer };
  /** The reader has seen the notice about quarantine. */
  acknowledgeQuarantine: { sent: object; answer: Answer };
  /** The reader has seen what is new in this version. */
  acknowledgeNews: { sent: object; answer: Answer };
  /** The name of this browser in stamps; it is stored before it is returned. */
  deviceName: { sent: object; answer: string };
  sync: { sent: SyncRequest; answer: SyncState };
  settings: { sent: { settings: Partial<Settings> }; answer: Answer };
  /** New facts about posts, from a page of the blog. */
  discover: { sent: { facts: PostFacts[] }; answer: Answer };
  /** The reader looks at a page of the blog. */
  look: { sent: object; answer: Answer };
  openings: { sent: { openings: SeenOpening[] }; answer: Answer };
  /** The data about a post that the background has and an open page does not. */
  postDetails: { sent: { id: number }; answer: PostDetails };
  /** The post that a text is from; `null` if that is not known. */
  findSource: { sent: { text: string }; answer: { found: number | null } };
  /** Keeps the text of the page's own post, which the reader has read or marked. */
  keepText: { sent: { text: PostText }; answer: Answer };
  isTextKept: { sent: { id: number }; answer: boolean };
  /** What changed in the page's own post since the reader has seen it; null if its text is not kept. */
  compareText: { sent: { text: PostText }; answer: TextChanges | null };
  /** The reader has seen what changed in a post. */
  seeText: { sent: { id: number }; answer: Answer };
  /** A private window reads and deletes no kept text, here and below. */
  findTexts: { sent: { query: string }; answer: FoundTexts };
  keptPosts: { sent: object; answer: KeptPosts };
  textChanges: { sent: { id: number }; answer: TextChanges | null };
  forgetTexts: { sent: { ids: number[] | 'all' }; answer: Answer };
  /** Opens the library at the import of a list from an address, or at the plan for a post. */
  openLibrary: { sent: { list: string } | { plan: number }; answer: undefined };
  /** How many parts of the series on the page are unread, for the badge; null for no badge. */
  badge: { sent: { unread: number | null }; answer: undefined };
}

/** A request, without the name of its message. */
export type Sent<Name extends keyof BackgroundMessages> = BackgroundMessages[Name]['sent'];

export type Reply<Value> = { value: Value } | { refused: true };

/** From the popup and the background to the content script of a tab. */
export interface PageMessages {
  pageStatus: { sent: object; answer: PageStatus };
  command: { sent: { name: CommandName }; answer: undefined };
}

/** From the background to the library, if one is open. It answers after it has shown the fragment. */
export interface LibraryMessages {
  showLibrary: { sent: { fragment: string }; answer: true };
}

/** Several libraries may be open. The one that holds this lock answers `showLibrary`. */
export const LIBRARY_LOCK = 'library';

/** A change of the record. The sender makes the `id`, so that a request that is sent twice is applied once. */
export interface MarkRequest {
  id: string;
  changes: Change[];
  /** Where the marks are imported from; missing for marks that are not imported. */
  source?: ImportSource;
}

/** The mark that a post gets. */
export interface Change {
  post: number;
  mark: Mark;
  /** For progress and automatic 已读: what the page knew of the post; default: the stored state. */
  knew?: Known;
}

export interface UndoRequest {
  id: string;
  /** The id of the act to undo. */
  step: string;
}

export interface MergeRequest {
  id: string;
  source: ImportSource;
  /** A record as record/codec.ts writes it. */
  entries: string;
}

export interface RestoreRequest {
  id: string;
  /** The slot and the time of the backup. */
  slot: number;
  time: number;
}

/** Keeps a plan, in place of an earlier one with the same goal, or drops the plan with this goal. */
export type PlanChange = { keep: SavedPlan } | { drop: number };

/** The answer to a request that changes something: it is stored, or not and why. */
export type Answer = Stored | { ok: false; why: WriteError };

interface Stored {
  ok: true;
  /** The id of the undo step, if the change can be undone. */
  step?: string;
  /** The stamps of the marked posts, in the order of the changes. */
  stamps?: Stamp[];
  /** For an undo: how many posts it did not change because something newer had changed them. */
  left?: number;
}

/**
 * `newer`: a newer companion wrote what is stored. `refused`: the request is invalid. `unreachable`: the
 * background did not answer in time, or the extension was updated. `gone`: the step to undo is not in the
 * undo list any more.
 */
export type WriteError = StorageError | 'newer' | 'refused' | 'unreachable' | 'gone';

/** `opening`: null if no listing showed it, missing if the memory could not be read. */
export type PostDetails = Details & { opening?: Opening | null };

/** The paragraphs of a post that changed: how many, and the first of them. */
export interface TextChanges {
  count: number;
  changes: ParagraphChange[];
}

/** The best hits among the `count` posts whose texts contain the words. */
export interface FoundTexts {
  hits: TextHit[];
  count: number;
}

export interface KeptPosts {
  posts: KeptPost[];
  /** Why texts cannot be kept or read; null if they can. */
  trouble: DatabaseError | null;
}

/** The longest text that `findSource` takes, in UTF-16 code units. */
export const LONGEST_QUOTATION = 4_000;

export interface PageStatus {
  kind: 'listing' | 'post';
  posts: { id: number; title: string }[];
  /** What is wrong with the page, once it has been parsed; undefined if nothing is wrong. */
  trouble?: PageTrouble | undefined;
  /** The structure of a page that was not understood, for a report (site/diagnosis.ts). */
  diagnosis?: string | undefined;
}

/**
 * `not-understood`: it has posts that were not recognised. `no-posts`: a listing without any, say a search
 * without hits. `no-article`: an error page at the address of a post.
 */
export type PageTrouble = 'not-understood' | 'no-posts' | 'no-article';

/** The longest diagnosis, in UTF-16 code units. */
export const LONGEST_DIAGNOSIS = 20_000;

/** `mark`: marks the post that is open; `next`: opens the next unread part of its series. */
export type CommandName = 'mark' | 'next';

export type SyncRequest =
  | { ask: 'state' | 'on' | 'off' | 'leave' }
  | { ask: 'rename'; name: string };

export type SyncTrouble =
  /** There is no space for the oldest acts. They are safe in this browser; others do not get them. */
  | { kind: 'over-quota'; notSynced: number }
  /** `full`: this browser has no room for what others did. `newer`: it has a newer version's record.
   *  `unavailable`: it has no sync, or none for extensions. */
  | { kind: 'full' | 'newer' | 'unavailable' | 'too-often' | 'failed' };

export interface SyncDevice {
  device: string;
  name: string;
  /** The day of its last activity, in days since 1970; undefined until that has arrived. */
  day: number | undefined;
  /** The number of marks that it stores in the account. */
  marks: number;
  isThis: boolean;
  /** Whether some of its marks have not arrived yet. */
  isPartial: boolean;
  /** Whether a newer version of the companion wrote it; this one leaves it alone. */
  isNewer: boolean;
}

export interface SyncState {
  /** undefined if the stored state cannot be read. */
  isOn: boolean | undefined;
  /** Browsers of one family share an account; there is no sync between the two families. */
  family: Family;
  device: string;
  name: string;
  devices: SyncDevice[];
  /** The bytes used in the account, at most QUOTA.bytes. */
  bytes: number;
  /** Whether something has still to be written. */
  isWaiting: boolean;
  trouble: SyncTrouble | undefined;
}
