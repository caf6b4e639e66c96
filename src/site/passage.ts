/**
 * Finds the passages to which links within a post lead: a numbered equation, to which MathJax links `\eqref`, and the
 * text under a heading, to which 内容速览 links. Reads only what a preview shows, and only when it is asked for, so the
 * work does not grow with the page.
 */
import {
  attributeOf,
  baseOf,
  boxOf,
  closest,
  contains,
  elementById,
  findAll,
  isConnected,
  isElement,
  isText,
  nameOf,
  nextOf,
  nodesBeside,
  pageOf,
  parentOf,
  propertyOf,
  textOf,
} from './dom.ts';
import { drawnTwin, readFormula } from './opening.ts';
import { TEXT_BOXES } from './text-boxes.ts';
import { isDisplayed, readLine, roleInText, tidyLines } from './text.ts';
import type { ForeignText, RawPiece } from './types.ts';

/** The texts of the author and of comments, which may contain equations and headings. */
const TEXTS = `${TEXT_BOXES}, .block-comment`;
const EQUATION = '#mjx-eqn';
/** Longer than any link to an equation or a heading. */
const MAX_HREF = 2_000;
/** The most elements that MathJax nests between a number and the whole of its formula. */
const MAX_DEPTH = 60;
const MAX_NAME = 200;
/** The most letters that are shown around a passage, and the most nodes that are read for them. */
const MAX_LETTERS = 220;
const MAX_NODES = 1_000;
/** A line with fewer letters says too little by itself: the next one is read too. */
const FEW_LETTERS = 16;

/** Where a link within the page leads. */
export interface LinkedPassage {
  readonly kind: 'equation' | 'heading';
  /** The number of the equation, or the heading. */
  readonly mark: Element;
  /** The element that the reader wants to see: the whole formula, or the heading. */
  readonly element: Element;
  /** The box of the text that contains it. */
  readonly text: Element;
}

/** The content of a passage. */
export interface PassageContent {
  readonly kind: LinkedPassage['kind'];
  /** The number as the page shows it, `(1)`, or the heading. */
  readonly name: string;
  /** The equation, with the alignment of the columns of its tables, in the order of the tables. */
  readonly equation: (Exclude<RawPiece, string> & { columns: string[][] }) | undefined;
  /** The paragraph before the equation, or after the heading. */
  readonly around: RawPiece[];
}

/**
 * Returns the passage that a link of the page leads to; undefined for any other link, for one without a target and
 * for one inside the passage itself.
 *
 * @param foreign where the text is, on a page in another theme
 */
export function passageBehind(link: Element, foreign?: ForeignText): LinkedPassage | undefined {
  const href = attributeOf(link, 'href') ?? '';
  if (!href.startsWith('#') || href.length > MAX_HREF || leavesPage(link)) return undefined;
  const mark = targetOf(pageOf(link), href.slice(1));
  const text = mark && textAround(mark, foreign);
  if (!text) return undefined;
  const isEquation = href.startsWith(EQUATION);
  const element = isEquation ? formulaAround(mark, text) : isHeading(mark) && mark;
  if (!element || contains(element, link)) return undefined;
  return { kind: isEquation ? 'equation' : 'heading', mark, element, text };
}

