/** What the popup's search is narrowed to, and the posts that pass. Pure. */
import {
  encodeFilters,
  type Filters,
  filtered,
  type Kind,
  type Listed,
  narrowed,
  NO_FILTERS,
} from '../catalogue/search/filters.ts';
import type { Found } from '../catalogue/search/search.ts';
import { type Lookup } from '../record/marks.ts';
import { compareStamps } from '../record/clock.ts';

/** The marks that it can be narrowed to; those read are found by what they say. */
export const CHOICES = ['unread', 'later', 'reading'] as const satisfies readonly Kind[];

export interface Chosen {
  /** Alternatives; none for any mark. */
  kinds: readonly Kind[];
  /** '' for any. */
  category: string;
}

export const ALL: Chosen = { kinds: [], category: '' };

export function isNarrowed({ kinds, category }: Chosen): boolean {
  return kinds.length > 0 || category !== '';
}

/**
 * The posts that pass. Where something was searched for: of those that it found and of its series and
 * categories, as it found them, then the newest first. Else those that were acted on last first where
 * an act is what they have in common, the newest where none is.
 */
export function chosenPosts(
  posts: readonly Listed[],
  found: Found,
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

/** The fragment of the library's address that lists the same posts. */
export function chosenAddress(chosen: Chosen, typed: string): string {
  const query = new URLSearchParams(encodeFilters(filtersOf(chosen)));
  if (typed.trim()) query.set('q', typed.trim());
  return `#list?${query}`;
}

function filtersOf({ kinds, category }: Chosen): Filters {
  return { ...NO_FILTERS, kinds: [...kinds], categories: category ? [category] : [] };
}
