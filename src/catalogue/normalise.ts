/** Invisible characters, and those that set the text direction; copied text often contains them. */
export const INVISIBLE =
  /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+/gu;
/** The text of the blog's link after a heading. The lookbehind prevents quadratic time on a long run of `#`. */
const HASHES_AT_END = /(?<!#)#+$/u;

/**
 * Normalises a title for comparison: unifies compatibility forms (full and half width, circled digits),
 * ignores letter case, and removes white space, invisible characters and the blog's trailing `#`.
 * Similar letters of other scripts stay different. Takes linear time; normalising twice changes
 * nothing.
 */
export function normaliseTitle(title: string): string {
  const folded = fold(title.replace(INVISIBLE, '')).replace(/\s+/gu, '');
  // Folded again: after the removal, two characters may have combined into one.
  return fold(folded).replace(HASHES_AT_END, '');
}

function fold(title: string): string {
  return title.normalize('NFKC').toLowerCase();
}

/** More marks in a row than any writing puts on one letter. */
const TOO_MANY_MARKS = /(\p{M}{16})\p{M}+/gu;

/**
 * Unifies compatibility forms (NFKC), in linear time: the browsers sort the marks of a letter in quadratic
 * time, so no letter keeps more than 16.
 */
export function unifyForms(text: string): string {
  return text.replace(TOO_MANY_MARKS, '$1').normalize('NFKC');
}

/**
 * Folds a text character by character.
 *
 * @returns the folded text, and for each of its code units the range [from, to) in the text of the
 * character that it comes from
 */
export function foldWithOrigins(
  text: string,
  foldCharacter: (character: string) => string,
): { folded: string; from: number[]; to: number[] } {
  let folded = '';
  const [from, to]: [number[], number[]] = [[], []];
  // A long text has few different characters.
  const known = new Map<string, string>();
  let at = 0;
  for (const character of text) {
    const piece = known.get(character) ?? foldCharacter(character);
    known.set(character, piece);
    for (let i = 0; i < piece.length; i++) {
      from.push(at);
      to.push(at + character.length);
    }
    folded += piece;
    at += character.length;
  }
  return { folded, from, to };
}
