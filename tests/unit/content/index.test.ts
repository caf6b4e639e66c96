/** The whole content script: on which pages it starts, and on which it does nothing. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOSTS } from '../../../src/site/address.ts';

const start = vi.hoisted(() => vi.fn());
vi.mock('../../../src/content/registry.ts', () => ({ start }));

/** The listener that checks whether the address has changed. */
let look: () => void;

/** Evaluates the content script on a page; touching its document is an error. */
async function evaluateAt(url: string): Promise<void> {
  vi.resetModules();
  vi.stubGlobal('location', new URL(url));
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('setInterval', (callback: () => void) => (look = callback));
  vi.stubGlobal('clearInterval', () => (look = () => undefined));
  vi.stubGlobal(
    'document',
    new Proxy({}, { get: (_, name) => expect.unreachable(`document.${String(name)} is read`) }),
  );
  await import('../../../src/content/index.iife.ts');
}

beforeEach(() => start.mockReset());
afterEach(() => vi.unstubAllGlobals());

describe('the content script', () => {
  it.each([
    '/',
    '/category/Big-Data/2/',
    '/2023/09/',
    '/archives/9708/comment-page-2#comments',
    '/content.html?tag=x',
  ])('starts on %s', async (path) => {
    for (const host of HOSTS) {
      await evaluateAt(`https://${host}${path}`);
      expect(start.mock.calls.splice(0)).toEqual([[]]);
    }
  });

  it('starts once where a script of the page changes the address to one that it draws on', async () => {
    await evaluateAt('https://kexue.fm/links.html');
    for (const url of ['https://kexue.fm/archives/9708', 'https://kexue.fm/']) {
      vi.stubGlobal('location', new URL(url));
      look();
    }
    expect(start.mock.calls).toEqual([[]]);
  });

  it.each([
    'https://kexue.fm/links.html',
    'https://kexue.fm/latex.html',
    'https://kexue.fm/reward.html',
    'https://kexue.fm/ac.html',
    'https://kexue.fm/me.html',
    'https://kexue.fm/science.html',
    'https://kexue.fm/feed',
    'https://kexue.fm/nowhere',
    'https://kexue.fm/archives/0',
    'https://example.org/archives/9708',
  ])('does nothing on %s', async (url) => {
    await evaluateAt(url);
    expect(start).not.toHaveBeenCalled();
  });
});
