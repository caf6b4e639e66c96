/** The posts that the popup knows, including discovered ones, and data derived from them on demand. */
import { bundledCatalogue } from '../catalogue/bundled.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { detailsOfAll, knownPosts } from '../catalogue/discovered/known-posts.ts';
import { placeInSeries, type SeriesPlacement } from '../catalogue/place.ts';
import { bundledSearchData } from '../catalogue/search/bundled-search.ts';
import { choices, type Listed, listed } from '../catalogue/search/filters.ts';
import { Search } from '../catalogue/search/search.ts';
import type { Mark } from '../record/marks.ts';
import { derived } from '../app/memo.ts';

export interface PopupPosts {
  catalogue(): Catalogue;
  placements(): readonly SeriesPlacement[];
  search(): Search;
  /** All categories, the largest first. */
  categories(): readonly string[];
  /** All posts in the form that the filters take. */
  listed(kindOf: (id: number) => Mark['kind']): Listed[];
}

/** `discovered` returns the discovered posts as they are stored now. */
export function popupPosts(discovered: () => unknown): PopupPosts {
  const knownWith = knownPosts(bundledCatalogue);
  const known = () => knownWith(discovered());
  const details = derived(known, (posts) => detailsOfAll(bundledSearchData().details, posts));
  const list = (kindOf: (id: number) => Mark['kind']) =>
    listed(known().catalogue, details(), kindOf);
  return {
    catalogue: () => known().catalogue,
    placements: derived(known, ({ catalogue }) =>
      catalogue.series.map((series) => placeInSeries(series, catalogue)),
    ),
    search: derived(details, (all) => new Search(known().catalogue, all, bundledSearchData())),
    categories: derived(details, () =>
      choices(list(() => 'unread')).categories.map(({ value }) => value),
    ),
    listed: list,
  };
}
