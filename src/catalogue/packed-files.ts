/** The files in packed/, which scripts/catalogue.ts writes as JSON. */
import { Catalogue } from './catalogue.ts';
import type { Details, DetailsOfPosts, Post, Series } from './post.ts';
import { Pinyin, type Readings } from './search/pinyin.ts';
import { type SimplifiedForms, simplifier } from './search/simplified.ts';

/** packed/index.json: the data that every page needs. */
export interface PackedIndex {
  /** In ascending order of id. */
  posts: Post[];
  series: Series[];
}

/** packed/search.json: further data for our own pages and the background. */
export interface PackedSearch {
  details: [id: number, details: Details][];
  readings: Readings;
  simplifiedForms: SimplifiedForms;
}

/** The parsed content of packed/search.json. */
export interface SearchData {
  details: DetailsOfPosts;
  pinyin: Pinyin;
  /** Replaces traditional characters. */
  simplify: (text: string) => string;
}

export function parseIndex(text: string): Catalogue {
  return new Catalogue(JSON.parse(text) as PackedIndex);
}

export function parseSearchData(text: string): SearchData {
  const { details, readings, simplifiedForms } = JSON.parse(text) as PackedSearch;
  return {
    details: new Map(details),
    pinyin: new Pinyin(readings),
    simplify: simplifier(simplifiedForms),
  };
}
