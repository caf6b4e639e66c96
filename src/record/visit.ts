/**
 * When a visit to a post counts as reading it. A pure state machine: events in, progress out.
 *
 * Active time passes while the page is visible and the reader did something in the last minute. A
 * window without focus counts, because the reader may take notes in another one. Coverage is the share
 * of the article's height that was in view for at least a second of active time. A post is read when
 * nearly all of it was seen and a good part of the estimated reading time was spent. So skimming is not
 * enough, and a post that fits in the window still needs its time. A visit counts only once the reader has
 * touched the page, because a page can scroll by itself and can be left open.
 */

const IDLE_AFTER_SECONDS = 60;
const SEEN_AFTER_SECONDS = 1;
/** A post that is opened and closed again gets no mark: reading begins after this much active time. */
const LEAST_SECONDS_TO_BE_READING = 8;
/** The article is divided into this many slices of equal height. */
const SLICES = 200;

export type Strictness = 'loose' | 'normal' | 'strict';

/**
 * Factors on the normal requirement: a quarter of the estimated time, at least 20 s, and at most a tenth
 * of the article not seen. Loose is half the time and a fifth not seen, strict is twice the time and a
 * twentieth not seen.
 */
const TIMES: Readonly<Record<Strictness, number>> = { loose: 0.5, normal: 1, strict: 2 };
const SHARE_OF_TIME_TO_HAVE_READ = 0.25;
const LEAST_SECONDS_TO_HAVE_READ = 20;
const MAY_BE_MISSED = 0.1;

export interface Visit {
  /** Estimated seconds that the article takes to read. */
  readonly estimate: number;
  readonly visible: boolean;
  /** The times of the last event and of the reader's last action, in seconds. */
  readonly now: number;
  readonly lastInput: number;
  /** Whether the reader has used pointer, wheel, touch or keys on the page. */
  readonly wasTouched: boolean;
  /** The part of the article that is in view, as fractions of its height; empty if from >= to. */
  readonly view: { readonly from: number; readonly to: number };
  /** The starts of its paragraphs, as fractions of its height; [] until they are measured. */
  readonly edges: readonly number[];
  readonly activeSeconds: number;
  /** Active seconds that each slice has been in view. */
  readonly seen: readonly number[];
}

/** The state of the page after any event on it, and whether the reader caused the event. */
export interface VisitEvent {
  readonly now: number;
  readonly visible: boolean;
  /** Focus, pointer, keys, touch, selection, scrolling, resizing, coming back; not a timer. */
  readonly acted: boolean;
  /** Pointer, wheel, touch and keys alone: what only the reader can do. */
  readonly touched: boolean;
  readonly view: Visit['view'];
  readonly edges: readonly number[];
}

/** A visit that begins now. `estimate` and `now` are in seconds. */
export function beginVisit(estimate: number, now: number, visible: boolean): Visit {
  return {
    estimate,
    visible,
    now,
    lastInput: now,
    wasTouched: false,
    view: { from: 0, to: 0 },
    edges: [],
    activeSeconds: 0,
    seen: Array.from({ length: SLICES }, () => 0),
  };
}

/**
 * Continues earlier visits that reached `fraction`: this share of the article counts as seen, from its
 * start, and the same share of the time as spent. Neither exceeds what the earlier visits really had,
 * because `outcome` returns the lesser of both.
 */
export function goOn(visit: Visit, fraction: number, strictness: Strictness): Visit {
  const seen = visit.seen.map((seconds, i) =>
    i < Math.round(fraction * SLICES) ? SEEN_AFTER_SECONDS : seconds,
  );
  const spent = fraction * secondsToHaveRead(visit.estimate, strictness);
  return { ...visit, seen, activeSeconds: visit.activeSeconds + spent };
}

/** The visit after an event. The time since the last event is counted first, then the event applies. */
export function advance(visit: Visit, { acted, touched, ...event }: VisitEvent): Visit {
  const counted = count(visit, event.now);
  return {
    ...counted,
    ...event,
    now: counted.now,
    lastInput: acted ? event.now : visit.lastInput,
    wasTouched: visit.wasTouched || touched,
    seen: moved(counted, event.edges),
  };
}

/** Share of the article seen, 0 to 1. */
export function coverage(visit: Visit): number {
  return visit.seen.filter((seconds) => seconds >= SEEN_AFTER_SECONDS).length / SLICES;
}

export type Outcome = { kind: 'none' } | { kind: 'reading'; fraction: number } | { kind: 'read' };

/**
 * The mark that the visit gives an unread post: none yet, reading, or read. Progress is the lesser of
 * coverage and time: a reader who skims has seen much and spent little time, and a reader whose window
 * holds the whole article has seen all of it at once.
 */
export function outcome(visit: Visit, strictness: Strictness): Outcome {
  if (!visit.wasTouched) return { kind: 'none' };
  const seen = coverage(visit);
  const spent = visit.activeSeconds / secondsToHaveRead(visit.estimate, strictness);
  if (seen >= coverageToHaveRead(strictness) && spent >= 1) return { kind: 'read' };
  if (visit.activeSeconds < LEAST_SECONDS_TO_BE_READING || seen === 0) return { kind: 'none' };
  return { kind: 'reading', fraction: Math.min(seen, spent) };
}

/** The active seconds that a post with this estimate needs to be read. */
export function secondsToHaveRead(estimate: number, strictness: Strictness): number {
  const least = LEAST_SECONDS_TO_HAVE_READ * TIMES[strictness];
  return Math.max(least, estimate * shareToHaveRead(strictness));
}

/** The share of the estimated time that a post needs to be read. */
export function shareToHaveRead(strictness: Strictness): number {
  return SHARE_OF_TIME_TO_HAVE_READ * TIMES[strictness];
}

/** The share of the article that must be seen for it to be read. */
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

/**
 * Moves what was seen along with its paragraphs: each slice takes the seconds of the old slice that held
 * the text now at its middle.
 */
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
