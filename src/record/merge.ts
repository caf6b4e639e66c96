/**
 * Merges acts on one post into one entry, and two records into one. Each entry keeps at most three acts:
 *
 *   - the newest act of will;
 *   - the furthest observation among those that know the newest act of will;
 *   - the newest automatic 已读, if it is newer than that act of will.
 *
 * Each of them is a maximum in an order of its own, and an observation that one act of will removes would be
 * removed by every newer one too. So merging is commutative, associative and idempotent. `deciding` returns the
 * one of the three that gives the post its mark (docs/adr/0011-hand-beats-notice.md).
 */
import { compareStamps, compareText, firstStamp, nextStamp, type Stamp } from './clock.ts';
import {
  type Act,
  type Basis,
  type Entry,
  isObserved,
  isWill,
  type Known,
  type Mark,
  type ReadingRecord,
  storedForm,
} from './marks.ts';

/** Merges two records. Commutative, associative, idempotent. */
export function merge(a: ReadingRecord, b: ReadingRecord): ReadingRecord {
  const merged = new Map(a);
  for (const [post, entry] of b) merged.set(post, mergeEntries(merged.get(post), entry));
  return merged;
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
  let stamp = firstStamp(now, device);
  const acts = (entry ? actsOf(entry) : []).filter((act) => {
    const next = nextStamp(act.stamp, now, device);
    if (next && compareStamps(next, stamp) > 0) stamp = next;
    return next !== undefined;
  });
  const basis = basisOf(newAct, acts);
  const act = { mark: storedForm(newAct.mark), stamp, ...(basis !== undefined && { basis }) };
  return mergeEntries(acts.length === countOf(entry) ? entry : entryOf(acts), act);
}

function countOf(entry: Entry | undefined): number {
  return entry ? actsOf(entry).length : 0;
}

function basisOf({ mark, knew, isGivenBack }: NewAct, acts: readonly Act[]): Basis | undefined {
  if (!isObserved(mark)) return undefined;
  if (isGivenBack) return 'hand';
  const known = knownTogether(acts);
  return knew !== undefined && compareKnown(knew, known) < 0 ? knew : known;
}

/** The newest act of will that an observation knows if its page knows this entry. */
export function knownOf(entry: Entry | undefined): Known {
  return knownTogether(entry ? actsOf(entry) : []);
}

function entryOf(acts: readonly Act[]): Entry | undefined {
  const will = greatest(acts.filter(isWill), byStamp);
  const observations = acts.filter((act) => !isWill(act));
  const furthest = greatest(observations, byReach);
  const seen =
    will && furthest && compareKnown(knownBy(furthest), knownBy(will)) < 0 ? undefined : furthest;
  const newest = greatest(
    observations.filter(({ mark }) => mark.kind === 'read'),
    byStamp,
  );
  const read = will && newest && compareStamps(newest.stamp, will.stamp) < 0 ? undefined : newest;
  const act = deciding(will, seen, read);
  const hidden = [...new Set([will, seen, read])].filter((each) => each !== undefined);
  if (!act || hidden.length === 1) return act;
  return { ...act, hidden: hidden.filter((each) => each !== act) };
}

/** Which of the three acts decides the mark. */
function deciding(will?: Act, seen?: Act, read?: Act): Act | undefined {
  switch (will?.mark.kind) {
    case 'read':
      return will;
    case 'unread':
      return seen ?? will;
    case 'reading':
      return read ?? (seen && reach(seen.mark) > reach(will.mark) ? seen : will);
    default:
      return read ?? seen ?? will;
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

/** The newest act of will that an observation knows; an act of will knows itself. */
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
