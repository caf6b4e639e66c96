/**
 * The record and the settings as an open page has them. They are read once, follow the browser's change
 * events, and are changed only by asking the background.
 *
 * A mark is shown at once, before it is stored: it is put over the stored record until the stored record
 * holds it, or something newer. If it cannot be stored, the stored mark shows again.
 */
import { languageOf } from '../platform/locale.ts';
import { onPageHide } from '../platform/browser.ts';
import { load, onChanged, newOutboxKey, save, type StoredValues } from '../platform/storage.ts';
import { clampTime, compareStamps, type Stamp } from '../record/clock.ts';
import { decodeRecord } from '../record/codec.ts';
import {
  type Entry,
  isObserved,
  isSameMark,
  type Mark,
  markOf,
  type ReadingRecord,
  storedForm,
} from '../record/marks.ts';
import { knownOf, mergeEntries } from '../record/merge.ts';
import type { Answer, Change, MarkRequest, UndoRequest, WriteError } from './messages.ts';
import { DEFAULTS, type Language, readSettings, type Settings } from './settings.ts';
import { write } from './transport.ts';

/** The keys that an open page reads. */
const KEYS = ['record', 'journal', 'settings', 'learned'] as const;

/** A mark that could not be stored. */
export interface UnsavedMark {
  readonly mark: Mark;
  readonly why: WriteError;
  /** Sends the same act again: it may have been stored after all. */
  readonly retry: () => Promise<Answer>;
}

/** An act that the stored record does not contain yet. */
interface PendingAct {
  /** The request as it was sent last. */
  request: MarkRequest;
  /** The new entries by post. The stamps are guesses until the answer arrives. */
  readonly entries: Map<number, Entry>;
  /** Whether the answer has arrived, so that the stamps are the stored ones. */
  isStored: boolean;
}

/** `Words` are the words that the page shows; they are kept here because they follow the settings. */
export class LiveRecord<Words> {
  /** All marks as the page shows them: the stored ones and over them the pending ones. */
  record: ReadingRecord = new Map();
  /** The marks that are stored. */
  storedRecord: ReadingRecord = new Map();
  settings: Settings = DEFAULTS;
  /** Discovered posts as they are stored; catalogue/discovered reads them. */
  discovered: unknown;
  words: Words;
  /** By post. An entry is removed when it is stored after all, and when the reader acts on the post again. */
  readonly unsaved = new Map<number, UnsavedMark>();
  /** Whether the first read has arrived. */
  isLoaded = false;
  /** Resolves when the first read has ended, to whether it succeeded. */
  readonly firstRead: Promise<boolean>;

  readonly #signal: AbortSignal | undefined;
  readonly #wordsIn: (language: Language) => Words;
  readonly #listeners = new Set<() => void>();
  #stored: StoredValues = {};
  /** Counts change events, so that a read that began before one is repeated. */
  #changes = 0;
  /** In the order in which the reader acted. */
  #pending: PendingAct[] = [];
  /** Undos that are not answered yet. */
  readonly #undos = new Set<UndoRequest>();
  /** By post, the id of the last act of this page on it. */
  readonly #lastAct = new Map<number, string>();
  #acts = 0;

