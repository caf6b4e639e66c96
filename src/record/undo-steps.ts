/**
 * The undo list as it is stored: a ring of places, a key each. A step is one act of the reader, of one
 * post or of many: `NUMBER ACT TIME WHAT UNDONE`, then the entries that stood before it as a
 * snapshot, an empty line, and those that it made. A step of one post stands behind its act in the
 * journal first, as ` < NUMBER TIME` and the line that stood before, if one did: a mark is one value to
 * write. With a fold all of those come to one place, a list of them as they stand.
 */
import { decodeAct, encodeSnapshot, STEP, wholeRecord } from './codec.ts';
import { BASE, encodeLine, Lines } from './line.ts';
import { type Entry, isReadingTime, type ReadingRecord } from './marks.ts';

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

const HEAD = /^([0-9a-z]{1,8}) ([\w-]{1,40}) ([0-9a-z]{1,10}) ([a-z]{1,10}) ([01])$/;
const BEHIND = /^([\w-]{1,40}) .* < ([0-9a-z]{1,8}) ([0-9a-z]{1,10})(?: (.+))?$/;

export function encodeStep({ number, id, time, what, undone, before, after }: Step): string {
  const head = [number.toString(BASE), id, time.toString(BASE), what, undone ? 1 : 0].join(' ');
  return `${head}\n${encodeSnapshot(before)}\n\n${encodeSnapshot(after)}`;
}

/** The undo of an act on one post, as it stands behind it; `time` in ms, `before`: what stood before. */
export function encodeBehind(number: number, time: number, post: number, before?: Entry): string {
  const line = before ? ` ${encodeLine(post, before, before.stamp.device)}` : '';
  return `${STEP}${number.toString(BASE)} ${time.toString(BASE)}${line}`;
}

/** Whether a line of a journal has a step behind it. */
export function hasStep(line: string): boolean {
  return line.includes(STEP);
}

/** A line of a journal without the step behind it. */
export function withoutStep(line: string): string {
  return hasStep(line) ? line.slice(0, line.indexOf(STEP)) : line;
}

/** So many are offered; those of a place that are older go when one of it changes. */
const MOST = 64;

/** The steps among any stored values, the journal among them, the latest first. */
export function readSteps(stored: readonly unknown[]): Step[] {
  const found = new Map<string, Found>();
  for (const text of stored.flat()) {
    const step = typeof text === 'string' ? (findByItself(text) ?? findBehind(text)) : undefined;
    // Where the journal was read before it was folded, and its place after, that one knows more.
    if (step && !found.get(step.id)?.undone) found.set(step.id, step);
  }
  const latest = [...found.values()]
    .reverse()
    .filter(({ time }) => isReadingTime(time))
    .sort((a, b) => b.time - a.time || b.number - a.number);
  const steps: Step[] = [];
  for (const { entries, ...head } of latest) {
    const read = entries();
    if (read) steps.push({ ...head, ...read });
    if (steps.length === MOST) break;
  }
  return steps;
}

/** A step of which the entries are not read yet; none where they are damaged. */
type Found = Omit<Step, 'before' | 'after'> & {
  entries: () => Pick<Step, 'before' | 'after'> | undefined;
};

function findByItself(text: string): Found | undefined {
  const headEnd = text.indexOf('\n');
  const middle = text.indexOf('\n\n');
  const [, number = '', id = '', time = '', kind, undone] =
    HEAD.exec(text.slice(0, Math.max(0, headEnd))) ?? [];
  const what = WHATS.find((each) => each === kind);
  if (!what || middle < 0) return undefined;
  return {
    number: parseInt(number, BASE),
    id,
    time: parseInt(time, BASE),
    what,
    undone: undone === '1',
    entries: () => ({
      before: wholeRecord(text.slice(headEnd + 1, middle), undefined),
      after: wholeRecord(text.slice(middle + 2), undefined),
    }),
  };
}

function findBehind(text: string): Found | undefined {
  const [, id, number = '', time = '', was = ''] = BEHIND.exec(text) ?? [];
  if (id === undefined) return undefined;
  return {
    number: parseInt(number, BASE),
    id,
    time: parseInt(time, BASE),
    what: 'act',
    undone: false,
    entries: () => {
      const act = decodeAct(text);
      const lines = new Lines(was);
      const old = lines.read(0, was.length);
      if (!act || (was !== '' && (!old || lines.post !== act.post))) return undefined;
      const before = new Map(old && [[act.post, old]]);
      return { before, after: new Map([[act.post, act.entry]]) };
    },
  };
}
