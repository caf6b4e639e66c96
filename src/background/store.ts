/**
 * The only writer: one request after the other, each in one set, so that two pages never overwrite
 * each other. Acts that wait while one is being stored are stored together. What an act makes of the
 * record is book.ts; the book stays open while the worker lives and every write succeeds.
 */
import { decodeLearned, encodeLearned, join, learn, type Learned } from '../catalogue/learned.ts';
import { dayOfTime, type Lesson } from '../catalogue/lesson.ts';
import { type MetOpening, putOpenings, shardOf, SHARDS } from '../catalogue/opening.ts';
import { decodePlans, encodePlans, keeping } from '../catalogue/plan.ts';
import { readAside, setAside } from '../reading/aside.ts';
import { decodeBackup } from '../reading/backups.ts';
import { decode, encodeSnapshot } from '../reading/codec.ts';
import { readSteps } from '../reading/steps.ts';
import type { Acting, Answer, PlanChange, Request } from '../platform/protocol.ts';
import { readSettings, type Settings, soundSettings } from '../platform/settings.ts';
import {
  backupKeys,
  backupKey,
  drop,
  type Key,
  load,
  openingKey,
  RECORD,
  save,
  stepKeys,
  stepKey,
  type Stored,
  whyNot,
} from '../platform/storage.ts';
import { Book, BOOK_KEYS, isProgress } from './book.ts';
import type { Lender } from './sync.ts';

/** So many acts at most are stored in one set: one that fails takes no more along. */
const TOGETHER = 64;
/** Steps that stay when storage is full. */
const LEAST_STEPS = 10;

/** From sync: this browser is to have its name. */
type Naming = { type: 'name' };

interface Waiting {
  request: Request | Naming;
  answer: (answer: Answer) => void;
}

export class Store {
  readonly #waiting: Waiting[] = [];
  #isBusy = false;
  #book: Book | undefined;

  /** Answers when the request is stored, or with why it could not be. Never rejects. */
  fulfil(request: Request | Naming): Promise<Answer> {
    return new Promise((answer) => {
      this.#waiting.push({ request, answer });
      if (!this.#isBusy) void this.#work();
    });
  }

  /** The record for sync: its entries come in here, one request after the other like all else. */
  readonly lender: Lender = {
    device: async () => {
      const answer = await this.fulfil({ type: 'name' });
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
      if (this.#book?.check()) await this.#write([]);
    }
    this.#isBusy = false;
  }

  /** Several only where all of them are acts. An answer each. */
  async #write(requests: readonly (Request | Naming)[]): Promise<Answer[]> {
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

  async #enter(request: Request | Naming): Promise<Answer> {
    switch (request.type) {
      case 'settings':
        return writeSettings(request.settings);
      case 'learn':
        return writeLessons(request.lessons);
      case 'join':
        return joinLearned(request.learned);
      case 'openings':
        return writeOpenings(request.openings);
      case 'said':
        return writeSaid();
      case 'name':
        return (await this.#open()).device ? { ok: true } : { ok: false, why: 'failed' };
      case 'plans':
        return writePlans(request.change);
      default:
        return this.#enterActing(request);
    }
  }

  async #open(): Promise<Book> {
    return (this.#book ??= new Book(await load(BOOK_KEYS), Date.now()));
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
        const steps = readSteps(Object.values(await load(stepKeys())));
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

/** What makes way for the record where there is no room, in this order. */
const SPARE: (() => Promise<Key[]> | Key[])[] = [
  () => Array.from({ length: SHARDS }, (_, shard) => openingKey(shard)),
  backupsButOne,
  olderSteps,
];

/** Stores what must not be lost, making room where there is none. */
async function keep(values: Stored): Promise<void> {
  for (const spare of SPARE) {
    try {
      return await save(values);
    } catch (error) {
      if (whyNot(error) !== 'full') throw error;
    }
    await drop(await spare());
  }
  await save(values);
}

/** All backups but the latest. */
async function backupsButOne(): Promise<Key[]> {
  const stored = await load(backupKeys());
  const times = backupKeys().map((key) => decodeBackup(stored[key])?.time ?? 0);
  const latest = times.indexOf(Math.max(...times));
  return backupKeys().filter((_, i) => i !== latest);
}

async function olderSteps(): Promise<Key[]> {
  const steps = readSteps(Object.values(await load(stepKeys())));
  const kept = new Set<Key>(steps.slice(0, LEAST_STEPS).map(({ number }) => stepKey(number)));
  return stepKeys().filter((key) => !kept.has(key));
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

function writeLessons(lessons: readonly Lesson[]): Promise<Answer> {
  return writeLearned((learned) => learn(learned, lessons, dayOfTime(Date.now())));
}

function joinLearned(other: string): Promise<Answer> {
  return writeLearned((learned) => join(learned, decodeLearned(other).learned));
}

async function writeLearned(change: (learned: Learned) => Learned): Promise<Answer> {
  const stored = await load(['learned', 'aside']);
  const { learned, bad, newer } = decodeLearned(stored.learned);
  if (newer !== undefined) return { ok: false, why: 'newer' };
  const next = change(learned);
  if (next !== learned)
    await keep({ learned: encodeLearned(next), ...withAside(stored.aside, 'learned', bad) });
  return { ok: true };
}

async function writePlans(change: PlanChange): Promise<Answer> {
  const stored = await load(['plans', 'aside']);
  const { plans, bad, newer } = decodePlans(stored.plans);
  if (newer !== undefined) return { ok: false, why: 'newer' };
  const next =
    'keep' in change
      ? keeping(plans, change.keep)
      : plans.filter(({ goal }) => goal !== change.drop);
  await keep({ plans: encodePlans(next), ...withAside(stored.aside, 'plans', bad) });
  return { ok: true };
}

function withAside(stored: unknown, key: Key, bad: readonly string[]): Stored {
  return bad.length === 0 ? {} : { aside: setAside(readAside(stored), key, bad, Date.now()) };
}

/** Openings get the room that is left: nothing makes way for them. */
async function writeOpenings(openings: readonly MetOpening[]): Promise<Answer> {
  const shards = [...new Set(openings.map(({ id }) => shardOf(id)))];
  const stored = await load(shards.map(openingKey));
  const values: Stored = {};
  for (const shard of shards) {
    const value = putOpenings(stored[openingKey(shard)], shard, openings);
    if (value) values[openingKey(shard)] = value;
  }
  if (Object.keys(values).length > 0) await save(values);
  return { ok: true };
}
