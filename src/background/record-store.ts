/**
 * The only writer of the record. Requests are queued and carried out one after the other: applied to the
 * record's state, then written in one call, then answered. Marks that wait while another is written are
 * written together. A lock keeps two backgrounds from writing at once. What another background wrote is read
 * before the next request.
 */
import type {
  Answer,
  MarkRequest,
  MergeRequest,
  RestoreRequest,
  UndoRequest,
} from '../app/messages.ts';
import {
  BACKUP_KEYS,
  backupKey,
  load,
  storageErrorOf,
  type StoredValues,
  UNDO_KEYS,
} from '../platform/storage.ts';
import { withLock } from '../platform/locks.ts';
import { decodeBackup } from '../record/backups.ts';
import { decodeRecord } from '../record/codec.ts';
import type { ReadingRecord } from '../record/marks.ts';
import { decodeSteps, type UndoStep } from '../record/undo-steps.ts';
import { saveOrEvict } from './eviction.ts';
import { RecordState } from './record-state.ts';
import { countersIn, STATE_KEYS } from './state-values.ts';

/** The most marks that are written together. If that fails, each of them is written alone. */
const MOST_TOGETHER = 64;

/** Only one background at a time may change what is stored. */
const LOCK = 'record';

export type RecordRequest =
  | ({ type: 'mark' } & MarkRequest)
  | ({ type: 'undo' } & UndoRequest)
  | ({ type: 'merge' } & Omit<MergeRequest, 'source'> & { source: MergeRequest['source'] | 'sync' })
  | ({ type: 'restore' } & RestoreRequest)
  /** Writes what the state has to write, such as the name of this browser. */
  | { type: 'flush' }
  /** This browser takes another name. */
  | { type: 'newName' }
  /** Changes other stored values, between two changes of the record. */
  | { type: 'other'; change: () => Promise<Answer> };

interface Queued {
  request: RecordRequest;
  answer: (answer: Answer) => void;
}

export class RecordStore {
  readonly #queue: Queued[] = [];
  #isWorking = false;
  #state: RecordState | undefined;

  /** Answers when the request is written, or with why it is not. Never rejects. */
  enqueue(request: RecordRequest): Promise<Answer> {
    return new Promise((answer) => {
      this.#queue.push({ request, answer });
      if (!this.#isWorking) void this.#work();
    });
  }

  /** Carries out a change of other stored values in the same queue. Never rejects. */
  inTurn(change: () => Promise<Answer>): Promise<Answer> {
    return this.enqueue({ type: 'other', change });
  }

  /** The name of this browser in stamps; it is stored before it is given. Rejects if it cannot be stored. */
  async deviceName(): Promise<string> {
    const answer = await this.enqueue({ type: 'flush' });
    // A name that is not stored would be another one after the next start.
    if (!answer.ok) throw new Error(`the name of this browser is not stored: ${answer.why}`);
    return (await this.#open()).device;
  }

  /** The record; undefined if a newer companion wrote it. Rejects with the browser's error. */
  async record(): Promise<ReadingRecord | undefined> {
    // Pending values, such as a migrated record, are written first.
    await this.enqueue({ type: 'flush' });
    const state = await this.#open();
    return state.newer === undefined ? new Map(state.record) : undefined;
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (this.#queue.length > 0) {
      const other = this.#queue.findIndex(({ request }) => request.type !== 'mark');
      const marks = other < 0 ? this.#queue.length : other;
      const next = this.#queue.splice(0, Math.min(Math.max(marks, 1), MOST_TOGETHER));
      const requests = next.map(({ request }) => request);
      const answers = await withLock(LOCK, () => this.#carryOut(requests)).catch((error: unknown) =>
        this.#failed(error),
      );
      next.forEach(({ answer }, index) => answer(answers[index] ?? { ok: false, why: 'failed' }));
    }
    this.#isWorking = false;
  }

  /** After an error it is not known whether the values were written, so the storage is read again. */
  #failed(error: unknown): Answer[] {
    this.#state = undefined;
    console.warn('[科学空间伴读]', error);
    return [{ ok: false, why: storageErrorOf(error) }];
  }

  /** Applies requests and writes them in one call. Several requests must all be marks. */
  async #carryOut(requests: readonly RecordRequest[]): Promise<Answer[]> {
    const [first] = requests;
    try {
      if (first?.type === 'other') return [await first.change()];
      const state = await this.#open();
      const answers: Answer[] = [];
      for (const request of requests)
        if (request.type !== 'other') answers.push(await apply(request, state));
      const changes = state.takeChanges();
      if (changes) await saveOrEvict(changes);
      return answers;
    } catch (error) {
      const answers = this.#failed(error);
      return requests.length > 1 ? this.#oneByOne(requests) : answers;
    }
  }

  async #oneByOne(requests: readonly RecordRequest[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const request of requests) answers.push(...(await this.#carryOut([request])));
    return answers;
  }

  async #open(): Promise<RecordState> {
    const state = this.#state;
    if (state?.isAsStored(await load(['ids']))) return state;
    const stored = await load(STATE_KEYS);
    const last = countersIn(stored.counters) ? undefined : await lastNumbers();
    this.#state = new RecordState(stored, Date.now(), last);
    return this.#state;
  }
}

async function apply(
  request: Exclude<RecordRequest, { type: 'other' }>,
  state: RecordState,
): Promise<Answer> {
  const now = Date.now();
  if (state.newer !== undefined) return { ok: false, why: 'newer' };
  switch (request.type) {
    case 'flush':
      return { ok: true };
    case 'newName':
      return state.takeNewName();
    case 'mark':
      return state.mark(request, now);
    case 'merge': {
      const { id, source, entries } = request;
      return state.merge(id, source, decodeRecord(entries).record, now);
    }
    case 'restore': {
      const key = backupKey(request.slot);
      const backup = decodeBackup((await load([key]))[key]);
      if (state.knows(request.id)) return { ok: true, step: request.id };
      if (backup?.time !== request.time) return { ok: false, why: 'failed' };
      return state.restore(request.id, backup, now);
    }
    case 'undo': {
      const steps = await loadSteps(state.unwritten);
      return state.undo(request.id, request.step, steps, now);
    }
  }
}

/** The greatest numbers of undo steps and of backups that are stored; -1 for none. */
async function lastNumbers(): Promise<{ step: number; backup: number }> {
  const [newest] = await loadSteps();
  const stored = await load(BACKUP_KEYS);
  const backups = BACKUP_KEYS.map((key) => decodeBackup(stored[key])?.number ?? -1);
  return { step: newest?.number ?? -1, backup: Math.max(...backups) };
}

/** The undo list, the newest step first. `unwritten` values count instead of the stored ones. */
async function loadSteps(unwritten: StoredValues = {}): Promise<UndoStep[]> {
  const stored: StoredValues = { ...(await load(UNDO_KEYS)), ...unwritten };
  return decodeSteps(UNDO_KEYS.map((key) => stored[key]));
}
