/**
 * When a visit to a post counts as reading it. A pure state machine: events in, progress out.
 *
 * Active time passes while the page is visible and the reader did something in the last minute; a
 * window without the focus counts, for one may read beside one's notes. Coverage is the share of the
 * article's own height that stayed in view for a second or more of active time. Read means: nearly
 * all of it seen, and a good part of the estimated reading time spent. A skim is neither, and a post
 * that fits in the window still needs its time.
 */
import type { Strictness } from '../app/settings.ts';

export const IDLE_AFTER_SECONDS = 60;
const SEEN_AFTER_SECONDS = 1;
/** Opening a post and closing it again makes it nothing: reading begins after this much. */
const LEAST_SECONDS_TO_BE_READING = 8;
/** The article is watched in this many slices of equal height. */
const SLICES = 200;

/**
 * How much more, or less, it takes than is usual: a quarter of the estimated time, 20 s at least, with
 * a tenth of the article not seen at most. Loose is half the time and a fifth not seen, strict twice
 * the time and a twentieth.
 */
const TIMES: Readonly<Record<Strictness, number>> = { loose: 0.5, normal: 1, strict: 2 };
const SHARE_OF_TIME_TO_HAVE_READ = 0.25;
const LEAST_SECONDS_TO_HAVE_READ = 20;
const MAY_BE_MISSED = 0.1;

export interface Visit {
  /** Estimated seconds that the article takes to read. */
  readonly estimate: number;
  readonly visible: boolean;
  /** Seconds of the event clock. */
  readonly now: number;
  readonly lastInput: number;
  /** What of the article is in view, as fractions of its height; empty where from >= to. */
  readonly view: { readonly from: number; readonly to: number };
  /** Where its paragraphs begin, as fractions of its height; [] before that was measured. */
  readonly edges: readonly number[];
  readonly activeSeconds: number;
  /** Active seconds that each slice has been in view. */
  readonly seen: readonly number[];
}

/** What the page tells, whatever happened on it: its state now, and whether the reader acted. */
export interface VisitEvent {
  readonly now: number;
  readonly visible: boolean;
  /** Focus, pointer, keys, touch, selection, scrolling, resizing, coming back; not mere time. */
  readonly acted: boolean;
  readonly view: Visit['view'];
  readonly edges: readonly number[];
}

export function beginVisit(estimate: number, now: number, visible: boolean): Visit {
  return {
    estimate,
    visible,
    now,
    lastInput: now,
    view: { from: 0, to: 0 },
    edges: [],
    activeSeconds: 0,
    seen: Array.from({ length: SLICES }, () => 0),
  };
}

/**
 * A visit that goes on where earlier ones came to `fraction`: that much counts as seen, from the head
 * on, and as much of the time as spent. Neither is more than what the earlier ones really had, for
 * outcome gives the lesser of both.
 */
export function goOn(visit: Visit, fraction: number, strictness: Strictness): Visit {
  const seen = visit.seen.map((seconds, i) =>
    i < Math.round(fraction * SLICES) ? SEEN_AFTER_SECONDS : seconds,
  );
  const spent = fraction * secondsToHaveRead(visit.estimate, strictness);
  return { ...visit, seen, activeSeconds: visit.activeSeconds + spent };
}

/** The visit after an event: first the time since the last one is counted, then the event acts. */
export function advance(visit: Visit, { acted, ...event }: VisitEvent): Visit {
  const counted = count(visit, event.now);
  return {
    ...counted,
    ...event,
    now: counted.now,
    lastInput: acted ? event.now : visit.lastInput,
    seen: moved(counted, event.edges),
  };
}

/** Share of the article seen, 0 to 1. */
export function coverage(visit: Visit): number {
  return visit.seen.filter((seconds) => seconds >= SEEN_AFTER_SECONDS).length / SLICES;
}

export type Outcome = { kind: 'none' } | { kind: 'reading'; fraction: number } | { kind: 'read' };

/**
 * What the visit makes of an unread post: nothing yet, reading so far, or read. Who skims has seen
 * much and spent little, who fits all in the window the other way round: progress is the lesser.
 */
export function outcome(visit: Visit, strictness: Strictness): Outcome {
  const seen = coverage(visit);
  const spent = visit.activeSeconds / secondsToHaveRead(visit.estimate, strictness);
  if (seen >= coverageToHaveRead(strictness) && spent >= 1) return { kind: 'read' };
  if (visit.activeSeconds < LEAST_SECONDS_TO_BE_READING || seen === 0) return { kind: 'none' };
  return { kind: 'reading', fraction: Math.min(seen, spent) };
}

export function secondsToHaveRead(estimate: number, strictness: Strictness): number {
  const least = LEAST_SECONDS_TO_HAVE_READ * TIMES[strictness];
  return Math.max(least, estimate * shareToHaveRead(strictness));
}

export function shareToHaveRead(strictness: Strictness): number {
  return SHARE_OF_TIME_TO_HAVE_READ * TIMES[strictness];
}

export function coverageToHaveRead(strictness: Strictness): number {
  return 1 - MAY_BE_MISSED / TIMES[strictness];
}

function count(visit: Visit, now: number): Visit {
  const end = Math.min(now, visit.lastInput + IDLE_AFTER_SECONDS);
  const passed = visit.visible ? Math.max(0, end - visit.now) : 0;
  const later = { ...visit, now: Math.max(now, visit.now) };
  if (passed === 0) return later;
  const first = Math.round(visit.view.from * SLICES);
  const last = Math.round(visit.view.to * SLICES);
  return {
    ...later,
    activeSeconds: visit.activeSeconds + passed,
    seen: visit.seen.map((seconds, i) => (i >= first && i < last ? seconds + passed : seconds)),
  };
}

/** What was seen stays with its paragraph: a slice takes what stood where its middle now is. */
function moved({ seen, edges: old }: Visit, edges: readonly number[]): readonly number[] {
  if (old === edges || old.length !== edges.length) return seen;
  return seen.map((_, i) => {
    const middle = (i + 0.5) / SLICES;
    // The paragraph after the slice, or the end.
    const k = [...edges, 1].findIndex((edge) => edge > middle);
    const [from, oldFrom] = [edges[k - 1] ?? 0, old[k - 1] ?? 0];
    const stretched = ((old[k] ?? 1) - oldFrom) / ((edges[k] ?? 1) - from);
    return seen[Math.floor((oldFrom + (middle - from) * stretched) * SLICES)] ?? 0;
  });
}
