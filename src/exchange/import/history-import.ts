/** Starts the record from the posts in the browser's history, when the reader asks for it. */
import { postIdOf } from '../../site/address.ts';
import { type Entry, markFor, type ReadingRecord } from '../../record/marks.ts';
import { firstStamp, isReadingTime } from '../../record/clock.ts';
import { compare, isPost, type Present, type Preview } from './import-preview.ts';

/** What the browser knows about a visited address. */
export interface HistoryItem {
  url?: string | undefined;
  /** In ms, with a fraction in Chromium. */
  lastVisitTime?: number | undefined;
}

/** A post that was visited. */
export interface Candidate {
  id: number;
  /** The last visit, in ms. */
  at: number;
}

/** The posts in a history, latest visit first. Checks what the browser gives; never throws. */
export function candidatesIn(items: readonly HistoryItem[], present: Present): Candidate[] {
  const found = new Map<number, Candidate>();
  for (const { url = '', lastVisitTime } of items) {
    const id = URL.canParse(url) ? postIdOf(new URL(url)) : undefined;
    const visited = typeof lastVisitTime === 'number' ? lastVisitTime : Number.NaN;
    const at = Math.floor(Math.min(visited, present.now));
    if (id === undefined || !isReadingTime(at) || !isPost(id, present)) continue;
    // A post has many addresses: hosts, comment pages, fragments.
    found.set(id, { id, at: Math.max(at, found.get(id)?.at ?? 0) });
  }
  return [...found.values()].sort((a, b) => b.at - a.at || b.id - a.id);
}

/**
 * Previews marks for posts that never had one; a mark that was taken back is not given again. Each is stamped
 * with the time of its visit, not with the present time, so that any later act on any device wins over it.
 */
export function previewSeeds(
  candidates: readonly Candidate[],
  choice: 'reading' | 'read',
  device: string,
  present: Present,
): Preview {
  const wanted = new Map(
    candidates.map(({ id, at }): [number, Entry] => [
      id,
      { mark: markFor(choice, at), stamp: firstStamp(at, device) },
    ]),
  );
  const taken: ReadingRecord = new Map([...wanted].filter(([id]) => !present.record.has(id)));
  return compare(wanted, taken, present);
}
