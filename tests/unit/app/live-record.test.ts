import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveRecord } from '../../../src/app/live-record.ts';
import { toggled } from '../../../src/app/line-view.ts';
import type { Answer } from '../../../src/app/messages.ts';
import { readMark } from '../../../src/background/validation.ts';
import { encodeRecord } from '../../../src/record/codec.ts';
import { type Entry, type Mark, markOf } from '../../../src/record/marks.ts';
import { wordsIn } from '../../../src/ui/words/index.ts';
import { type FakeBrowser, stubBrowser } from '../fake-browser.ts';

const LATER: Mark = { kind: 'later' };
const UNREAD: Mark = { kind: 'unread' };
const READ: Mark = { kind: 'read', at: Date.UTC(2026, 0), by: 'hand' };
const TIME = Date.UTC(2026, 0);
const stampAt = (tick: number) => ({ time: TIME, tick, device: 'a' });
const stored = (...entries: [number, Entry][]) => encodeRecord(new Map(entries));

interface Message {
  type: string;
  id: string;
  changes: { post: number; mark: Mark }[];
}
let messages: { message: Message; give: (answer: Answer) => void }[];
let pageHides: () => void;
let browser: FakeBrowser;

beforeEach(() => {
  messages = [];
  pageHides = () => undefined;
  vi.stubGlobal('addEventListener', (_type: string, listener: () => void) => {
    pageHides = listener;
  });
  browser = stubBrowser({
    answer: (message: Message) =>
      new Promise((reply) =>
        messages.push({ message, give: (answer) => reply({ value: answer }) }),
      ),
  });
  browser.local.values.set('record', stored([1, { mark: LATER, stamp: stampAt(0) }]));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const settled = () => new Promise((resolve) => setTimeout(resolve));
/** Tells every page that the background stored these entries. */
const store = (...entries: [number, Entry][]) => browser.change({ record: stored(...entries) });
const give = async (index: number, answer: Answer) => {
  messages[index]?.give(answer);
  await settled();
};

async function open() {
  const live = new LiveRecord(wordsIn);
  const drawn: string[] = [];
  live.subscribe(() => drawn.push(markOf(live.record, 1).kind));
  await settled();
  drawn.length = 0;
  return { live, drawn };
}

it('has the record after the first read and after changes', async () => {
  const { live, drawn } = await open();
  expect(markOf(live.record, 1)).toEqual(LATER);
  const record = stored([1, { mark: UNREAD, stamp: stampAt(1) }]);
  browser.change({ record }, 'sync');
  browser.change({ other: record });
  expect([drawn, markOf(live.record, 1)]).toEqual([[], LATER]);
  browser.change({ record });
  expect([drawn, markOf(live.record, 1)]).toEqual([['unread'], UNREAD]);
});

describe('a mark', () => {
  it.each(['the answer', 'the stored record'])(
    'is shown at once and drawn once if %s comes first',
    async (first) => {
      const { live, drawn } = await open();
      void live.mark([{ post: 1, mark: READ }]);
      expect(drawn).toEqual(['read']);
      const answer = () => give(0, { ok: true, step: 'x', stamps: [stampAt(1)] });
      if (first === 'the answer') await answer();
      store([1, { mark: READ, stamp: stampAt(1) }]);
      if (first !== 'the answer') await answer();
      expect([markOf(live.record, 1), drawn]).toEqual([READ, ['read']]);
      store([1, { mark: LATER, stamp: stampAt(2) }]);
      expect(drawn).toEqual(['read', 'later']);
    },
  );

  it('stays visible while other changes are stored before it', async () => {
    const { live, drawn } = await open();
    void live.mark([{ post: 1, mark: READ }]);
    store([1, { mark: LATER, stamp: stampAt(0) }], [2, { mark: LATER, stamp: stampAt(0) }]);
    expect(markOf(live.record, 1)).toEqual(READ);
    expect(drawn).toEqual(['read', 'read']);
  });

  it('that cannot be stored is replaced by the stored one, with the reason', async () => {
    const { live, drawn } = await open();
    void live.mark([
      { post: 1, mark: UNREAD },
      { post: 2, mark: LATER },
    ]);
    await give(0, { ok: false, why: 'full' });
    expect(drawn).toEqual(['unread', 'later']);
    expect([...live.unsaved.keys()]).toEqual([1, 2]);
    expect(live.unsaved.get(1)).toMatchObject({ mark: UNREAD, why: 'full' });
    const retried = live.unsaved.get(2)?.retry();
    expect(live.unsaved.size).toBe(0);
    expect(drawn).toEqual(['unread', 'later', 'unread']);
    await give(1, { ok: true, step: 'x', stamps: [stampAt(1), stampAt(0)] });
    expect(await retried).toMatchObject({ ok: true, step: 'x' });
    expect(messages[1]?.message).toEqual(messages[0]?.message);
    expect(live.unsaved.size).toBe(0);
  });

  it('that is stored after all is not called unsaved any more', async () => {
    const { live, drawn } = await open();
    void live.mark([
      { post: 1, mark: READ },
      { post: 2, mark: READ },
    ]);
    await give(0, { ok: false, why: 'unreachable' });
    store([1, { mark: READ, stamp: stampAt(1) }]);
    expect(drawn).toEqual(['read', 'later', 'read']);
    expect([...live.unsaved.keys()]).toEqual([2]);
  });
});

it.each([1970, 2008, 2110])('a post is marked as read while the clock says %i', async (year) => {
  const { live } = await open();
  void live.mark([{ post: 2, mark: toggled(UNREAD, Date.UTC(year, 0)) }]);
  const { message } = messages[0] ?? {};
  expect(readMark({ ...message })).toMatchObject({ changes: [{ mark: { kind: 'read' } }] });
});

describe('two marks of one post', () => {
  it('are both shown at once, and the second stays whatever the answer to the first', async () => {
    const outcomes: Answer[] = [
      { ok: true, stamps: [stampAt(1)] },
      { ok: false, why: 'full' },
    ];
    for (const first of outcomes) {
      messages = [];
      const { live, drawn } = await open();
      void live.mark([{ post: 1, mark: READ }]);
      void live.mark([{ post: 1, mark: UNREAD }]);
      await give(0, first);
      if (first.ok) store([1, { mark: READ, stamp: stampAt(1) }]);
      expect(markOf(live.record, 1)).toEqual(UNREAD);
      await give(1, { ok: true, stamps: [stampAt(2)] });
      store([1, { mark: UNREAD, stamp: stampAt(2) }]);
      expect(drawn).toEqual(['read', 'unread']);
      expect(live.unsaved.size).toBe(0);
    }
  });

  it('show the first again if the second is refused', async () => {
    const { live, drawn } = await open();
    void live.mark([{ post: 1, mark: READ }]);
    void live.mark([{ post: 1, mark: UNREAD }]);
    await give(1, { ok: false, why: 'failed' });
    expect(drawn).toEqual(['read', 'unread', 'read']);
    await give(0, { ok: true, stamps: [stampAt(1)] });
    store([1, { mark: READ, stamp: stampAt(1) }]);
    expect(drawn).toEqual(['read', 'unread', 'read']);
    expect(live.unsaved.get(1)).toMatchObject({ mark: UNREAD });
  });

  it('keep the second if the first is answered last', async () => {
    const { live, drawn } = await open();
    void live.mark([{ post: 1, mark: READ }]);
    void live.mark([{ post: 1, mark: UNREAD }]);
    await give(1, { ok: true, stamps: [stampAt(2)] });
    store([1, { mark: UNREAD, stamp: stampAt(2) }]);
    await give(0, { ok: false, why: 'unreachable' });
    expect(drawn).toEqual(['read', 'unread']);
    expect(live.unsaved.size).toBe(0);
  });

  it('keep the second if the first is sent again', async () => {
    vi.useFakeTimers();
    const live = new LiveRecord(wordsIn);
    void live.mark([
      { post: 1, mark: READ },
      { post: 2, mark: READ },
    ]);
    void live.mark([{ post: 1, mark: UNREAD }]);
    await vi.advanceTimersByTimeAsync(4_500);
    vi.useRealTimers();
    const again = messages.slice(2).map(({ message }) => message);
    expect(again.map(({ id }) => id)).toEqual(
      messages.slice(0, 2).map(({ message }) => message.id),
    );
    expect(again.map(({ changes }) => changes.map(({ post }) => post))).toEqual([[2], [1]]);
  });
});

it('a closing page leaves its unanswered marks to the background', async () => {
  const { live } = await open();
  pageHides();
  const left = () =>
    [...browser.local.values].filter(([key]) => key.startsWith('outbox-')).map(([, acts]) => acts);
  expect(left()).toEqual([]);
  void live.mark([{ post: 1, mark: READ }]);
  void live.mark([{ post: 2, mark: READ }]);
  await give(0, { ok: true, stamps: [stampAt(1)] });
  pageHides();
  const { type: _, ...second } = messages[1]?.message ?? { type: '' };
  await settled();
  expect(left()).toEqual([[second]]);
});

it('a closing page leaves its unanswered undos too', async () => {
  const { live } = await open();
  void live.undo('step-1');
  void live.undo('step-2');
  await give(0, { ok: true, left: 0 });
  pageHides();
  await settled();
  const left = [...browser.local.values].find(([key]) => key.startsWith('outbox-'))?.[1];
  expect(left).toEqual([{ id: messages[1]?.message.id, step: 'step-2' }]);
});

it('asks to undo a step', async () => {
  const { live } = await open();
  const undone = live.undo('step-1');
  await give(0, { ok: true, left: 2 });
  expect(await undone).toEqual({ ok: true, left: 2 });
  expect(messages[0]?.message).toMatchObject({ type: 'undo', step: 'step-1' });
});

it('ends a subscription when its signal aborts', async () => {
  const { live } = await open();
  const shown = new AbortController();
  let calls = 0;
  live.subscribe(() => calls++, shown.signal);
  shown.abort();
  void live.mark([{ post: 1, mark: READ }]);
  expect(calls).toBe(1);
});
