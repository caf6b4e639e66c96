/** The content script as a whole: where it starts, and where it does nothing at all. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOSTS } from '../../../src/site/address.ts';

const start = vi.hoisted(() => vi.fn());
vi.mock('../../../src/content/registry.ts', () => ({ start }));

/** Evaluates the content script on a page; touching its document is an error. */
async function evaluateAt(url: string): Promise<void> {
  vi.resetModules();
  vi.stubGlobal('location', new URL(url));
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
    ['/', 'listing'],
    ['/category/Big-Data/2/', 'listing'],
    ['/2023/09/', 'listing'],
    ['/archives/9708/comment-page-2#comments', 'post'],
    ['/content.html?tag=x', 'archive'],
  ])('starts on %s', async (path, kind) => {
    for (const host of HOSTS) {
      await evaluateAt(`https://${host}${path}`);
      expect(start.mock.calls.splice(0)).toEqual([[kind]]);
    }
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
