/**
 * The openings of posts that listing pages showed, stored so that our own pages can show what a post is
 * about. Each is a list of texts and formulas. A formula has its TeX, for our own pages, and the tree of what
 * the page drew, for the blog. A tree is an array: the element's name, then the children. It contains only
 * MathML's presentation elements and text, so that nothing in it can load, link or run. A formula that
 * was not drawn is text. memory/kept-opening.ts says how openings are kept.
 */
import type { RawPiece, Tree } from '../../site/types.ts';

/** `tex` includes its delimiters. */
export type Formula = [tex: string, tree: Tree];
export type Opening = (string | Formula)[];

/** An opening that a page showed. */
export interface SeenOpening {
  id: number;
  opening: Opening;
}

/** Openings that one page may send. */
export const MAX_OPENINGS = 64;

/** The most characters of an opening; of a formula only the characters that it shows count. */
export const MAX_CHARACTERS = 600;
/** The longest opening as JSON. The tree and the TeX of a formula are longer than what it shows. */
const MAX_JSON = 12_000;
const MAX_DEPTH = 30;

const ELEMENTS = new Set(
  (
    'math mrow mi mn mo ms mtext mspace msub msup msubsup munder mover munderover mmultiscripts ' +
    'mprescripts none mfrac msqrt mroot mfenced menclose mstyle mpadded mphantom mtable mtr mtd ' +
    'mlabeledtr'
  ).split(' '),
);

/**
 * Makes an opening from what a page shows, within the limits. A formula without a valid tree becomes
 * TeX.
 */
export function openingOf(pieces: readonly RawPiece[]): Opening {
  const opening: Opening = [];
  let left = MAX_CHARACTERS;
  for (const piece of pieces) {
    const kept = soundPiece(piece);
    const isText = typeof kept === 'string';
    const next = isText ? cut(opening.length === 0 ? kept.trimStart() : kept, left) : kept;
    const length = charactersIn([next]);
    if (length > left || JSON.stringify([...opening, next]).length > MAX_JSON) break;
    if (next !== '') opening.push(next);
    left -= length;
    if (isText && next.length < kept.trimStart().length) break;
  }
  const last = opening.at(-1);
  if (typeof last === 'string') opening.splice(-1, 1, ...(last.trimEnd() ? [last.trimEnd()] : []));
  return opening;
}

/** Returns `given` as an opening, or undefined if it is invalid, empty or above the limits. */
export function soundOpening(given: unknown): Opening | undefined {
  if (!Array.isArray(given) || given.length === 0 || given.length > MAX_CHARACTERS) {
    return undefined;
  }
  const pieces = given as unknown[];
  if (!pieces.every((piece) => isText(piece) || isFormula(piece))) return undefined;
  return charactersIn(pieces) <= MAX_CHARACTERS && JSON.stringify(pieces).length <= MAX_JSON
    ? pieces
    : undefined;
}

/** The opening as texts, with formulas as TeX, for maths/typeset.ts. */
export function textsOf(opening: Opening): string[] {
  return opening.map((piece) => (typeof piece === 'string' ? piece : piece[0]));
}

/** How many formulas of an opening are drawn. */
export function drawnFormulasIn(opening: Opening): number {
  return opening.filter((piece) => typeof piece !== 'string').length;
}

/** A piece as it may be stored and drawn: a formula without a valid tree becomes its TeX. */
export function soundPiece(piece: RawPiece): string | Formula {
  if (typeof piece === 'string') return piece;
  const { tex, tree } = piece;
  const formula = [tex, tree];
  return isFormula(formula) ? formula : tex;
}

/** Cuts a text to at most `most` characters, or before the formula that the cut would divide. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  let open: { at: number; sign: string } | undefined;
  for (const { 0: sign, index } of kept.matchAll(/\$\$?/g)) {
    if (!open) open = { at: index, sign };
    else if (open.sign === sign) open = undefined;
  }
  return kept.slice(0, open?.at);
}

function isText(given: unknown): given is string {
  return typeof given === 'string' && given !== '';
}

function isFormula(given: unknown): given is Formula {
  if (!Array.isArray(given) || given.length !== 2) return false;
  const [tex, tree] = given as unknown[];
  return isText(tex) && isTree(tree, 0) && tree[0] === 'math';
}

function isTree(given: unknown, depth: number): given is Tree {
  if (!Array.isArray(given) || depth > MAX_DEPTH) return false;
  const [name, ...children] = given as unknown[];
  return (
    typeof name === 'string' &&
    ELEMENTS.has(name) &&
    children.every((child) => isText(child) || isTree(child, depth + 1))
  );
}

function charactersIn(opening: Opening): number {
  return opening.reduce(
    (sum, piece) => sum + (typeof piece === 'string' ? piece.length : charactersOf(piece[1])),
    0,
  );
}

function charactersOf([, ...children]: Tree): number {
  return children.reduce<number>(
    (sum, child) => sum + (typeof child === 'string' ? child.length : charactersOf(child)),
    0,
  );
}
