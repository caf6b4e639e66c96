/**
 * The undo list as it is stored: a ring of steps, one a key. A step is one act of the reader, of one
 * post or of many: `NUMBER ACT TIME WHAT UNDONE`, then the entries that stood before it as a
 * snapshot, an empty line, and those that it made.
 */
import { decode, encodeSnapshot } from './codec.ts';
import { isReadingTime, type ReadingRecord } from './marks.ts';

/** How entries come from elsewhere: a file or a list, a shared address, the browser's history. */
export const BROUGHT = ['import', 'share', 'history'] as const;
export type Brought = (typeof BROUGHT)[number];

const WHATS = ['act', ...BROUGHT, 'restore'] as const;
/** Marks by hand or by reading; entries brought from elsewhere; a backup that was restored. */
export type StepKind = (typeof WHATS)[number];

export interface Step {
  /** Counts all steps ever made, from 0. */
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

/** The steps among any stored values, the latest first. */
export function readSteps(stored: readonly unknown[]): Step[] {
  return stored
    .flatMap((value) => decodeStep(value) ?? [])
    .sort((a, b) => b.time - a.time || b.number - a.number);
}

function decodeStep(stored: unknown): Step | undefined {
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
    before: decode(stored.slice(headEnd + 1, middle), undefined).record,
    after: decode(stored.slice(middle + 2), undefined).record,
  };
}
