import { afterEach, expect, it, vi } from 'vitest';
import { browserFamily, browserName } from '../../../src/platform/browser.ts';
import { FAMILIES } from '../background/fake-storage.ts';
import { stubBrowser } from '../fake-browser.ts';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
    'Chrome, Windows',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/140.0 Edg/140.0', 'Edge, macOS'],
  ['Mozilla/5.0 (Android 14; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0', 'Firefox, Android'],
  ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/140.0', 'Chrome, ChromeOS'],
  ['something else', 'Chrome'],
])('%s is called %s', (agent, name) => {
  expect(browserName(agent)).toBe(name);
});

it.each(FAMILIES)('the address of the extension tells %s', (family) => {
  stubBrowser({ family });
  expect(browserFamily()).toBe(family);
});
