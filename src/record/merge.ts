/**
 * Merges acts on one post into one entry, and two records into one. Each entry keeps at most three acts:
 *
 *   - the newest act by hand;
 *   - the furthest observation among those that know the newest act by hand;
 *   - the newest automatic 已读, if it is newer than that act by hand.
 *
 * Each of them is a maximum in an order of its own, and an observation that one act by hand removes would be
 * removed by every newer one too. So merging is commutative, associative and idempotent. `deciding` returns the
 * one of the three that gives the post its mark (docs/adr/0011-hand-beats-notice.md).
 */
import { compareStamps, compareText, firstStamp, nextStamp, type Stamp } from './clock.ts';
import {
  type Act,
  type Basis,
  type Entry,
  isByHand,
  isObserved,
  type Known,
  type Mark,
  type ReadingRecord,
  storedForm,
} from './marks.ts';

/** Merges two records. Commutative, associative, idempotent. */
export function merge(a: ReadingRecord, b: ReadingRecord): ReadingRecord {
  const merged = new Map(a);
  mergeInto(merged, b);
  return merged;
}

/** Merges a record into another one. */
export function mergeInto(record: Map<number, Entry>, more: ReadingRecord): void {
  for (const [post, entry] of more) addEntry(record, post, entry);
}

/** Merges an entry, or an act, into a record. */
export function addEntry(record: Map<number, Entry>, post: number, entry: Entry): void {
  record.set(post, mergeEntries(record.get(post), entry));
}

/** Whether two entries get their marks from the same act. */
export function isSameDeciding(a: Entry, b: Entry): boolean {
  return byStamp(a, b) === 0;
}

/** Merges two entries of a post. The result is `a` itself if `b` adds nothing to it. */
export function mergeEntries<E extends Entry | undefined>(a: Entry | undefined, b: E): Entry | E {
  if (!a || !b) return a ?? b;
  const merged = entryOf([...actsOf(a), ...actsOf(b)]);
  if (!merged || isSameEntry(merged, a)) return a;
  return isSameEntry(merged, b) ? b : merged;
}

/** The acts of an entry; the first decides its mark. */
export function actsOf({ hidden = [], ...act }: Entry): Act[] {
  return [act, ...hidden];
}

/** An act of the reader, or an observation. */
export interface NewAct {
  mark: Mark;
  /** For an observed mark: what the page knew; default: everything that the entry contains. */
  knew?: Known | undefined;
  /** Set by an undo or a restore: the mark counts as made by hand, even if it was observed at first. */
  isGivenBack?: boolean;
}

/**
 * The entry after an act on it on this device. It is `entry` itself if the act changes nothing. Acts with a stamp
 * at the end of the range are dropped, because no stamp is above theirs.
 *
 * @param now in ms
 */
export function withAct(
  entry: Entry | undefined,
  newAct: NewAct,
  now: number,
  device: string,
): Entry {
  const all = entry ? actsOf(entry) : [];
  const acts = all.filter((act) => nextStamp(act.stamp, now, device) !== undefined);
  const newest = greatest(acts, byStamp);
  const stamp = (newest && nextStamp(newest.stamp, now, device)) ?? firstStamp(now, device);
  const basis = basisOf(newAct, acts);
  const act = { mark: storedForm(newAct.mark), stamp, ...(basis !== undefined && { basis }) };
  return mergeEntries(acts.length === all.length ? entry : entryOf(acts), act);
}

function basisOf({ mark, knew, isGivenBack }: NewAct, acts: readonly Act[]): Basis | undefined {
  if (!isObserved(mark)) return undefined;
  if (isGivenBack) return 'hand';
  const known = knownTogether(acts);
  return knew !== undefined && compareKnown(knew, known) < 0 ? knew : known;
}

/** The newest act by hand that an observation knows if its page knows this entry. */
export function knownOf(entry: Entry | undefined): Known {
  return knownTogether(entry ? actsOf(entry) : []);
}

function entryOf(acts: readonly Act[]): Entry | undefined {
  const byHand = greatest(acts.filter(isByHand), byStamp);
  const observations = acts.filter((act) => !isByHand(act));
  const furthest = greatest(observations, byReach);
  const seen =
    byHand && furthest && compareKnown(knownBy(furthest), knownBy(byHand)) < 0
      ? undefined
      : furthest;
  const newest = greatest(
    observations.filter(({ mark }) => mark.kind === 'read'),
    byStamp,
  );
  const read =
    byHand && newest && compareStamps(newest.stamp, byHand.stamp) < 0 ? undefined : newest;
  const act = deciding(byHand, seen, read);
  const hidden = [...new Set([byHand, seen, read])].filter((each) => each !== undefined);
  if (!act || hidden.length === 1) return act;
  return { ...act, hidden: hidden.filter((each) => each !== act) };
}

/** Which of the three acts decides the mark. */
function deciding(byHand?: Act, seen?: Act, read?: Act): Act | undefined {
  switch (byHand?.mark.kind) {
    case 'read':
      return byHand;
    case 'unread':
      return seen ?? byHand;
    case 'reading':
      return read ?? (seen && reach(seen.mark) > reach(byHand.mark) ? seen : byHand);
    default:
      return read ?? seen ?? byHand;
  }
}

/** How far an observation goes: the fraction that was seen; more than any fraction for a post that was read. */
function reach(mark: Mark): number {
  return mark.kind === 'reading' ? mark.fraction : mark.kind === 'read' ? 2 : 0;
}

function knownTogether(acts: readonly Act[]): Known {
  const most = acts
    .map(knownBy)
    .reduce((a, b) => (compareKnown(a, b) >= 0 ? a : b), 'nothing' as Known | Stamp);
  return most === 'nothing' ? most : { time: most.time, tick: most.tick };
}

/** The newest act by hand that an observation knows; an act by hand knows itself. */
function knownBy({ stamp, basis }: Act): Known | Stamp {
  return basis === undefined || basis === 'hand' ? stamp : basis;
}

/** A moment is greater than every stamp with the same time and tick, whatever the device. */
function compareKnown(a: Known | Stamp, b: Known | Stamp): number {
  if (a === 'nothing' || b === 'nothing') return Number(b === 'nothing') - Number(a === 'nothing');
  const order = a.time - b.time || a.tick - b.tick;
  if (order !== 0) return order;
  if ('device' in a && 'device' in b) return compareText(a.device, b.device);
  return Number('device' in b) - Number('device' in a);
}

function byReach(a: Act, b: Act): number {
  return compareKnown(knownBy(a), knownBy(b)) || reach(a.mark) - reach(b.mark) || byStamp(a, b);
}

/**
 * Orders acts. If two acts have the same stamp, one may be a copy without the position. The one with the position
 * wins, because `,` sorts before `}`. Otherwise one of them is forged, and any rule that is the same on every
 * device will do.
 */
function byStamp(a: Act, b: Act): number {
  return compareStamps(a.stamp, b.stamp) || compareText(textOf(b), textOf(a));
}

function textOf({ mark, basis }: Act): string {
  return JSON.stringify(mark) + JSON.stringify(basis ?? '');
}

/** The greatest act; of equal ones the first. */
function greatest(acts: readonly Act[], compare: (a: Act, b: Act) => number): Act | undefined {
  let most: Act | undefined;
  for (const act of acts) if (!most || compare(act, most) > 0) most = act;
  return most;
}

function isSameEntry(a: Entry, b: Entry): boolean {
  const [acts, others] = [actsOf(a), actsOf(b)];
  return (
    acts.length === others.length &&
    acts.every((act, index) => {
      const other = others[index];
      return other !== undefined && byStamp(act, other) === 0;
    })
  );
}
