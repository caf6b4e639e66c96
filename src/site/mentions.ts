/**
 * Where an article or an excerpt may name other posts in 《》: in its text, but in no link, heading,
 * code or formula. MathJax looks for formulas in neighbouring texts, with line breaks between them or
 * not, so a row of texts that may hold a formula is left alone. Once MathJax has drawn the formula,
 * what is left of the row can be read.
 */
import {
  findAll,
  isComment,
  isElement,
  isText,
  isWithin,
  matches,
  nameOf,
  propertyOf,
  visitNodes,
} from './dom.ts';
import { DRAWN_BY_MATHJAX } from './text.ts';

const TEXTS = '#PostContent, .PostContent';
const NOT_HERE = [
  'a, h1, h2, h3, h4, h5, h6, pre, code, script, style, textarea, button, select, svg, math',
  DRAWN_BY_MATHJAX,
  '.more, #content_tips, #pay, #how_to_cite, [contenteditable]',
].join();
/** Longer than any paragraph. */
const MAX_TEXT = 20_000;
/** A longer row of texts and line breaks is no paragraph, and counts as one with formulas. */
const MAX_ROW = 200;

/** The boxes of texts that may name posts. */
export function mentionBoxes(page: Document): Element[] {
  return findAll(page, TEXTS).filter((box) => !isWithin(box, TEXTS));
}

/** The text nodes of a box in which posts may be named, in order, among its first `most`. */
export function readableTexts(box: Element, most: number): Text[] {
  const found: Text[] = [];
  let count = 0;
  visitNodes(box, (node) => {
    if (isElement(node)) return count < most && !matches(node, NOT_HERE);
    if (isText(node) && count++ < most && mayNamePost(node)) found.push(node);
    return false;
  });
  return found;
}

function mayNamePost(text: Text): boolean {
  return text.data.length <= MAX_TEXT && text.data.includes('《') && !mayHoldFormula(text);
}

/** Whether MathJax may see a formula's delimiter in the row of texts that this one stands in. */
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
  return isText(node) || isComment(node) || /^W?BR$/.test(nameOf(node));
}

function hasDelimiter(node: Node): boolean {
  return isText(node) && /[$\\]/.test(node.data);
}