/** Reads the content of a passage, as far as a preview shows it. */
export function readPassage({ kind, mark, element, text }: LinkedPassage): PassageContent {
  if (kind === 'heading') {
    const name = readLine(mark).replace(/\s*#$/, '').slice(0, MAX_NAME);
    return { kind, name, equation: undefined, around: piecesBeside(element, text, false) };
  }
  const script = nextOf(element) as Element;
  const formula = readFormula(script);
  const twin = formula.tree && drawnTwin(script);
  return {
    kind,
    name: textOf(mark).trim().slice(0, MAX_NAME),
    equation: { ...formula, columns: twin ? columnsOf(twin) : [] },
    around: piecesBeside(element, text, true),
  };
}

/** Returns the element that is to be in the same place after the way back: the link, or what the reader sees. */
export function anchorIn(text: Element, link: Element, seen: Element | null): Element | undefined {
  if (contains(text, link)) return link;
  return seen && seen !== text && contains(text, seen) ? seen : undefined;
}

/** The top of an element in px from the window's top; undefined if the page does not show it any more. */
export function topOf(element: Element): number | undefined {
  if (!isConnected(element)) return undefined;
  const { top, width, height } = boxOf(element);
  return width + height > 0 ? top : undefined;
}

function textAround(mark: Element, foreign?: ForeignText): Element | null | undefined {
  if (!foreign) return closest(mark, TEXTS);
  const { article, isOutside } = foreign;
  return article && contains(article, mark) && !isOutside(mark) ? article : undefined;
}

/** A base address makes a link that begins with # leave the page. */
function leavesPage(link: Element): boolean {
  const withoutHash = (url: string) => url.replace(/#.*/s, '');
  return withoutHash(baseOf(link)) !== withoutHash(propertyOf(pageOf(link), 'URL'));
}

/** The element of a fragment, as the browser looks for it: by the fragment as written, then decoded. */
function targetOf(page: Document, fragment: string): Element | undefined {
  const written = elementById(page, fragment);
  if (written) return written;
  try {
    return elementById(page, decodeURIComponent(fragment)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Returns what MathJax has drawn of the formula with this number. The formula's script comes right after it. */
function formulaAround(number: Element, text: Element): Element | undefined {
  let at: Element | null = number;
  for (let depth = 0; at && at !== text && depth < MAX_DEPTH; depth++, at = parentOf(at)) {
    const next = nextOf(at);
    if (next && roleInText(next) === 'formula') return at;
  }
  return undefined;
}

function columnsOf(twin: Element): string[][] {
  return findAll(twin, 'mtable').map((table) =>
    (attributeOf(table, 'columnalign') ?? '').slice(0, MAX_NAME).split(/\s+/).filter(Boolean),
  );
}

/**
 * Returns the text right before or right after an element: a paragraph, or lines with at least FEW_LETTERS letters,
 * but nothing beyond a heading. Before an element, formulas on lines of their own are left out.
 */
function piecesBeside(element: Element, text: Element, isBefore: boolean): RawPiece[] {
  const pieces: RawPiece[] = [];
  let letters = 0;
  const goesInto = (each: Element) =>
    /^(?:block|inline)$/.test(roleInText(each)) && !isSelfLink(each);
  let nodes = 0;
  for (const node of nodesBeside(element, text, isBefore, goesInto)) {
    if (++nodes > MAX_NODES) break;
    const role = isElement(node) ? roleInText(node) : 'inline';
    const isLine = isElement(node) && (role === 'formula' ? isDisplayed(node) : role === 'block');
    if (isLine && (letters >= FEW_LETTERS || isHeading(node))) break;
    if (isText(node)) {
      const { data } = node;
      const kept = isBefore ? data.slice(-MAX_LETTERS) : data.slice(0, MAX_LETTERS);
      pieces.push(kept.length < data.length && isBefore ? `…${kept}` : kept);
      letters += kept.trim().length;
    } else if (isElement(node) && role === 'formula' && !(isLine && isBefore)) {
      const formula = readFormula(node);
      pieces.push(formula);
      // About as many letters as it takes up.
      letters += 1 + JSON.stringify(formula.tree ?? formula.tex).length / 16;
    } else if (isLine) pieces.push('\n');
    if (letters >= MAX_LETTERS) break;
  }
  return joined(isBefore ? pieces.reverse() : pieces);
}

function isHeading(element: Element): boolean {
  return /^H[1-6]$/.test(nameOf(element));
}

/** The sign # after a heading. */
function isSelfLink(element: Element): boolean {
  return nameOf(element) === 'A' && textOf(element).trim() === '#';
}

/** Joins neighbouring texts and takes the white space from the ends. */
function joined(pieces: readonly RawPiece[]): RawPiece[] {
  const result: RawPiece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result.splice(-1, 1, last + piece);
    else result.push(piece);
  }
  const inLine = (text: string, at: number) => {
    const line = tidyLines(text).replace(/\n/g, ' ');
    const begun = at === 0 ? line.trimStart() : line;
    return at === result.length - 1 ? begun.trimEnd() : begun;
  };
  return result
    .map((piece, at) => (typeof piece === 'string' ? inLine(piece, at) : piece))
    .filter((piece) => piece !== '');
}
