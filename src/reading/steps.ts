/**
 * The undo list as it is stored: a ring of places, a key each. A step is one act of the reader, of one
 * post or of many: `NUMBER ACT TIME WHAT UNDONE`, then the entries that stood before it as a
 * snapshot, an empty line, and those that it made. A step of one post stands in the journal first,
 * behind a `<`, so that a mark is one value to write; all of those come to one place as a list.
 */
import { encodeSnapshot, isStepLine, wholeRecord } from './codec.ts';
import { isReadingTime, type ReadingRecord } from './marks.ts';

/** How entries come from elsewhere: a file or a list, a shared address, the browser's history. */
export const BROUGHT = ['import', 'share', 'history'] as const;
export type Brought = (typeof BROUGHT)[number];

const WHATS = ['act', ...BROUGHT, 'restore'] as const;
/** Marks by hand or by reading; entries brought from elsewhere; a backup that was restored. */
export type StepKind = (typeof WHATS)[number];

export interface Step {
  /** Of its place: counts all that were ever filled, from 0. */
  number: number;
  /** The id of its act. */
  id: string;
  /** When it was made, in ms. */
  time: number;
  what: StepKind;
  undone: boolean;
  /** Of its posts those that had an entry. */
  before: ReadingRecord;
  after: ReadingRecord;
}

const BASE = 36;
const HEAD = /^([0-9a-z]{1,8}) ([\w-]{1,40}) ([0-9a-z]{1,10}) ([a-z]{1,10}) ([01])$/;

export function encodeStep({ number, id, time, what, undone, before, after }: Step): string {
  const head = [number.toString(BASE), id, time.toString(BASE), what, undone ? 1 : 0].join(' ');
  return `${head}\n${encodeSnapshot(before)}\n\n${encodeSnapshot(after)}`;
}

/** So many are offered; those of a place that are older go when one of it changes. */
const MOST = 64;

/** The steps among any stored values, the journal among them, the latest first. */
export function readSteps(stored: readonly unknown[]): Step[] {
  const heads = new Map<string, Head>();
  for (const value of stored.flat()) {
    const head = readHead(isStepLine(value) ? value.slice(1) : value);
    // Where the journal was read before it was folded, and its place after, that one knows more.
    if (head && !heads.get(head.id)?.undone) heads.set(head.id, head);
  }
  const latest = [...heads.values()].reverse();
  return latest
    .sort((a, b) => b.time - a.time || b.number - a.number)
    .slice(0, MOST)
    .map(({ number, id, time, what, undone, was, is }) => {
      const before = wholeRecord(was, undefined);
      const after = wholeRecord(is, undefined);
      return { number, id, time, what, undone, before, after };
    });
}

/** What is stored in a place: its steps, the latest first. */
export function encodePlace(steps: readonly Step[]): string | string[] {
  const [first = '', ...others] = steps.map(encodeStep).reverse();
  return others.length > 0 ? [first, ...others] : first;
}

/** A step of which the snapshots are not read yet. */
type Head = Omit<Step, 'before' | 'after'> & { was: string; is: string };

function readHead(stored: unknown): Head | undefined {
  if (typeof stored !== 'string') return undefined;
  const headEnd = stored.indexOf('\n');
  const middle = stored.indexOf('\n\n');
  const [, number = '', id = '', time = '', what, undone] =
    HEAD.exec(stored.slice(0, Math.max(0, headEnd))) ?? [];
  const kind = WHATS.find((each) => each === what);
  if (!kind || middle < 0 || !isReadingTime(parseInt(time, BASE))) return undefined;
  return {
    number: parseInt(number, BASE),
    id,
    time: parseInt(time, BASE),
    what: kind,
    undone: undone === '1',
    was: stored.slice(headEnd + 1, middle),
    is: stored.slice(middle + 2),
  };
}
