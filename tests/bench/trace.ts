/**
 * Reads from Chromium's trace what a page's main thread did. All durations are processor time of the
 * thread (`tdur`), without waiting, so they depend less on other work on the machine.
 */
import type { Page } from 'puppeteer-core';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** In microseconds: the start, the duration, and the processor time. */
  ts: number;
  dur?: number;
  tdur?: number;
  args: { data?: { url?: string; type?: string }; beginData?: { url?: string } };
}

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'v8',
  'toplevel',
  'blink.user_timing',
];
/** The events in which scripts are compiled or run, microtasks included. */
const SCRIPT = new Set([
  'EvaluateScript',
  'v8.compile',
  'v8.run',
  'v8.callFunction',
  'FunctionCall',
  'BlinkScheduler_PerformMicrotaskCheckpoint',
]);
const STYLE_AND_LAYOUT = new Set(['UpdateLayoutTree', 'Layout']);

/** The events of a main thread, ordered by start; an event comes before those that it contains. */
export type MainThread = readonly TraceEvent[];

/** Traces the main thread on which `work` loads a page whose address starts with `url`. */
export async function trace(
  page: Page,
  url: string,
  work: () => Promise<void>,
): Promise<MainThread> {
  await page.tracing.start({ categories: CATEGORIES });
  await work();
  const text = new TextDecoder().decode(await page.tracing.stop());
  const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
  const parsed = traceEvents.findLast(
    ({ name, args }) => name === 'ParseHTML' && args.beginData?.url?.startsWith(url),
  );
  if (!parsed) throw new Error(`the trace has no page of ${url}`);
  return traceEvents
    .filter(({ pid, tid }) => pid === parsed.pid && tid === parsed.tid)
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
}

/** The time of a performance.mark() of this name, in microseconds of the trace. */
export function markAt(events: MainThread, mark: string): number | undefined {
  return events.find(({ name }) => name === mark)?.ts;
}

/** The times at which events of this type were dispatched. */
export function dispatchedAt(events: MainThread, type: string): number[] {
  return events
    .filter(({ name, args }) => name === 'EventDispatch' && args.data?.type === type)
    .map(({ ts }) => ts);
}

export interface ScriptTime {
  /** Milliseconds in which scripts, except the probe's, were compiled or run. */
  script: number;
  /** The part of these in which a script forced the browser to compute styles or layout. */
  forced: number;
}

/** The script time of the events that start in [from, until). Nested events count once. */
export function scriptTime(events: MainThread, from = -Infinity, until = Infinity): ScriptTime {
  const time: ScriptTime = { script: 0, forced: 0 };
  const ends = { script: -Infinity, forced: -Infinity, probe: -Infinity };
  for (const { name, ts, dur = 0, tdur = 0, args } of events) {
    if (ts < from || ts >= until || tdur === 0) continue;
    const isInScript = ts < ends.script;
    if (SCRIPT.has(name) && !isInScript) {
      ends.script = ts + dur;
      time.script += tdur / 1_000;
    }
    if (SCRIPT.has(name) && args.data?.url?.endsWith('/probe.js') && ts >= ends.probe) {
      ends.probe = ts + dur;
      time.script -= tdur / 1_000;
    }
    if (STYLE_AND_LAYOUT.has(name) && isInScript && ts >= ends.forced) {
      ends.forced = ts + dur;
      time.forced += tdur / 1_000;
    }
  }
  return time;
}

/** Milliseconds of each task that starts before `until`. */
export function tasks(events: MainThread, until = Infinity): number[] {
  return events
    .filter(({ name, ts }) => name === 'RunTask' && ts < until)
    .map(({ tdur = 0 }) => tdur / 1_000);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
