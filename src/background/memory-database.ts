/**
 * Opens the database of the memory when it is first needed, and carries out writes one after the other. No
 * method rejects, except `inTurn` if its work does.
 */
import type { Answer } from '../app/messages.ts';
import {
  type DatabaseError,
  databaseErrorOf,
  deleteTextDatabase,
  openTextDatabase,
  type TextDatabase,
} from '../platform/database.ts';
import { queue } from './queue.ts';

const STORED: Answer = { ok: true };

export class MemoryDatabase {
  readonly #whenLost: () => void;
  #opened: Promise<TextDatabase> | undefined;
  #trouble: DatabaseError | null = null;
  /** Calls work after all earlier writes. Writes must not overlap, because each reads before it writes. */
  readonly inTurn = queue();

  /** @param whenLost is called when values that were read before may differ from what is stored */
  constructor(whenLost: () => void) {
    this.#whenLost = whenLost;
  }

  /** Why the database cannot be used; null if it can. */
  get trouble(): DatabaseError | null {
    return this.#trouble;
  }

  /** Calls `work` with the database. Resolves with the fallback if that fails. */
  async attempt<T>(fallback: T, work: (database: TextDatabase) => Promise<T>): Promise<T> {
    try {
      const value = await work(await this.#open());
      if (this.#trouble !== 'full') this.#trouble = null;
      return value;
    } catch (error) {
      this.#failed(error);
      return fallback;
    }
  }

  /** Calls `work`, which writes, after all earlier writes. */
  change(work: (database: TextDatabase) => Promise<void>): Promise<Answer> {
    return this.inTurn(() => this.#answered(async () => work(await this.#open())));
  }

  /** Deletes the whole database, whatever version wrote it, after all earlier writes. */
  delete(): Promise<Answer> {
    return this.inTurn(() =>
      this.#answered(async () => {
        const opened = await this.#opened?.catch(() => undefined);
        opened?.close();
        this.#closed();
        await deleteTextDatabase();
      }),
    );
  }

  #open(): Promise<TextDatabase> {
    const opening = (this.#opened ??= openTextDatabase(() => this.#closed()));
    opening.catch(() => (this.#opened = undefined));
    return opening;
  }

  #closed(): void {
    this.#opened = undefined;
    this.#whenLost();
  }

  async #answered(work: () => Promise<void>): Promise<Answer> {
    try {
      await work();
      this.#trouble = null;
      return STORED;
    } catch (error) {
      return this.#failed(error);
    }
  }

  #failed(error: unknown): Answer {
    this.#trouble = databaseErrorOf(error);
    this.#whenLost();
    if (this.#trouble === 'refused') console.warn('[科学空间伴读]', error);
    return { ok: false, why: this.#trouble === 'refused' ? 'failed' : this.#trouble };
  }
}
