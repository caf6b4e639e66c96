import { afterEach, expect, it, vi } from 'vitest';
import { Actions, type Notice } from '../../../../../src/app/actions.ts';
import type { Answer } from '../../../../../src/app/messages.ts';
import { DEFAULTS } from '../../../../../src/app/settings.ts';
import { write } from '../../../../../src/app/transport.ts';
import { importMarks } from '../../../../../src/library/views/record/import-marks.ts';
import type { LibraryContext } from '../../../../../src/library/view.ts';
import { stubBrowser } from '../../../fake-browser.ts';

afterEach(() => vi.unstubAllGlobals());

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Imports a mark and a setting. `answers` has answers other than `ok`, by the name of the message. */
async function imported(answers: Record<string, Answer>) {
  const sent: { type: string; id?: string }[] = [];
  stubBrowser({
    answer: async (message: { type: string; id?: string }) => {
      sent.push(message);
      const step = message.type === 'merge' ? { step: 'step-1' } : {};
      return { value: answers[message.type] ?? { ok: true, ...step } };
    },
  });
  const notices: Notice[] = [];
  const actions = new Actions({
    live: {
      mark: () => Promise.reject(new Error('no mark')),
      undo: (step) => write('undo', { id: crypto.randomUUID(), step }),
      unsaved: new Map(),
    },
    titleOf: String,
    publish: (notice) => notices.push(notice),
  });
  const context = {
    actions,
    live: { settings: DEFAULTS },
    discovered: new Map(),
    plans: { to: () => undefined, all: () => [] },
  } as unknown as LibraryContext;
  const marks = { entries: '' };
  const given = {
    source: 'import',
    marks,
    discovered: new Map(),
    settings: { badge: true },
  } as const;
  importMarks(context, given, () => undefined);
  await settled();
  notices.at(-1)?.action?.run();
  await settled();
  return { sent, notices, actions };
}

it('undoes marks and settings, and says so once', async () => {
  const { sent, notices } = await imported({});
  expect(notices.map(({ kind }) => kind)).toEqual(['imported', 'reverted']);
  expect(sent.map(({ type }) => type)).toEqual(['settings', 'merge', 'undo', 'settings']);
});

it('does not say that the import is undone while its marks are not', async () => {
  const answers: Record<string, Answer> = { undo: { ok: false, why: 'full' } };
  const { sent, notices } = await imported(answers);
  expect(notices.at(-1)).toMatchObject({ kind: 'failed', why: 'full', action: { kind: 'retry' } });
  delete answers['undo'];
  notices.at(-1)?.action?.run();
  await settled();
  expect(notices.at(-1)?.kind).toBe('reverted');
  const [first, second] = sent.filter(({ type }) => type === 'undo');
  expect(second).toEqual(first);
});
