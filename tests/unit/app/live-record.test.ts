import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { encodeSnapshot, wholeRecord } from '../../../src/record/codec.ts';
import { type Mark, markOf } from '../../../src/record/marks.ts';
import type { Answer, Request } from '../../../src/app/messages.ts';
import { Live } from '../../../src/app/live-record.ts';
import { wordsIn } from '../../../src/ui/words/index.ts';

const LATER: Mark = { kind: 'later' };
const UNREAD: Mark = { kind: 'unread' };
const stamp = { time: Date.UTC(2026, 0), tick: 0, device: 'a' };

let answers: { request: Request; give: (answer: Answer) => void }[];
let change: (changes: Record<string, { newValue: unknown }>, area: string) => void;

beforeEach(() => {
  answers = [];
  vi.stubGlobal('browser', {
    i18n: { getUILanguage: () => 'zh-CN' },
    runtime: {
      id: 'ours',
      getURL: () => 'chrome-extension://ours/',
      sendMessage: (request: Request) =>
        new Promise<Answer>((give) => answers.push({ request, give })),
    },
    storage: {
      local: {
        get: async () => ({ record: encodeSnapshot(new Map([[1, { mark: LATER, stamp }]])) }),
      },
      onChanged: {
        addListener: (listener: typeof change) => (change = listener),
        removeListener: () => undefined,
      },
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function open() {
  const live = new Live(new AbortController().signal, wordsIn, wholeRecord);
  let draws = 0;
  live.subscribe(() => draws++);
  await settled();
  return { live, draws: () => draws };
}

it('has the record when it is read, and as it changes', async () => {
  const { live, draws } = await open();
  expect(markOf(live.record, 1)).toEqual(LATER);
  const record = encodeSnapshot(new Map([[1, { mark: UNREAD, stamp }]]));
  change({ record: { newValue: record } }, 'sync');
  change({ other: { newValue: record } }, 'local');
  expect([draws(), markOf(live.record, 1)]).toEqual([1, LATER]);
  change({ record: { newValue: record } }, 'local');
  expect([draws(), markOf(live.record, 1)]).toEqual([2, UNREAD]);
});

it('a mark that could not be stored stays with the reason until it is, under the same id', async () => {
  const { live, draws } = await open();
  void live.mark({ post: 1, mark: UNREAD }, { post: 2, mark: LATER });
  answers[0]?.give({ ok: false, why: 'full' });
  await settled();
  expect([...live.unsaved.keys()]).toEqual([1, 2]);
  expect(live.unsaved.get(1)).toMatchObject({ mark: UNREAD, why: 'full' });
  expect(draws()).toBe(2);
  const again = live.unsaved.get(2)?.again();
  answers[1]?.give({ ok: true, step: 'x' });
  expect(await again).toEqual({ ok: true, step: 'x' });
  expect(answers[1]?.request).toEqual({ ...(answers[0]?.request as object), again: true });
  expect(live.unsaved.size).toBe(0);
  expect(draws()).toBe(3);
});

it('an act that is stored after it takes its place; a late answer to it says nothing more', async () => {
  const { live } = await open();
  void live.mark({ post: 1, mark: UNREAD });
  void live.mark({ post: 1, mark: LATER });
  answers[1]?.give({ ok: true });
  await settled();
  answers[0]?.give({ ok: false, why: 'unreachable' });
  await settled();
  expect(live.unsaved.size).toBe(0);

  void live.mark({ post: 1, mark: UNREAD });
  answers[2]?.give({ ok: false, why: 'failed' });
  await settled();
  expect(live.unsaved.size).toBe(1);
  void live.mark({ post: 1, mark: LATER });
  answers[3]?.give({ ok: true });
  await settled();
  expect(live.unsaved.size).toBe(0);
});

it('asks to undo a step', async () => {
  const { live } = await open();
  const undone = live.undo('step-1');
  answers[0]?.give({ ok: true, left: 2 });
  expect(await undone).toEqual({ ok: true, left: 2 });
  expect(answers[0]?.request).toMatchObject({ type: 'undo', step: 'step-1' });
});
