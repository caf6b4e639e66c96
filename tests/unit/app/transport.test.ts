import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Answer, MarkRequest } from '../../../src/app/messages.ts';
import { query, write } from '../../../src/app/transport.ts';
import { type FakeBrowser, stubBrowser } from '../fake-browser.ts';

/** The results of the messages in turn; the last one repeats. */
type Fate = Answer | 'dies' | 'is silent' | 'refuses';
let fates: Fate[];
let browser: FakeBrowser;

function answer(): Promise<unknown> {
  const fate = (fates.length > 1 ? fates.shift() : fates[0]) ?? 'dies';
  if (fate === 'dies') return Promise.reject(new Error('The message port closed'));
  if (fate === 'refuses') return Promise.resolve({ refused: true });
  return fate === 'is silent' ? new Promise(() => undefined) : Promise.resolve({ value: fate });
}

beforeEach(() => {
  browser = stubBrowser({ answer });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets seconds pass; returns the answer if it was given within them. */
async function within(seconds: number, answer: Promise<Answer>): Promise<Answer | undefined> {
  let given: Answer | undefined;
  void answer.then((value) => (given = value));
  await vi.advanceTimersByTimeAsync(seconds * 1_000);
  return given;
}

const request: MarkRequest = { id: 'one', changes: [{ post: 1, mark: { kind: 'later' } }] };
const message = { type: 'mark', ...request };

it('returns the answer and sends the request once', async () => {
  for (const answer of [
    { ok: true, step: 'x' },
    { ok: false, why: 'full' },
  ] as const) {
    fates = [answer];
    browser.sent.length = 0;
    expect(await write('mark', request)).toEqual(answer);
    expect(browser.sent).toEqual([message]);
  }
});

it('sends the same request again while the background dies', async () => {
  fates = ['dies', 'dies', 'dies', 'dies', 'dies', { ok: true }];
  expect(await within(5, write('mark', request))).toEqual({ ok: true });
  expect(browser.sent).toEqual(Array.from({ length: 6 }, () => message));
});

it('sends it again while the background is silent, and finally gives up', async () => {
  fates = ['is silent', { ok: true }];
  expect(await within(5, write('mark', request))).toEqual({ ok: true });
  fates = ['is silent'];
  expect(await within(60, write('mark', request))).toEqual({ ok: false, why: 'unreachable' });
  expect(browser.sent.length).toBeLessThan(10);
});

it('sends a refused request once and returns the refusal', async () => {
  fates = ['refuses'];
  expect(await write('mark', request)).toEqual({ ok: false, why: 'refused' });
  expect(await query('postDetails', { id: 1 })).toBeUndefined();
  expect(browser.sent).toHaveLength(2);
});

it('lets the caller replace or cancel a repeated request', async () => {
  const less: MarkRequest = { id: 'one', changes: [] };
  fates = ['dies', { ok: true }];
  expect(
    await within(
      5,
      write('mark', request, () => less),
    ),
  ).toEqual({ ok: true });
  expect(browser.sent[1]).toEqual({ type: 'mark', ...less });
  fates = ['dies'];
  const given = await within(
    5,
    write('mark', request, () => undefined),
  );
  expect(given).toEqual({ ok: false, why: 'unreachable' });
  expect(browser.sent).toHaveLength(3);
});

it('sends it once more after the page stood still for minutes in the back/forward cache', async () => {
  let close: (() => void) | undefined;
  const waiting = new Promise((_, reject) => (close = () => reject(new Error('port closed'))));
  const answers = [waiting, Promise.resolve({ value: { ok: true, step: 'x' } })];
  browser = stubBrowser({ answer: () => answers.shift() ?? Promise.reject(new Error('asleep')) });
  const answered = write('mark', request);
  // Time passes, but no timer of the page runs.
  const now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now + 5 * 60_000);
  close?.();
  expect(await within(1, answered)).toEqual({ ok: true, step: 'x' });
  vi.restoreAllMocks();
});

it('does not wait after the removal of the extension', async () => {
  fates = ['dies'];
  browser.id = undefined;
  expect(await within(0.1, write('mark', request))).toEqual({ ok: false, why: 'unreachable' });
  expect(browser.sent).toHaveLength(1);
});
