import { describe, expect, it } from 'vitest';
import { choiceOf, MENUS } from '../../../src/background/menus.ts';

const NOW = Date.UTC(2026, 9, 1);
const choose = (id: string, link: string) => choiceOf(id, link, NOW);

describe('the menu on links', () => {
  it('marks the post that the link leads to, on any of the hosts', () => {
    expect(choose('read', 'https://spaces.ac.cn/archives/9708#h2')).toEqual({
      change: { post: 9708, mark: { kind: 'read', at: NOW, by: 'hand' } },
    });
    expect(choose('later', 'http://kexue.fm/archives/9708/')).toEqual({
      change: { post: 9708, mark: { kind: 'later' } },
    });
  });

  it('opens the plan of that post', () => {
    expect(choose('plan', 'https://kexue.fm/archives/9708')).toEqual({ open: '#plan?goal=9708' });
  });

  it('does nothing on a link that leads to no post', () => {
    for (const link of [
      'https://kexue.fm/archives/',
      'https://example.com/archives/9708',
      'javascript:alert(1)',
      '',
    ])
      for (const { id } of MENUS) expect(choose(id, link)).toBeUndefined();
    expect(choose('other', 'https://kexue.fm/archives/9708')).toBeUndefined();
  });
});
