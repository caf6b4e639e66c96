/** The popup's overview of the record: counts, years, series, where to continue. Pure. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SeriesPlacement } from '../catalogue/place.ts';
import { type ReadingRecord, type Lookup, markOf } from '../record/marks.ts';
import { lastSeen } from '../record/stay.ts';
import { compareStamps, type Stamp } from '../record/clock.ts';
import { type PartRow, type SeriesView, seriesView } from '../app/line-view.ts';

export interface Counts {
  read: number;
  /** All known posts: the catalogue's, and newer ones with a mark. */
  all: number;
  readThisYear: number;
  reading: number;
  later: number;
  unread: number;
}

export interface YearCount {
  year: number;
  all: number;
  read: number;
}

export interface SeriesRow {
  view: SeriesView;
  /** The latest act on a part that is read or in progress; undefined if the series is not begun. */
  latest: Stamp | undefined;
}

export interface Continued {
  view: SeriesView;
  next: PartRow;
}

/** Whether the reader has not marked anything yet. */
export function isEmpty(record: ReadingRecord): boolean {
  for (const id of record.keys()) if (markOf(record, id).kind !== 'unread') return false;
  return true;
}

/** `now` in ms; the year is in the reader's time zone. */
export function countMarks(catalogue: Catalogue, record: ReadingRecord, now: number): Counts {
  const counts = { read: 0, reading: 0, later: 0, readThisYear: 0 };
  const year = new Date(now).getFullYear();
  const [from, to] = [new Date(year, 0).getTime(), new Date(year + 1, 0).getTime()];
  for (const id of record.keys()) {
    const mark = markOf(record, id);
    if (mark.kind === 'unread') continue;
    counts[mark.kind]++;
    if (mark.kind === 'read' && mark.at >= from && mark.at < to) counts.readThisYear++;
  }
  const marked = counts.read + counts.reading + counts.later;
  let unread = 0;
  for (const id of catalogue.posts.keys()) if (markOf(record, id).kind === 'unread') unread++;
  return { ...counts, all: marked + unread, unread };
}

/** The blog's years from the first, with how many of their posts are read. */
export function countYears(catalogue: Catalogue, record: Lookup): YearCount[] {
  const years = new Map<number, YearCount>();
  for (const { id, date } of catalogue.posts.values()) {
    // Only a list without dates has shown this new post.
    if (date === '') continue;
    const year = Number(date.slice(0, 4));
    const count = years.get(year) ?? { year, all: 0, read: 0 };
    years.set(year, count);
    count.all++;
    if (markOf(record, id).kind === 'read') count.read++;
  }
  return [...years.values()].sort((a, b) => a.year - b.year);
}

/** How many posts are newer than the reader's last stay on the blog; 0 on the first visit. */
export function countNew(catalogue: Catalogue, stay: unknown, now: number): number {
  const ids = [...catalogue.posts.keys()];
  const last = lastSeen(stay, now, ids.at(-1) ?? 0);
  return last === null ? 0 : ids.filter((id) => id > last).length;
}

/** All series: first those that are begun, by their latest act, then the others in the given order. */
export function seriesRows(placements: readonly SeriesPlacement[], record: Lookup): SeriesRow[] {
  return placements
    .map((placement) => ({
      view: seriesView(placement, record),
      latest: latestAct(placement, record),
    }))
    .sort((a, b) => {
      if (a.latest && b.latest) return compareStamps(b.latest, a.latest);
      return Number(b.latest !== undefined) - Number(a.latest !== undefined);
    });
}

/** Sorts rows in an earlier order, so that none moves while the reader uses them. */
export function inOrder(rows: readonly SeriesRow[], names: readonly string[]): SeriesRow[] {
  const place = new Map(names.map((name, at) => [name, at]));
  const at = ({ view }: SeriesRow) => place.get(view.name) ?? names.length;
  return rows.toSorted((a, b) => at(a) - at(b));
}

/** The first series of the rows that are begun and not finished, and the part to read next. */
export function continueReading(
  rows: readonly SeriesRow[],
  record: Lookup,
  most: number,
): Continued[] {
  const found: Continued[] = [];
  for (const { view, latest } of rows) {
    const next = latest && nextPart(view, latest, record);
    // A post can be in two series; it is listed once.
    if (next && found.every((other) => other.next.id !== next.id)) found.push({ view, next });
    if (found.length === most) break;
  }
  return found;
}

/**
 * The part to read next in a series: the one that the reader acted on last, if it is half read;
 * otherwise the first unread part after the last one read; otherwise the first unread part.
 */
function nextPart({ parts }: SeriesView, latest: Stamp, record: Lookup): PartRow | undefined {
  const unread = parts.filter(({ mark }) => mark.kind !== 'read');
  const furthest = parts.findLast(({ mark }) => mark.kind === 'read')?.partNumber ?? 0;
  const isLatest = ({ id }: PartRow) => {
    const stamp = record.get(id)?.stamp;
    return stamp !== undefined && compareStamps(stamp, latest) === 0;
  };
  return (
    unread.find((part) => part.mark.kind === 'reading' && isLatest(part)) ??
    unread.find(({ partNumber }) => partNumber > furthest) ??
    unread[0]
  );
}

function latestAct({ parts }: SeriesPlacement, record: Lookup): Stamp | undefined {
  let latest: Stamp | undefined;
  for (const { id } of parts) {
    const entry = record.get(id);
    if (entry?.mark.kind !== 'read' && entry?.mark.kind !== 'reading') continue;
    if (!latest || compareStamps(entry.stamp, latest) > 0) latest = entry.stamp;
  }
  return latest;
}
