/**
 * The record and the settings as an open page has them: read once, kept up to date by the browser's
 * change events, and changed only by asking the background.
 */
import type { Lookup, Mark } from '../record/marks.ts';
import { type Language, languageOf } from '../platform/locale.ts';
import { act, type Acting, type Answer, ask, type Change, undoing } from './messages.ts';
import { DEFAULTS, readSettings, type Settings } from './settings.ts';
import { DRAWN_FROM, load, onChanged, type Stored } from '../platform/storage.ts';
import type { Words } from '../ui/words/index.ts';

/** A mark that could not be stored. */
export interface Unsaved {
  readonly mark: Mark;
  readonly why: (Answer & { ok: false })['why'];
  /** Asks for the same act once more. */
  readonly again: () => Promise<Answer>;
}

export class Live<W extends Words = Words, R extends Lookup = Lookup> {
  record: R;
  settings: Settings = DEFAULTS;
  /** What pages taught, as it is stored: catalogue/discovered/discovered.ts reads it. */
  learned: unknown;
  /** Kept, not computed when asked for: the words must still be there when the extension is not. */
  words: W;
  /** By post: an entry stays until it is stored, or another act on the post is. */
  readonly unsaved = new Map<number, Unsaved>();
  /** Whether the first read has arrived; before it nothing is known. */
  loaded = false;

  /** The first reading: whether there was anything to be read from. */
  readonly begun: Promise<boolean>;
  readonly #signal: AbortSignal;
  readonly #wordsIn: (language: Language) => W;
  readonly #read: (snapshot: unknown, journal: unknown) => R;
  readonly #listeners = new Set<() => void>();
  #stored: Stored = {};
  #changes = 0;
  /** By post the id of the act that was asked for last. */
  readonly #asked = new Map<number, string>();

  /**
   * Begins to read at once. `wordsIn` gives the words that the page needs, `read` the record: all of it,
   * or to look up some posts (record/codec.ts).
   */
  constructor(
    signal: AbortSignal,
    wordsIn: (language: Language) => W,
    read: (snapshot: unknown, journal: unknown) => R,
  ) {
    this.#signal = signal;
    this.#wordsIn = wordsIn;
    this.#read = read;
    this.record = read(undefined, undefined);
    this.words = wordsIn(languageOf(DEFAULTS.language));
    onChanged((changed) => {
      if (!DRAWN_FROM.some((key) => key in changed)) return;
      this.#changes++;
      if (this.loaded) this.#take({ ...this.#stored, ...changed });
    }, signal);
    this.begun = this.reload();
  }

  /** Calls back when the record or the settings are there, and whenever they change. */
  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
    if (this.loaded) listener();
  }

  /**
   * Reads everything anew: a page that comes back from the back/forward cache missed the events. Whether
   * it could be read.
   */
  async reload(): Promise<boolean> {
    try {
      let seen: number;
      let stored: Stored;
      // What is read while something changes may be of before the change: then read once more.
      do {
        seen = this.#changes;
        stored = await load(DRAWN_FROM);
      } while (seen !== this.#changes);
      this.#take(stored);
      return true;
    } catch (error) {
      // The extension was updated meanwhile, or the storage cannot be read; nothing is drawn then.
      if (!this.#signal.aborted) console.warn('[科学空间伴读]', error);
      return false;
    }
  }

  /** Asks for changes of marks; the answer comes when they are stored, or with why they are not. */
  async mark(...changes: Change[]): Promise<Answer> {
    return this.#ask(act(changes));
  }

  /** Takes back a step that an answer named. */
  undo(step: string): Promise<Answer> {
    return ask(undoing(step));
  }

  async #ask(request: Acting & { type: 'act' }): Promise<Answer> {
    for (const { post } of request.changes) this.#asked.set(post, request.id);
    const answer = await ask(request);
    const again = () => this.#ask({ ...request, again: true });
    for (const { post, mark } of request.changes) {
      // An answer that comes late says nothing of the act that was asked for since.
      if (this.#asked.get(post) !== request.id) continue;
      if (answer.ok) this.unsaved.delete(post);
      else this.unsaved.set(post, { mark, why: answer.why, again });
    }
    if (this.loaded && !this.#signal.aborted) this.#tell();
    return answer;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #take(stored: Stored): void {
    if (this.#signal.aborted) return;
    this.#stored = stored;
    this.record = this.#read(stored.record, stored.journal);
    this.settings = readSettings(stored.settings);
    this.learned = stored.learned;
    this.words = this.#wordsIn(languageOf(this.settings.language));
    this.loaded = true;
    this.#tell();
  }
}
