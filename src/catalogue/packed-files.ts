/** The files in packed/, which scripts/catalogue.ts writes: plain JSON. */
import { Catalogue } from './catalogue.ts';
import type { Details, DetailsOfPosts, Post, Series } from './post.ts';
import { Pinyin, type Readings } from './search/pinyin.ts';

/** packed/index.json: what every page needs. */
export interface PackedIndex {
  /** By rising id. */
  posts: Post[];
  series: Series[];
}

/** packed/search.json: what our own pages and the background need besides. */
export interface PackedSearch {
  details: [id: number, details: Details][];
  readings: Readings;
}

/** What packed/search.json holds, ready for use. */
export interface SearchData {
  details: DetailsOfPosts;
  pinyin: Pinyin;
}

export function parseIndex(text: string): Catalogue {
  return new Catalogue(JSON.parse(text) as PackedIndex);
}

export function parseSearchData(text: string): SearchData {
  const { details, readings } = JSON.parse(text) as PackedSearch;
  return { details: new Map(details), pinyin: new Pinyin(readings) };
}
