/**
 * Computes the mark of a post from all acts that were ever made on it. These are the same rules as in
 * src/record/merge.ts, written without the three acts that an entry keeps.
 */
import { compareStamps, type Stamp } from '../../../src/record/clock.ts';
import { type Act, isByHand, type Known, type Mark } from '../../../src/record/marks.ts';

const furthest = (acts: readonly Act[], compare: (a: Act, b: Act) => number): Act | undefined =>
  acts.toSorted(compare).at(-1);

const byStamp = (a: Act, b: Act) =>
  compareStamps(a.stamp, b.stamp) ||
  // A copy without the position comes first.
  JSON.stringify(b).length - JSON.stringify(a).length ||
  (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const reach = (mark: Mark) =>
  mark.kind === 'reading' ? mark.fraction : Number(mark.kind === 'read') * 2;

function knows({ basis, stamp }: Act): Known | Stamp {
  return basis === undefined || basis === 'hand' ? stamp : basis;
}

function isAtLeast(known: Known | Stamp, other: Known | Stamp): boolean {
  if (other === 'nothing') return true;
  if (known === 'nothing') return false;
  if (known.time !== other.time) return known.time > other.time;
  if (known.tick !== other.tick) return known.tick > other.tick;
  return !('device' in known) || ('device' in other && known.device >= other.device);
}

/** The act that decides the mark; undefined if there are no acts. */
export function decidingAct(acts: readonly Act[]): Act | undefined {
  const will = furthest(acts.filter(isByHand), byStamp);
  const observed = acts.filter((act) => !isByHand(act));
  const read = furthest(
    observed.filter(({ mark, stamp }) => {
      return mark.kind === 'read' && (!will || compareStamps(stamp, will.stamp) > 0);
    }),
    byStamp,
  );
  // Of observations only those with the greatest basis count.
  const aware = observed.filter(
    (act) =>
      (!will || isAtLeast(knows(act), will.stamp)) &&
      observed.every((other) => isAtLeast(knows(act), knows(other))),
  );
  const seen = furthest(aware, (a, b) => reach(a.mark) - reach(b.mark) || byStamp(a, b));
  if (!will) return read ?? seen;
  if (will.mark.kind === 'read') return will;
  if (will.mark.kind === 'unread') return seen ?? will;
  if (read) return read;
  if (will.mark.kind === 'later') return seen ?? will;
  return seen && reach(seen.mark) > reach(will.mark) ? seen : will;
}
