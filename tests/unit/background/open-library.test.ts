/** The library is opened once; further requests show the one that is open. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLibrary } from '../../../src/background/open-library.ts';

/** The fragments that were opened in new tabs, and those that an open library was told to show. */
let created: string[];
let shown: string[];
/** Whether a library answers, and whether it holds its lock. It hangs if it holds the lock without answering. */
let library: { answers: boolean; isLoaded: boolean };

beforeEach(() => {
  vi.useFakeTimers();
  [created, shown] = [[], []];
  library = { answers: false, isLoaded: false };
  vi.stubGlobal('navigator', {
    locks: { query: async () => ({ held: library.isLoaded ? [{ name: 'library' }] : [] }) },
  });
  vi.stubGlobal('browser', {
    runtime: {
      getURL: (path: string) => `chrome-extension://ours/${path}`,
      sendMessage: async ({ type, fragment }: { type: string; fragment: string }) => {
        if (!library.isLoaded) throw new Error('Receiving end does not exist');
        if (!library.answers) return new Promise(() => undefined);
        expect(type).toBe('showLibrary');
        shown.push(fragment);
        return true;
      },
    },
    tabs: {
      create: async ({ url }: { url: string }) => {
        created.push(url.slice(url.indexOf('#')));
        // The tab takes a while to load before it answers.
        setTimeout(() => (library = { answers: true, isLoaded: true }), 1_500);
      },
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the library', () => {
  it('opens in one tab, however often it is requested while that tab loads', async () => {
    const asked = [1, 2, 3, 4, 5].map((goal) => openLibrary(`#plan?goal=${goal}`));
    await vi.runAllTimersAsync();
    await Promise.all(asked);
    expect(created).toEqual(['#plan?goal=1']);
    expect(shown).toEqual([2, 3, 4, 5].map((goal) => `#plan?goal=${goal}`));
  });

  it('shows what is requested if it is open', async () => {
    library = { answers: true, isLoaded: true };
    const asked = openLibrary('#record');
    await vi.runAllTimersAsync();
    await asked;
    expect([created, shown]).toEqual([[], ['#record']]);
  });

  it('opens in another tab if the first one hangs', async () => {
    library = { answers: false, isLoaded: true };
    const asked = openLibrary('#record');
    await vi.runAllTimersAsync();
    await asked;
    expect([created, shown]).toEqual([['#record'], []]);
  });

  it('opens for the next request after a tab could not be created', async () => {
    const { tabs } = (globalThis as unknown as { browser: { tabs: { create: unknown } } }).browser;
    const { create } = tabs;
    tabs.create = () => Promise.reject(new Error('no window'));
    const failed = openLibrary('#record').catch(() => 'failed');
    await vi.runAllTimersAsync();
    expect(await failed).toBe('failed');
    tabs.create = create;
    const asked = openLibrary('#year');
    await vi.runAllTimersAsync();
    await asked;
    expect(created).toEqual(['#year']);
  });
});
