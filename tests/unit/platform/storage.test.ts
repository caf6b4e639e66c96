import { afterEach, expect, it, vi } from 'vitest';
import { load } from '../../../src/platform/storage.ts';
import { FakeStorage } from '../background/fake-storage.ts';
import { stubBrowser } from '../fake-browser.ts';

afterEach(() => vi.unstubAllGlobals());

it('reads all keys in one call, so that they are consistent', async () => {
  const storage = new FakeStorage();
  storage.values.set('record', 'a').set('journal', ['b']);
  stubBrowser({ local: storage });
  expect(await load(['record', 'journal', 'ids'])).toEqual({ record: 'a', journal: ['b'] });
  expect(storage.calls).toBe(1);
});
