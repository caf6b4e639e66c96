/**
 * What a page's main thread did, by Chromium's own trace. All times are those that the thread had the
 * processor (`tdur`), so a busy machine changes them little; waiting is not in them.
 */
import type { Page } from 'puppeteer-core';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds: the beginning, the duration, and how long of it the thread had the processor. */
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
/** Compiling and running of scripts: first runs, calls from the browser, and what promises continue. */
const SCRIPT = new Set([
  'EvaluateScript',
  'v8.compile',
  'v8.run',
  'v8.callFunction',
  'FunctionCall',
  'BlinkScheduler_PerformMicrotaskCheckpoint',
]);
const STYLE_AND_LAYOUT = new Set(['UpdateLayoutTree', 'Layout']);

/** Events of the thread that parsed the page, in the order of their beginnings. */
export type MainThread = readonly TraceEvent[];

/** What the main thread of `page` does during `work`, in which it loads a page of that address. */
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

/** When a page's script called performance.mark with this name. */
export function markAt(events: MainThread, mark: string): number | undefined {
  return events.find(({ name }) => name === mark)?.ts;
}

/** When each event of this type was dispatched. */
export function dispatchedAt(events: MainThread, type: string): number[] {
  return events
    .filter(({ name, args }) => name === 'EventDispatch' && args.data?.type === type)
    .map(({ ts }) => ts);
}

export interface ScriptTime {
  /** ms in which scripts ran or were compiled, without those of the probe. */
  script: number;
  /** Of them the ms in which the browser computed styles and layout because a script asked. */
  forced: number;
}

/** Of all that began in [from, until); what nests counts once. */
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

/** ms of each task of the thread that began before `until`. */
export function tasks(events: MainThread, until = Infinity): number[] {
  return events
    .filter(({ name, ts }) => name === 'RunTask' && ts < until)
    .map(({ tdur = 0 }) => tdur / 1_000);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
