/**
 * The undo list as it is stored: a ring of slots, one storage key each. A step is one act of the reader
 * on one post or on many: `NUMBER ACT TIME KIND UNDONE`, then the entries that it replaced as a record, an
 * empty line, and the entries that it made. A slot that an earlier version filled may hold a list of steps.
 */
import { isReadingTime } from './clock.ts';
import { decodeRecord, encodeRecord } from './codec.ts';
import { decodeJournal } from './earlier-formats.ts';
import { BASE } from './line.ts';
import type { ReadingRecord } from './marks.ts';

/** Where imported entries come from: a file or a list, a shared address, the browser's history. */
export const IMPORT_SOURCES = ['import', 'share', 'history'] as const;
export type ImportSource = (typeof IMPORT_SOURCES)[number];

const STEP_KINDS = ['act', ...IMPORT_SOURCES, 'restore'] as const;
/** Marks by hand or while reading; imported entries; a restored backup. */
export type StepKind = (typeof STEP_KINDS)[number];

export interface UndoStep {
  /** Counts all slots that were ever filled, from 0. */
  number: number;
  /** The id of its act. */
  id: string;
  /** When it was made, in ms. */
  time: number;
  kind: StepKind;
  undone: boolean;
  /** The entries that it replaced; a post that had none is missing. */
  before: ReadingRecord;
  /** The entries that it made. */
  after: ReadingRecord;
}

/** The undo list offers this many steps. */
const MOST_STEPS = 64;

const HEAD = /^([0-9a-z]{1,8}) ([\w-]{1,40}) ([0-9a-z]{1,10}) ([a-z]{1,10}) ([01])$/;

export function encodeStep({ number, id, time, kind, undone, before, after }: UndoStep): string {
  const head = [number.toString(BASE), id, time.toString(BASE), kind, undone ? 1 : 0].join(' ');
  return `${head}\n${encodeRecord(before)}\n\n${encodeRecord(after)}`;
}

/**
 * Reads the undo list, the newest step first. Never throws.
 *
 * @param slots values of the undo slots, in any order
 * @param journal what is stored under `journal`; earlier versions wrote the newest steps there
 */
export function decodeSteps(slots: readonly unknown[], journal?: unknown): UndoStep[] {
  const steps = new Map(journalSteps(journal).map((step) => [step.id, step]));
  for (const text of slots.flat()) {
    const step = typeof text === 'string' ? decodeStep(text) : undefined;
    // A step of a journal may have been written to its slot already, and be undone there.
    if (step && !steps.get(step.id)?.undone) steps.set(step.id, step);
  }
  // Steps with one number are in one slot, the newest at its end.
  return [...steps.values()]
    .toReversed()
    .sort((a, b) => b.number - a.number)
    .slice(0, MOST_STEPS);
}

function decodeStep(text: string): UndoStep | undefined {
  const headEnd = text.indexOf('\n');
  const middle = text.indexOf('\n\n');
  const [, number = '', id = '', time = '', word, undone] =
    HEAD.exec(text.slice(0, Math.max(0, headEnd))) ?? [];
  const kind = STEP_KINDS.find((each) => each === word);
  if (!kind || middle < 0 || !isReadingTime(parseInt(time, BASE))) return undefined;
  return {
    number: parseInt(number, BASE),
    id,
    time: parseInt(time, BASE),
    kind,
    undone: undone === '1',
    before: decodeRecord(text.slice(headEnd + 1, middle)).record,
    after: decodeRecord(text.slice(middle + 2)).record,
  };
}

/** The steps of a journal, the newest at the end. */
export function journalSteps(journal: unknown): UndoStep[] {
  return decodeJournal(journal).acts.flatMap(({ id, post, act, undo }): UndoStep[] => {
    if (!undo) return [];
    const { number, time, before } = undo;
    return [
      {
        number,
        id,
        time,
        kind: 'act',
        undone: false,
        before: new Map(before && [[post, before]]),
        after: new Map([[post, act]]),
      },
    ];
  });
}
