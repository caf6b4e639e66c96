/** The files in packed/, which scripts/catalogue.ts writes as JSON. */
import { Catalogue } from './catalogue.ts';
import type { DetailsOfPosts, Post, Series } from './post.ts';
import { Pinyin, type Readings } from './search/pinyin.ts';
import { type SimplifiedForms, simplifier } from './search/simplified.ts';

/** The posts and series that every page needs, the posts in ascending order of id. */
export interface CatalogueData {
  posts: Post[];
  series: Series[];
}

/** packed/index.json. A post is a row without names, which would be half of the file. */
export interface PackedIndex {
  posts: [id: number, title: string, date: string, refs: number[] | null, minutes: number | null][];
  series: Series[];
}

/** packed/search.json: further data for our own pages and the background. */
export interface PackedSearch {
  details: [id: number, categories: readonly string[], tags: readonly string[]][];
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

export function packIndex({ posts, series }: CatalogueData): PackedIndex {
  return {
    posts: posts.map(({ id, title, date, refs, minutes }) => [id, title, date, refs, minutes]),
    series,
  };
}

export function parseIndex(text: string): Catalogue {
  const { posts, series } = JSON.parse(text) as PackedIndex;
  return new Catalogue({
    posts: posts.map(([id, title, date, refs, minutes]) => ({ id, title, date, refs, minutes })),
    series,
  });
}

export function parseSearchData(text: string): SearchData {
  const { details, readings, simplifiedForms } = JSON.parse(text) as PackedSearch;
  return {
    details: new Map(details.map(([id, categories, tags]) => [id, { categories, tags }])),
    pinyin: new Pinyin(readings),
    simplify: simplifier(simplifiedForms),
  };
}
