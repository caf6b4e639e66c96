/** The types of posts and series. */

export interface Post {
  id: number;
  title: string;
  /** YYYY-MM-DD in the blog's time zone; '' for a new post whose date no page has shown. */
  date: string;
  /** Posts that this one links to; null if not known, [] if there are none. */
  refs: number[] | null;
  /** Estimated reading time in minutes, rounded up; null if the length is not known. */
  minutes: number | null;
  /** Discovered on a page: the bundled index does not have it yet. */
  isNew?: true;
}

export interface Series {
  /** Unique. */
  name: string;
  /** `numbered`: the titles have part numbers; `curated`: grouped by topic and links. */
  kind: 'numbered' | 'curated';
  /** In reading order. */
  posts: number[];
  /** The part in which the author says that the series is complete; absent if no part says so. */
  finishedBy?: number;
}

/** Whether a series is finished. A part after the one that concluded it continues the series. */
export function isFinished({ posts, finishedBy }: Series): boolean {
  return finishedBy !== undefined && posts.at(-1) === finishedBy;
}

/** How long it takes to read some posts. */
export interface ReadingTime {
  /** The sum for the posts whose length is known. */
  minutes: number;
  /** How many posts have an unknown length. */
  unknown: number;
}

/** The time for posts of these lengths in minutes; null is an unknown length. */
export function readingTimeOf(lengths: readonly (number | null)[]): ReadingTime {
  return {
    minutes: lengths.reduce((sum: number, minutes) => sum + (minutes ?? 0), 0),
    unknown: lengths.filter((minutes) => minutes === null).length,
  };
}

/** Further data of a post for our own pages and link previews. */
export interface Details {
  /** The main category first; [] if not known. */
  categories: readonly string[];
  tags: readonly string[];
}

/** Details by post id. */
export type DetailsOfPosts = ReadonlyMap<number, Details>;

/** The details of a post without known details. */
export const NO_DETAILS: Details = { categories: [], tags: [] };
