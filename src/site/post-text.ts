/**
 * Reading the whole text of an article as blocks: paragraphs, headings and code. The text is the same in
 * each state of MathJax, and positions agree with position.ts.
 */
import { articleEnd } from './article.ts';
import {
  contains,
  findAll,
  isElement,
  isText,
  nameOf,
  previousOf,
  textOf,
  visitNodes,
} from './dom.ts';
import { printOf } from './position.ts';
import { formulasIn, type TexFormula } from './tex.ts';
import {
  hideSigns,
  inOneLine,
  isDisplayed,
  roleInText,
  showSigns,
  texOf,
  withDollars,
} from './text.ts';
import type { TextBlock } from './types.ts';

/** In UTF-16 code units, more than the 200 kB that are kept of a post; the rest of the text is left out. */
const MOST_CHARACTERS = 200_000;
const MOST_BLOCKS = 5_000;
/** The equations of one block whose numbers are read, and the characters of a number. */
const MOST_NUMBERS = 20;
const LONGEST_NUMBER = 20;

/** A row of a table is a block, so its cells need a blank between them. */
const CELL = /^T[DH]$/;

interface RawBlock {
  kind: TextBlock['kind'];
  /** Texts as hideSigns() returns them, and the scripts of formulas. */
  pieces: (string | Element)[];
}

/**
 * Reads the blocks of an article, and pauses after each block: the caller decides how much is done at a
 * time. What it returns at the end is bounded, for any page.
 */
export function* readPostText(article: Element): Generator<undefined, TextBlock[]> {
  const blocks: TextBlock[] = [];
  const letters: number[] = [];
  let length = 0;
  const raw = rawBlocks(article);
  yield;
  for (const { kind, pieces } of raw) {
    const text = textOfBlock(kind, pieces);
    const start = letters.length;
    const formulas = formulasIn(text);
    for (const letter of lettersOutside(text, formulas)) letters.push(letter.charCodeAt(0));
    length += text.length;
    if (text !== '' && (length > MOST_CHARACTERS || blocks.length === MOST_BLOCKS)) break;
    if (text !== '')
      blocks.push({
        kind,
        text: showSigns(text),
        formulas: formulas.flatMap((each) => [each.start, each.end]),
        numbers: numbersIn(pieces),
        place: { at: start, print: 0 },
      });
    yield;
  }
  for (const { place } of blocks) place.print = printOf(letters, place.at);
  return blocks;
}

/** The letters of a text outside of its formulas. */
function lettersOutside(text: string, formulas: readonly TexFormula[]): string {
  let prose = '';
  let last = 0;
  for (const { start, end } of formulas) {
    prose += text.slice(last, start);
    last = end;
  }
  return (prose + text.slice(last)).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** One walk over the article, which copies no text twice. */
function rawBlocks(article: Element): RawBlock[] {
  const end = articleEnd(article);
  const blocks: RawBlock[] = [{ kind: 'paragraph', pieces: [] }];
  let isOver = false;
  /** The heading or the code that is being read. */
  let special: Element | undefined;
  const begin = (kind: RawBlock['kind']) => blocks.push({ kind, pieces: [] });
  visitNodes(article, (node) => {
    isOver ||= node === end;
    if (isOver) return false;
    if (special && !contains(special, node)) {
      special = undefined;
      begin('paragraph');
    }
    if (isText(node)) blocks.at(-1)?.pieces.push(withDollars(hideSigns(node)));
    if (!isElement(node)) return true;
    const role = roleInText(node);
    if (CELL.test(nameOf(node))) blocks.at(-1)?.pieces.push(' ');
    if (role === 'formula') blocks.at(-1)?.pieces.push(node);
    if (role === 'block' && nameOf(node) === 'BR') blocks.at(-1)?.pieces.push('\n');
    else if (role === 'block' && !special) {
      const kind = kindOf(node);
      if (kind !== 'paragraph') special = node;
      begin(kind);
    }
    return role === 'block' || role === 'inline';
  });
  return blocks;
}

function kindOf(element: Element): TextBlock['kind'] {
  const name = nameOf(element);
  if (name === 'PRE') return 'code';
  return /^H[1-6]$/.test(name) ? 'heading' : 'paragraph';
}

function textOfBlock(kind: TextBlock['kind'], pieces: readonly (string | Element)[]): string {
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : texOf(piece))).join('');
  if (kind === 'code') return text.replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '');
  const line = inOneLine(text);
  // The blog adds a link `#` to each heading.
  return kind === 'heading' ? line.replace(/\s*#$/, '') : line;
}

/** The numbers that MathJax has set beside the equations of a block. */
function numbersIn(pieces: readonly (string | Element)[]): string[] {
  const numbers = pieces.flatMap((piece) => {
    if (typeof piece === 'string' || !isDisplayed(piece)) return [];
    const drawn = previousOf(piece);
    return drawn ? findAll(drawn, '[id^="mjx-eqn"]').map(numberIn) : [];
  });
  return [...new Set(numbers.filter(Boolean))].slice(0, MOST_NUMBERS);
}

function numberIn(label: Element): string {
  return textOf(label)
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .slice(0, LONGEST_NUMBER);
}
