/** What the library is made of: views, each drawn from the same data, chosen by the address. */
import type { DiscoveredPosts } from '../catalogue/discovered/post.ts';
import type { DetailsOfPosts } from '../catalogue/post.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { encodeFilters, type Filters, NO_FILTERS } from '../catalogue/search/filters.ts';
import type { Found } from '../catalogue/search/search.ts';
import type { Actions } from '../app/actions.ts';
import type { LiveRecord } from '../app/live-record.ts';
import type { PageWords } from '../ui/words/pages.ts';

export const VIEWS = ['map', 'plan', 'list', 'year', 'record', 'settings'] as const;
/** Not among the tabs: the browser opens it when the companion is installed. */
export const UNLISTED = ['welcome'] as const;
export type ViewName = (typeof VIEWS | typeof UNLISTED)[number];

/** What a view is drawn from. */
export interface Shelf {
  readonly live: LiveRecord<PageWords>;
  /** With the learned posts; ask anew when drawing. */
  readonly catalogue: Catalogue;
  readonly discovered: DiscoveredPosts;
  /** Categories and tags of all posts. */
  readonly details: DetailsOfPosts;
  /** Marks, and says with 撤销 what became of it. */
  readonly actions: Actions;
  find(typed: string): Found;
  /** Goes to an address of the library; `replace`: as if the one before had not been. */
  go(address: string, replace?: 'replace'): void;
}

export interface View {
  readonly element: HTMLElement;
  /** Draws what is stored now; `query` is what stands behind the view's name in the address. */
  draw(query: URLSearchParams): void;
}

/** The address of a view, as a fragment of the library's own. */
export function viewAddress(name: ViewName, query = new URLSearchParams()): string {
  const text = query.toString();
  return text ? `#${name}?${text}` : `#${name}`;
}

/** The address of the list of those posts. */
export function listAddress(filters: Partial<Filters>): string {
  return viewAddress('list', new URLSearchParams(encodeFilters({ ...NO_FILTERS, ...filters })));
}

/** A series in its own order. */
export function seriesAddress(name: string): string {
  return listAddress({ series: [name], sort: 'series', isDescending: false });
}

/** The view that a fragment names, the first one where it names none. */
export function readAddress(hash: string): { name: ViewName; query: URLSearchParams } {
  const [name, query = ''] = hash.slice(1).split('?', 2);
  return {
    name: [...VIEWS, ...UNLISTED].find((each) => each === name) ?? VIEWS[0],
    query: new URLSearchParams(query),
  };
}
