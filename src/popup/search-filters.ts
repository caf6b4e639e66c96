/** The filters of the popup's search, and the posts that pass. Pure. */
import { listAddress } from '../app/library-address.ts';
import {
  type Filters,
  filtered,
  type Kind,
  type Listed,
  narrowed,
  NO_FILTERS,
  toggledIn,
} from '../catalogue/search/filters.ts';
import type { SearchResults } from '../catalogue/search/search.ts';
import type { Lookup } from '../record/marks.ts';
import { compareStamps } from '../record/clock.ts';

/** The marks to which the search can be narrowed. */
export const FILTER_KINDS = ['unread', 'later', 'reading'] as const satisfies readonly Kind[];
export type FilterKind = (typeof FILTER_KINDS)[number];

/** The filters. */
export interface Chosen {
  /** Posts with one of these marks; with any mark if there are none. */
  readonly kinds: readonly Kind[];
  /** '' for all categories. */
  readonly category: string;
}

export const ALL: Chosen = { kinds: [], category: '' };

export function isNarrowed({ kinds, category }: Chosen): boolean {
  return kinds.length > 0 || category !== '';
}

/** Adds a mark to the filters, or removes it. */
export function withPressed(chosen: Chosen, kind: FilterKind): Chosen {
  return { ...chosen, kinds: toggledIn(chosen.kinds, kind) };
}

/**
 * The posts that pass. With a search they are among its results: first the posts in the order of the
 * search, then those of its series and categories. Without one the posts with the latest acts come
 * first, or the newest posts if no filter is about acts.
 */
export function chosenPosts(
  posts: readonly Listed[],
  found: SearchResults,
  chosen: Chosen,
  record: Lookup,
): Listed[] {
  const passed = filtered(narrowed(posts, found), filtersOf(chosen));
  if (found.query) {
    const rank = new Map(found.posts.map(({ post }, at) => [post.id, at]));
    const rankOf = ({ post }: Listed) => rank.get(post.id) ?? rank.size;
    return passed.sort((a, b) => rankOf(a) - rankOf(b));
  }
  const isActed = chosen.kinds.length > 0 && !chosen.kinds.includes('unread');
  if (!isActed) return passed;
  return passed.sort((a, b) => {
    const [one, other] = [record.get(a.post.id)?.stamp, record.get(b.post.id)?.stamp];
    return one && other ? compareStamps(other, one) : 0;
  });
}

/** The fragment of the library's address at which it lists the same posts. */
export function chosenAddress(chosen: Chosen, typed: string): string {
  return listAddress(filtersOf(chosen), typed.trim());
}

function filtersOf({ kinds, category }: Chosen): Filters {
  return { ...NO_FILTERS, kinds: [...kinds], categories: category ? [category] : [] };
}
