/**
 * Reads the opening of an excerpt with its formulas as MathJax drew them. Beside the glyphs of a formula MathJax
 * inserts a MathML twin for screen readers. The twin is read as a tree of names and texts without attributes; a
 * letter whose form is set by an attribute is replaced by a letter of that form.
 */
import {
  attributeOf,
  findFirst,
  isElement,
  isText,
  matches,
  previousOf,
  propertyOf,
  textOf,
} from './dom.ts';
import { inLetters } from './letters.ts';
import { readPieces, texOf, tidyLines } from './text.ts';
import type { RawPiece, Tree } from './types.ts';

const FENCE = /^[()[\]{}|∣∥‖⟨⟩⌊⌋⌈⌉/]$/;
/** A formula that nests deeper is not read; MathJax's own trees stay under half of it. */
const MAX_DEPTH = 40;
/** A formula with more elements and characters is not read; no opening may have as many. */
const MAX_SIZE = 12_000;

/** The pieces in order. `skip` names subtrees to leave out. */
export function readOpening(content: Element, skip: (node: Node) => boolean): RawPiece[] {
  const pieces: RawPiece[] = [];
  for (const piece of readPieces(content, skip)) {
    const last = pieces.at(-1);
    if (typeof piece !== 'string') pieces.push(readFormula(piece));
    else if (typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces.map((piece) => (typeof piece === 'string' ? tidyLines(piece) : piece));
}

/** The source of a formula's script with what MathJax has drawn of it. */
export function readFormula(script: Element): { tex: string; tree: Tree | undefined } {
  const twin = drawnTwin(script);
  return { tex: texOf(script), tree: twin && treeOf(twin, 0, { left: MAX_SIZE }) };
}

/** The MathML twin of a formula. What MathJax has drawn is right before the formula's script. */
export function drawnTwin(script: Element): Element | undefined {
  const drawn = previousOf(script);
  if (!drawn || !matches(drawn, '.MathJax, .MathJax_Display')) return undefined;
  return findFirst(drawn, '.MJX_Assistive_MathML math') ?? undefined;
}

function treeOf(element: Element, depth: number, size: { left: number }): Tree | undefined {
  if (depth > MAX_DEPTH || size.left-- <= 0) return undefined;
  const variant = attributeOf(element, 'mathvariant') ?? '';
  const tree: Tree = [isPlain(element, variant) ? 'mtext' : propertyOf(element, 'localName')];
  for (const node of propertyOf(element, 'childNodes')) {
    if (isText(node)) {
      const text = node.data.trim();
      size.left -= text.length;
      if (size.left < 0) return undefined;
      if (text) tree.push(inLetters(text, variant));
    } else if (isElement(node)) {
      const child = treeOf(node, depth + 1, size);
      if (!child) return undefined;
      tree.push(child);
    }
  }
  return tree;
}

/** Whether a letter must not be slanted, or a fence must not grow: `mtext` needs no attribute for that. */
function isPlain(element: Element, variant: string): boolean {
  return propertyOf(element, 'localName') === 'mi'
    ? variant === 'normal'
    : attributeOf(element, 'stretchy') === 'false' && FENCE.test(textOf(element).trim());
}
