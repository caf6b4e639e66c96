import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { post, realCatalogue } from '../support.ts';

const small = new Catalogue({
  posts: [post(1), post(2, { refs: [1] }), post(5, { refs: [2, 1] }), post(9, { refs: [] })],
  series: [
    { name: 'short', kind: 'curated', posts: [1, 2] },
    { name: 'long', kind: 'curated', posts: [1, 5, 9] },
  ],
});

describe('the catalogue', () => {
  it('finds a post by its id, and the newest id', () => {
    expect(small.post(5)?.title).toBe('post 5');
    expect(small.post(3)).toBeUndefined();
    expect(small.newestBundled.id).toBe(9);
    expect(new Catalogue({ posts: [], series: [] }).newestBundled.id).toBe(0);
  });

  it('returns the longest series of a post first', () => {
    expect(small.seriesOf(1).map(({ name }) => name)).toEqual(['long', 'short']);
    expect(small.seriesOf(9).map(({ name }) => name)).toEqual(['long']);
    expect(small.seriesOf(4)).toEqual([]);
  });

  it('returns the posts that link to one, oldest first', () => {
    expect(small.citedBy(1)).toEqual([2, 5]);
    expect(small.citedBy(9)).toEqual([]);
  });

  it('finds a title in any width, spacing and letter case', () => {
    const find = (title: string) =>
      realCatalogue()
        .titled(title)
        .map(({ id }) => id);
    expect(find('Transformer升级之路：12、无限外推的ReRoPE？')).toEqual([9708]);
    expect(find(' ＴＲＡＮＳＦＯＲＭＥＲ升级之路: 12、无限外推的rerope? #')).toEqual([9708]);
    expect(find('Transformer升级之路：12、无限外推的ReRoPE')).toEqual([]);
  });

  it('returns both posts that share a title', () => {
    const title = realCatalogue().post(681)?.title ?? '';
    expect(
      realCatalogue()
        .titled(title)
        .map(({ id }) => id),
    ).toEqual([681, 1375]);
  });

  it('finds every post of the real data by its own title', () => {
    const catalogue = realCatalogue();
    expect(catalogue.posts.size).toBeGreaterThan(1_300);
    for (const each of catalogue.posts.values())
      expect(catalogue.titled(each.title)).toContain(each);
  });
});
