/** Reads a saved page of a post for the bundled catalogue. */
import { measureArticle, referencesOf } from './article.ts';
import { findTitles, readExcerpt } from './listing.ts';
import { postPage } from './post-page.ts';
import type { Length } from './types.ts';

export interface SavedPost {
  id: number;
  /** The main one first. */
  categories: string[];
  tags: string[];
  /** The posts that the article links to, by rising id. */
  refs: number[];
  length: Length;
}

/** Reads a saved page of a post, or says what it lacks. */
export function readSavedPost(page: Document): SavedPost | string {
  const [title] = findTitles(page);
  const id = title && readExcerpt(title).link;
  const article = typeof id === 'number' ? postPage(page, id)?.article : undefined;
  if (!title || typeof id !== 'number' || !article) return 'this is no page of a post';
  const { categories, tags = [] } = readExcerpt(title).topics;
  if (!categories) return `the page of post ${id} names no category`;
  return {
    id,
    categories,
    tags,
    refs: referencesOf(article, id),
    length: measureArticle(article),
  };
}
