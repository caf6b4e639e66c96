/** The views of the library, what they are drawn from, and their addresses. */
import type { DiscoveredPosts } from '../catalogue/discovered/post.ts';
import type { DetailsOfPosts } from '../catalogue/post.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { encodeFilters, type Filters, NO_FILTERS } from '../catalogue/search/filters.ts';
import type { SearchResults } from '../catalogue/search/search.ts';
import type { Actions, Notice } from '../app/actions.ts';
import type { LiveRecord } from '../app/live-record.ts';
import type { PageWords } from '../ui/words/pages.ts';
import type { SavedPlans } from './saved-plans.ts';

export const VIEWS = ['map', 'plan', 'list', 'year', 'record', 'settings'] as const;
/** Has no tab: the background opens it when the companion is installed. */
const UNLISTED = ['welcome'] as const;
export type ViewName = (typeof VIEWS | typeof UNLISTED)[number];

/** The data and functions that the views use. */
export interface LibraryContext {
  readonly live: LiveRecord<PageWords>;
  /** With the discovered posts. Read it again for each drawing. */
  readonly catalogue: Catalogue;
  readonly discovered: DiscoveredPosts;
  /** Categories and tags of all posts. */
  readonly details: DetailsOfPosts;
  /** Carries out the reader's acts; the toast reports the results. */
  readonly actions: Actions;
  /** Shows a notice in the toast. */
  readonly publish: (notice: Notice) => void;
  readonly plans: SavedPlans;
  find(typed: string): SearchResults;
  /** Goes to an address of the library; `replace` does not add an entry to the history. */
  go(address: string, replace?: 'replace'): void;
}

export interface View {
  readonly element: HTMLElement;
  /**
   * Called when the view is in the page, before it is drawn. Listeners that are needed only while it is
   * shown take `shown`, which is aborted when another view is shown.
   */
  show?(shown: AbortSignal): void;
  /** Draws the stored data. `query` is the part of the address after the name of the view. */
  draw(query: URLSearchParams): void;
}

/** The address of a view, a fragment such as `#list?mark=later`. */
export function viewAddress(name: ViewName, query = new URLSearchParams()): string {
  const text = query.toString();
  return text ? `#${name}?${text}` : `#${name}`;
}

/** The address of the list with these filters. */
export function listAddress(filters: Partial<Filters>): string {
  return viewAddress('list', new URLSearchParams(encodeFilters({ ...NO_FILTERS, ...filters })));
}

/** The address of the list of a series, in its own order. */
export function seriesAddress(name: string): string {
  return listAddress({ series: [name], sort: 'series', isDescending: false });
}

/** The view and the query of a fragment; the first view if it names none. */
export function readAddress(hash: string): { name: ViewName; query: URLSearchParams } {
  const [name, query = ''] = hash.slice(1).split('?', 2);
  return {
    name: [...VIEWS, ...UNLISTED].find((each) => each === name) ?? VIEWS[0],
    query: new URLSearchParams(query),
  };
}
