/**
 * The only writer of the record. Requests are carried out one after the other: applied to the record's state,
 * then written in one call, then answered. A lock keeps two backgrounds from writing at once. What another
 * background wrote is read before the next request.
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
import { queue } from './queue.ts';
import { RecordState } from './record-state.ts';
import { countersIn, STATE_KEYS } from './state-values.ts';

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

export class RecordStore {
  readonly #inTurn = queue();
  #state: RecordState | undefined;

  /** Answers when the request is written, or with why it is not. Never rejects. */
  enqueue(request: RecordRequest): Promise<Answer> {
    return this.#inTurn(async () => {
      try {
        return await withLock(LOCK, () => this.#carryOut(request));
      } catch (error) {
        // It is not known whether the values were written, so the storage is read again.
        this.#state = undefined;
        console.warn('[科学空间伴读]', error);
        return { ok: false, why: storageErrorOf(error) };
      }
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

  /** Applies a request and writes what it changes in one call. */
  async #carryOut(request: RecordRequest): Promise<Answer> {
    if (request.type === 'other') return request.change();
    const state = await this.#open();
    const answer = await apply(request, state);
    const changes = state.takeChanges();
    if (changes) await saveOrEvict(changes);
    return answer;
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
