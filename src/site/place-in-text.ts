/**
 * A place in an article as its text has it: how many letters stand before it, and a hash of those
 * that follow. Formulas are no letters in any state that MathJax leaves them in, and no font, width
 * or late growth moves a letter in its text.
 */
import type { Place } from '../record/marks.ts';
import { articleEnd, FORMULA } from './article.ts';
import { readNodes } from './text.ts';

/** So many letters are hashed: a line or less, and seldom twice in one article. */
const PRINTED = 24;
/** Letters of an article that are looked at: three times as many as the blog's longest has. */
const MOST_LETTERS = 100_000;

/** The first letter that stands, in part at least, below `y`, in px from the window's top. */
export function placeAt(article: Element, y: number): Place {
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
 * The letter at a place: the nearest one to it with the same letters after it, else, where these
 * were edited, the one of the same number.
 */
export function findPlace(article: Element, { at, print: wanted }: Place): Range {
  const { count, print, range } = lettersOf(article);
  for (let far = 0; far < count; far++)
    for (const k of [at - far, at + far])
      if (k >= 0 && k < count && print(k) === wanted) return range(k);
  return range(Math.min(at, count - 1));
}

function lettersOf(article: Element) {
  const end = articleEnd(article);
  let ended = false;
  let text = '';
  const nodes: [start: number, node: Text][] = [];
  for (const node of readNodes(article, (each) => (ended ||= each === end))) {
    if (node?.nodeType === 3) nodes.push([text.length, node as Text]);
    text += node?.nodeValue ?? '\n';
  }
  // Formulas become blanks of the same length, so that every letter keeps its number in the text.
  const prose = text.replace(FORMULA, (formula) => ' '.repeat(formula.length));
  const spots: number[] = [];
  for (const { index } of prose.matchAll(/[\p{L}\p{N}]/gu))
    if (spots.push(index) === MOST_LETTERS) break;

  return {
    count: spots.length,
    /** Of the letters from the k-th on. */
    print: (k: number): number =>
      spots
        .slice(k, k + PRINTED)
        .reduce((hash, spot) => (hash * 65_599 + text.charCodeAt(spot)) % 2 ** 24, 0),
    /** The k-th letter; the head of the page where there is none. */
    range: (k: number): Range => {
      const range = article.ownerDocument.createRange();
      const spot = spots[k] ?? 0;
      const [start, node] = nodes.findLast(([from]) => from <= spot) ?? [];
      if (node && start !== undefined) {
        range.setStart(node, spot - start);
        range.setEnd(node, spot - start + 1);
      }
      return range;
    },
  };
}
