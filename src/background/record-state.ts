/**
 * The record's state as the background holds it between two requests: all marks, and what is stored beside
 * them. Requests are applied to it synchronously; `takeChanges` returns all values to write in one call. The
 * record store drops the state when a write fails, and when another background has written.
 */
import { WEEK_MS } from '../record/days.ts';
import { clampTime } from '../record/clock.ts';
import { type Backup, type BackupReason, encodeBackup, restoredMarks } from '../record/backups.ts';
import { decodeRecord, encodeRecord, isOutdated } from '../record/codec.ts';
import { decodeJournal } from '../record/earlier-formats.ts';
import {
  ACT_ID,
  type Entry,
  isProgress,
  type Mark,
  markOf,
  type ReadingRecord,
} from '../record/marks.ts';
import { type NewAct, isSameDeciding, merge, withAct } from '../record/merge.ts';
import { addToQuarantine, readQuarantine, storedQuarantine } from '../record/quarantine.ts';
import {
  encodeStep,
  type ImportSource,
  journalSteps,
  type StepKind,
  type UndoStep,
} from '../record/undo-steps.ts';
import type { Answer, MarkRequest } from '../app/messages.ts';
import {
  ACT_BACKUPS,
  backupKey,
  type StoredValues,
  undoKey,
  WEEKLY_BACKUPS,
} from '../platform/storage.ts';
import {
  type Counters,
  countersIn,
  deviceIn,
  idsIn,
  randomName,
  storedText,
  unreadValues,
} from './state-values.ts';

/** This many acts are recognised when they are sent again. */
const KNOWN_IDS = 256;

export class RecordState {
  /** The version, if a newer companion wrote the record; nothing may be changed then. */
  readonly newer: number | undefined;
  /** The name of this browser in stamps. */
  device: string;
  readonly #entries: Map<number, Entry>;
  #ids: string[];
  readonly #counters: Counters;
  /** The ids as they were last written, or read. */
  #writtenIds: unknown;
  /** The record as it was last written, or read; undefined if it was damaged. */
  #written: string | undefined;
  /** Undo steps, backups and quarantine to write besides the values that every write has. */
  #values: StoredValues = {};
  #isChanged: boolean;

