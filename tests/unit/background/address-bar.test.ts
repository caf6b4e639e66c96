import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeDiscovered } from '../../../src/catalogue/discovered/codec.ts';
import newest from '../../../src/catalogue/packed/newest.json';
import { ROOT } from '../support.ts';
import { FakeStorage } from './fake-storage.ts';

vi.mock('../../../src/platform/package.ts', () => ({ readPackaged: vi.fn() }));
const { readPackaged } = await import('../../../src/platform/package.ts');
const { destination, suggestions } = await import('../../../src/background/address-bar.ts');

const HOST = 'spaces.ac.cn';

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const storage = new FakeStorage();
  storage.values.set('settings', { host: HOST });
  vi.stubGlobal('browser', storage.in('chromium'));
  vi.mocked(readPackaged).mockImplementation((path) =>
    Promise.resolve(new Uint8Array(readFileSync(join(ROOT, path)))),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the keyword in the address bar', () => {
  it('suggests nothing while the package cannot be read, and tries again', async () => {
    const storage = new FakeStorage();
    storage.values.set('settings', { host: HOST });
    vi.stubGlobal('browser', storage.in('chromium'));
    vi.mocked(readPackaged).mockRejectedValueOnce(new Error('gone'));
    expect(await suggestions('硬刚')).toEqual([]);
    expect(await suggestions('硬刚')).not.toEqual([]);
  });

  it('suggests posts by title, and by the initials of their pinyin, on the host last used', async () => {
    for (const text of ['生成扩散模型漫谈', 'scksmxmt']) {
      const found = await suggestions(text);
      expect(found.length).toBeGreaterThan(3);
      expect(found.length).toBeLessThanOrEqual(6);
      for (const { url, text: said } of found) {
        expect(url).toMatch(/^https:\/\/spaces\.ac\.cn\/archives\/\d+$/);
        expect(said).toMatch(/^生成扩散模型漫谈.* \d{4}-\d\d-\d\d$/);
      }
    }
    expect(await suggestions('')).toEqual([]);
  });

  it('suggests new posts that pages have shown, by their titles and tags, as the popup does', async () => {
    const storage = new FakeStorage();
    const id = newest.id + 7;
    const facts = { id, date: newest.date, title: '昨天才写的一篇', tags: ['崭新标签'] };
    const post = { ...facts, seen: newest.date };
    storage.values.set('settings', { host: HOST });
    storage.values.set('learned', encodeDiscovered(new Map([[id, post]])));
    vi.stubGlobal('browser', storage.in('chromium'));
    const found = [
      { url: `https://${HOST}/archives/${id}`, text: `昨天才写的一篇 ${newest.date}` },
    ];
    expect(await suggestions('昨天才写的')).toEqual(found);
    expect(await suggestions('崭新标签')).toEqual(found);
    expect(await destination('昨天才写的')).toBe(found[0]?.url);
    storage.values.delete('learned');
    expect(await suggestions('昨天才写的')).toEqual([]);
  });

  it('opens what was chosen, else the first that is found, else the blog', async () => {
    const chosen = 'https://spaces.ac.cn/archives/9119';
    expect(await destination(chosen)).toBe(chosen);
    expect(await destination('硬刚')).toBe((await suggestions('硬刚'))[0]?.url);
    expect(await destination('没有这样的题名')).toBe('https://spaces.ac.cn/');
    expect(await destination('javascript:alert(1)')).not.toMatch(/^javascript:/);
    expect(await destination('https://example.com/')).not.toMatch(/example/);
  });

  it('suggests passages of what was read after the titles, at their places', async () => {
    const passage = [
      { text: '前面的', isFormula: false, isHit: false },
      { text: '某个词', isFormula: false, isHit: true },
    ];
    const hit = {
      id: 6,
      title: '读过的一篇',
      day: '2026-01-01',
      passage,
      place: { at: 7, print: 8 },
    };
    const find = async () => ({ hits: [hit], count: 1 });
    expect(await suggestions('没有这样的题名', find)).toEqual([
      { url: `https://${HOST}/archives/6#kexue-place=7-8`, text: '读过的一篇 前面的某个词' },
    ]);
    expect(await destination('没有这样的题名', find)).toMatch(/#kexue-place=7-8$/);
    expect(await destination(`https://${HOST}/archives/6#kexue-place=7-8`)).toMatch(/=7-8$/);
    const [first] = await suggestions('硬刚', find);
    expect(first?.url).not.toContain('#');
    expect((await suggestions('生成扩散模型漫谈', find)).length).toBe(6);
  });
});
