/** Combines placement and record: the data of a line, a list or the popup. Pure. */
import { type Post, type ReadingTime, readingTimeOf } from '../catalogue/post.ts';
import type { Part, Placement, SeriesPlacement } from '../catalogue/place.ts';
import { type Lookup, type Mark, markFor, markOf, UNREAD } from '../record/marks.ts';

/** A post in a list. */
export interface Row {
  id: number;
  /** Its title as the list shows it. */
  title: string;
  date: string;
  mark: Mark;
}

export interface PartRow extends Row {
  partNumber: number;
  short: string;
  minutes: number | null;
  /** Discovered on a page: the bundled index does not have it yet. */
  isNew: boolean;
}

export interface SeriesView {
  /** Unique. */
  name: string;
  /** The number of the current post, from 1; 0 without one. */
  partNumber: number;
  parts: PartRow[];
  /** Whether its author has said that it is complete. */
  isFinished: boolean;
  read: number;
  previous: PartRow | undefined;
  next: PartRow | undefined;
  /** The first unread part after the current one, or else before it; undefined if all others are read. */
  unread: { part: PartRow; where: 'later' | 'earlier' } | undefined;
  /** Whether every part is read, including the current one. */
  allRead: boolean;
  /** The time for the unread parts. */
  left: ReadingTime;
}

export interface LineView {
  id: number;
  title: string;
  mark: Mark;
  /** Whether the bundled index does not have the post yet. */
  isNew: boolean;
  series: SeriesView[];
  /** null if not known. */
  references: Row[] | null;
  citedBy: Row[];
  /** For a post in no series: the first unread post that it refers to. */
  readFirst: Row | undefined;
}

export function lineView(placement: Placement, title: string, record: Lookup): LineView {
  const row = rowsOf(record);
  const references = placement.references?.map(row) ?? null;
  return {
    id: placement.id,
    title: placement.post?.title ?? title,
    mark: markOf(record, placement.id),
    isNew: placement.post === undefined || placement.post.isNew === true,
    series: placement.series.map((series) => seriesView(series, record)),
    references,
    citedBy: placement.citedBy.map(row),
    readFirst: references?.find(({ mark }) => mark.kind !== 'read'),
  };
}

export function seriesView(
  { name, partNumber, parts, isFinished }: SeriesPlacement,
  record: Lookup,
): SeriesView {
  const rows = parts.map((part) => partRow(part, record));
  const unread = rows.filter(({ mark }) => mark.kind !== 'read');
  const others = unread.filter((part) => part.partNumber !== partNumber);
  const later = others.find((part) => part.partNumber > partNumber);
  const earlier = others[0];
  return {
    name,
    partNumber,
    parts: rows,
    isFinished,
    read: rows.length - unread.length,
    previous: rows[partNumber - 2],
    next: partNumber > 0 ? rows[partNumber] : undefined,
    unread: later
      ? { part: later, where: 'later' }
      : earlier && { part: earlier, where: 'earlier' },
    allRead: unread.length === 0,
    left: readingTimeOf(unread.map((part) => part.minutes)),
  };
}

function partRow(part: Part, record: Lookup): PartRow {
  const { id, bare, short, date, partNumber, minutes, isNew } = part;
  return { id, title: bare, short, date, partNumber, minutes, isNew, mark: markOf(record, id) };
}

function rowsOf(record: Lookup): (post: Post) => Row {
  return ({ id, title, date }) => ({ id, title, date, mark: markOf(record, id) });
}

/** The mark after a click on it: read becomes unread, any other mark becomes read. `now` is in ms. */
export function toggled(mark: Mark, now: number): Mark {
  return mark.kind === 'read' ? UNREAD : markFor('read', now);
}
