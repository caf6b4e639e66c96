/**
 * What is made of the record besides single marks: acts on many posts, another record that is merged, a
 * backup that is restored, a step that is undone; and the journal folded into the snapshot.
 */
import { readAside, setAside } from '../record/quarantine.ts';
import { type BackupReason, decodeBackup, encodeBackup } from '../record/backups.ts';
import { ACT_ID, decode, type Decoded, encodeSnapshot } from '../record/codec.ts';
import {
  compareStamps,
  type Entry,
  type Mark,
  markOf,
  merge,
  type ReadingRecord,
} from '../record/marks.ts';
import { stampAbove } from '../record/clock.ts';
import {
  encodeStep,
  hasStep,
  readSteps,
  type Step,
  type StepKind,
  withoutStep,
} from '../record/undo-steps.ts';
import type { Acting, Answer, Change } from '../app/messages.ts';
import { backupKey, load, stepKey, stepSources, WEEKLY } from '../platform/storage.ts';
import { answerTo, type Book, isProgress, soundTime, tidy } from './book.ts';

/** Acts that are known again when they are sent again, beyond those in the journal. */
const KNOWN_IDS = 256;

/** Enters it in the book, if it is not there already; who asked stores it. Rejects with the browser's error. */
export async function amend(book: Book, request: Acting): Promise<Answer> {
  const { id } = request;
  const isNew = request.type === 'act' && !request.again;
  const isKnown = book.holds(id) || (!isNew && idsIn((await load(['ids'])).ids).includes(id));
  const now = Date.now();
  switch (request.type) {
    case 'act': {
      if (!isKnown) act(book, id, request.changes, now);
      return answerTo(request);
    }
    case 'merge': {
      const { how, entries } = request;
      if (!isKnown) mergeIn(book, id, how, decode(entries, undefined).record, now);
      return { ok: true, step: id };
    }
    case 'restore': {
      if (isKnown) return { ok: true, step: id };
      const key = backupKey(request.place);
      const backup = decodeBackup((await load([key]))[key]);
      if (backup?.time !== request.time) return { ok: false, why: 'failed' };
      restore(book, id, decode(backup.snapshot, undefined).record, now);
      return { ok: true, step: id };
    }
    case 'undo': {
      const steps = readSteps(Object.values(await load(stepSources())));
      const step = steps.find((each) => each.id === request.step && !each.undone);
      // Undone already, or longer ago than the list reaches.
      if (!step || isKnown) return { ok: true, left: 0 };
      return { ok: true, left: undo(book, id, step, steps, now) };
    }
  }
}

/**
 * The snapshot is to be written anew, with the acts of the journal. What could not be read is kept
 * elsewhere before what could is written over it. Rejects with the browser's error.
 */
export async function fold(book: Book): Promise<void> {
  const stored = await load(['ids', 'aside']);
  const { values } = book;
  const now = Date.now();
  const { record, device } = book.stored;
  if (book.isOld) backUp(book, 'migration', now, String(record));
  book.isOld = false;
  settle(book);
  values.record = encodeSnapshot(whole(book));
  values.ids = [...new Set([...idsIn(stored.ids), ...book.journal.map(idOf)])]
    .filter((id) => ACT_ID.test(id))
    .slice(-KNOWN_IDS)
    .join(' ');
  book.journal = [];

  const old = readAside(stored.aside);
  const opened = decoded(book);
  let aside = setAside(old, 'record', opened.bad, now);
  opened.bad = [];
  const unread: [key: 'ids' | 'device', value: unknown][] = [
    ['ids', typeof stored.ids === 'string' ? undefined : stored.ids],
    ['device', values.device === undefined ? undefined : device],
  ];
  for (const [key, value] of unread)
    if (value !== undefined) aside = setAside(aside, key, [JSON.stringify(value)], now);
  if (aside !== old) values.aside = aside;
}

/** As it was opened, every line of it. */
function decoded(book: Book): Decoded {
  return (book.whole ??= decode(book.stored.record, book.stored.journal));
}

/** All of the record, with what was entered since. */
function whole(book: Book): ReadingRecord {
  return new Map([...decoded(book).record, ...book.entered]);
}

function idsIn(ids: unknown): string[] {
  return typeof ids === 'string' ? ids.split(' ') : [];
}

/** Of the act in a line of a journal. */
function idOf(line: string): string {
  return line.split(' ', 1).join();
}

/** Enters marks; of several changes of a post the last. */
function act(book: Book, id: string, changes: readonly Change[], now: number): void {
  const [first, ...more] = changes;
  if (!first || more.length > 0) {
    const marks = new Map(changes.map(({ post, mark }) => [post, tidy(mark)]));
    give(book, id, marks, isProgress(changes) ? undefined : 'act', 'bulk', now);
    return;
  }
  if (book.isWeekOver(now)) backUp(book, 'week', now);
  book.mark(id, first, now);
}

