import { afterEach, describe, expect, it, vi } from 'vitest';
import { choiceOf, MENUS } from '../../../src/background/menus.ts';
import { RecordStore } from '../../../src/background/record-store.ts';
import { decodeRecord } from '../../../src/record/codec.ts';
import { markOf } from '../../../src/record/marks.ts';
import { FakeStorage } from './fake-storage.ts';

const NOW = Date.UTC(2026, 9, 1);
const choose = (id: string, link: string) => choiceOf(id, link, NOW);

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the menu on links', () => {
  it('marks the post that the link leads to, on any of the hosts', () => {
    expect(choose('read', 'https://spaces.ac.cn/archives/9708#h2')).toEqual({
      change: { post: 9708, mark: { kind: 'read', at: NOW, by: 'hand' } },
    });
    expect(choose('later', 'http://kexue.fm/archives/9708/')).toEqual({
      change: { post: 9708, mark: { kind: 'later' } },
    });
  });

  it.each([1970, 2008, 2110])(
    'stores a mark that can be read while the clock says %i',
    async (year) => {
      const storage = new FakeStorage();
      vi.stubGlobal('browser', storage.in('chromium'));
      vi.useFakeTimers({ now: Date.UTC(year, 0), toFake: ['Date'] });
      const choice = choiceOf('read', 'https://kexue.fm/archives/9708', Date.now());
      const changes = choice && 'change' in choice ? [choice.change] : [];
      await new RecordStore().enqueue({ type: 'mark', id: 'one', changes });
      const { record, damaged } = decodeRecord(storage.values.get('record'));
      expect([markOf(record, 9708).kind, damaged]).toEqual(['read', []]);
    },
  );

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
