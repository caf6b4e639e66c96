/**
 * Where an article or an excerpt names other posts in 《》: its text, but no link, heading, code or
 * formula. MathJax looks for formulas in the texts that stand side by side, line breaks between them
 * or not, so a row of texts that may hold one is left alone; once it is typeset it is no text any
 * more, and what is left of the row can be read.
 */

const TEXTS = '#PostContent, .PostContent';
const NOT_HERE = [
  'a, h1, h2, h3, h4, h5, h6, pre, code, script, style, textarea, button, select, svg, math',
  '.MathJax, .MathJax_Preview, .MathJax_Display, .MathJax_SVG, .MathJax_CHTML, .MathJax_Error',
  '.more, #content_tips, #pay, #how_to_cite, [contenteditable]',
].join();
/** A name in 《》 with room around it; what is longer than any paragraph is not read. */
const MAX_TEXT = 20_000;

/** The boxes of texts that may name posts. */
export function mentionBoxes(page: Document): Element[] {
  return [...page.querySelectorAll(TEXTS)].filter((box) => !box.parentElement?.closest(TEXTS));
}

/** The text nodes of a box that may be read, in order, at most `most` looked at. */
export function readableTexts(box: Element, most: number): Text[] {
  const found: Text[] = [];
  // 1 | 4: elements, to be passed over whole, and texts. 1 takes, 2 rejects, 3 skips a node.
  const walker = box.ownerDocument.createTreeWalker(box, 1 | 4, (node) => {
    if (node.nodeType === 3) return 1;
    return (node as Element).matches(NOT_HERE) ? 2 : 3;
  });
  for (let looked = 0; looked < most && walker.nextNode(); looked++) {
    const text = walker.currentNode as Text;
    if (text.data.length <= MAX_TEXT && text.data.includes('《') && !mayHoldFormula(text))
      found.push(text);
  }
  return found;
}

/** Whether MathJax may see a formula's delimiter in the row of texts that this one stands in. */
function mayHoldFormula(text: Text): boolean {
  return (
    hasDelimiter(text) ||
    rowHasDelimiter(text.previousSibling, (node) => node.previousSibling) ||
    rowHasDelimiter(text.nextSibling, (node) => node.nextSibling)
  );
}

function rowHasDelimiter(from: Node | null, step: (node: Node) => Node | null): boolean {
  let at = from;
  for (let length = 0; at && isInRow(at); at = step(at), length++) {
    if (length > MAX_ROW || hasDelimiter(at)) return true;
  }
  return false;
}

/** A longer row of texts and line breaks is no paragraph, and counts as one with formulas. */
const MAX_ROW = 200;

function isInRow(node: Node): boolean {
  return node.nodeType === 3 || node.nodeType === 8 || /^W?BR$/i.test(node.nodeName);
}

function hasDelimiter(node: Node): boolean {
  return node.nodeType === 3 && /[$\\]/.test(node.nodeValue ?? '');
}
