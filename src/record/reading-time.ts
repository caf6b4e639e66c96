/**
 * How long a post takes to read. Chinese text at 300 characters a minute, a careful reader's pace
 * between reading aloud (255 a minute: IReST, Trauzettel-Klosinski & Dietz 2012) and light silent
 * reading; Latin words at 238 a minute (Brysbaert 2019, the mean for non-fiction). Formulas and code
 * have no published pace: 4 s for one in the line, 30 s for a displayed one, 3 s for a line of code
 * are our own guesses, near enough to plan an evening.
 */
import type { Length } from '../site/types.ts';

const SECONDS = {
  chars: 60 / 300,
  words: 60 / 238,
  inlineFormulas: 4,
  displayFormulas: 30,
  codeLines: 3,
} as const satisfies Record<keyof Length, number>;

/** Estimated seconds of reading. */
export function readingSeconds(length: Length): number {
  let seconds = 0;
  for (const [part, each] of Object.entries(SECONDS))
    seconds += length[part as keyof Length] * each;
  return seconds;
}

/** Estimated minutes of reading, rounded up, at least 1. */
export function readingMinutes(length: Length): number {
  return Math.max(1, Math.ceil(readingSeconds(length) / 60));
}
