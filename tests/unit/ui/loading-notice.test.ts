// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LiveRecord } from '../../../src/app/live-record.ts';
import { loadingNotice } from '../../../src/ui/loading-notice.ts';
import { type PageWords, pageWordsIn } from '../../../src/ui/words/pages.ts';

const words = pageWordsIn('zh-CN');
let end: (isRead: boolean) => void;
let line: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  const firstRead = new Promise<boolean>((resolve) => (end = resolve));
  line = loadingNotice({ firstRead, words } as LiveRecord<PageWords>);
});
afterEach(() => {
  vi.useRealTimers();
});

it('says nothing if the record loads quickly', async () => {
  await vi.advanceTimersByTimeAsync(1_000);
  end(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(line.textContent).toBe('');
});

it('says that loading the record takes long, until it is there', async () => {
  await vi.advanceTimersByTimeAsync(3_000);
  expect(line.textContent).toBe(words.stillReading);
  end(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(line.textContent).toBe('');
});

it('says that it cannot be read, with a retry', async () => {
  end(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(line.textContent).toBe(`${words.notRead} ${words.retry}`);
  expect(line.querySelector('button')?.textContent).toBe(words.retry);
});
