import { encodeDiscovered } from '../../../src/catalogue/discovered/codec.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SourcePost } from '../../../scripts/source.ts';
import type { Opening } from '../../../src/catalogue/discovered/openings.ts';
import { ROOT } from '../support.ts';
import { FakeStorage } from './fake-storage.ts';

vi.mock('../../../src/platform/package.ts', () => ({ readPackaged: vi.fn() }));
const { readPackaged } = await import('../../../src/platform/package.ts');
const { postDetails } = await import('../../../src/background/post-details.ts');
const { readPostDetails } = await import('../../../src/background/validation.ts');

const POSTS = JSON.parse(
  readFileSync(new URL('../../../src/catalogue/data/posts.json', import.meta.url), 'utf8'),
) as SourcePost[];
/** The opening of POST that the memory returns. */
let opening: Opening | null | undefined;
const memory = { opening: async (id: number) => (id === POST || !opening ? opening : null) };
const about = (id: number) => postDetails({ id }, memory);
const POST = 9708;

let storage: FakeStorage;
beforeEach(() => {
  storage = new FakeStorage();
  opening = null;
  vi.mocked(readPackaged).mockImplementation((path) =>
    Promise.resolve(new Uint8Array(readFileSync(join(ROOT, path)))),
  );
  vi.stubGlobal('browser', storage.in('chromium'));
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('what is known of a post besides its title', () => {
  it('is requested by the post’s number and nothing else', () => {
    expect(readPostDetails({ id: POST, more: 1 })).toEqual({ id: POST });
    for (const id of [undefined, 0, -1, 1.5, '9708', 1_000_000, null, [POST]])
      expect(readPostDetails({ id })).toBeUndefined();
  });

  it('has the categories and the tags of that post', async () => {
    const some = POSTS.filter((post, at) => at % 40 === 0 || post.categories.length > 1);
    expect(some.some((post) => post.categories.length > 1)).toBe(true);
    for (const { id, categories, tags } of some)
      expect(await about(id)).toEqual({ categories, tags, opening: null });
  });

  it('has the opening, if one was shown on a listing', async () => {
    opening = ['设', ['$x$', ['math', ['mi', 'x']]], '为所求。'];
    expect(await about(POST)).toMatchObject({ categories: ['信息时代'], opening });
    expect(await about(POST - 64)).toMatchObject({ opening: null });
    expect(storage.sets).toEqual([]);
  });

  it('of a post newer than the index has what was discovered, or nothing', async () => {
    const taught = {
      id: 12_000,
      title: '新的',
      seen: '2026-11-22',
      categories: ['数学研究'],
      tags: ['新'],
    };
    storage.values.set('learned', encodeDiscovered(new Map([[12_000, taught]])));
    expect(await about(12_000)).toEqual({ categories: ['数学研究'], tags: ['新'], opening: null });
    expect(await about(12_001)).toEqual({ categories: [], tags: [], opening: null });
    storage.values.set('learned', { not: 'a text' });
    expect(await about(12_000)).toEqual({ categories: [], tags: [], opening: null });
  });

  it('leaves the opening unknown, not missing, if the memory cannot be read', async () => {
    opening = undefined;
    const answer = await about(POST);
    expect(answer).toMatchObject({ categories: ['信息时代'] });
    expect(answer).not.toHaveProperty('opening');
    expect(await about(12_000)).toEqual({ categories: [], tags: [] });
  });

  it('has no discovered facts if the storage cannot be read', async () => {
    storage.faults = [{ at: 0, how: 'fails' }];
    expect(await about(12_000)).toEqual({ categories: [], tags: [], opening: null });
  });
});