/** Enters what is later in a record from elsewhere. Foreign entries come in here only. */
function mergeIn(
  book: Book,
  id: string,
  how: (Acting & { type: 'merge' })['how'],
  foreign: ReadingRecord,
  now: number,
): void {
  const record = whole(book);
  const merged = merge(record, foreign);
  const changed = new Map([...merged].filter(([post, entry]) => record.get(post) !== entry));
  // What other browsers did is undone where it was done.
  if (how === 'sync') enter(book, id, changed, undefined, undefined, now);
  else enter(book, id, changed, how, 'import', now);
}

/** Makes every mark what it is in a backup. */
function restore(book: Book, id: string, backup: ReadingRecord, now: number): void {
  const record = whole(book);
  const posts = new Set([...record.keys(), ...backup.keys()]);
  const marks = new Map<number, Mark>();
  for (const post of posts) {
    const mark = markOf(backup, post);
    if (JSON.stringify(mark) !== JSON.stringify(markOf(record, post))) marks.set(post, mark);
  }
  give(book, id, marks, 'restore', 'restore', now);
}

/**
 * Gives back what stood before a step, where nothing later changed it. The steps before it stand
 * again then, so that they can be undone in turn. Returns of how many posts it was not so.
 */
function undo(book: Book, id: string, step: Step, steps: readonly Step[], now: number): number {
  const marks = new Map<number, Mark>();
  for (const [post, { stamp }] of step.after) {
    const entry = book.entry(post);
    if (entry && compareStamps(entry.stamp, stamp) === 0)
      marks.set(post, markOf(step.before, post));
  }
  const given = give(book, id, marks, undefined, 'bulk', now);
  const changed = new Map([[step.id, { ...step, undone: true }]]);
  for (const other of steps) {
    const again = standingAgain(other, step, given);
    if (again.size > 0) changed.set(other.id, { ...other, after: merge(other.after, again) });
  }
  settle(book);
  for (const number of new Set([...changed.values()].map((each) => each.number))) {
    const inPlace = steps.filter((each) => each.number === number);
    fill(book, number, inPlace.map((each) => encodeStep(changed.get(each.id) ?? each)).reverse());
  }
  return step.after.size - given.size;
}

/** Gives posts these marks, stamped now. Returns the entries that it made. */
function give(
  book: Book,
  id: string,
  marks: ReadonlyMap<number, Mark>,
  what: StepKind | undefined,
  why: BackupReason,
  now: number,
): ReadingRecord {
  const given = new Map<number, Entry>();
  for (const [post, mark] of marks) {
    const stamp = stampAbove(book.entry(post)?.stamp, soundTime(now), book.device);
    given.set(post, { mark, stamp });
  }
  enter(book, id, given, what, why, now);
  return given;
}

/** Enters these; a step to undo where `what` says of what, a backup before where `why` says why. */
function enter(
  book: Book,
  id: string,
  entries: ReadingRecord,
  what: StepKind | undefined,
  why: BackupReason | undefined,
  now: number,
): void {
  if (entries.size === 0) return;
  if (why && (entries.size > 1 || why !== 'bulk')) backUp(book, why, now);
  if (book.isWeekOver(now)) backUp(book, 'week', now);
  const before = new Map<number, Entry>();
  for (const [post, entry] of entries) {
    const old = book.entry(post);
    if (old) before.set(post, old);
    book.put(id, post, entry);
  }
  if (!what) return;
  settle(book);
  const { steps: number } = book.ledger;
  const time = soundTime(now);
  const step = { number, id, time, what, undone: false, before, after: entries };
  fill(book, number, [encodeStep(step)]);
}

/** The steps of the journal come to a place. */
function settle(book: Book): void {
  const steps = book.journal.filter(hasStep);
  if (steps.length === 0) return;
  book.journal = book.journal.map(withoutStep);
  fill(book, book.ledger.steps, steps);
}

/** `steps` as they are stored, the latest at the end. */
function fill(book: Book, number: number, steps: string[]): void {
  book.values[stepKey(number)] = steps;
  book.ledger.steps = Math.max(book.ledger.steps, number + 1);
  book.isChanged = true;
}

/** An empty record needs no backup. */
function backUp(book: Book, why: BackupReason, now: number, snapshot?: string): void {
  const record = whole(book);
  if (record.size === 0) return;
  const { ledger } = book;
  const place = why === 'week' ? WEEKLY + (ledger.weeks++ % 2) : ledger.backups++ % WEEKLY;
  const time = soundTime(now);
  if (why === 'week') ledger.week = time;
  const text = snapshot ?? encodeSnapshot(record);
  book.values[backupKey(place)] = encodeBackup({ time, why, snapshot: text });
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
