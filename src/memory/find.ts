/** Finds words in the folded kept texts, and the passage that shows them. */
import type { PassagePlace, TextBlock } from '../site/types.ts';
import { foldWithOrigins } from '../catalogue/normalise.ts';
import { withBlogTerms } from '../catalogue/search/simplified.ts';
import { foldText } from './fold.ts';

/** The folded forms of a word or phrase: as typed, in simplified characters, and in the blog's terms. */
export type Needle = readonly string[];

/** A post in which every needle was found. */
export interface FoundText {
  id: number;
  /** The index of the best block, and the score of the post: higher is better. */
  block: number;
  score: number;
}

/** A piece of a passage: plain text or one formula with its delimiters. */
export interface PassagePiece {
  text: string;
  isFormula: boolean;
  isHit: boolean;
}

/** A post whose text contains the words, with a passage of it. */
export interface TextHit {
  id: number;
  title: string;
  day: string;
  passage: PassagePiece[];
  /** Where the passage begins. */
  place: PassagePlace;
}

/** The rest of a longer query is ignored. */
export const LONGEST_SEARCH = 200;
const MOST_NEEDLES = 12;
/** The least folded characters of all needles together: a single letter is in every post. */
const FEWEST_CHARACTERS = 2;
/** The most occurrences of a needle in one text that are examined. */
const MOST_OCCURRENCES = 40;
/** A passage begins this many characters before its first hit, and ends after this many in all. */
const BEFORE = 36;
const LONGEST_PASSAGE = 150;
/** A formula counts as at most this many characters of a passage. */
const FORMULA_WIDTH = 16;

/** A phrase whose closing quote is not typed yet ends with the query. */
const QUOTED = /["“„「『]([^"“”„「」『』]+)(?:["”」』]|$)/gu;
const BETWEEN_WORDS = /[\s"“”„「」『』]+/u;

/** The words and the quoted phrases of a query. [] if too little was typed. */
export function needlesOf(typed: string, simplify: (text: string) => string): Needle[] {
  const query = typed.slice(0, LONGEST_SEARCH);
  const phrases = [...query.matchAll(QUOTED)].map(([, phrase = '']) => phrase);
  const words = query.replace(QUOTED, ' ').split(BETWEEN_WORDS);
  const needles = [...phrases, ...words]
    .map((word) => [word, simplify(word), simplify(withBlogTerms(word))].map(foldText))
    .map((forms) => Array.from(new Set(forms)))
    .filter(([first]) => first !== '' && first !== undefined);
  const characters = needles.reduce((sum, [first = '']) => sum + first.length, 0);
  return characters < FEWEST_CHARACTERS ? [] : needles.slice(0, MOST_NEEDLES);
}

/**
 * The texts that contain every needle, best first: those with the most needles in one block, then the most
 * occurrences.
 *
 * @param newest the ids of the posts, the one that was read last first; texts with equal scores keep this order
 */
export function findTexts(
  folds: ReadonlyMap<number, string>,
  needles: readonly Needle[],
  newest: readonly number[] = [...folds.keys()],
): FoundText[] {
  if (needles.length === 0) return [];
  const found: FoundText[] = [];
  for (const id of newest) {
    const fold = folds.get(id);
    if (fold !== undefined && needles.every((needle) => has(fold, needle)))
      found.push({ id, ...bestBlock(fold, needles) });
  }
  return found.sort((a, b) => b.score - a.score);
}

function has(fold: string, needle: Needle): boolean {
  return needle.some((form) => fold.includes(form));
}

/** The block with the most needles, the first of equals. */
function bestBlock(fold: string, needles: readonly Needle[]): { block: number; score: number } {
  let best = { at: 0, together: 0 };
  let occurrences = 0;
  for (const needle of needles) {
    for (const form of needle) {
      for (let at = fold.indexOf(form), n = 0; at >= 0 && n < MOST_OCCURRENCES; n++) {
        occurrences++;
        const start = fold.lastIndexOf('\n', at) + 1;
        const end = fold.indexOf('\n', at);
        const block = fold.slice(start, end < 0 ? undefined : end);
        const together = needles.filter((each) => has(block, each)).length;
        if (together > best.together || (together === best.together && start < best.at))
          best = { at: start, together };
        if (end < 0) break;
        at = fold.indexOf(form, end);
      }
    }
  }
  return {
    block: fold.slice(0, best.at).split('\n').length - 1,
    score: best.together * 100 + Math.min(occurrences, MOST_OCCURRENCES),
  };
}

/** The part of a block around the first hit, with the hits marked, and the place where that part begins. */
export function passageOf(
  block: TextBlock,
  needles: readonly Needle[],
): Pick<TextHit, 'passage' | 'place'> {
  const { text } = block;
  const isHit = hitsIn(text, needles);
  const pieces: PassagePiece[] = [];
  const begin = beginning(block, isHit.indexOf(true));
  let width = 0;
  let at = begin;
  for (; at < text.length && width < LONGEST_PASSAGE;) {
    const formula = formulaEnd(block, at) ?? at;
    const isFormula = formula > at;
    const end = isFormula ? formula : characterEnd(text, at);
    const hit = isHit.slice(at, end).includes(true);
    const last = pieces.at(-1);
    const piece = text.slice(at, end);
    if (!isFormula && last && !last.isFormula && last.isHit === hit) last.text += piece;
    else pieces.push({ text: piece, isFormula, isHit: hit });
    width += Math.min(end - at, FORMULA_WIDTH);
    at = end;
  }
  const dots = { text: '…', isFormula: false, isHit: false };
  return {
    passage: [...(begin > 0 ? [dots] : []), ...pieces, ...(at < text.length ? [dots] : [])],
    place: { ...block.place, ahead: lettersBefore(block, begin) },
  };
}

/** The number of letters of a block before `offset`, less one, as site/position.ts counts them; at least 0. */
function lettersBefore({ text, formulas }: TextBlock, offset: number): number {
  let before = text.slice(0, offset);
  for (let i = formulas.length - 2; i >= 0; i -= 2) {
    const [start = 0, end = 0] = formulas.slice(i, i + 2);
    if (start < offset) before = before.slice(0, start) + before.slice(end);
  }
  return Math.max(0, (before.match(/[\p{L}\p{N}]/gu)?.length ?? 0) - 1);
}

/** For each code unit of a text whether it belongs to a needle. */
function hitsIn(text: string, needles: readonly Needle[]): boolean[] {
  const { folded, from, to } = foldWithOrigins(text, foldText);
  const isHit = Array.from({ length: text.length }, () => false);
  for (const form of needles.flat())
    for (let at = folded.indexOf(form); at >= 0; at = folded.indexOf(form, at + form.length))
      isHit.fill(true, from[at], to[at + form.length - 1]);
  return isHit;
}

/** Where a passage begins: before its first hit, but not inside a formula or a surrogate pair. */
function beginning(block: TextBlock, firstHit: number): number {
  let at = Math.max(0, firstHit - BEFORE);
  for (let i = 0; i < block.formulas.length; i += 2) {
    const [start = 0, end = 0] = block.formulas.slice(i, i + 2);
    if (start < at && at < end) at = start;
  }
  return at > 0 && /[\uDC00-\uDFFF]/.test(block.text.charAt(at)) ? at - 1 : at;
}

/** The end of the character that begins at `at`. */
function characterEnd(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

/** The end of the formula that begins at `at`; undefined if none begins there. */
function formulaEnd({ formulas }: TextBlock, at: number): number | undefined {
  for (let i = 0; i < formulas.length; i += 2) if (formulas[i] === at) return formulas[i + 1];
  return undefined;
}
