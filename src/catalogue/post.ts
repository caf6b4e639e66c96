/** Posts and series, as every part of the companion has them. */

export interface Post {
  id: number;
  title: string;
  /** YYYY-MM-DD, the blog's own time zone; '' for a new post that no page has shown with a date. */
  date: string;
  /** Posts that this one links to; null where nobody has looked, [] where there are none. */
  refs: number[] | null;
  /** Estimated minutes of reading, rounded up; null where the length is not known. */
  minutes: number | null;
  /** Discovered on a page: the bundled index does not have it yet. */
  isNew?: true;
}

export interface Series {
  /** No other series has it. */
  name: string;
  /** `numbered` by the author in his titles; `curated`: put together by topic and links. */
  kind: 'numbered' | 'curated';
  /** In reading order. */
  posts: number[];
}

/** What our own pages and the preview of a link show of a post besides. */
export interface Details {
  /** Where the blog files the post, the main category first; [] where it is not known. */
  categories: readonly string[];
  tags: readonly string[];
}

/** The details of posts by their ids. */
export type DetailsOfPosts = ReadonlyMap<number, Details>;

/** The details of a post of which none are known. */
export const NO_DETAILS: Details = { categories: [], tags: [] };
