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
  type Act,
  decode,
  type Decoded,
  encodeAct,
  encodeSnapshot,
  isStepLine,
  looksSound,
  oddIn,
  StoredRecord,
} from '../reading/codec.ts';
import {
  compareStamps,
  type Entry,
  EARLIEST,
  LATEST,
  type Mark,
  markOf,
  merge,
  type ReadingRecord,
} from '../reading/marks.ts';
import { stampAbove } from '../reading/received.ts';
import { SCHEMA_VERSION, versionOf } from '../reading/migrations.ts';
import { readAside, setAside } from '../reading/aside.ts';
import {
  type Brought,
  encodePlace,
  encodeStep,
  readSteps,
  type Step,
  type StepKind,
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
  /** Lines of acts, and of the steps that stand with them. */
  #journal: string[];
  #steps: string[];
  /** Of the acts in the journal. */
  readonly #ids: Set<string>;
  readonly #device: string;
  #ledger: Ledger;
  /** What is to be stored besides the journal. */
  #values: Stored = {};
  #isChanged = false;
  #mustFold: boolean;
  /** Whether what could not be read is set aside. */
  #isSorted = false;

  constructor(stored: Stored, now: number) {
    const { record: snapshot, journal } = stored;
    this.#stored = stored;
    this.#openedAt = now;
    this.#opened = new StoredRecord(snapshot, journal);
    const { acts, newer } = this.#opened;
    this.newer = newer;
    this.#journal = acts.map(encodeAct);
    this.#folded = typeof stored.ids === 'string' ? stored.ids : '';
    this.#steps = Array.isArray(journal) ? journal.filter(isStepLine).slice(-FOLD_AT) : [];
    this.#ids = new Set(acts.map(({ id }) => id));
    const device = deviceIn(stored.device);
    this.#device = device ?? newDevice();
    if (device === undefined) this.#values.device = this.#device;
    this.#ledger = ledgerIn(journal);

    const isOld = typeof snapshot === 'string' && versionOf(snapshot) < SCHEMA_VERSION;
    if (isOld) this.#backUp('migration', now, snapshot);
    // A journal stands on a snapshot of its own version: an older companion must not misread it.
    this.#mustFold = isOld || typeof snapshot !== 'string';
    this.#isChanged = isOld;
    // They are written anew with the next act.
    if (device === undefined || oddIn(journal).length > 0) this.#setAside();
  }

  #entry(post: number): Entry | undefined {
    return this.#entered.get(post) ?? this.#opened.get(post);
  }

  /** As it was opened, every line of it. */
  #decoded(): Decoded {
    return (this.#whole ??= decode(this.#stored.record, this.#stored.journal));
  }

  /** All of it, with what was entered since. */
  #record(): ReadingRecord {
    return new Map([...this.#decoded().record, ...this.#entered]);
  }

  /** Whether an act of this id is stored already. */
  knows(id: string): boolean {
    return this.#ids.has(id) || ` ${this.#folded} `.includes(` ${id} `);
  }

  /** Enters marks; of several changes of a post the last. `now` in ms, here as below. */
  act(id: string, changes: readonly Change[], now: number): void {
    const marks = new Map(changes.map(({ post, mark }) => [post, tidy(mark)]));
    this.#give(id, marks, isProgress(changes) ? undefined : 'act', 'bulk', now);
  }

  /** Enters what is later in a record from elsewhere. Foreign entries come in here only. */
  merge(id: string, how: Brought | 'sync', foreign: ReadingRecord, now: number): void {
    const record = this.#record();
    const merged = merge(record, foreign);
    const changed = new Map([...merged].filter(([post, entry]) => record.get(post) !== entry));
    // What other browsers did is undone where it was done.
    if (how === 'sync') this.#enter(id, changed, undefined, undefined, now);
    else this.#enter(id, changed, how, 'import', now);
  }

  /** Makes every mark what it is in a backup. */
  restore(id: string, backup: ReadingRecord, now: number): void {
    const record = this.#record();
    const posts = new Set([...record.keys(), ...backup.keys()]);
    const marks = new Map<number, Mark>();
    for (const post of posts) {
      const mark = markOf(backup, post);
      if (JSON.stringify(mark) !== JSON.stringify(markOf(record, post))) marks.set(post, mark);
    }
    this.#give(id, marks, 'restore', 'restore', now);
  }

  /**
   * Gives back what stood before a step, where nothing later changed it. The steps before it stand
   * again then, so that they can be undone in turn. Returns of how many posts it was not so.
   */
  undo(id: string, step: Step, steps: readonly Step[], now: number): number {
    const marks = new Map<number, Mark>();
    for (const [post, { stamp }] of step.after) {
      const entry = this.#entry(post);
      if (entry && compareStamps(entry.stamp, stamp) === 0)
        marks.set(post, markOf(step.before, post));
    }
    const given = this.#give(id, marks, undefined, 'bulk', now);
    const changed = new Map([[step.id, { ...step, undone: true }]]);
    for (const other of steps) {
      const again = standingAgain(other, step, given);
      if (again.size > 0) changed.set(other.id, { ...other, after: merge(other.after, again) });
    }
    this.#settle();
    for (const number of new Set([...changed.values()].map((each) => each.number)))
      this.#fill(
        number,
        steps.filter((each) => each.number === number).map((each) => changed.get(each.id) ?? each),
      );
    return step.after.size - given.size;
  }

  /** This browser's name in stamps; a new one is stored with what `take` gives next. */
  get device(): string {
    if (this.#values.device !== undefined) this.#isChanged = true;
    return this.#device;
  }

  /** Looks for damage in what it was opened from. Whether there is any, and so something to be stored. */
  check(): boolean {
    if (looksSound(this.#stored.record)) return false;
    this.#mustFold = true;
    return (this.#isChanged = true);
  }

  /** What must be stored, in one set, for all that was entered since; undefined for nothing. */
  take(): Stored | undefined {
    if (!this.#isChanged || this.newer !== undefined) return undefined;
    const values = this.#values;
    if (this.#mustFold || this.#journal.length >= FOLD_AT) {
      this.#setAside();
      values.record = encodeSnapshot(this.#record());
      this.#folded = [...idsIn(this.#folded), ...this.#ids].slice(-KNOWN_IDS).join(' ');
      values.ids = this.#folded;
      this.#ids.clear();
      this.#journal = [];
      this.#settle();
    }
    values.journal = [ledgerLine(this.#ledger), ...this.#journal, ...this.#steps];
    this.#values = {};
    this.#isChanged = false;
    this.#mustFold = false;
    return values;
  }

  #give(
    id: string,
    marks: ReadonlyMap<number, Mark>,
    what: StepKind | undefined,
    why: BackupReason,
    now: number,
  ): ReadingRecord {
    const given = new Map<number, Entry>();
    for (const [post, mark] of marks) {
      const stamp = stampAbove(this.#entry(post)?.stamp, soundTime(now), this.#device);
      given.set(post, { mark, stamp });
    }
    this.#enter(id, given, what, why, now);
    return given;
  }

  #enter(
    id: string,
    entries: ReadingRecord,
    what: StepKind | undefined,
    why: BackupReason | undefined,
    now: number,
  ): void {
    if (entries.size === 0) return;
    if (why && (entries.size > 1 || why !== 'bulk')) this.#backUp(why, now);
    if (Math.abs(now - this.#ledger.week) >= WEEK_MS) this.#backUp('week', now);
    const before = new Map<number, Entry>();
    for (const [post, entry] of entries) {
      const old = this.#entry(post);
      if (old) before.set(post, old);
      this.#entered.set(post, entry);
      this.#journal.push(encodeAct({ id, post, entry } satisfies Act));
    }
    if (what) {
      const isSmall = what === 'act' && entries.size === 1;
      if (!isSmall) this.#settle();
      const { steps: number } = this.#ledger;
      const step = {
        number,
        id,
        time: soundTime(now),
        what,
        undone: false,
        before,
        after: entries,
      };
      if (isSmall) this.#steps.push(`<${encodeStep(step)}`);
      else this.#fill(number, [step]);
    }
    this.#ids.add(id);
    this.#isChanged = true;
  }

  /** The steps of the journal come to a place. */
  #settle(): void {
    const steps = readSteps(this.#steps);
    this.#steps = [];
    if (steps.length > 0) this.#fill(this.#ledger.steps, steps);
  }

  /** `steps`: the latest first. */
  #fill(number: number, steps: readonly Step[]): void {
    this.#values[stepKey(number)] = encodePlace(steps);
    this.#ledger.steps = Math.max(this.#ledger.steps, number + 1);
    this.#isChanged = true;
  }

  /** An empty record needs no backup. */
  #backUp(why: BackupReason, now: number, snapshot?: string): void {
    const record = this.#record();
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

/** Entries made by `other` that `step` had replaced, as they stand now that it is undone. */
function standingAgain(other: Step, step: Step, given: ReadingRecord): ReadingRecord {
  const again = new Map<number, Entry>();
  if (other.undone || other.id === step.id) return again;
  for (const [post, entry] of given) {
    const [made, replaced] = [other.after.get(post), step.before.get(post)];
    if (made && replaced && compareStamps(made.stamp, replaced.stamp) === 0) again.set(post, entry);
  }
  return again;
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

function idsIn(ids: string): string[] {
  return ids
    .split(' ')
    .filter((id) => ACT_ID.test(id))
    .slice(-KNOWN_IDS);
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
