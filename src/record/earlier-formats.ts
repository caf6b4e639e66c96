/**
 * The record as versions 1 to 3 of its format stored it. They are read and never written: the first
 * change of a record stores it in the present version.
 *
 * A snapshot began with its version and the names of devices, `3 DEVICE DEVICE …`; its lines had the
 * number of a device instead of its name. Acts since the snapshot stood in a journal, a list of texts:
 * `# STEPS BACKUPS WEEKS WEEK` (counters), then `ACT POST MARK TIME.TICK DEVICE` for each act. An act could
 * be followed by what is needed to undo it: ` < NUMBER TIME`, then the line of its post before the act.
 */
import { isDevice, isReadingTime } from './clock.ts';
import { BASE, decodeEarlierLine, type PostAct } from './line.ts';
import { type Act, ACT_ID } from './marks.ts';

/** An act in a journal. */
export interface JournalAct extends PostAct {
  id: string;
  /** The data to undo the act: the number of its step, its time in ms, and the act that it replaced. */
  undo: { number: number; time: number; before: Act | undefined } | undefined;
}

export interface Journal {
  acts: JournalAct[];
  /** The four numbers of its first line; zeros if there is none. */
  counters: { steps: number; backups: number; weeks: number; week: number };
  /** Items that are neither an act nor the counters, as they are stored. */
  odd: unknown[];
}

const COUNTERS = /^# ([0-9a-z]{1,10}) ([0-9a-z]{1,10}) ([0-9a-z]{1,10}) ([0-9a-z]{1,10})$/;
const UNDO = /^([0-9a-z]{1,8}) ([0-9a-z]{1,10})(?: (.+))?$/;

/** The names of devices in the first line of an earlier snapshot, by their numbers in the other lines. */
export function readEarlierHead(head: string): {
  devices: ReadonlyMap<string, string>;
  isDamaged: boolean;
} {
  const [version = '', ...names] = head.split(' ');
  const devices = new Map<string, string>();
  names.forEach((name, number) => {
    if (isDevice(name)) devices.set(String(number), name);
  });
  return { devices, isDamaged: !/^[1-3]$/.test(version) || !names.every(isDevice) };
}

/** Reads a stored journal. Never throws. The present version stores none, or an empty one. */
export function decodeJournal(journal: unknown): Journal {
  const decoded: Journal = {
    acts: [],
    counters: { steps: 0, backups: 0, weeks: 0, week: 0 },
    odd: [],
  };
  if (journal === undefined) return decoded;
  const items: unknown[] = Array.isArray(journal) ? journal : [journal];
  for (const [index, item] of items.entries()) {
    const act = typeof item === 'string' ? decodeAct(item) : undefined;
    if (act) decoded.acts.push(act);
    else if (index === 0 && typeof item === 'string' && item.startsWith('#'))
      decoded.counters = readCounters(item);
    else decoded.odd.push(item);
  }
  return decoded;
}

function readCounters(text: string): Journal['counters'] {
  const counts = COUNTERS.exec(text)?.slice(1) ?? [];
  const [steps = 0, backups = 0, weeks = 0, week = 0] = counts.map((count) =>
    parseInt(count, BASE),
  );
  return { steps, backups, weeks, week };
}

function decodeAct(text: string): JournalAct | undefined {
  const [act = '', undo] = text.split(' < ', 2);
  const space = act.indexOf(' ');
  const id = act.slice(0, Math.max(0, space));
  const read = decodeEarlierLine(act.slice(space + 1));
  if (!read || !ACT_ID.test(id)) return undefined;
  return { id, ...read, undo: undo === undefined ? undefined : decodeUndo(undo, read.post) };
}

function decodeUndo(text: string, post: number): JournalAct['undo'] {
  const [, number = '', time = '', line] = UNDO.exec(text) ?? [];
  const before = line === undefined ? undefined : decodeEarlierLine(line);
  const undo = { number: parseInt(number, BASE), time: parseInt(time, BASE) };
  if (!isReadingTime(undo.time) || (line !== undefined && before?.post !== post)) return undefined;
  return { ...undo, before: before?.act };
}
