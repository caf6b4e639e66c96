/** All posts, bundled and discovered, with data that is derived from them when it is first needed. */
import { bundledCatalogue } from '../catalogue/bundled.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { detailsOfAll, knownPosts } from '../catalogue/discovered/known-posts.ts';
import type { DiscoveredPosts } from '../catalogue/discovered/post.ts';
import { memoizeLast } from '../catalogue/memoize-last.ts';
import { placeInSeries, type SeriesPlacement } from '../catalogue/place.ts';
import type { DetailsOfPosts } from '../catalogue/post.ts';
import { bundledSearchData } from '../catalogue/search/bundled-search.ts';
import { choices, type Listed, listed } from '../catalogue/search/filters.ts';
import { Search } from '../catalogue/search/search.ts';
import type { ReadingRecord } from '../record/marks.ts';

export interface AllPosts {
  catalogue(): Catalogue;
  discovered(): DiscoveredPosts;
  /** Categories and tags by post id. */
  details(): DetailsOfPosts;
  search(): Search;
  placements(): readonly SeriesPlacement[];
  /** All categories, the largest first. */
  categories(): readonly string[];
  /** All posts in the form that the filters take, with those that are known only by their marks. */
  listed(record: ReadingRecord): Listed[];
}

/** @param stored returns the discovered posts as they are stored now */
export function allPosts(stored: () => unknown): AllPosts {
  const knownWith = knownPosts(bundledCatalogue);
  const known = () => knownWith(stored());
  const details = derived(known, (posts) => detailsOfAll(bundledSearchData().details, posts));
  const list = (record: ReadingRecord) => listed(known().catalogue, details(), record);
  return {
    catalogue: () => known().catalogue,
    discovered: () => known().discovered,
    details,
    search: derived(details, (all) => new Search(known().catalogue, all, bundledSearchData())),
    placements: derived(known, ({ catalogue }) =>
      catalogue.series.map((series) => placeInSeries(series, catalogue)),
    ),
    categories: derived(details, () =>
      choices(list(new Map())).categories.map(({ value }) => value),
    ),
    listed: list,
  };
}

/** Returns a function that returns `make(from())`. It calls `make` again only when `from()` has changed. */
function derived<From, Value>(from: () => From, make: (from: From) => Value): () => Value {
  const latest = memoizeLast(make);
  return () => latest(from());
}
