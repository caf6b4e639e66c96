/** Figures of the bundled catalogue, for tests of what is drawn. Each new post changes them. */
import { catalogueOf, readSource } from '../scripts/source.ts';

const { posts, series } = catalogueOf(readSource());

/** How many posts and series there are. */
export const POSTS = posts.length;
export const SERIES_COUNT = series.length;

/** The post with the highest id, and its date, YYYY-MM-DD. */
export const { id: NEWEST_ID, date: NEWEST_DATE } = posts.at(-1) ?? { id: 0, date: '' };

/** The posts of the series of that name, in its order. */
export function partsOf(name: string): readonly number[] {
  const found = series.find((each) => each.name === name);
  if (!found) throw new Error(`no series is called ${name}`);
  return found.posts;
}

/** The title of a post. */
export function titleOf(id: number): string {
  const found = posts.find((each) => each.id === id);
  if (!found) throw new Error(`no post has the id ${id}`);
  return found.title;
}

/** A pattern for `12 / 1,341` in the text of a page: this many of all posts. */
export function ofAll(count: number): RegExp {
  return new RegExp(`(?<!\\d)${count}\\s*/ ${written(POSTS)}(?!\\d)`);
}

/** A number as the interface writes it: 1,341. */
export function written(n: number): string {
  return n.toLocaleString('en-US');
}