  /**
   * @param stored the values of `STATE_KEYS`
   * @param now in ms, here as in all methods
   * @param last the greatest numbers of undo steps and backups, in case the counters are lost; -1 for none
   */
  constructor(stored: StoredValues, now: number, last = { step: -1, backup: -1 }) {
    const { record, damaged, newer } = decodeRecord(stored.record, stored.journal);
    const isWhole = stored.record !== undefined && damaged.length === 0;
    // The marks from before the last act are still valid, and merging loses none of them.
    const entries = isWhole ? record : merge(record, decodeRecord(stored['record-before']).record);
    const journal = decodeJournal(stored.journal);
    this.newer = newer;
    this.device = deviceIn(stored.device) ?? randomName();
    this.#entries = new Map(entries);
    this.#written = isWhole ? String(stored.record) : undefined;
    this.#writtenIds = stored.ids;
    this.#ids = [...idsIn(stored.ids), ...journal.acts.map(({ id }) => id)];
    this.#counters = countersIn(stored.counters) ?? {
      ...journal.counters,
      steps: Math.max(journal.counters.steps, last.step + 1),
      backups: Math.max(journal.counters.backups, last.backup + 1),
    };
    const isLost = stored.record === undefined && entries.size > 0;
    this.#isChanged = isLost || this.device !== stored.device || isOutdated(stored.record);
    this.#keepUnread(stored, damaged, now);
    this.#takeSteps(stored.journal);
  }

  entry(post: number): Entry | undefined {
    return this.#entries.get(post);
  }

  /** Whether no other background has written an act since this state was read or last written. */
  isAsStored({ ids }: StoredValues): boolean {
    return ids === this.#writtenIds;
  }

  get record(): ReadingRecord {
    return this.#entries;
  }

  /** Values that `takeChanges` will return. Until they are written they count instead of the stored ones. */
  get unwritten(): StoredValues {
    return this.#values;
  }

  /** Whether an act with this id was applied already. */
  knows(id: string): boolean {
    return this.#ids.includes(id);
  }

  /** Gives this browser a new name, because another browser has the same one. Older stamps do not change. */
  takeNewName(): Answer {
    this.device = randomName();
    this.#isChanged = true;
    return { ok: true };
  }

  /** Marks posts. Marks that are only observed are merged with what the reader did by hand. */
  mark({ id, changes, source }: MarkRequest, now: number): Answer {
    const isStep = !changes.every(({ mark }) => isProgress(mark));
    if (!this.knows(id)) {
      const entries = this.#acted(changes, now);
      const kind = isStep ? (source ?? 'act') : undefined;
      if (entries.size > 0 && (source || changes.length > 1))
        this.#backUp(source ? 'import' : 'bulk', now);
      this.#enter(id, entries, kind, now);
      // An observation that changed nothing now must change nothing when it is sent again.
      if (entries.size === 0) this.#remember(id);
    }
    const stamps = changes.flatMap(({ post }) => this.entry(post)?.stamp ?? []);
    return isStep ? { ...this.#stepOf(id), stamps } : { ok: true, stamps };
  }

  /** Merges another record. What sync brings gets no undo step: only the browser that did it can undo it. */
  merge(id: string, source: ImportSource | 'sync', foreign: ReadingRecord, now: number): Answer {
    if (!this.knows(id)) {
      const changed = this.#changed([...merge(this.#entries, foreign)]);
      if (source !== 'sync' && changed.size > 0) this.#backUp('import', now);
      this.#enter(id, changed, source === 'sync' ? undefined : source, now);
    }
    return this.#stepOf(id);
  }

  /** Gives every post the mark that it has in a backup. */
  restore(id: string, backup: Backup, now: number): Answer {
    if (!this.knows(id)) {
      const marks = restoredMarks(this.#entries, backup);
      if (!marks) return { ok: false, why: 'newer' };
      if (marks.size > 0) this.#backUp('restore', now);
      this.#enter(id, this.#givenBack(marks, now), 'restore', now);
    }
    return this.#stepOf(id);
  }

  /** The answer to an act that can be undone if it changed anything. */
  #stepOf(id: string): Answer & { ok: true } {
    return this.knows(id) ? { ok: true, step: id } : { ok: true };
  }

  /**
   * Undoes a step: each of its posts that nothing newer has changed gets its earlier mark. Steps before it
   * can be undone afterwards.
   *
   * @param steps the undo list
   */
  undo(id: string, stepId: string, steps: readonly UndoStep[], now: number): Answer {
    if (this.knows(id)) return { ok: true, left: 0 };
    const step = steps.find((each) => each.id === stepId);
    if (!step) return { ok: false, why: 'gone' };
    if (step.undone) return { ok: true, left: 0 };
    const marks = new Map<number, Mark>();
    for (const [post, made] of step.after) {
      const entry = this.entry(post);
      if (entry && isSameDeciding(entry, made)) marks.set(post, markOf(step.before, post));
    }
    const entries = this.#givenBack(marks, now);
    if (entries.size > 1) this.#backUp('bulk', now);
    this.#enter(id, entries, undefined, now);

    this.#rewriteSteps(step, steps, entries);
    return { ok: true, left: step.after.size - entries.size };
  }

  /** Writes a step as undone, and updates the steps whose entries are back because of that. */
  #rewriteSteps(step: UndoStep, steps: readonly UndoStep[], given: ReadingRecord): void {
    const changed = new Map([[step.id, { ...step, undone: true }]]);
    for (const other of steps) {
      const reinstated = reinstatedEntries(other, step, given);
      if (reinstated.size > 0)
        changed.set(other.id, { ...other, after: new Map([...other.after, ...reinstated]) });
    }
    for (const number of new Set([...changed.values()].map((each) => each.number))) {
      const inSlot = steps.filter((each) => each.number === number).toReversed();
      this.#fillSlot(
        number,
        inSlot.map((each) => encodeStep(changed.get(each.id) ?? each)),
      );
    }
  }

  /** The values to write, in one call; undefined if there is nothing to write. They are returned once. */
  takeChanges(): StoredValues | undefined {
    if (!this.#isChanged || this.newer !== undefined) return undefined;
    const record = encodeRecord(this.#entries);
    const ids = this.#ids.join(' ');
    const values: StoredValues = {
      ...this.#values,
      record,
      ...(this.#written !== undefined && { 'record-before': this.#written }),
      journal: [],
      ids,
      counters: this.#counters,
      device: this.device,
    };
    this.#written = record;
    this.#writtenIds = ids;
    this.#values = {};
    this.#isChanged = false;
    return values;
  }

  /** The entries that an act changes, as they are after it. */
  #acted(acts: readonly (NewAct & { post: number })[], now: number): ReadonlyMap<number, Entry> {
    const entries = acts.map(({ post, ...newAct }): [number, Entry] => [
      post,
      withAct(this.entry(post), newAct, now, this.device),
    ]);
    return this.#changed(entries);
  }

  /** The same for marks that an undo or a restore gives: they count as made by hand, even if once observed. */
  #givenBack(marks: ReadonlyMap<number, Mark>, now: number): ReadonlyMap<number, Entry> {
    const acts = [...marks].map(([post, mark]) => ({ post, mark, isGivenBack: true }));
    return this.#acted(acts, now);
  }

  #changed(entries: readonly [number, Entry][]): ReadonlyMap<number, Entry> {
    return new Map(entries.filter(([post, entry]) => this.entry(post) !== entry));
  }

  /** Keeps the id of an act, so that the act is recognised when it is sent again. */
  #remember(id: string): void {
    this.#ids = [...this.#ids.filter((each) => each !== id && ACT_ID.test(each)), id].slice(
      -KNOWN_IDS,
    );
    this.#isChanged = true;
  }

  /** Enters the entries of an act, with a step to undo it if it has a `kind`. */
  #enter(
    id: string,
    entries: ReadonlyMap<number, Entry>,
    kind: StepKind | undefined,
    now: number,
  ): void {
    if (entries.size === 0) return;
    this.#remember(id);
    if (Math.abs(clampTime(now) - this.#counters.week) >= WEEK_MS) this.#backUp('week', now);
    const [before, after] = [new Map<number, Entry>(), new Map<number, Entry>()];
    for (const [post, entry] of entries) {
      const old = this.entry(post);
      this.#entries.set(post, entry);
      // Only marks can be undone, not the hidden acts of an entry.
      if (old && isSameDeciding(old, entry)) continue;
      if (old) before.set(post, old);
      after.set(post, entry);
    }
    if (!kind || after.size === 0) return;
    const number = this.#counters.steps;
    const time = clampTime(now);
    const step = { number, id, time, kind, undone: false, before, after };
    this.#fillSlot(number, [encodeStep(step)]);
  }

  /** Writes steps to the undo slot for this number, the newest at the end. */
  #fillSlot(number: number, steps: string[]): void {
    this.#values[undoKey(number)] = steps;
    this.#counters.steps = Math.max(this.#counters.steps, number + 1);
    this.#isChanged = true;
  }

  /** Backs the record up as it is before a change; an empty record needs no backup. */
  #backUp(reason: BackupReason, now: number, snapshot = encodeRecord(this.#entries)): void {
    if (this.#entries.size === 0 && reason !== 'damage') return;
    const counters = this.#counters;
    const number = counters.backups + counters.weeks;
    const isWeekly = reason === 'week';
    const slot = isWeekly
      ? ACT_BACKUPS + (counters.weeks % WEEKLY_BACKUPS)
      : counters.backups % ACT_BACKUPS;
    const time = clampTime(now);
    counters[isWeekly ? 'weeks' : 'backups'] += 1;
    if (isWeekly) counters.week = time;
    this.#values[backupKey(slot)] = encodeBackup({ time, reason, snapshot, number });
  }

  /** Keeps what is damaged or outdated as it is stored, before sound values overwrite it. */
  #keepUnread(stored: StoredValues, damaged: readonly string[], now: number): void {
    if (damaged.length > 0) this.#backUp('damage', now, storedText(stored));
    else if (isOutdated(stored.record)) this.#backUp('migration', now, stored.record);
    const unread = unreadValues(stored);
    if (damaged.length + unread.length === 0) return;
    const quarantine = unread.reduce(
      (sum, [key, text]) => addToQuarantine(sum, key, [text], now),
      addToQuarantine(readQuarantine(stored.aside), 'record', damaged, now),
    );
    this.#values.aside = storedQuarantine(quarantine);
    this.#isChanged = true;
  }

  /** Moves the undo steps of a journal, where earlier versions wrote them, to a slot. */
  #takeSteps(journal: unknown): void {
    if (Array.isArray(journal) && journal.length > 0) this.#isChanged = true;
    const steps = journalSteps(journal);
    if (steps.length > 0) this.#fillSlot(this.#counters.steps, steps.map(encodeStep));
  }
}

/**
 * Returns the entries of a step that another step had replaced and that are back now that the other step is
 * undone, with their present stamps.
 */
function reinstatedEntries(step: UndoStep, undone: UndoStep, given: ReadingRecord): ReadingRecord {
  const reinstated = new Map<number, Entry>();
  if (step.undone || step.id === undone.id) return reinstated;
  for (const [post, entry] of given) {
    const made = step.after.get(post);
    const replaced = undone.before.get(post);
    if (made && replaced && isSameDeciding(made, replaced)) reinstated.set(post, entry);
  }
  return reinstated;
}
