/**
 * An excerpt's opening with its formulas as MathJax drew them: beside the glyphs of each it leaves a
 * MathML twin for screen readers. The twin is taken as a plain tree of names and texts, without any
 * attribute, but what they say of letters is kept by the letters; it is the page's own, so whoever keeps it must check it (catalogue/discovered/openings.ts).
 */
import { inLetters } from './letters.ts';
import { readPieces, texOf, tidyLines } from './text.ts';

/** A text, or a formula: its TeX, and its tree where MathJax has drawn it. */
export type Piece = string | { tex: string; tree: RawTree | undefined };
export type RawTree = [name: string, ...children: (string | RawTree)[]];

const FENCE = /^[()[\]{}|∣∥‖⟨⟩⌊⌋⌈⌉/]$/;
/** A formula that nests deeper is not taken; MathJax's own trees stay under half of it. */
const MAX_DEPTH = 40;

/** The pieces in order. `skip` names subtrees to leave out. */
export function readOpening(content: Element, skip: (node: Node) => boolean): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of readPieces(content, skip)) {
    const last = pieces.at(-1);
    if (typeof piece !== 'string') pieces.push({ tex: texOf(piece), tree: drawnTree(piece) });
    else if (typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces.map((piece) => (typeof piece === 'string' ? tidyLines(piece) : piece));
}

/** What MathJax has drawn stands right before the formula's script. */
function drawnTree(script: Element): RawTree | undefined {
  const drawn = script.previousElementSibling;
  if (!drawn?.matches('.MathJax, .MathJax_Display')) return undefined;
  const twin = drawn.querySelector('.MJX_Assistive_MathML math');
  return twin ? treeOf(twin, 0) : undefined;
}

function treeOf(element: Element, depth: number): RawTree | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const variant = element.getAttribute('mathvariant') ?? '';
  const tree: RawTree = [isPlain(element, variant) ? 'mtext' : element.localName];
  for (const node of element.childNodes) {
    if (node.nodeType === 3) {
      const text = (node.nodeValue ?? '').trim();
      if (text) tree.push(inLetters(text, variant));
    } else if (node.nodeType === 1) {
      const child = treeOf(node as Element, depth + 1);
      if (!child) return undefined;
      tree.push(child);
    }
  }
  return tree;
}

/** A letter that is not to be slanted, or a fence that is not to grow: without attributes, a text. */
function isPlain(element: Element, variant: string): boolean {
  return element.localName === 'mi'
    ? variant === 'normal'
    : element.getAttribute('stretchy') === 'false' && FENCE.test(element.textContent.trim());
}
