/** A record that is folded while it is read is read whole, in a browser that reads key by key. */
import { afterEach, expect, it, vi } from 'vitest';
import { BOOK_KEYS } from '../../../src/background/book.ts';
import { DRAWN_FROM, load, RECORD } from '../../../src/platform/storage.ts';
import { FAMILIES, FakeStorage } from '../background/fake-storage.ts';

afterEach(() => vi.unstubAllGlobals());

const readers = Object.entries({ RECORD, DRAWN_FROM, BOOK_KEYS });

it.each(FAMILIES.flatMap((family) => readers.map(([name, keys]) => ({ family, name, keys }))))(
  'in $family, of $name',
  async ({ family, keys }) => {
    for (let after = 0; after <= keys.length; after++) {
      const storage = new FakeStorage();
      storage.values.set('record', 'old').set('journal', ['act']);
      vi.stubGlobal('browser', storage.in(family));
      const { get } = storage;
      let calls = 0;
      // Folded between two of its reads, before the first or after the last.
      storage.get = async (asked) => {
        if (calls++ === after) await storage.set({ record: 'old and act', journal: [] });
        return get(asked);
      };
      const { record, journal } = await load(keys);
      const isThere = record === 'old and act' || (journal as string[]).includes('act');
      expect(isThere, `folded before call ${after}`).toBe(true);
    }
  },
);
