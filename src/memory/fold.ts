/**
 * Folds texts for the search: compatibility forms and letter case are unified, white space and invisible
 * characters removed. Each character is folded by itself. So the fold of a part of a text is a part of the
 * text's fold, and a search finds every part of a text.
 */
import { INVISIBLE } from '../catalogue/normalise.ts';

/** All but ASCII and the common Chinese characters, which normalisation does not change. */
const UNUSUAL = /[^\p{ASCII}\u4e00-\u9fff]/gu;
const ASCII_CAPITALS = /[A-Z]+/g;

export function foldText(text: string): string {
  return text
    .replace(UNUSUAL, (character) => character.normalize('NFKC').toLowerCase())
    .replace(ASCII_CAPITALS, (capitals) => capitals.toLowerCase())
    .replace(INVISIBLE, '')
    .replace(/\s+/gu, '');
}