  /**
   * Begins to read at once.
   *
   * @param wordsIn returns the words of a language
   * @param signal ends it; without one it ends with the page
   */
  constructor(wordsIn: (language: Language) => Words, signal?: AbortSignal) {
    this.#signal = signal;
    this.#wordsIn = wordsIn;
    this.words = wordsIn(languageOf(DEFAULTS.language));
    onChanged((changed) => {
      if (!KEYS.some((key) => key in changed)) return;
      this.#changes++;
      if (this.isLoaded) this.#apply({ ...this.#stored, ...changed });
    }, signal);
    onPageHide(() => this.#leaveUnanswered(), signal);
    this.firstRead = this.reload();
  }

  /**
   * Calls back after the first read, and whenever the shown data changes.
   *
   * @param signal ends the subscription
   */
  subscribe(listener: () => void, signal?: AbortSignal): void {
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener));
    if (this.isLoaded) listener();
  }

  /**
   * Reads everything again, because a page that comes back from the back/forward cache missed the events.
   *
   * @returns whether it could be read
   */
  async reload(): Promise<boolean> {
    try {
      let changes: number;
      let stored: StoredValues;
      do {
        changes = this.#changes;
        stored = await load(KEYS);
      } while (changes !== this.#changes);
      this.#apply(stored);
      return true;
    } catch (error) {
      // The extension was updated, or the storage cannot be read.
      if (!this.#signal?.aborted) console.warn('[科学空间伴读]', error);
      return false;
    }
  }

  /** Marks posts as one act. Resolves when the marks are stored, or with why they are not. Never rejects. */
  mark(changes: Change[], options: Pick<MarkRequest, 'source'> = {}): Promise<Answer> {
    const prepared = changes.map((change) => this.#prepared(change));
    return this.#send({ id: crypto.randomUUID(), changes: prepared, ...options });
  }

  /** Undoes the act with this id. Never rejects. */
  async undo(step: string): Promise<Answer> {
    const request: UndoRequest = { id: crypto.randomUUID(), step };
    this.#undos.add(request);
    const answer = await write('undo', request);
    this.#undos.delete(request);
    return answer;
  }

  /**
   * The change as it is sent, with a time that the background accepts whatever the clock says. Adds what the page knows
   * of the post to an observation, unless a mark by hand is not stored yet.
   */
  #prepared({ post, mark: given }: Change): Change {
    const mark = given.kind === 'read' ? { ...given, at: clampTime(given.at) } : given;
    const isPending = this.#pending.some(({ entries }) => {
      const pending = entries.get(post);
      return pending !== undefined && !isObserved(pending.mark);
    });
    if (!isObserved(mark) || isPending) return { post, mark };
    return { post, mark, knew: knownOf(this.storedRecord.get(post)) };
  }

  async #send(request: MarkRequest): Promise<Answer> {
    // No two pending acts have the same stamp.
    const stamp = { time: Date.now(), tick: this.#acts++, device: '' };
    const act: PendingAct = { request, entries: new Map(), isStored: false };
    for (const { post, mark, knew } of request.changes) {
      const basis = isObserved(mark) ? { basis: knew ?? knownOf(this.record.get(post)) } : {};
      act.entries.set(post, { mark: storedForm(mark), stamp, ...basis });
      this.#lastAct.set(post, request.id);
      this.unsaved.delete(post);
    }
    this.#pending.push(act);
    this.#show();
    // An act that is sent again must not overwrite later acts on the same post.
    const answer = await write('mark', request, () => this.#notOverruled(act));
    this.#settle(act, answer);
    return answer;
  }

  /**
   * Stores the acts that are not answered yet for the background. A message of a page that closes is lost if
   * the background has to be started for it; a stored value is not. An act that arrives twice is applied once.
   */
  #leaveUnanswered(): void {
    const marks = this.#pending.filter(({ isStored }) => !isStored).map(({ request }) => request);
    const requests = [...marks, ...this.#undos];
    if (requests.length > 0) save({ [newOutboxKey()]: requests }).catch(() => undefined);
  }

  /** Returns the request without the posts on which this page acted later; undefined if no post is left. */
  #notOverruled(act: PendingAct): MarkRequest | undefined {
    const { id, changes } = act.request;
    const left = changes.filter(({ post }) => !this.#isOverruled(id, post));
    act.request = { ...act.request, changes: left };
    return left.length > 0 ? act.request : undefined;
  }

  /** Whether this page acted on the post later. */
  #isOverruled(id: string, post: number): boolean {
    return this.#lastAct.get(post) !== id;
  }

  #settle(act: PendingAct, answer: Answer): void {
    const { request, entries } = act;
    if (answer.ok) {
      request.changes.forEach(({ post }, index) => {
        const stamp = answer.stamps?.[index];
        const entry = entries.get(post);
        if (stamp && entry) entries.set(post, { ...entry, stamp });
      });
      act.isStored = true;
      this.#dropStored();
      return;
    }
    for (const { post, mark } of request.changes)
      if (!this.#isOverruled(request.id, post))
        this.unsaved.set(post, { mark, why: answer.why, retry: () => this.#send(request) });
    this.#pending = this.#pending.filter((each) => each !== act);
    this.#show();
  }

  /** Removes pending marks that are stored, and older ones. The shown marks do not change. */
  #dropStored(): void {
    this.#pending.forEach(({ entries, isStored }, index) => {
      if (!isStored) return;
      for (const [post, { stamp }] of entries)
        if (isAtLeast(this.storedRecord.get(post)?.stamp, stamp))
          for (const older of this.#pending.slice(0, index + 1)) older.entries.delete(post);
    });
    this.#pending = this.#pending.filter(({ entries }) => entries.size > 0);
  }

  #apply(stored: StoredValues): void {
    if (this.#signal?.aborted) return;
    const old = this.#stored;
    const isSame = (keys: readonly (typeof KEYS)[number][]) =>
      keys.every((key) => JSON.stringify(old[key]) === JSON.stringify(stored[key]));
    const wasLoaded = this.isLoaded;
    const settingsStay = isSame(['settings', 'learned']);
    this.#stored = stored;
    this.storedRecord = decodeRecord(stored.record, stored.journal).record;
    this.settings = readSettings(stored.settings);
    this.discovered = stored.learned;
    this.words = this.#wordsIn(languageOf(this.settings.language));
    this.isLoaded = true;
    this.#dropStored();
    this.#show(!wasLoaded || !settingsStay);
  }

  /** Computes the shown record, and calls the listeners if it changes. */
  #show(always = false): void {
    if (this.#signal?.aborted) return;
    const shown = new Map(this.storedRecord);
    for (const { entries } of this.#pending)
      for (const [post, entry] of entries)
        shown.set(post, isObserved(entry.mark) ? mergeEntries(shown.get(post), entry) : entry);
    // A mark may be stored although no answer came in time.
    for (const [post, { mark }] of this.unsaved)
      if (isSameMark(mark, markOf(this.storedRecord, post))) this.unsaved.delete(post);
    const isChanged = !isSameRecord(this.record, shown);
    this.record = shown;
    if (this.isLoaded && (always || isChanged)) for (const listener of this.#listeners) listener();
  }
}

function isAtLeast(stamp: Stamp | undefined, other: Stamp): boolean {
  return stamp !== undefined && compareStamps(stamp, other) >= 0;
}

/** Whether two records show the same marks. The stamp of a pending mark may differ from the stored one. */
function isSameRecord(a: ReadingRecord, b: ReadingRecord): boolean {
  if (a.size !== b.size) return false;
  for (const [post, entry] of b) {
    const other = a.get(post);
    if (!other) return false;
    if (compareStamps(other.stamp, entry.stamp) === 0) continue;
    const isPending = other.stamp.device === '' || entry.stamp.device === '';
    if (!isPending || !isSameMark(other.mark, entry.mark)) return false;
  }
  return true;
}
