/**
 * The record as the background holds it between two acts, and what must be stored after each. It
 * reads what is stored once, when the worker wakes; it is true as long as every write of it is
 * stored, for nobody else writes these keys. Whoever holds it drops it when a write fails.
 *
 * No method waits for anything: an act is entered as a whole, and `take` gives its values for one
 * set. docs/record.md describes the keys.
 */
import { type BackupReason, encodeBackup } from '../reading/backups.ts';
import {
  decode,
  type Decoded,
  encodeAct,
  encodeSnapshot,
  looksSound,
  StoredRecord,
  textsIn,
} from '../reading/codec.ts';
import { type Entry, EARLIEST, LATEST, type Mark, type ReadingRecord } from '../reading/marks.ts';
import { stampAbove } from '../reading/received.ts';
import { SCHEMA_VERSION, versionOf } from '../reading/migrations.ts';
import { readAside, setAside } from '../reading/aside.ts';
import {
  encodeBehind,
  encodeStep,
  hasStep,
  type Step,
  type StepKind,
  withoutStep,
} from '../reading/steps.ts';
import type { Change } from '../platform/protocol.ts';
import { backupKey, RECORD, stepKey, type Stored, WEEKLY } from '../platform/storage.ts';

/** What a book is opened from. */
export const BOOK_KEYS = [...RECORD, 'ids', 'device', 'aside'] as const;

