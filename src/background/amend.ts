/** What is made of the record besides marks: another is merged, a backup restored, a step undone. */
import { decodeBackup } from '../reading/backups.ts';
import { decode } from '../reading/codec.ts';
import {
  compareStamps,
  type Entry,
  type Mark,
  markOf,
  merge,
  type ReadingRecord,
} from '../reading/marks.ts';
import { readSteps, type Step } from '../reading/steps.ts';
import type { Acting, Answer } from '../platform/protocol.ts';
import { backupKey, load, stepSources } from '../platform/storage.ts';
import type { Book } from './book.ts';

export type Amending = Exclude<Acting, { type: 'act' }>;

/** Enters it in the book, if it is not there already; who asked stores it. Rejects with the browser's error. */
export async function amend(book: Book, request: Amending): Promise<Answer> {
  const { id } = request;
  const isKnown = book.knows(id);
  switch (request.type) {
    case 'merge': {
      const { how, entries } = request;
      if (!isKnown) mergeIn(book, id, how, decode(entries, undefined).record);
      return { ok: true, step: id };
    }
    case 'restore': {
      if (isKnown) return { ok: true, step: id };
      const key = backupKey(request.place);
      const backup = decodeBackup((await load([key]))[key]);
      if (backup?.time !== request.time) return { ok: false, why: 'failed' };
      restore(book, id, decode(backup.snapshot, undefined).record);
      return { ok: true, step: id };
    }
    case 'undo': {
      const steps = readSteps(Object.values(await load(stepSources())));
      const step = steps.find((each) => each.id === request.step && !each.undone);
      // Undone already, or longer ago than the list reaches.
      if (!step || isKnown) return { ok: true, left: 0 };
      return { ok: true, left: undo(book, id, step, steps) };
    }
  }
}

/** Enters what is later in a record from elsewhere. Foreign entries come in here only. */
function mergeIn(
  book: Book,
  id: string,
  how: (Amending & { type: 'merge' })['how'],
  foreign: ReadingRecord,
): void {
  const record = book.record();
  const merged = merge(record, foreign);
  const changed = new Map([...merged].filter(([post, entry]) => record.get(post) !== entry));
  // What other browsers did is undone where it was done.
  if (how === 'sync') book.enter(id, changed, undefined, undefined, Date.now());
  else book.enter(id, changed, how, 'import', Date.now());
}

/** Makes every mark what it is in a backup. */
function restore(book: Book, id: string, backup: ReadingRecord): void {
  const record = book.record();
  const posts = new Set([...record.keys(), ...backup.keys()]);
  const marks = new Map<number, Mark>();
  for (const post of posts) {
    const mark = markOf(backup, post);
    if (JSON.stringify(mark) !== JSON.stringify(markOf(record, post))) marks.set(post, mark);
  }
  book.give(id, marks, 'restore', 'restore', Date.now());
}

/**
 * Gives back what stood before a step, where nothing later changed it. The steps before it stand
 * again then, so that they can be undone in turn. Returns of how many posts it was not so.
 */
function undo(book: Book, id: string, step: Step, steps: readonly Step[]): number {
  const marks = new Map<number, Mark>();
  for (const [post, { stamp }] of step.after) {
    const entry = book.entry(post);
    if (entry && compareStamps(entry.stamp, stamp) === 0)
      marks.set(post, markOf(step.before, post));
  }
  const given = book.give(id, marks, undefined, 'bulk', Date.now());
  const changed = new Map([[step.id, { ...step, undone: true }]]);
  for (const other of steps) {
    const again = standingAgain(other, step, given);
    if (again.size > 0) changed.set(other.id, { ...other, after: merge(other.after, again) });
  }
  for (const number of new Set([...changed.values()].map((each) => each.number)))
    book.rewrite(
      number,
      steps.filter((each) => each.number === number).map((each) => changed.get(each.id) ?? each),
    );
  return step.after.size - given.size;
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
