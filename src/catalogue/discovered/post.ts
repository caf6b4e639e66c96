/** Discovered posts: the facts that pages of the blog have shown about posts. */
import type { PostFacts } from './facts.ts';

export interface DiscoveredPost extends PostFacts {
  /** The UTC day, YYYY-MM-DD, on which its title was seen last; without a title, that of its first fact. */
  seen: string;
}

/** By id, the post seen last at the end. */
export type DiscoveredPosts = ReadonlyMap<number, DiscoveredPost>;

export const MAX_DISCOVERED = 5_000;

/** Drops the posts seen longest ago if there are more than 5,000. */
export function capped(posts: DiscoveredPosts): DiscoveredPosts {
  return posts.size <= MAX_DISCOVERED ? posts : new Map([...posts].slice(-MAX_DISCOVERED));
}
