import { describe, expect, it } from 'vitest';
import { destination, suggestions } from '../../../src/background/address-bar.ts';

const HOST = 'spaces.ac.cn';

describe('the keyword in the address bar', () => {
  it('suggests posts by title, and by the initials of their pinyin, on the host last used', () => {
    for (const text of ['生成扩散模型漫谈', 'scksmxmt']) {
      const found = suggestions(text, HOST);
      expect(found.length).toBeGreaterThan(3);
      expect(found.length).toBeLessThanOrEqual(6);
      for (const { url, text: said } of found) {
        expect(url).toMatch(/^https:\/\/spaces\.ac\.cn\/archives\/\d+$/);
        expect(said).toMatch(/^生成扩散模型漫谈.* \d{4}-\d\d-\d\d$/);
      }
    }
    expect(suggestions('', HOST)).toEqual([]);
  });

  it('opens what was chosen, else the first that is found, else the blog', () => {
    expect(destination('https://spaces.ac.cn/archives/9119', HOST)).toBe(
      'https://spaces.ac.cn/archives/9119',
    );
    expect(destination('硬刚', HOST)).toBe(suggestions('硬刚', HOST)[0]?.url);
    expect(destination('没有这样的题名', HOST)).toBe('https://spaces.ac.cn/');
    expect(destination('javascript:alert(1)', HOST)).not.toMatch(/^javascript:/);
    expect(destination('https://example.com/', HOST)).not.toMatch(/example/);
  });
});
