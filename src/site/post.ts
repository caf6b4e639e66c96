/** What a post's own page says of it, for the catalogue. */
import { articleOf, measureArticle, referencesOf } from './article.ts';
import { findTitles, readExcerpt } from './listing.ts';
import { readLine } from './text.ts';
import type { Length } from '../record/time.ts';

export interface SavedPost {
  id: number;
  /** The main one first. */
  categories: string[];
  tags: string[];
  /** The posts that the article links to, in its order, each once. */
  refs: number[];
  length: Length;
}

/** Reads a saved page of a post, or says what it lacks. */
export function readSavedPost(page: Document): SavedPost | string {
  const article = articleOf(page);
  const [title] = findTitles(page);
  const id = title && readExcerpt(title).link;
  if (!article || !title || typeof id !== 'number') return 'this is no page of a post';
  const filed = [...page.querySelectorAll('#tools .cat a, .tools .cat a')];
  const of = (kind: RegExp) =>
    filed.filter((link) => kind.test(link.getAttribute('href') ?? '')).map(readLine);
  const categories = of(/\/category\//);
  if (categories.length === 0) return `the page of post ${id} names no category`;
  return {
    id,
    categories,
    tags: of(/\/tag\//),
    refs: referencesOf(article, id),
    length: measureArticle(article),
  };
}
