/**
 * Finds the texts in which an article or an excerpt may name other posts in 《》; not those in links, headings, code or
 * formulas. MathJax looks for formulas across neighbouring texts and line breaks, so a row of texts that may contain
 * a formula is left alone. Once MathJax has drawn the formula, the rest of the row can be read.
 */
import { FOOTER_BOXES } from './article.ts';
import { isInText } from './containers.ts';
import {
  closest,
  contains,
  isComment,
  isElement,
  isText,
  matches,
  nameOf,
  propertyOf,
  visitNodes,
} from './dom.ts';
import { TEXT_BOXES, textsIn } from './text-boxes.ts';
import { DRAWN_BY_MATHJAX } from './text.ts';
import type { ForeignText } from './types.ts';

const NOT_HERE = [
  'a, h1, h2, h3, h4, h5, h6, pre, code, script, style, textarea, button, select, svg, math',
  DRAWN_BY_MATHJAX,
  FOOTER_BOXES,
  '.more, [contenteditable]',
].join();
const LINE_BREAKS = new Set(['BR', 'WBR']);
/** Longer than any paragraph. */
const MAX_TEXT = 20_000;
/** A longer row of texts and line breaks counts as one with formulas. */
const MAX_ROW = 200;

/** The texts in a part of a page that may name posts. */
export interface NamingTexts {
  /** Texts that can be split. */
  readable: Text[];
  /** The others. MathJax may see a formula beside them, so they can be split only later. */
  waiting: Text[];
}

/**
 * Returns the texts of articles and excerpts that may name posts, in a page or a part of it, in order. Looks at the
 * first `most` texts of each article or excerpt.
 *
 * @param foreign where the text is, on a page in another theme
 */
export function namingTexts(
  root: Document | Element,
  most: number,
  foreign?: ForeignText,
): NamingTexts {
  const found: NamingTexts = { readable: [], waiting: [] };
  for (const box of textsIn([root], [TEXT_BOXES], foreign)) {
    if (box === root && closest(box, NOT_HERE)) continue;
    let count = 0;
    visitNodes(box, (node) => {
      if (isElement(node))
        return count < most && !matches(node, NOT_HERE) && !foreign?.isOutside(node);
      if (isText(node) && count++ < most && mayName(node)) classify(node, found);
      return false;
    });
  }
  return found;
}

/** The same for the texts that are children of an element. */
export function ownNamingTexts(parent: Element, foreign?: ForeignText): NamingTexts {
  const found: NamingTexts = { readable: [], waiting: [] };
  const naming = [...propertyOf(parent, 'childNodes')].filter(isText).filter(mayName);
  if (naming.length > 0 && mayHoldNames(parent, foreign))
    for (const text of naming) classify(text, found);
  return found;
}

/** Whether the texts that are children of an element may name posts. */
export function mayHoldNames(parent: Element, foreign?: ForeignText): boolean {
  if (closest(parent, NOT_HERE)) return false;
  if (!foreign) return isInText(parent);
  const { article, isOutside } = foreign;
  return article !== undefined && contains(article, parent) && !isOutside(parent);
}

/** Whether a text may name a post. */
export function mayName({ data }: Text): boolean {
  return data.length <= MAX_TEXT && data.includes('《');
}

function classify(text: Text, { readable, waiting }: NamingTexts): void {
  (mayHoldFormula(text) ? waiting : readable).push(text);
}

/** Whether MathJax may see a formula's delimiter in the row of texts that this one is in. */
function mayHoldFormula(text: Text): boolean {
  return (
    hasDelimiter(text) ||
    rowHasDelimiter(text, 'previousSibling') ||
    rowHasDelimiter(text, 'nextSibling')
  );
}

function rowHasDelimiter(text: Text, step: 'previousSibling' | 'nextSibling'): boolean {
  let at = propertyOf(text, step);
  for (let length = 0; at && isInRow(at); at = propertyOf(at, step), length++) {
    if (length > MAX_ROW || hasDelimiter(at)) return true;
  }
  return false;
}

function isInRow(node: Node): boolean {
  return isText(node) || isComment(node) || LINE_BREAKS.has(nameOf(node));
}

function hasDelimiter(node: Node): boolean {
  return isText(node) && /[$\\]/.test(node.data);
}
