/** Marks in a title or a name what a search found in it. */
import { foldWithOrigins, normaliseTitle } from '../normalise.ts';
import { nearest } from './nearest.ts';
import type { SearchResults } from './search.ts';

/** A piece of a text, and whether it is a match. */
export interface Piece {
  text: string;
  isHit: boolean;
}

/** Splits a text at the beginnings and ends of its matches. */
export function highlight(text: string, { query, words, isExact, pinyin }: SearchResults): Piece[] {
  const { folded, from, to } = foldWithOrigins(text, foldCharacter);
  const isHit = Array.from({ length: text.length }, () => false);
  const cover = (start: number, end: number) => {
    for (let i = from[start] ?? 0; i < (to[end - 1] ?? 0); i++) isHit[i] = true;
  };
  if (isExact) {
    const needles = folded.includes(query) ? [query] : words;
    for (const needle of needles.filter(Boolean))
      for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1))
        cover(at, at + needle.length);
    const run = isHit.includes(true) ? undefined : pinyin.find(query, folded);
    if (run) cover(run.from, run.to);
  } else {
    const near = nearest(query, folded);
    if (near) cover(near.start, near.end);
  }
  const pieces: Piece[] = [];
  [...isHit.keys()].forEach((i) => {
    const last = pieces.at(-1);
    if (last && last.isHit === isHit[i]) last.text += text[i];
    else pieces.push({ text: text[i] ?? '', isHit: isHit[i] === true });
  });
  return pieces;
}

// A letter is appended so that a # in the middle is not removed as the blog's trailing one.
const foldCharacter = (character: string) => normaliseTitle(`${character}x`).slice(0, -1);
