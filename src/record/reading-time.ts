/**
 * Estimates how long a post takes to read. Chinese text counts 300 characters a minute, a careful
 * reader's pace between reading aloud (255 a minute: IReST, Trauzettel-Klosinski & Dietz 2012) and
 * light silent reading. Latin words count 238 a minute (Brysbaert 2019, the mean for non-fiction). For
 * formulas and code there is no published pace: 4 s for an inline formula, 30 s for a displayed one
 * and 3 s for a line of code are our own rough guesses.
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
