/** Figures of the bundled catalogue, for tests of what is drawn: a new post changes them all. */
import { catalogueOf, readSource } from '../scripts/catalogue.ts';

const { posts, series } = catalogueOf(readSource());

/** How many posts and series there are. */
export const POSTS = posts.length;
export const SERIES = series.length;

/** The date of the post with the highest id, YYYY-MM-DD. */
export const NEWEST_DATE = posts.at(-1)?.date ?? '';

/** The posts of the series of that name, in its order. */
export function partsOf(name: string): readonly number[] {
  const found = series.find((each) => each.name === name);
  if (!found) throw new Error(`no series is called ${name}`);
  return found.posts;
}

/** A number as the interface writes it: 1,341. */
export function written(n: number): string {
  return n.toLocaleString('en-US');
}
