/**
 * The only writer: one request after the other, each in one set, so that two pages never overwrite
 * each other. Acts that wait while one is being stored are stored together. What a mark makes of the
 * record is book.ts, what else becomes of it amend.ts; the book stays open while the worker lives and
 * every write succeeds.
 */
import type { Acting, Answer, Request } from '../app/messages.ts';
import { load, whyNot } from '../platform/storage.ts';
import { answerTo, Book, BOOK_KEYS } from './book.ts';
import { keep } from './keep.ts';
import { errands } from './on-demand.ts';

/** So many acts at most are stored in one set: one that fails takes no more along. */
const TOGETHER = 64;

/** What can wait does until an answer has arrived: our pages may share the background's thread. */
export const AFTER_ANSWER_MS = 500;

/** From within: what the book has to store is to be stored, this browser's name if nothing else. */
type Settling = { type: 'settle' };

interface Waiting {
  request: Request | Settling;
  answer: (answer: Answer) => void;
}

export class Store {
  readonly #waiting: Waiting[] = [];
  #isBusy = false;
  #book: Book | undefined;

  /** Answers when the request is stored, or with why it could not be. Never rejects. */
  fulfil(request: Request | Settling): Promise<Answer> {
    return new Promise((answer) => {
      this.#waiting.push({ request, answer });
      if (!this.#isBusy) void this.#work();
    });
  }

  /** This browser's name in stamps, stored before it is given. Rejects where it could not be. */
  async device(): Promise<string> {
    const answer = await this.fulfil({ type: 'settle' });
    // A name that is not stored would be another one at the next wake.
    if (!answer.ok) throw new Error(`no name: ${answer.why}`);
    return (await this.#open()).device;
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      const others = this.#waiting.findIndex(({ request }) => request.type !== 'act');
      const acts = others < 0 ? this.#waiting.length : others;
      const next = this.#waiting.splice(0, Math.min(Math.max(acts, 1), TOGETHER));
      const answers = await this.#write(next.map(({ request }) => request));
      next.forEach(({ answer }, i) => answer(answers[i] ?? { ok: false, why: 'failed' }));
    }
    this.#isBusy = false;
  }

  /** Several only where all of them are acts. An answer each. */
  async #write(requests: readonly (Request | Settling)[]): Promise<Answer[]> {
    try {
      const answers: Answer[] = [];
      for (const request of requests) answers.push(await this.#enter(request));
      const book = this.#book;
      if (book?.mustFold) await (await errands()).fold(book);
      const values = book?.take();
      if (values) await keep(values);
      return answers;
    } catch (error) {
      // Whether it was stored or not nobody knows now: the storage is asked again.
      this.#book = undefined;
      if (requests.length > 1) return this.#writeInTurn(requests);
      console.warn('[科学空间伴读]', error);
      return [{ ok: false, why: whyNot(error) }];
    }
  }

  async #writeInTurn(requests: readonly (Request | Settling)[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const each of requests)
      answers.push(...(await this.#write([each.type === 'act' ? { ...each, again: true } : each])));
    return answers;
  }

  async #enter(request: Request | Settling): Promise<Answer> {
    switch (request.type) {
      case 'settle': {
        const book = await this.#open();
        book.isChanged ||= book.values.device !== undefined;
        return { ok: true };
      }
      case 'act':
      case 'undo':
      case 'merge':
      case 'restore':
        return this.#change(await this.#open(), request);
      default:
        return (await errands()).write(request);
    }
  }

  async #change(book: Book, request: Acting): Promise<Answer> {
    if (book.newer !== undefined) return { ok: false, why: 'newer' };
    const now = Date.now();
    const isMark = request.type === 'act' && request.changes.length === 1 && !request.again;
    if (!isMark || book.isWeekOver(now)) return (await errands()).amend(book, request);
    const [change] = request.changes;
    if (change && !book.holds(request.id)) book.mark(request.id, change, now);
    return answerTo(request);
  }

  async #open(): Promise<Book> {
    if (this.#book) return this.#book;
    const book = new Book(await load(BOOK_KEYS));
    setTimeout(() => book.check() && void this.fulfil({ type: 'settle' }), AFTER_ANSWER_MS);
    return (this.#book = book);
  }
}
