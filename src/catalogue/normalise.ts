/** Invisible and direction-setting characters that copying picks up. */
export const INVISIBLE =
  /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+/gu;
/** The blog's link behind a heading. Looked for where a row begins, or a long row costs its square. */
const HASHES_AT_END = /(?<!#)#+$/u;

/**
 * A title as it is compared: compatibility forms made one (full- and half-width, circled digits),
 * white space, invisible characters and the blog's trailing `#` dropped, letter case ignored.
 * Letters of other scripts that only look alike stay different. Costs in proportion to the title;
 * normalising what is normal changes nothing.
 */
export function normaliseTitle(title: string): string {
  const folded = fold(title.replace(INVISIBLE, '')).replace(/\s+/gu, '');
  // Once more: where something was dropped, what stood on both sides may have become one letter.
  return fold(folded).replace(HASHES_AT_END, '');
}

function fold(title: string): string {
  return title.normalize('NFKC').toLowerCase();
}
