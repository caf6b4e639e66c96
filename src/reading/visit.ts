/**
 * When a visit to a post counts as reading it. A pure state machine: events in, progress out.
 *
 * Active time passes while the page is visible and the reader did something in the last minute.
 * Coverage is the share of the article's own height that stayed in view for a second or more of
 * active time. Read means: nearly all of it seen, and at least a quarter of the estimated reading
 * time spent. A skim is neither, and a post that fits in the window still needs its time.
 */

export const IDLE_AFTER_SECONDS = 60;
const SEEN_AFTER_SECONDS = 1;
const COVERAGE_TO_HAVE_READ = 0.9;
const SHARE_OF_TIME_TO_HAVE_READ = 0.25;
const LEAST_SECONDS_TO_HAVE_READ = 20;
/** Opening a post and closing it again makes it nothing: reading begins after this much. */
const LEAST_SECONDS_TO_BE_READING = 8;
/** The article is watched in this many slices of equal height. */
const SLICES = 200;

export interface Visit {
  /** Estimated seconds that the article takes to read. */
  readonly estimate: number;
  readonly visible: boolean;
  /** Seconds of the event clock. */
  readonly now: number;
  readonly lastInput: number;
  /** What of the article is in view, as fractions of its height; empty where from >= to. */
  readonly view: { readonly from: number; readonly to: number };
  readonly activeSeconds: number;
  /** Active seconds that each slice has been in view. */
  readonly seen: readonly number[];
}

export type VisitEvent =
  | { type: 'time'; now: number }
  | { type: 'visible'; now: number; visible: boolean }
  | { type: 'input'; now: number }
  /** Scrolling, resizing, and growth of the article. */
  | { type: 'view'; now: number; from: number; to: number };

export function beginVisit(estimate: number, now: number, visible: boolean): Visit {
  return {
    estimate,
    visible,
    now,
    lastInput: now,
    view: { from: 0, to: 0 },
    activeSeconds: 0,
    seen: Array.from({ length: SLICES }, () => 0),
  };
}

/** The visit after an event: first the time since the last one is counted, then the event acts. */
export function advance(visit: Visit, event: VisitEvent): Visit {
  const counted = count(visit, event.now);
  switch (event.type) {
    case 'time':
      return counted;
    case 'visible':
      return { ...counted, visible: event.visible, lastInput: event.now };
    case 'input':
      return { ...counted, lastInput: event.now };
    case 'view':
      return { ...counted, view: { from: event.from, to: event.to } };
  }
}

/** Share of the article seen, 0 to 1. */
export function coverage(visit: Visit): number {
  return visit.seen.filter((seconds) => seconds >= SEEN_AFTER_SECONDS).length / SLICES;
}

export type Outcome = { kind: 'none' } | { kind: 'reading'; fraction: number } | { kind: 'read' };

/** What the visit makes of an unread post: nothing yet, reading so far, or read. */
export function outcome(visit: Visit): Outcome {
  const fraction = coverage(visit);
  if (
    fraction >= COVERAGE_TO_HAVE_READ &&
    visit.activeSeconds >= secondsToHaveRead(visit.estimate)
  ) {
    return { kind: 'read' };
  }
  if (visit.activeSeconds < LEAST_SECONDS_TO_BE_READING || fraction === 0) return { kind: 'none' };
  return { kind: 'reading', fraction };
}

export function secondsToHaveRead(estimate: number): number {
  return Math.max(LEAST_SECONDS_TO_HAVE_READ, estimate * SHARE_OF_TIME_TO_HAVE_READ);
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
