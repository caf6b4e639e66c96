/** Where a post stands: its series, its neighbours, what it refers to and what refers to it. */
import type { Catalogue } from './catalogue.ts';
import { readPartTitle } from './grammar.ts';
import type { Post, Series } from './post.ts';
import { displayName } from './series-name.ts';

export interface Part {
  id: number;
  title: string;
  date: string;
  minutes: number | null;
  /** Place in the series' order, from 1. */
  partNumber: number;
  /** What distinguishes the part, without the series' name: `14、当HWFA遇见ReRoPE`. */
  short: string;
  /** `short` without its number if that is partNumber: `当HWFA遇见ReRoPE`; lists show it beside. */
  bare: string;
  /** Discovered on a page: the bundled index does not have it yet. */
  isNew: boolean;
}

export interface SeriesPlacement {
  /** As shown: enclosing brackets dropped. No other series has it. */
  name: string;
  /** Place of the post at hand, from 1; 0 where no post is at hand. */
  partNumber: number;
  parts: readonly Part[];
}

export interface Placement {
  id: number;
  post: Post | undefined;
  series: readonly SeriesPlacement[];
  /** null where nobody knows. */
  references: readonly Post[] | null;
  citedBy: readonly Post[];
}

/**
 * References are followed one step and never on, so circles of them cost nothing; one to a post that
 * the catalogue does not have is left out.
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
  };
}

function partOf(
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

/** Only numbered series are shortened, and only where the title says name, number and more. */
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
