/** Invisible and direction-setting characters that a copied title may have picked up. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

/**
 * A title as it is compared: compatibility forms made one (full- and half-width, circled digits),
 * white space, invisible characters and the blog's trailing `#` dropped, letter case ignored.
 * Letters of other scripts that only look alike stay different.
 */
export function normaliseTitle(title: string): string {
  return title
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/#+$/u, '')
    .toLowerCase();
}
