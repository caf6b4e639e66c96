import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Timer } from '../../../src/ui/timer.ts';

let controller: AbortController;
let timer: Timer;
let calls: string[];
const call = (name: string) => () => calls.push(name);
beforeEach(() => {
  vi.useFakeTimers();
  controller = new AbortController();
  timer = new Timer(controller.signal);
  calls = [];
});
afterEach(() => {
  vi.useRealTimers();
});

it('calls once, however often it is started meanwhile, and again afterwards', () => {
  timer.start(10, call('first'));
  timer.start(5, call('second'));
  expect(timer.isDue).toBe(true);
  vi.advanceTimersByTime(20);
  expect(calls).toEqual(['first']);
  expect(timer.isDue).toBe(false);
  timer.start(10, call('third'));
  vi.advanceTimersByTime(10);
  expect(calls).toEqual(['first', 'third']);
});

it('calls only the last when it is restarted, and nothing when it is stopped', () => {
  timer.restart(10, call('first'));
  timer.restart(10, call('second'));
  vi.advanceTimersByTime(20);
  expect(calls).toEqual(['second']);
  timer.start(10, call('third'));
  timer.stop();
  vi.advanceTimersByTime(20);
  expect(calls).toEqual(['second']);
});

it('calls nothing after its signal has aborted', () => {
  timer.start(10, call('before'));
  controller.abort();
  timer.start(10, call('after'));
  vi.advanceTimersByTime(20);
  expect(calls).toEqual([]);
});
