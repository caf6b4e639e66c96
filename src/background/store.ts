/**
 * The only writer: one request after the other, each in one set, so that two pages never overwrite
 * each other. Acts that wait while one is being stored are stored together. What an act makes of the
 * record is book.ts; the book stays open while the worker lives and every write succeeds.
 */
import { readAside } from '../reading/aside.ts';
import { decodeBackup } from '../reading/backups.ts';
import { decode, encodeSnapshot } from '../reading/codec.ts';
import { readSteps } from '../reading/steps.ts';
import type { Acting, Answer, Request } from '../platform/protocol.ts';
import { readSettings, type Settings, soundSettings } from '../platform/settings.ts';
import { backupKey, load, RECORD, stepSources, whyNot } from '../platform/storage.ts';
import { Book, BOOK_KEYS, isProgress } from './book.ts';
import { keep, withAside } from './keep.ts';
import { errands } from './on-demand.ts';
import type { Lender } from './sync.ts';

/** So many acts at most are stored in one set: one that fails takes no more along. */
const TOGETHER = 64;

/** Damage is looked for when the first answer has arrived: our pages may share the background's thread. */
const CHECK_AFTER_MS = 500;

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

  /** The record for sync: its entries come in here, one request after the other like all else. */
  readonly lender: Lender = {
    device: async () => {
      const answer = await this.fulfil({ type: 'settle' });
      // A name that is not stored would be another one at the next wake.
      if (!answer.ok) throw new Error(`no name: ${answer.why}`);
      return (await this.#open()).device;
    },
    read: async () => {
      const { record, journal } = await load(RECORD);
      const decoded = decode(record, journal);
      return decoded.newer === undefined ? decoded.record : undefined;
    },
    merge: (entries) =>
      this.fulfil({
        type: 'merge',
        id: crypto.randomUUID(),
        how: 'sync',
        entries: encodeSnapshot(entries),
      }),
  };

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
      const values = this.#book?.take();
      if (values) await keep(values);
      return answers;
    } catch (error) {
      // Whether it was stored or not nobody knows now: the storage is asked again.
      this.#book = undefined;
      if (requests.length > 1) return (await inTurn(requests, (one) => this.#write([one]))).flat();
      console.warn('[科学空间伴读]', error);
      return [{ ok: false, why: whyNot(error) }];
    }
  }

  async #enter(request: Request | Settling): Promise<Answer> {
    switch (request.type) {
      case 'settings':
        return writeSettings(request.settings);
      case 'said':
        return writeSaid();
      case 'settle':
        return (await this.#open()).device ? { ok: true } : { ok: false, why: 'failed' };
      case 'learn':
      case 'join':
      case 'openings':
      case 'plans':
        return (await errands()).write(request);
      default:
        return this.#enterActing(request);
    }
  }

  async #open(): Promise<Book> {
    if (this.#book) return this.#book;
    const book = new Book(await load(BOOK_KEYS), Date.now());
    setTimeout(() => book.check() && void this.fulfil({ type: 'settle' }), CHECK_AFTER_MS);
    return (this.#book = book);
  }

  async #enterActing(request: Acting): Promise<Answer> {
    const book = await this.#open();
    const { id } = request;
    if (book.newer !== undefined) return { ok: false, why: 'newer' };
    const isKnown = book.knows(id);
    switch (request.type) {
      case 'act': {
        if (!isKnown) book.act(id, request.changes, Date.now());
        return isProgress(request.changes) ? { ok: true } : { ok: true, step: id };
      }
      case 'merge': {
        if (!isKnown)
          book.merge(id, request.how, decode(request.entries, undefined).record, Date.now());
        return { ok: true, step: id };
      }
      case 'restore': {
        if (isKnown) return { ok: true, step: id };
        const key = backupKey(request.place);
        const backup = decodeBackup((await load([key]))[key]);
        if (backup?.time !== request.time) return { ok: false, why: 'failed' };
        book.restore(id, decode(backup.snapshot, undefined).record, Date.now());
        return { ok: true, step: id };
      }
      case 'undo': {
        const steps = readSteps(Object.values(await load(stepSources())));
        const step = steps.find((each) => each.id === request.step && !each.undone);
        // Undone already, or longer ago than the list reaches.
        if (!step || isKnown) return { ok: true, left: 0 };
        return { ok: true, left: book.undo(id, step, steps, Date.now()) };
      }
    }
  }
}

async function inTurn<T, U>(all: readonly T[], work: (each: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const each of all) done.push(await work(each));
  return done;
}

async function writeSaid(): Promise<Answer> {
  const aside = readAside((await load(['aside'])).aside);
  if (!aside.said) await keep({ aside: { ...aside, said: true } });
  return { ok: true };
}

async function writeSettings(given: Partial<Settings>): Promise<Answer> {
  const { settings, aside } = await load(['settings', 'aside']);
  const isSound =
    settings === undefined ||
    JSON.stringify(soundSettings(settings)).length === JSON.stringify(settings).length;
  await keep({
    settings: { ...readSettings(settings), ...given },
    ...withAside(aside, 'settings', isSound ? [] : [JSON.stringify(settings)]),
  });
  return { ok: true };
}
