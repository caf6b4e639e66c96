/** Finds the kept post that a passage is from: the one that has nearly all of its letters in the same order. */
import { readProse } from '../catalogue/text-match/prose.ts';
import type { TextBlock } from '../site/types.ts';
import { foldText } from './fold.ts';

/** The source of a passage with fewer letters is unknown; formulas and punctuation have no letters. */
const FEWEST_LETTERS = 24;
/** The length of the runs of letters by which posts are looked up, and the most runs of a passage. */
const RUN_LETTERS = 6;
const MOST_RUNS = 24;
/** The most posts that are compared letter by letter. */
const CANDIDATES = 8;
/** The letters of a window, the step to the next window, and the share of the windows that must be found. */
const WINDOW = 12;
const WINDOW_STEP = 4;
const ENOUGH = 0.9;
/**
 * The source is uncertain if a second post has more than this share of the passage and not clearly less than
 * the first. Some overlap is normal: posts name each other's titles, so several posts have a part of a passage.
 */
const RIVAL = 0.35;
const CLEARLY_LESS = 0.3;

/** The posts that share runs of letters with a passage, those with the most first. */
export function candidatesFor(passage: string, folds: ReadonlyMap<number, string>): number[] {
  const runs = runsIn(passage);
  const votes = new Map<number, number>();
  for (const [id, fold] of folds) {
    const count = runs.filter((run) => fold.includes(run)).length;
    if (count > 0) votes.set(id, count);
  }
  return [...votes]
    .sort(([, a], [, b]) => b - a)
    .slice(0, CANDIDATES)
    .map(([id]) => id);
}

/** Runs of letters that no copy changes, spread over the passage. */
function runsIn(passage: string): string[] {
  const runs = [...passage.matchAll(/[\p{L}\p{N}]{6,}|[\p{L}\p{N} ]{12,}/gu)].flatMap(([run]) => {
    const folded = foldText(run);
    const count = Math.floor(folded.length / RUN_LETTERS);
    return Array.from({ length: count }, (_, k) =>
      folded.slice(k * RUN_LETTERS, (k + 1) * RUN_LETTERS),
    );
  });
  const step = Math.max(1, runs.length / MOST_RUNS);
  return Array.from(
    { length: Math.min(runs.length, MOST_RUNS) },
    (_, k) => runs[Math.floor(k * step)] ?? '',
  ).filter(Boolean);
}

/** The one of these posts that a passage is from; undefined if that is not certain. */
export function sourceAmong(
  passage: string,
  texts: readonly { id: number; blocks: readonly TextBlock[] }[],
): number | undefined {
  const letters = lettersIn(passage);
  if (letters.length < FEWEST_LETTERS) return undefined;
  const windows = Array.from(
    { length: Math.floor((letters.length - WINDOW) / WINDOW_STEP) + 1 },
    (_, k) => letters.slice(k * WINDOW_STEP, k * WINDOW_STEP + WINDOW),
  );
  const shares = texts
    .map(({ id, blocks }) => {
      const prose = blocks.map(({ text }) => lettersIn(text)).join('');
      return { id, share: windows.filter((each) => prose.includes(each)).length / windows.length };
    })
    .sort((a, b) => b.share - a.share);
  const [best, second] = shares;
  if (!best || best.share < ENOUGH) return undefined;
  const isCertain = (second?.share ?? 0) <= Math.max(RIVAL, best.share - CLEARLY_LESS);
  return isCertain ? best.id : undefined;
}

function lettersIn(text: string): string {
  return String.fromCharCode(...readProse(text).letters);
}
