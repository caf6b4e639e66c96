/** The bundled catalogue together with the stored discovered posts. */
import type { Catalogue } from '../catalogue.ts';
import { memoizeLast } from '../memoize-last.ts';
import { type DetailsOfPosts, NO_DETAILS } from '../post.ts';
import { decodeDiscovered } from './codec.ts';
import type { DiscoveredPosts } from './post.ts';

export interface KnownPosts {
  /** The bundled index with the discovered posts. */
  catalogue: Catalogue;
  discovered: DiscoveredPosts;
}

/**
 * Returns a function from the stored value to the known posts. It returns the same object as long as
 * the value is the same, because open pages call it for every drawing. `bundled` is called when it is
 * first needed.
 */
export function knownPosts(bundled: () => Catalogue): (stored: unknown) => KnownPosts {
  return memoizeLast((stored) => {
    const { discovered } = decodeDiscovered(stored);
    return { discovered, catalogue: bundled().with(discovered) };
  });
}

/** The details of all posts, bundled and new. */
export function detailsOfAll(
  bundled: DetailsOfPosts,
  { catalogue, discovered }: KnownPosts,
): DetailsOfPosts {
  const all = new Map(bundled);
  for (const { id, isNew } of catalogue.posts.values()) {
    if (!isNew) continue;
    const { categories, tags } = { ...NO_DETAILS, ...discovered.get(id) };
    all.set(id, { categories, tags });
  }
  return all;
}
