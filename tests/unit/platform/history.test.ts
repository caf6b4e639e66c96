import { afterEach, describe, expect, it, vi } from 'vitest';
import { visitedOn } from '../../../src/platform/history.ts';
import { HOSTS } from '../../../src/site/address.ts';
import { stubBrowser } from '../fake-browser.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the browser’s history', () => {
  it('is searched for the blog’s hosts only, and the permission is returned', async () => {
    const { history, permissions } = stubBrowser({
      search: async (text) => [{ url: `https://${text}/archives/9708`, lastVisitTime: 1 }],
    });
    const visited = await visitedOn(HOSTS);
    expect(visited?.map(({ url }) => url)).toEqual([
      'https://kexue.fm/archives/9708',
      'https://spaces.ac.cn/archives/9708',
    ]);
    expect(history.search).toHaveBeenCalledTimes(2);
    expect(permissions.request).toHaveBeenCalledExactlyOnceWith({ permissions: ['history'] });
    expect(permissions.remove).toHaveBeenCalledExactlyOnceWith({ permissions: ['history'] });
  });

  it('is not searched if the reader refuses', async () => {
    const { history, permissions } = stubBrowser({ isGranting: false });
    expect(await visitedOn(HOSTS)).toBeUndefined();
    expect(history.search).not.toHaveBeenCalled();
    expect(permissions.remove).not.toHaveBeenCalled();
  });

  it('returns the permission even if the browser fails', async () => {
    const { permissions } = stubBrowser({
      search: () => Promise.reject(new Error('no history')),
    });
    await expect(visitedOn(HOSTS)).rejects.toThrow('no history');
    expect(permissions.remove).toHaveBeenCalledTimes(1);
  });
});
