/** What pages of the blog have said of posts, in memory. */
import type { PostFacts } from './facts.ts';

/** What is known of one post from pages. */
export interface DiscoveredPost extends PostFacts {
  /**
   * The day, YYYY-MM-DD in UTC, when its title was last seen; if no title was, the day of its first
   * fact.
   */
  seen: string;
}

/** By id, the post seen last at the end. */
export type DiscoveredPosts = ReadonlyMap<number, DiscoveredPost>;

export const MAX_DISCOVERED = 5_000;

/** At most 5,000 posts: of more, those seen first are dropped. */
export function capped(posts: DiscoveredPosts): DiscoveredPosts {
  return posts.size <= MAX_DISCOVERED ? posts : new Map([...posts].slice(-MAX_DISCOVERED));
}
