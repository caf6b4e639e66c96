/**
 * All data of the reader as a JSON file that can be imported again: marks, discovered posts, plans and
 * settings. Undo steps, backups and the texts of posts are not in it.
 * docs/export-format.md describes it for others.
 */
import { isDay } from '../record/days.ts';
import { isPostId } from '../site/address.ts';
import type { DiscoveredPost, DiscoveredPosts } from '../catalogue/discovered/post.ts';
import { soundFacts } from '../catalogue/discovered/facts.ts';
import { type SavedPlan, MOST_PLANS } from '../catalogue/plans/planner.ts';
import { soundPlan } from '../catalogue/plans/codec.ts';
import {
  type Act,
  type Basis,
  type Entry,
  isAct,
  isMark,
  isPlace,
  type Mark,
  type ReadingRecord,
} from '../record/marks.ts';
import { actsOf, addEntry, mergeEntries } from '../record/merge.ts';
import { isDevice, isTick, isReadingTime, type Stamp } from '../record/clock.ts';
import { lineOfError } from './import/json-error.ts';
import {
  MAX_CHARS,
  MAX_ENTRIES,
  type Reason,
  type Refusal,
  type Trouble,
} from './import/import-errors.ts';

export const FORMAT = 'kexue-companion';
export const VERSION = 1;
/** An entry has at most three acts. */
const MOST_HIDDEN = 2;

/** Everything that an export contains. */
export interface Belongings {
  record: ReadingRecord;
  discovered: DiscoveredPosts;
  /** The plan that was saved last comes last. */
  plans?: readonly SavedPlan[];
  /** As they are stored. They are checked when they are imported. */
  settings?: Readonly<Record<string, unknown>>;
}

export interface ReadFile extends Required<Belongings> {
  refused: Refusal[];
}

