/**
 * Reading text out of the blog's DOM with formulas as TeX. MathJax 2.7 leaves a formula in one of
 * three states: raw text, a preview beside its `script[type^="math/tex"]`, and glyph spans with a
 * hidden MathML twin beside the same script. The script is the only trustworthy copy, so everything
 * MathJax draws is passed over and the script is read.
 *
 * TeX is never expanded. Every step takes time in proportion to the text, however a page nests. A
 * caller that stores the text cuts it to a length of its own.
 */
import {
  attributeOf,
  closest,
  isElement,
  isText,
  matches,
  nameOf,
  parentOf,
  textOf,
  visitNodes,
} from './dom.ts';
import { replaceFormulas } from './tex.ts';

/** Names subtrees to leave out. */
type Skip = (node: Node) => boolean;

/** What MathJax shows in place of a formula, whichever of its renderers the reader has chosen. */
export const DRAWN_BY_MATHJAX = [
  '.MathJax, .MathJax_Preview, .MathJax_Display, .MathJax_Error',
  '.MathJax_CHTML, .MathJax_SVG, .MathJax_SVG_Display, .MathJax_MathML',
  '.MathJax_PHTML, .MathJax_PHTML_Display, .MathJax_PlainSource, .MathJax_PlainSource_Display',
].join();
const MATH_SCRIPT = /^math\/tex/;
const WITHOUT_TEXT = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'TEXTAREA']);
const BREAKS_A_LINE = /^(?:P|DIV|BR|LI|UL|OL|H[1-6]|BLOCKQUOTE|PRE|TABLE|TR|FIGURE|DT|DD|HR)$/;

/** Elements in which MathJax looks for no formulas. */
const CODE = 'code, pre';
/** What stands for the signs of formulas in code: characters for private use. */
const [DOLLAR, BACKSLASH] = ['\uE000', '\uE001'];

/** \( \) and \[ \] become dollars; a doubled backslash before a bracket breaks a line of TeX. */
const DELIMITERS = /\\\\|\\[()[\]]/g;
const DOLLARS: Record<string, string> = { '\\(': '$', '\\)': '$', '\\[': '$$', '\\]': '$$' };
const REFERENCE = /^\\(?:eq)?ref/;
const ENVIRONMENT = /^\\begin\{(\w+\*?)\}[^]*\\end\{\1\}$/;

/** Text in one line: each run of white space becomes a space, none is left at the ends. */
export function readLine(node: Node): string {
  return readText(node).replace(/\s+/g, ' ').trim();
}

/** Text with a line break where a block begins, formulas as `$…$`, `$$…$$` or environment. */
export function readText(node: Node, skip?: Skip): string {
  const pieces = readPieces(node, skip);
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : texOf(piece))).join('');
  return tidyLines(asMathJaxLeavesIt(text)).trim();
}

/**
 * Makes each line break, with all breaks and white space around it, a single one. It goes line by line,
 * because a pattern would start once at each character of a megabyte of blanks.
 */
export function tidyLines(text: string): string {
  const lines = text.split('\n');
  const last = lines.length - 1;
  return lines
    .map((line, at) => {
      const begun = at > 0 ? line.trimStart() : line;
      return at < last ? begun.trimEnd() : begun;
    })
    .filter((line, at) => line !== '' || at === 0 || at === last)
    .join('\n');
}

/** The same in pieces: text with its white space, and the scripts of formulas that MathJax has processed. */
export function readPieces(node: Node, skip?: Skip): (string | Element)[] {
  return readNodes(node, skip).map((piece) => {
    if (piece === null) return '\n';
    if (isElement(piece)) return piece;
    return withDollars(piece.data);
  });
}

/** A text with the delimiters of its formulas as dollars. */
export function withDollars(text: string): string {
  return text.replace(DELIMITERS, (all) => DOLLARS[all] ?? all);
}

/**
 * The text of a node, in which formulasIn() finds the formulas that MathJax finds: in code the signs of formulas are
 * hidden. The length stays the same. showSigns() shows the signs again.
 */
export function hideSigns(node: Text): string {
  const text = node.data;
  const parent = /[$\\]/.test(text) && parentOf(node);
  if (!parent || !closest(parent, CODE)) return text;
  return text.replaceAll('$', DOLLAR).replaceAll('\\', BACKSLASH);
}

/** A text with the signs that hideSigns() has hidden. */
export function showSigns(text: string): string {
  return text.replaceAll(DOLLAR, '$').replaceAll(BACKSLASH, '\\');
}

/** A text in one line, with formulas as readText writes them. */
export function inOneLine(text: string): string {
  return asMathJaxLeavesIt(text.replace(/\s+/g, ' ').trim());
}

/**
 * A script does not say whether there were dollars around an environment or a reference that stands alone. So an
 * environment never has them, and a reference always does.
 */
function asMathJaxLeavesIt(text: string): string {
  return replaceFormulas(text, ({ start, end }) => {
    const source = text.slice(start, end);
    if (REFERENCE.test(source)) return `$${source}$`;
    const inside = source.startsWith('$$') ? source.slice(2, -2).trim() : '';
    return ENVIRONMENT.test(inside) ? inside : source;
  });
}

/** The nodes that contain the text: texts, scripts of formulas, and null where a line breaks. */
export function readNodes(root: Node, skip?: Skip): (Text | Element | null)[] {
  const pieces: (Text | Element | null)[] = [];
  visitNodes(root, (node) => {
    if (skip?.(node)) return false;
    if (isText(node)) pieces.push(node);
    return isElement(node) ? readElement(node, pieces) : true;
  });
  return pieces;
}

/** Adds the piece of an element itself, if it has one. Returns whether its content is read as well. */
function readElement(element: Element, pieces: (Text | Element | null)[]): boolean {
  const role = roleInText(element);
  if (role === 'formula') pieces.push(element);
  if (role === 'block') pieces.push(null);
  return role === 'block' || role === 'inline';
}

/** What an element is in a text: the script of a formula, left out, the beginning of a block, or none of these. */
export function roleInText(element: Element): 'formula' | 'left-out' | 'block' | 'inline' {
  const name = nameOf(element);
  if (name === 'SCRIPT' && MATH_SCRIPT.test(attributeOf(element, 'type') ?? '')) return 'formula';
  if (WITHOUT_TEXT.has(name) || matches(element, DRAWN_BY_MATHJAX)) return 'left-out';
  // The end of a block breaks no line: in a saved page the boxes of MathJax have closed paragraphs
  // where the author did not.
  return BREAKS_A_LINE.test(name) ? 'block' : 'inline';
}

/** Whether the formula of a script is on lines of its own. */
export function isDisplayed(script: Element): boolean {
  return /mode\s*=\s*display/.test(attributeOf(script, 'type') ?? '');
}

/** The source of a formula's script, as readText writes it. */
export function texOf(script: Element): string {
  const tex = textOf(script).trim();
  if (!isDisplayed(script)) return `$${tex}$`;
  return ENVIRONMENT.test(tex) ? tex : `$$${tex}$$`;
}
