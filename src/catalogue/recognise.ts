/** Finds out which post an excerpt is from: by its permalink; without one, by its title, and its date if it has one. */
import type { TitleLookup } from '../site/types.ts';
import type { Catalogue } from './catalogue.ts';
import type { Post } from './post.ts';

/** What recognition needs of an excerpt; site/listing.ts reads it from the page. */
export interface Sighting {
  /** Whether no box of the blog is around the title; `recognise` is stricter then. */
  isBare?: boolean;
  /** The post that the title links to. `elsewhere`: the title is a link to something else. */
  link: number | 'elsewhere' | undefined;
  title: string;
  /** YYYY-MM-DD; MM-DD if the page shows no year; undefined if it shows no date. */
  date: string | undefined;
}

export interface Recognition {
  id: number;
  /** undefined if the post is newer than the catalogue. */
  post: Post | undefined;
  by: 'link' | 'title';
  /** 1 if certain; less for a title without a date. */
  score: number;
}

/** The score of a unique title without a date: certain enough to mark the post, but less than a link. */
const TITLE_ALONE = 0.9;

/**
 * Returns the post of an excerpt, or undefined. In the blog's own markup a permalink decides alone,
 * whatever the title is, because the author changes titles; there an id above the newest bundled one is a new
 * post. In other markup the catalogue must have the post with that title. A smaller id that the catalogue does
 * not have is unknown, because no listing shows such a post. Never throws.
 */
export function recognise(sighting: Sighting, catalogue: Catalogue): Recognition | undefined {
  const { link } = sighting;
  if (link === 'elsewhere') return undefined;
  if (link !== undefined) {
    const post = catalogue.post(link);
    if (!post && (sighting.isBare || link <= catalogue.newestBundled.id)) return undefined;
    if (sighting.isBare && !catalogue.titled(sighting.title).some(({ id }) => id === link))
      return undefined;
    return { id: link, post, by: 'link', score: 1 };
  }
  const { title, date } = sighting;
  const titled = catalogue.titled(title);
  const dated = date === undefined ? titled : titled.filter((post) => post.date.endsWith(date));
  const [post] = dated;
  if (!post || dated.length > 1) return undefined;
  return { id: post.id, post, by: 'title', score: date === undefined ? TITLE_ALONE : 1 };
}

/** Returns a function from a title to the ids of the posts with that title, for site/foreign.ts. */
export function titleLookup(catalogue: Catalogue): TitleLookup {
  return (title) => catalogue.titled(title).map(({ id }) => id);
}
