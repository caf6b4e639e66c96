import { afterEach, describe, expect, it, vi } from 'vitest';
import { choiceOf, MENUS } from '../../../src/background/menus.ts';
import { RecordStore } from '../../../src/background/record-store.ts';
import { decodeRecord } from '../../../src/record/codec.ts';
import { markFor, markOf } from '../../../src/record/marks.ts';
import { FakeStorage } from './fake-storage.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the menu on links', () => {
  it('marks the post that the link leads to, on any of the hosts', () => {
    expect(choiceOf('read', 'https://spaces.ac.cn/archives/9708#h2')).toEqual({
      post: 9708,
      mark: 'read',
    });
    expect(choiceOf('later', 'http://kexue.fm/archives/9708/')).toEqual({
      post: 9708,
      mark: 'later',
    });
  });

  it.each([1970, 2008, 2110])(
    'stores a mark that can be read while the clock says %i',
    async (year) => {
      const storage = new FakeStorage();
      vi.stubGlobal('browser', storage.in('chromium'));
      vi.useFakeTimers({ now: Date.UTC(year, 0), toFake: ['Date'] });
      const changes = [{ post: 9708, mark: markFor('read', Date.now()) }];
      await new RecordStore().enqueue({ type: 'mark', id: 'one', changes });
      const { record, damaged } = decodeRecord(storage.values.get('record'));
      expect([markOf(record, 9708).kind, damaged]).toEqual(['read', []]);
    },
  );

  it('opens the plan of that post', () => {
    expect(choiceOf('plan', 'https://kexue.fm/archives/9708')).toEqual({ open: '#plan?goal=9708' });
  });

  it('does nothing on a link that leads to no post', () => {
    for (const link of [
      'https://kexue.fm/archives/',
      'https://example.com/archives/9708',
      'javascript:alert(1)',
      '',
    ])
      for (const { id } of MENUS) expect(choiceOf(id, link)).toBeUndefined();
    expect(choiceOf('other', 'https://kexue.fm/archives/9708')).toBeUndefined();
  });
});
