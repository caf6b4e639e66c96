/**
 * Which post an excerpt is: the permalink decides; without one, title and date together. What has
 * neither may be known by its text.
 */
import type { Catalogue } from './catalogue.ts';
import type { Post } from './post.ts';
import type { TextIndex } from './text-match/text-index.ts';

/** What recognition wants to know of an excerpt; site/listing.ts reads it out of a page. */
export interface Sighting {
  /** The post that the title links to. `elsewhere`: the title is a link to something else. */
  link: number | 'elsewhere' | undefined;
  title: string;
  /** YYYY-MM-DD, or MM-DD where the page shows no year, or undefined. */
  date: string | undefined;
}

export interface Recognition {
  id: number;
  /** undefined: newer than the catalogue. */
  post: Post | undefined;
  by: 'link' | 'title' | 'text';
  /** 1 certain; less where a title without a date had to do; by text, how much of it agrees. */
  score: number;
}

/** A unique title without any date: sure enough to mark, and said to be less than a link. */
const TITLE_ALONE = 0.9;

/**
 * The post of an excerpt, or undefined. A permalink on the blog decides alone, whatever the title
 * says, for the author changes titles. Its id may be above the catalogue's newest (a new post); one
 * below that the catalogue lacks is no post that a listing shows, so it stays unknown. Costs one
 * look-up, by id or by the title as it is compared; never throws.
 */
export function recognise(sighting: Sighting, catalogue: Catalogue): Recognition | undefined {
  const { link } = sighting;
  if (link === 'elsewhere') return undefined;
  if (link !== undefined) {
    const post = catalogue.post(link);
    if (!post && link <= catalogue.newestBundled.id) return undefined;
    return { id: link, post, by: 'link', score: 1 };
  }
  const { title, date } = sighting;
  const titled = catalogue.titled(title);
  const dated = date === undefined ? titled : titled.filter((post) => post.date.endsWith(date));
  const [post] = dated;
  if (!post || dated.length > 1) return undefined;
  return { id: post.id, post, by: 'title', score: date === undefined ? TITLE_ALONE : 1 };
}

/** The post of a text that has no usable link and no known title, or undefined. */
export function recogniseText(
  text: string,
  index: TextIndex,
  catalogue: Catalogue,
): Recognition | undefined {
  const found = index.recogniseText(text);
  return found && { ...found, post: catalogue.post(found.id), by: 'text' };
}
