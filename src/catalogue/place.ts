/** The placement of a post: its series, its neighbours, its references and the posts that cite it. */
import type { Catalogue } from './catalogue.ts';
import { readPartTitle } from './grammar.ts';
import { isFinished, type Post, type Series } from './post.ts';
import { displayName } from './series-name.ts';

export interface Part {
  id: number;
  title: string;
  date: string;
  minutes: number | null;
  /** From 1. */
  partNumber: number;
  /** The title without the series' name: `14、当HWFA遇见ReRoPE`. */
  short: string;
  /** `short` without its number if that is partNumber, for lists with numbers: `当HWFA遇见ReRoPE`. */
  bare: string;
  /** Discovered on a page: the bundled index does not have it yet. */
  isNew: boolean;
}

export interface SeriesPlacement {
  /** As shown, without enclosing brackets. Unique. */
  name: string;
  /** The number of the current post, from 1; 0 if there is none. */
  partNumber: number;
  parts: readonly Part[];
  /** Whether the author has said that it is complete, and no part was added since. */
  isFinished: boolean;
}

export interface Placement {
  id: number;
  post: Post | undefined;
  series: readonly SeriesPlacement[];
  /** null if not known. */
  references: readonly Post[] | null;
  citedBy: readonly Post[];
}

/**
 * Follows references one step only, so circles of references are harmless. Leaves out references to
 * posts that the catalogue does not have.
 */
export function place(id: number, catalogue: Catalogue): Placement {
  const post = catalogue.post(id);
  return {
    id,
    post,
    series: catalogue.seriesOf(id).map((series) => placeInSeries(series, catalogue, id)),
    references: post?.refs ? known(post.refs, catalogue) : null,
    citedBy: known(catalogue.citedBy(id), catalogue),
  };
}

export function placeInSeries(series: Series, catalogue: Catalogue, id?: number): SeriesPlacement {
  return {
    name: displayName(series.name),
    partNumber: id === undefined ? 0 : series.posts.indexOf(id) + 1,
    parts: known(series.posts, catalogue).map((post, at) => partOf(post, series, at + 1)),
    isFinished: isFinished(series),
  };
}

/** A post as a part of a series. */
export function partOf(
  { id, title, date, minutes, isNew }: Post,
  series: Series,
  partNumber: number,
): Part {
  return {
    id,
    title,
    date,
    minutes,
    partNumber,
    ...shorten(title, series, partNumber),
    isNew: isNew === true,
  };
}

/** Shortens titles of numbered series only, and only if the title has the name, a number and more. */
function shorten(title: string, series: Series, partNumber: number): Pick<Part, 'short' | 'bare'> {
  const read = series.kind === 'numbered' ? readPartTitle(title) : undefined;
  if (!read?.rest || displayName(read.name) !== displayName(series.name)) {
    return { short: title, bare: title };
  }
  const short = `${read.number}、${read.rest}`;
  return { short, bare: read.number === partNumber ? read.rest : short };
}

function known(ids: readonly number[], catalogue: Catalogue): Post[] {
  return ids.flatMap((id) => catalogue.post(id) ?? []);
}
