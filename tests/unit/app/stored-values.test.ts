import { afterEach, expect, it, vi } from 'vitest';
import { followStored } from '../../../src/app/stored-values.ts';
import type { StoredValues } from '../../../src/platform/storage.ts';
import { stubBrowser } from '../fake-browser.ts';

afterEach(() => vi.unstubAllGlobals());

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('gives all values after a change if they could not be read before', async () => {
  const browser = stubBrowser();
  browser.local.values.set('backup-0', 'older').set('backup-1', 'newer');
  browser.local.faults = [{ at: 0, how: 'fails' }];
  const taken: [StoredValues, boolean][] = [];
  const { signal } = new AbortController();
  followStored(['backup-0', 'backup-1'], (...given) => taken.push(given), signal);
  await settled();
  expect(taken).toEqual([[{}, false]]);
  browser.local.values.set('backup-1', 'newest');
  browser.change({ 'backup-1': 'newest' });
  await settled();
  expect(taken.slice(1)).toEqual([[{ 'backup-0': 'older', 'backup-1': 'newest' }, true]]);
  browser.change({ 'backup-0': 'last' });
  expect(taken.at(-1)).toEqual([{ 'backup-0': 'last', 'backup-1': 'newest' }, true]);
});
