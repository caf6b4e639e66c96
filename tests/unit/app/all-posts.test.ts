import { expect, it } from 'vitest';
import { allPosts } from '../../../src/app/all-posts.ts';
import { bundledCatalogue } from '../../../src/catalogue/bundled.ts';
import { encodeDiscovered } from '../../../src/catalogue/discovered/codec.ts';

it('finds a discovered post as soon as it is stored, and computes nothing again while it stays', () => {
  let stored: unknown;
  const posts = allPosts(() => stored);
  const found = () =>
    posts
      .search()
      .find('发现的新文章')
      .posts.map(({ post }) => post.id);
  expect(found()).toEqual([]);
  expect(posts.search()).toBe(posts.search());

  const id = bundledCatalogue().newestBundled.id + 1;
  const post = { id, seen: '2026-11-28', title: '发现的新文章', categories: ['信息时代'] };
  stored = encodeDiscovered(new Map([[id, post]]));
  expect(found()).toEqual([id]);
  expect(posts.details().get(id)?.categories).toEqual(['信息时代']);
  expect(posts.placements()).toBe(posts.placements());
});
