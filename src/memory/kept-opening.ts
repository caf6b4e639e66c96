/**
 * The opening of a post as it is kept. It has what a preview shows, with drawn formulas. Unlike a kept text it is
 * neither searched nor compared.
 */
import { DAY_MS } from '../record/days.ts';
import {
  drawnFormulasIn,
  type Opening,
  type SeenOpening,
  soundOpening,
} from '../catalogue/discovered/openings.ts';
import { type KeptEntry, isEntry, storedSize } from './kept-text.ts';

/** The most bytes that all openings take, as JSON in UTF-8. */
export const MOST_BYTES_OF_OPENINGS = 3 * 1024 * 1024;

export interface KeptOpening extends KeptEntry {
  opening: Opening;
}

/** Reads a stored opening; undefined if the value is not one. */
export function readKeptOpening(stored: unknown): KeptOpening | undefined {
  if (!isEntry(stored)) return undefined;
  const opening = soundOpening((stored as Partial<KeptOpening>).opening);
  return opening && { ...stored, opening };
}

/**
 * The entry for an opening that a page shows; undefined if it is not worth a write. An opening that is kept
 * with more drawn formulas stays.
 *
 * @param now in ms
 */
export function keptOpeningOf(
  { id, opening }: SeenOpening,
  known: KeptOpening | undefined,
  now: number,
): KeptOpening | undefined {
  const isBetter = known && drawnFormulasIn(known.opening) > drawnFormulasIn(opening);
  const best = isBetter ? known.opening : opening;
  const isSame = known && JSON.stringify(known.opening) === JSON.stringify(best);
  if (isSame && Math.abs(now - known.readAt) < DAY_MS) return undefined;
  return { id, opening: best, bytes: storedSize(best), readAt: now };
}
