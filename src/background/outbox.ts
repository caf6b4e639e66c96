/** Acts that pages left in the storage because they closed before the background answered. */
import { drop, loadOutbox } from '../platform/storage.ts';
import type { RecordRequest, RecordStore } from './record-store.ts';
import { type Message, readMark, readUndo } from './validation.ts';

export class Outbox {
  readonly #store: RecordStore;
  /** Resolves to whether everything is stored; undefined while something may be left. */
  #emptied: Promise<boolean> | undefined;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /** A page has left acts, so the next call of `empty` looks again. */
  lookAgain(): void {
    this.#emptied = undefined;
  }

  /**
   * Applies the acts that pages have left. What cannot be stored stays there, and the next call tries again. Each act
   * of the reader waits for this, because a mark that is applied after a newer act replaces it. Never rejects.
   */
  async empty(): Promise<void> {
    const emptied = (this.#emptied ??= this.#applyAll());
    if (!(await emptied) && this.#emptied === emptied) this.#emptied = undefined;
  }

  async #applyAll(): Promise<boolean> {
    try {
      const left = await loadOutbox();
      const emptied = await Promise.all(left.map(([, requests]) => this.#apply(requests)));
      const done = left.flatMap(([key], at) => (emptied[at] ? key : []));
      if (done.length > 0) await drop(done);
      return emptied.every(Boolean);
    } catch (error) {
      console.warn('[科学空间伴读]', error);
      return false;
    }
  }

  /** Resolves to whether all these requests are stored. */
  async #apply(left: unknown): Promise<boolean> {
    const requests = (Array.isArray(left) ? (left as unknown[]) : []).flatMap(
      (each) => readAct((each ?? {}) as Message) ?? [],
    );
    const answers = await Promise.all(requests.map((request) => this.#store.enqueue(request)));
    // A step that is gone cannot be undone later either.
    return answers.every((answer) => answer.ok || answer.why === 'gone');
  }
}

/** The act of the reader that a page left; undefined if it is none. */
function readAct(left: Message): RecordRequest | undefined {
  const mark = readMark(left);
  if (mark) return { type: 'mark', ...mark };
  const undo = readUndo(left);
  return undo && { type: 'undo', ...undo };
}
