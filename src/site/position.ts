/** Positions in an article's text, which find the same letter again on another day and screen. */
import { articleEnd } from './article.ts';
import { isText, pageOf, rangeIn } from './dom.ts';
import { replaceFormulas } from './tex.ts';
import { hideSigns, readNodes } from './text.ts';
import type { PassagePlace, Position } from './types.ts';

/** The number of letters that are hashed: a line or less, which seldom occurs twice in one article. */
const HASHED = 24;
/** Three times as many letters as the blog's longest article has. */
const MOST_LETTERS = 100_000;

/** The position of the first letter that is, in part at least, below `y`, in px from the window's top. */
export function positionAt(article: Element, y: number): Position {
  const { count, print, range } = lettersOf(article);
  let [at, to] = [0, count - 1];
  while (at < to) {
    const middle = (at + to) >> 1;
    if (range(middle).getBoundingClientRect().bottom > y) to = middle;
    else at = middle + 1;
  }
  return { at, print: print(at) };
}

/**
 * Returns the letter at a position: the nearest one at which the same sequence of letters begins, or, if these were
 * edited, the one of the same number.
 */
export function findPosition(article: Element, position: Position): Range {
  return findPassage(article, position).paragraph;
}

/** The first letters of a passage and of its paragraph. */
export function findPassage(
  article: Element,
  { at, print: wanted, ahead = 0 }: PassagePlace,
): { paragraph: Range; passage: Range } {
  const { count, print, range } = lettersOf(article);
  const find = () => {
    for (let far = 0; far < count; far++)
      for (const k of [at - far, at + far])
        if (k >= 0 && k < count && print(k) === wanted) return k;
    return at;
  };
  const found = find();
  const last = count - 1;
  return { paragraph: range(Math.min(found, last)), passage: range(Math.min(found + ahead, last)) };
}

/** The hash of the 24 letters from an index on, each as its first code unit. */
export function printOf(letters: readonly number[], from = 0): number {
  return letters
    .slice(from, from + HASHED)
    .reduce((hash, letter) => (hash * 65_599 + letter) % 2 ** 24, 0);
}

function lettersOf(article: Element) {
  const end = articleEnd(article);
  let isOver = false;
  let text = '';
  const nodes: [start: number, node: Text][] = [];
  for (const node of readNodes(article, (each) => (isOver ||= each === end))) {
    if (node && isText(node)) {
      nodes.push([text.length, node]);
      text += hideSigns(node);
    } else text += '\n';
  }
  // Formulas become blanks of the same length, so that each letter keeps its offset in the text.
  const prose = replaceFormulas(text, (formula) => ' '.repeat(formula.end - formula.start));
  const offsets: number[] = [];
  for (const { index } of prose.matchAll(/[\p{L}\p{N}]/gu))
    if (offsets.push(index) === MOST_LETTERS) break;

  return {
    count: offsets.length,
    /** The hash of the letters from the k-th on. */
    print: (k: number): number =>
      printOf(offsets.slice(k, k + HASHED).map((offset) => text.charCodeAt(offset))),
    /** The k-th letter; an empty range at the start of the page if there is none. */
    range: (k: number): Range => {
      const range = rangeIn(pageOf(article));
      const offset = offsets[k] ?? 0;
      const [start, node] = nodes.findLast(([from]) => from <= offset) ?? [];
      if (node && start !== undefined) {
        range.setStart(node, offset - start);
        range.setEnd(node, offset - start + 1);
      }
      return range;
    },
  };
}
