/**
 * The record as the background holds it between two acts, as far as a mark needs it; amend.ts does the
 * rest. It reads what is stored once, when the worker wakes; it is true as long as every write of it is
 * stored, for nobody else writes these keys. Whoever holds it drops it when a write fails.
 *
 * No method waits for anything: a mark is entered as a whole, and `take` gives all values for one set.
 * docs/record.md describes the keys.
 */
import { type Decoded, encodeAct, looksSound, StoredRecord, textsIn } from '../record/codec.ts';
import { type Entry, EARLIEST, LATEST, type Mark } from '../record/marks.ts';
import { stampAbove } from '../record/clock.ts';
import { newerVersion, SCHEMA_VERSION, versionOf } from '../record/migrations.ts';
import { encodeBehind } from '../record/undo-steps.ts';
import type { Acting, Answer, Change } from '../app/messages.ts';
import { RECORD, type Stored } from '../platform/storage.ts';

/** What a book is opened from. */
export const BOOK_KEYS = [...RECORD, 'device'] as const;

const FOLD_AT = 64;
const WEEK_MS = 7 * 86_400_000;

/** How often each ring was written to, and when the last weekly backup was made (ms). */
interface Ledger {
  steps: number;
  backups: number;
  weeks: number;
  week: number;
}

export class Book {
  /** The version of a record that a newer companion wrote: then nothing may be entered. */
  readonly newer: number | undefined;
  /** As it was stored when the book was opened, and to look posts up. */
  readonly stored: Stored;
  readonly #opened: StoredRecord;
  /** All of it, once amend.ts needs it. */
  whole: Decoded | undefined;
  /** What was entered since. */
  readonly entered = new Map<number, Entry>();
  /** Lines as they stand in it, but for the counts at its head. */
  journal: string[];
  ledger: Ledger;
  /** This browser's name in stamps. */
  readonly device: string;
  /** What is to be stored besides the journal. */
  values: Stored = {};
  /** Whether the snapshot is of an earlier version. */
  isOld: boolean;
  isChanged: boolean;
  #isFull: boolean;

  constructor(stored: Stored) {
    const { record: snapshot, journal = [] } = stored;
    this.stored = stored;
    this.#opened = new StoredRecord(snapshot, journal);
    this.newer = newerVersion(snapshot);
    const texts = textsIn(journal);
    this.journal = texts[0]?.startsWith('#') ? texts.slice(1) : texts;
    this.ledger = ledgerIn(journal);
    const device = deviceIn(stored.device);
    this.device = device ?? newDevice();
    if (device === undefined) this.values.device = this.device;

    this.isOld = typeof snapshot === 'string' && versionOf(snapshot) < SCHEMA_VERSION;
    this.isChanged = this.isOld;
    this.#isFull =
      // A journal stands on a snapshot of its own version: an older companion must not misread it.
      this.isOld ||
      typeof snapshot !== 'string' ||
      // What could not be read is set aside with it.
      device === undefined ||
      texts.length !== (journal as { length?: unknown } | null)?.length;
  }

  entry(post: number): Entry | undefined {
    return this.entered.get(post) ?? this.#opened.get(post);
  }

  /** Whether an act of this id stands in the journal. */
  holds(id: string): boolean {
    return this.journal.some((line) => line.startsWith(`${id} `));
  }

  /** Whether the record is to be backed up before the next act, by amend.ts. `now` in ms, here as below. */
  isWeekOver(now: number): boolean {
    return Math.abs(now - this.ledger.week) >= WEEK_MS;
  }

  /** Gives a post a mark, with a step to undo it where it is more than progress. */
  mark(id: string, { post, mark }: Change, now: number): void {
    const old = this.entry(post);
    const time = soundTime(now);
    const entry = { mark: tidy(mark), stamp: stampAbove(old?.stamp, time, this.device) };
    const isStep = !isProgress([{ post, mark }]);
    this.put(id, post, entry, isStep ? encodeBehind(this.ledger.steps, time, post, old) : '');
  }

  /** `behind`: how to undo it. */
  put(id: string, post: number, entry: Entry, behind = ''): void {
    this.entered.set(post, entry);
    this.journal.push(encodeAct({ id, post, entry }) + behind);
    this.isChanged = true;
  }

  /** Looks for damage in what it was opened from; where there is some it is to be folded. */
  check(): boolean {
    if (looksSound(this.stored.record, this.stored.journal)) return false;
    this.#isFull = true;
    return (this.isChanged = true);
  }

  /** Whether amend.ts must fold the journal before its values are taken. */
  get mustFold(): boolean {
    const isDue = this.#isFull || this.journal.length >= FOLD_AT;
    return isDue && this.isChanged && this.newer === undefined;
  }

  /** What must be stored, in one set, for all that was entered since; undefined for nothing. */
  take(): Stored | undefined {
    if (!this.isChanged || this.newer !== undefined) return undefined;
    const values = { ...this.values, journal: [ledgerLine(this.ledger), ...this.journal] };
    this.values = {};
    this.isChanged = false;
    this.#isFull = false;
    return values;
  }
}

/** The answer to an act that is entered: the step to undo it by, if it is one. */
export function answerTo({ id, changes }: Acting & { type: 'act' }): Answer {
  return isProgress(changes) ? { ok: true } : { ok: true, step: id };
}

/** Whether an act says nothing but how far reading has come; by hand one begins at nothing. */
export function isProgress(changes: readonly Change[]): boolean {
  return changes.every(({ mark }) => mark.kind === 'reading' && mark.fraction > 0);
}

/** The mark as it is read back: whole percents, and nothing in it that is none of ours. */
export function tidy(mark: Mark): Mark {
  switch (mark.kind) {
    case 'unread':
    case 'later':
      return { kind: mark.kind };
    case 'reading': {
      const { kind, place } = mark;
      const fraction = Math.round(mark.fraction * 100) / 100;
      return place
        ? { kind, fraction, place: { at: place.at, print: place.print } }
        : { kind, fraction };
    }
    case 'read':
      return { kind: 'read', at: mark.at, by: mark.by };
  }
}

/** A clock outside of the years that a stamp can say gives the nearest that it can. */
export function soundTime(now: number): number {
  return Math.min(Math.max(Math.trunc(now) || 0, EARLIEST), LATEST - 1);
}

/** The journal's first line: `# STEPS BACKUPS WEEKS WEEK`, in base 36. Zeros where it is another. */
function ledgerIn(journal: unknown): Ledger {
  const [first] = Array.isArray(journal) ? (journal as unknown[]) : [];
  const counts = /^#((?: [0-9a-z]{1,10}){4})$/.exec(typeof first === 'string' ? first : '')?.[1];
  const [steps = 0, backups = 0, weeks = 0, week = 0] =
    counts
      ?.trim()
      .split(' ')
      .map((count) => parseInt(count, 36)) ?? [];
  return { steps, backups, weeks, week };
}

function ledgerLine({ steps, backups, weeks, week }: Ledger): string {
  return ['#', ...[steps, backups, weeks, week].map((count) => count.toString(36))].join(' ');
}

function deviceIn(device: unknown): string | undefined {
  return typeof device === 'string' && /^[0-9a-z]{8}$/.test(device) ? device : undefined;
}

/** Eight characters at random name this browser in the stamps of its acts. */
function newDevice(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join('');
}