/** Writes the file, one entry on each line and marks by id, so that files can be compared. `exported` is in ms. */
export function exportFile(
  { record, discovered, plans = [], settings = {} }: Belongings,
  device: string,
  exported: number,
): string {
  const marks = [...record].sort(([a], [b]) => a - b).map(([id, entry]) => markRow(id, entry));
  const head = { format: FORMAT, version: VERSION, exported: isoTime(exported), device };
  const fields = [
    ...Object.entries(head).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`),
    `"marks": ${rows(marks)}`,
    `"learned": ${rows([...discovered.values()].map(discoveredRow))}`,
    ...(plans.length > 0 ? [`"plans": ${rows(plans)}`] : []),
    ...(Object.keys(settings).length > 0 ? [`"settings": ${JSON.stringify(settings)}`] : []),
  ];
  return `{\n  ${fields.join(',\n  ')}\n}\n`;
}

function rows(entries: readonly object[]): string {
  const lines = entries.map((entry) => `\n    ${JSON.stringify(entry)}`);
  return lines.length === 0 ? '[]' : `[${lines.join(',')}\n  ]`;
}

function markRow(id: number, entry: Entry): object {
  const [first = entry, ...hidden] = actsOf(entry);
  return { id, ...actRow(first), ...(hidden.length > 0 && { hidden: hidden.map(actRow) }) };
}

function actRow({ mark, stamp, basis }: Act): object {
  const { kind, ...more } = mark;
  const at = mark.kind === 'read' ? { at: isoTime(mark.at) } : {};
  const row = { mark: kind, ...more, ...at, ...stamp, time: isoTime(stamp.time) };
  if (basis === undefined) return row;
  const isMoment = typeof basis === 'object';
  return { ...row, basis: isMoment ? { ...basis, time: isoTime(basis.time) } : basis };
}

/**
 * Reads an exported file of any version. Unsound entries are reported and left out; if the file as a whole
 * is unusable, nothing is read. Never throws.
 */
export function readFile(text: string): ReadFile | { trouble: Trouble } {
  if (text.length > MAX_CHARS) return { trouble: { why: 'too-long', most: MAX_CHARS } };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { trouble: { why: 'no-json', line: lineOfError(text.replace(/^\ufeff/, '')) } };
  }
  const file = fieldsOf(value) ?? {};
  // Older files have no plans and no settings.
  const { format, version, marks, learned, plans = [], settings = {} } = file;
  if (format !== FORMAT) return { trouble: { why: 'foreign' } };
  if (!Number.isInteger(version) || (version as number) < 1) return unsound('version');
  if ((version as number) > VERSION) {
    return { trouble: { why: 'newer', version: version as number } };
  }
  if (!Array.isArray(marks)) return unsound('marks');
  if (!Array.isArray(learned)) return unsound('learned');
  if (!Array.isArray(plans)) return unsound('plans');
  if (Math.max(marks.length, learned.length, plans.length) > MAX_ENTRIES) {
    return { trouble: { why: 'too-many', most: MAX_ENTRIES } };
  }
  const refused: Refusal[] = [];
  return {
    record: readMarks(marks, refused),
    discovered: readDiscovered(learned, refused),
    plans: readPlans(plans, refused),
    settings: fieldsOf(settings) ?? {},
    refused,
  };
}

function unsound(field: 'version' | 'marks' | 'learned' | 'plans'): { trouble: Trouble } {
  return { trouble: { why: 'field', field } };
}

function readMarks(given: readonly unknown[], refused: Refusal[]): ReadingRecord {
  const record = new Map<number, Entry>();
  for (const [index, row] of given.entries()) {
    const refuse = (reason: Reason) => refused.push({ of: 'marks', at: index + 1, reason });
    const fields = fieldsOf(row);
    const id = fields?.['id'];
    if (!fields) refuse('entry');
    else if (!isPostId(id)) refuse('id');
    else {
      const entry = readEntry(fields);
      if (typeof entry === 'string') refuse(entry);
      else {
        if (record.has(id)) refuse('twice');
        addEntry(record, id, entry);
      }
    }
  }
  return record;
}

/** The entry, or its unsound field. Older files have neither a basis nor hidden acts. */
function readEntry(fields: Fields): Entry | Reason {
  const { hidden = [] } = fields;
  if (!Array.isArray(hidden) || hidden.length > MOST_HIDDEN) return 'hidden';
  const first = readAct(fields);
  if (typeof first === 'string') return first;
  let entry: Entry = first;
  for (const row of hidden as unknown[]) {
    const act = readAct(fieldsOf(row) ?? {});
    if (typeof act === 'string') return 'hidden';
    entry = mergeEntries(entry, act);
  }
  return entry;
}

function readAct(fields: Fields): Act | Reason {
  const mark = readMark(fields);
  if (typeof mark === 'string') return mark;
  const stamp = readStamp(fields);
  if (typeof stamp === 'string') return stamp;
  if (fields['basis'] === undefined) return { mark, stamp };
  const basis = readBasis(fields['basis']);
  return basis !== undefined && isAct({ mark, stamp, basis }) ? { mark, stamp, basis } : 'basis';
}

function readBasis(given: unknown): Basis | undefined {
  if (given === 'hand' || given === 'nothing') return given;
  const { time: text, tick } = fieldsOf(given) ?? {};
  const time = readTime(text);
  return time === undefined || !isTick(tick) ? undefined : { time, tick };
}

function readMark({ mark: kind, fraction, place, at, by }: Fields): Mark | Reason {
  switch (kind) {
    case 'unread':
    case 'later':
      return { kind };
    case 'reading': {
      const mark = { kind, fraction };
      if (!isMark(mark) || mark.kind !== kind) return 'fraction';
      if (place === undefined) return mark;
      return isPlace(place) ? { ...mark, place: { at: place.at, print: place.print } } : 'place';
    }
    case 'read': {
      const time = readTime(at);
      if (time === undefined) return 'at';
      return by === 'hand' || by === 'reading' ? { kind, at: time, by } : 'by';
    }
    default:
      return 'mark';
  }
}

function readStamp({ time: given, tick, device }: Fields): Stamp | Reason {
  const time = readTime(given);
  if (time === undefined) return 'time';
  if (!isTick(tick)) return 'tick';
  return isDevice(device) ? { time, tick, device } : 'device';
}

function discoveredRow({ id, seen, ...facts }: DiscoveredPost): object {
  return { id, met: seen, ...facts };
}

function readDiscovered(given: readonly unknown[], refused: Refusal[]): DiscoveredPosts {
  const discovered = new Map<number, DiscoveredPost>();
  for (const [index, row] of given.entries()) {
    const refuse = (reason: Reason) => refused.push({ of: 'learned', at: index + 1, reason });
    const fields = fieldsOf(row) ?? {};
    const { id, met, category } = fields;
    // Older files have one category.
    const facts = soundFacts(category === undefined ? row : { categories: [category], ...fields });
    if (!facts) refuse(isPostId(id) ? 'facts' : 'id');
    else if (!isDay(met)) refuse('met');
    else if (discovered.has(facts.id)) refuse('twice');
    else discovered.set(facts.id, { ...facts, seen: met });
  }
  return discovered;
}

function readPlans(given: readonly unknown[], refused: Refusal[]): SavedPlan[] {
  const plans = new Map<number, SavedPlan>();
  for (const [index, row] of given.entries()) {
    const refuse = (reason: Reason) => refused.push({ of: 'plans', at: index + 1, reason });
    const plan = soundPlan(row);
    if (!plan) refuse('plan');
    else if (plans.has(plan.goal)) refuse('twice');
    else if (plans.size === MOST_PLANS) refuse('too-many-plans');
    else plans.set(plan.goal, plan);
  }
  return [...plans.values()];
}

type Fields = Record<string, unknown>;

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined;
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}

/** A time as `isoTime` writes it, in ms; undefined for any other value, and for a time out of range. */
function readTime(given: unknown): number | undefined {
  if (typeof given !== 'string' || given.length !== 24) return undefined;
  const time = Date.parse(given);
  return isReadingTime(time) && isoTime(time) === given ? time : undefined;
}
