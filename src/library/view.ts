/** The views of the library, and what they are drawn from. */
import type { DiscoveredPosts } from '../catalogue/discovered/post.ts';
import type { DetailsOfPosts } from '../catalogue/post.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SearchResults } from '../catalogue/search/search.ts';
import type { Actions, Notice } from '../app/actions.ts';
import type { LiveRecord } from '../app/live-record.ts';
import type { PageWords } from '../ui/words/pages.ts';
import type { SavedPlans } from './saved-plans.ts';

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
