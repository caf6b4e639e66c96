/**
 * Searches Chinese text by pinyin. A query can contain each character as itself, its syllable or any prefix of
 * it, and any prefix of a run of other letters, in any mixture (`scksmxmt`, `kuosan`, `扩smx`, `tsjzl` for
 * Transformer升级之路). Punctuation is skipped. Each text is spelt once, as a string that regular expressions
 * can search: `+` for the start of the text and for punctuation, other letters as they are, and `-生,sheng-`
 * for a character with its readings.
 *
 * For example `扩smx` finds 扩散模型, spelt `+-扩,kuo--散,san--模,mo,mu--型,xing-`. `扩` is where a character or one of its
 * readings starts. Between two letters of the query the pattern NEXT matches nothing if they follow each other, as
 * in `san`. Here it matches `,kuo--散,`: the rest of this character, the start of the next one, and all its readings
 * up to the one with `s`.
 */

/** The range of a match in a text: [from, to). */
export interface Run {
  from: number;
  to: number;
}

/** Shorter queries would match inside almost any title, so they match at starts and after punctuation only. */
const ANYWHERE_FROM = 3;
/** Ten full syllables. Each ambiguous spelling doubles the work, so longer queries are not pinyin. */
const LONGEST = 30;

/** Input methods put apostrophes between the syllables of a word that is being composed. */
const APOSTROPHES = /['‘’ʼ]/g;
/** Tone marks, which some input methods show; the two dots of ü are not among them. */
const TONES = /[\u0300\u0301\u0304\u030c]/g;

const TYPED = /[\p{L}\p{N}]/u;
const HAN = /\p{Script=Han}/u;
/** Stands between two letters of a query: nothing, or a skip to a reading of the next character, or to a word. */
const NEXT = String.raw`(?:[^-+\n]*[-+]+(?:[^-+,\n]*,)*)??`;

/** The characters of each syllable; syllables have no tones, and v for `ü`. */
export type Readings = Readonly<Record<string, string>>;

export class Pinyin {
  readonly #spelt = new Map<string, string>();

  /** Without readings, Chinese characters match only themselves. */
  constructor(readings: Readings) {
    for (const [syllable, characters] of Object.entries(readings)) {
      for (const character of characters)
        this.#spelt.set(character, `${this.#spell(character).slice(0, -1)},${syllable}-`);
    }
  }

  /** Spells a text that is folded by normaliseTitle. */
  spell(folded: string): string {
    let spelt = '+';
    for (const character of folded) spelt += this.#spell(character);
    return spelt;
  }

  /** The range of a folded text that matches `query`, if there is one. */
  find(query: string, folded: string): Run | undefined {
    const { atStarts, anywhere } = patterns(query) ?? {};
    const spelt = this.spell(folded);
    const run = atStarts?.exec(spelt) ?? anywhere?.exec(spelt);
    if (!run) return undefined;
    const last = run.index + run[0].length - 1;
    const found: Run = { from: 0, to: 0 };
    let [at, place] = [0, 1];
    for (const character of folded) {
      if (place <= run.index) found.from = at;
      if (place <= last) found.to = at + character.length;
      at += character.length;
      place += this.#spell(character).length;
    }
    return found;
  }

  #spell(character: string): string {
    let spelt = this.#spelt.get(character);
    if (spelt === undefined) {
      spelt = HAN.test(character) ? `-${character}-` : TYPED.test(character) ? character : '+';
      this.#spelt.set(character, spelt);
    }
    return spelt;
  }
}

/** The patterns that find a folded query in spelt texts; undefined if the query cannot be pinyin. */
export function patterns(typed: string): { atStarts: RegExp; anywhere?: RegExp } | undefined {
  const query = typed
    .replace(APOSTROPHES, '')
    .normalize('NFD')
    .replace(TONES, '')
    .replace(/u\u0308/g, 'v')
    .normalize('NFC');
  const isPinyin =
    query.length <= LONGEST && /[a-z]/.test(query) && /^[\p{L}\p{N}]{2,}$/u.test(query);
  if (!isPinyin) return undefined;
  const [first = '', ...others] = query;
  // The letter comes before the lookbehind, so that the engine can skip to its next occurrence.
  const from = (start: string) =>
    new RegExp([`${first}(?<=${start}${first})`, ...others].join(NEXT), 'gu');
  const atStarts = from(String.raw`\+-?(?:[^-+,\n]*,)*`);
  return query.length < ANYWHERE_FROM ? { atStarts } : { atStarts, anywhere: from('[-+,]') };
}
