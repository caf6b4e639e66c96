/**
 * Reading text out of the blog's DOM with formulas as TeX. MathJax 2.7 leaves a formula in one of
 * three states: raw text, a preview beside its `script[type^="math/tex"]`, and glyph spans with a
 * hidden MathML twin beside the same script. The script is the only trustworthy copy, so everything
 * MathJax draws is passed over and the script is read.
 *
 * TeX is never expanded, and every step costs in proportion to the text: no nesting and no length of
 * a page makes it more. Who keeps what was read cuts it to a measure of his own.
 */

const DRAWN_BY_MATHJAX = /(?:^|\s)MathJax(?:_Preview|_Display|_SVG|_CHTML|_Error)?(?:\s|$)/;
const MATH_SCRIPT = /^math\/tex/;
const WITHOUT_TEXT = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'TEXTAREA']);
const BREAKS_A_LINE = /^(?:P|DIV|BR|LI|UL|OL|H[1-6]|BLOCKQUOTE|PRE|TABLE|TR|FIGURE|DT|DD|HR)$/;

/** \( \) and \[ \] become dollars; a doubled backslash before a bracket breaks a line of TeX. */
const DELIMITERS = /\\\\|\\[()[\]]/g;
const DOLLARS: Record<string, string> = { '\\(': '$', '\\)': '$', '\\[': '$$', '\\]': '$$' };
/** MathJax drops the dollars around an environment that stands alone; so it reads without them. */
const DOLLARS_AROUND_ENVIRONMENT = /\$\$\s*(\\begin\{(\w+\*?)\}[^$]*?\\end\{\2\})\s*\$\$/g;
const ENVIRONMENT = /^\\begin\{(\w+\*?)\}[^]*\\end\{\1\}$/;

/** Text of one line: runs of white space made one space, none at the ends. */
export function readLine(node: Node): string {
  return readText(node).replace(/\s+/g, ' ').trim();
}

/**
 * Text of a block, a line break at each block's edge, formulas as `$…$`, `$$…$$` or environment.
 * `skip` names subtrees to leave out.
 */
export function readText(node: Node, skip?: (node: Node) => boolean): string {
  const pieces = readPieces(node, skip);
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : texOf(piece))).join('');
  return tidyLines(text.replace(DOLLARS_AROUND_ENVIRONMENT, '$1')).trim();
}

/**
 * A line break, with all breaks and white space around it, made one. Line by line, for a pattern
 * would go over a megabyte of blanks once from each of them.
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

/** The same in pieces: text as it stands, and the script of each formula that MathJax has met. */
export function readPieces(node: Node, skip?: (node: Node) => boolean): (string | Element)[] {
  return readNodes(node, skip).map((piece) => {
    if (piece === null) return '\n';
    if (piece.nodeType === 1) return piece as Element;
    return (piece.nodeValue ?? '').replace(DELIMITERS, (all) => DOLLARS[all] ?? all);
  });
}

/** The nodes that hold the text: texts, scripts of formulas, and null where a line breaks. */
export function readNodes(node: Node, skip?: (node: Node) => boolean): (Text | Element | null)[] {
  const pieces: (Text | Element | null)[] = [];
  // By hand, not by recursion: a hostile page may nest deeper than the stack.
  let at: Node | null = node;
  while (at) {
    const descend: boolean = !skip?.(at) && visit(at, pieces);
    at = (descend ? at.firstChild : null) ?? following(at, node);
  }
  return pieces;
}

/** Takes a node's own text; whether its children are to be read as well. */
function visit(node: Node, pieces: (Text | Element | null)[]): boolean {
  if (node.nodeType === 3) {
    pieces.push(node as Text);
    return false;
  }
  if (node.nodeType !== 1) return node.nodeType === 9 || node.nodeType === 11;
  const element = node as Element;
  const name = element.nodeName.toUpperCase();
  if (name === 'SCRIPT' && MATH_SCRIPT.test(element.getAttribute('type') ?? '')) {
    pieces.push(element);
    return false;
  }
  if (WITHOUT_TEXT.has(name) || DRAWN_BY_MATHJAX.test(element.getAttribute('class') ?? '')) {
    return false;
  }
  if (BREAKS_A_LINE.test(name)) pieces.push(null);
  return true;
}

/** The source of a formula's script, as readText writes it. */
export function texOf(script: Element): string {
  const tex = (script.textContent ?? '').trim();
  if (!/mode\s*=\s*display/.test(script.getAttribute('type') ?? '')) return `$${tex}$`;
  return ENVIRONMENT.test(tex) ? tex : `$$${tex}$$`;
}

/**
 * The next node in document order after a whole subtree, within `root`. A block's end breaks no
 * line: in a saved page MathJax's own boxes have closed paragraphs where the author had none.
 */
function following(node: Node, root: Node): Node | null {
  let at: Node | null = node;
  while (at && at !== root) {
    if (at.nextSibling) return at.nextSibling;
    at = at.parentNode;
  }
  return null;
}
