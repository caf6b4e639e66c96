// @vitest-environment jsdom
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { row } from '../../../../../src/library/components.ts';
import { undoAndBackups } from '../../../../../src/library/views/record/undo-and-backups.ts';
import { encodeBackup } from '../../../../../src/record/backups.ts';
import { encodeRecord } from '../../../../../src/record/codec.ts';
import { stubBrowser } from '../../../fake-browser.ts';
import { click, trustEvents } from '../../../reader.ts';
import { libraryContext, postOf, words } from '../../context.ts';

const TIME = Date.UTC(2026, 10, 1);
const stamp = { time: TIME, tick: 0, device: 'a' };
const LATER = { mark: { kind: 'later' }, stamp } as const;
/** A record with this many marks. */
const recordOf = (count: number) =>
  encodeRecord(new Map(Array.from({ length: count }, (_, at) => [at + 1, LATER])));

beforeAll(trustEvents);
afterEach(() => vi.unstubAllGlobals());

/** The opened list of backups, after these values were stored. */
async function listOf(stored: Record<string, string>) {
  document.body.replaceChildren();
  const browser = stubBrowser();
  for (const [key, value] of Object.entries(stored)) browser.local.values.set(key, value);
  const { context } = libraryContext({ posts: [1, 2, 3].map((id) => postOf(id)) });
  const draw = () => document.body.replaceChildren(...parts.content().map(row));
  const parts = undoAndBackups(context, draw);
  parts.show?.(new AbortController().signal);
  await vi.waitFor(() => press(words.record.view));
  return () => [...document.querySelectorAll('li')];
}

function press(name: string, at = 0): void {
  const named = [...document.querySelectorAll('button')].filter(
    ({ textContent }) => textContent === name,
  );
  const button = named[at];
  if (!button) throw new Error(`no button ${name}`);
  click(button);
}

it('lists the backup that was made last first, though the clock was set back before it', async () => {
  const items = await listOf({
    'backup-0': encodeBackup({ time: TIME, reason: 'import', snapshot: recordOf(1), number: 0 }),
    'backup-1': encodeBackup({
      time: TIME - 1_000_000,
      reason: 'restore',
      snapshot: recordOf(2),
      number: 1,
    }),
  });
  expect(items().map((item) => item.textContent?.includes(words.record.marksIn(2)))).toEqual([
    true,
    false,
  ]);
});

it('asks about one of two backups that one act made', async () => {
  const items = await listOf({
    'backup-0': encodeBackup({ time: TIME, reason: 'import', snapshot: recordOf(2), number: 0 }),
    'backup-5': encodeBackup({ time: TIME, reason: 'week', snapshot: recordOf(2), number: 1 }),
  });
  press(words.record.restore, 1);
  expect(items().map((item) => item.textContent?.includes(words.record.restoreNow(2)))).toEqual([
    false,
    true,
  ]);
});