const FOLD_AT = 64;
/** Acts that are known again when they are sent again, beyond those in the journal. */
const KNOWN_IDS = 256;
const WEEK_MS = 7 * 86_400_000;
const ACT_ID = /^[\w-]{1,40}$/;

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
  /** As it was stored when the book was opened, to look posts up, and what was entered since. */
  readonly #stored: Stored;
  readonly #openedAt: number;
  readonly #opened: StoredRecord;
  readonly #entered = new Map<number, Entry>();
  #whole: Decoded | undefined;
  /** Ids of the acts that were folded last, between spaces. */
  #folded: string;
  /** Lines as they stand in it, but for the counts at its head. */
  #journal: string[];
  readonly #device: string;
  #ledger: Ledger;
  /** What is to be stored besides the journal. */
  #values: Stored = {};
  #isChanged = false;
  #mustFold: boolean;
  /** Whether what could not be read is set aside. */
  #isSorted = false;

  constructor(stored: Stored, now: number) {
    const { record: snapshot, journal = [] } = stored;
    this.#stored = stored;
    this.#openedAt = now;
    this.#opened = new StoredRecord(snapshot, journal);
    this.newer = this.#opened.newer;
    const texts = textsIn(journal);
    this.#journal = texts[0]?.startsWith('#') ? texts.slice(1) : texts;
    this.#folded = typeof stored.ids === 'string' ? stored.ids : '';
    const device = deviceIn(stored.device);
    this.#device = device ?? newDevice();
    if (device === undefined) this.#values.device = this.#device;
    this.#ledger = ledgerIn(journal);

    const isOld = typeof snapshot === 'string' && versionOf(snapshot) < SCHEMA_VERSION;
    if (isOld) this.#backUp('migration', now, snapshot);
    this.#isChanged = isOld;
    this.#mustFold =
      // A journal stands on a snapshot of its own version: an older companion must not misread it.
      isOld ||
      typeof snapshot !== 'string' ||
      // What could not be read is set aside with it.
      device === undefined ||
      texts.length !== (journal as { length?: unknown } | null)?.length;
  }

  entry(post: number): Entry | undefined {
    return this.#entered.get(post) ?? this.#opened.get(post);
  }

  /** As it was opened, every line of it. */
  #decoded(): Decoded {
    return (this.#whole ??= decode(this.#stored.record, this.#stored.journal));
  }

  /** All of it, with what was entered since. */
  record(): ReadingRecord {
    return new Map([...this.#decoded().record, ...this.#entered]);
  }

  /** Whether an act of this id is stored already. */
  knows(id: string): boolean {
    return (
      this.#journal.some((line) => line.startsWith(`${id} `)) ||
      ` ${this.#folded} `.includes(` ${id} `)
    );
  }

  /** Enters marks; of several changes of a post the last. `now` in ms, here as below. */
  act(id: string, changes: readonly Change[], now: number): void {
    const marks = new Map(changes.map(({ post, mark }) => [post, tidy(mark)]));
    this.give(id, marks, isProgress(changes) ? undefined : 'act', 'bulk', now);
  }

  /** This browser's name in stamps; a new one is stored with what `take` gives next. */
  get device(): string {
    if (this.#values.device !== undefined) this.#isChanged = true;
    return this.#device;
  }

  /** Looks for damage in what it was opened from. Whether there is any, and so something to be stored. */
  check(): boolean {
    if (looksSound(this.#stored.record, this.#stored.journal)) return false;
    this.#mustFold = true;
    return (this.#isChanged = true);
  }

  /** What must be stored, in one set, for all that was entered since; undefined for nothing. */
  take(): Stored | undefined {
    if (!this.#isChanged || this.newer !== undefined) return undefined;
    const values = this.#values;
    if (this.#mustFold || this.#journal.length >= FOLD_AT) {
      this.#setAside();
      this.#settle();
      values.record = encodeSnapshot(this.record());
      values.ids = this.#folded = idsWith(this.#folded, this.#journal);
      this.#journal = [];
    }
    values.journal = [ledgerLine(this.#ledger), ...this.#journal];
    this.#values = {};
    this.#isChanged = false;
    this.#mustFold = false;
    return values;
  }

  /** Gives posts these marks, stamped now. Returns the entries that it made. */
  give(
    id: string,
    marks: ReadonlyMap<number, Mark>,
    what: StepKind | undefined,
    why: BackupReason,
    now: number,
  ): ReadingRecord {
    const given = new Map<number, Entry>();
    for (const [post, mark] of marks) {
      const stamp = stampAbove(this.entry(post)?.stamp, soundTime(now), this.#device);
      given.set(post, { mark, stamp });
    }
    this.enter(id, given, what, why, now);
    return given;
  }

  /** Enters these; a step to undo where `what` says of what, a backup before where `why` says why. */
  enter(
    id: string,
    entries: ReadingRecord,
    what: StepKind | undefined,
    why: BackupReason | undefined,
    now: number,
  ): void {
    if (entries.size === 0) return;
    if (why && (entries.size > 1 || why !== 'bulk')) this.#backUp(why, now);
    if (Math.abs(now - this.#ledger.week) >= WEEK_MS) this.#backUp('week', now);
    const isSmall = what === 'act' && entries.size === 1;
    if (what && !isSmall) this.#settle();
    const { steps: number } = this.#ledger;
    const time = soundTime(now);
    const before = new Map<number, Entry>();
    for (const [post, entry] of entries) {
      const old = this.entry(post);
      if (old) before.set(post, old);
      this.#entered.set(post, entry);
      const behind = isSmall ? encodeBehind(number, time, post, old) : '';
      this.#journal.push(encodeAct({ id, post, entry }) + behind);
    }
    if (what && !isSmall)
      this.rewrite(number, [{ number, id, time, what, undone: false, before, after: entries }]);
    this.#isChanged = true;
  }

  /** Writes the steps of a place, the latest first. */
  rewrite(number: number, steps: readonly Step[]): void {
    this.#settle();
    this.#fill(number, steps.map(encodeStep).reverse());
  }

  /** The steps of the journal come to a place. */
  #settle(): void {
    const lines = this.#journal.filter(hasStep);
    if (lines.length === 0) return;
    this.#journal = this.#journal.map(withoutStep);
    this.#fill(this.#ledger.steps, lines);
  }

  #fill(number: number, steps: string[]): void {
    this.#values[stepKey(number)] = steps;
    this.#ledger.steps = Math.max(this.#ledger.steps, number + 1);
    this.#isChanged = true;
  }

  /** An empty record needs no backup. */
  #backUp(why: BackupReason, now: number, snapshot?: string): void {
    const record = this.record();
    if (record.size === 0) return;
    const isWeekly = why === 'week';
    const { weeks, backups } = this.#ledger;
    this.#values[backupKey(isWeekly ? WEEKLY + (weeks % 2) : backups % WEEKLY)] = encodeBackup({
      time: soundTime(now),
      why,
      snapshot: snapshot ?? encodeSnapshot(record),
    });
    this.#ledger = isWeekly
      ? { ...this.#ledger, weeks: weeks + 1, week: soundTime(now) }
      : { ...this.#ledger, backups: backups + 1 };
  }

  /** What could not be read is kept elsewhere before what could is written over it. */
  #setAside(): void {
    if (this.#isSorted) return;
    this.#isSorted = true;
    const [stored, now] = [this.#stored, this.#openedAt];
    const { bad } = this.#decoded();
    if (bad.length > 0) this.#mustFold = true;
    const old = readAside(stored.aside);
    let aside = setAside(old, 'record', bad, now);
    const unread: [key: 'ids' | 'device', isSound: boolean][] = [
      ['ids', typeof stored.ids === 'string'],
      ['device', deviceIn(stored.device) !== undefined],
    ];
    for (const [key, isSound] of unread)
      if (stored[key] !== undefined && !isSound)
        aside = setAside(aside, key, [JSON.stringify(stored[key])], now);
    if (aside === old) return;
    this.#values.aside = aside;
    this.#isChanged = true;
  }
}

/** Whether an act says nothing but how far reading has come; by hand one begins at nothing. */
export function isProgress(changes: readonly Change[]): boolean {
  return changes.every(({ mark }) => mark.kind === 'reading' && mark.fraction > 0);
}

/** The mark as it is read back: whole percents, and nothing in it that is none of ours. */
function tidy(mark: Mark): Mark {
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
function soundTime(now: number): number {
  return Math.min(Math.max(Math.trunc(now) || 0, EARLIEST), LATEST - 1);
}

/** The ids of the acts in a journal behind those that were known before them. */
function idsWith(known: string, journal: readonly string[]): string {
  const ids = new Set(journal.map((line) => line.split(' ', 1).join()));
  return [...known.split(' '), ...ids]
    .filter((id) => ACT_ID.test(id))
    .slice(-KNOWN_IDS)
    .join(' ');
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
