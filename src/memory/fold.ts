/**
 * Folding texts for the search: compatibility forms and letter case are unified, white space and invisible
 * characters removed. Each character is folded by itself, so the fold of a part of a text is a part of the
 * text's fold, and whatever is there is found.
 */
import { INVISIBLE } from '../catalogue/normalise.ts';

/** Everything but ASCII and the common Chinese characters, which fold to themselves but for their case. */
const UNUSUAL = /[^\p{ASCII}\u4e00-\u9fff]/gu;
const ASCII_CAPITALS = /[A-Z]+/g;

export function foldText(text: string): string {
  return text
    .replace(UNUSUAL, (character) => character.normalize('NFKC').toLowerCase())
    .replace(ASCII_CAPITALS, (capitals) => capitals.toLowerCase())
    .replace(INVISIBLE, '')
    .replace(/\s+/gu, '');
}

/** The fold of a text, and for each of its code units where the character that it comes from begins and ends. */
export function foldWithOrigins(text: string): { folded: string; from: number[]; to: number[] } {
  let folded = '';
  const [from, to]: [number[], number[]] = [[], []];
  let at = 0;
  for (const character of text) {
    const piece = foldText(character);
    for (let i = 0; i < piece.length; i++) {
      from.push(at);
      to.push(at + character.length);
    }
    folded += piece;
    at += character.length;
  }
  return { folded, from, to };
}
