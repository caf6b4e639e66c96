import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { act, type Answer, ask, undoing } from '../../../src/app/messages.ts';

/** What becomes of each message in turn; the last goes on for ever. */
type Fate = Answer | 'dies' | 'is silent';
let fates: Fate[];
let sent: unknown[];
const runtime: { id: string | undefined; sendMessage(message: unknown): Promise<unknown> } = {
  id: 'ours',
  sendMessage(message) {
    sent.push(message);
    const fate = (fates.length > 1 ? fates.shift() : fates[0]) ?? 'dies';
    if (fate === 'dies') return Promise.reject(new Error('The message port closed'));
    return fate === 'is silent' ? new Promise(() => undefined) : Promise.resolve(fate);
  },
};

beforeEach(() => {
  sent = [];
  runtime.id = 'ours';
  vi.stubGlobal('browser', { runtime });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The answer, after so many seconds of the clock. */
async function within(seconds: number, answer: Promise<Answer>): Promise<Answer | undefined> {
  let given: Answer | undefined;
  void answer.then((value) => (given = value));
  await vi.advanceTimersByTimeAsync(seconds * 1_000);
  return given;
}

const request = act([{ post: 1, mark: { kind: 'later' } }]);

it('gives the answer, and asks once where there is one', async () => {
  for (const answer of [
    { ok: true, step: 'x' },
    { ok: false, why: 'full' },
  ] as const) {
    fates = [answer];
    sent = [];
    expect(await ask(request)).toEqual(answer);
    expect(sent).toEqual([request]);
  }
});

it('a worker that dies time and again is asked the same until it answers, and told so', async () => {
  fates = ['dies', 'dies', 'dies', 'dies', 'dies', { ok: true }];
  expect(await within(5, ask(request))).toEqual({ ok: true });
  const again = { ...request, again: true };
  expect(sent).toEqual([request, again, again, again, again, again]);
});

it('one that is silent is asked again, and at last called unreachable', async () => {
  fates = ['is silent', { ok: true }];
  expect(await within(5, ask(request))).toEqual({ ok: true });
  fates = ['is silent'];
  expect(await within(60, ask(request))).toEqual({ ok: false, why: 'unreachable' });
  expect(sent.length).toBeLessThan(10);
});

it('is not waited for where the extension is gone', async () => {
  fates = ['dies'];
  runtime.id = undefined;
  expect(await within(0.1, ask(request))).toEqual({ ok: false, why: 'unreachable' });
  expect(sent).toHaveLength(1);
});

it('every request has an id of its own', () => {
  const ids = [act([]), act([]), undoing('x'), undoing('x')].map(
    (each) => (each as { id: string }).id,
  );
  expect(new Set(ids).size).toBe(4);
});
