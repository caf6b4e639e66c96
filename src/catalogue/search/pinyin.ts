/**
 * Finding Chinese text by how it is read: each character by its syllable or any beginning of it, a
 * run of other letters likewise, mixed as one types (`scksmxmt`, `kuosan`, `扩smx`, `tsjzl` for
 * Transformer升级之路), punctuation passed over. A text is spelt once, so that the engine's own
 * regular expressions search it: `+` for the beginning and for punctuation, `-生,sheng-` for a
 * character, its readings between commas. Where punctuation stood a reader may begin to type.
 */

/** Where in a text a query is read: [from, to). */
export interface Run {
  from: number;
  to: number;
}

/** Shorter queries stand at nearly every place of some title; they are looked for at starts only. */
const ANYWHERE_FROM = 3;
/** Ten characters in full. What can be spelt in two ways doubles the work, so longer is too long. */
const LONGEST = 30;

const TYPED = /[\p{L}\p{N}]/u;
const HAN = /\p{Script=Han}/u;
/** If not the next letter of the same, on to the next character or word, over some readings of it. */
const NEXT = String.raw`(?:[^-+\n]*[-+]+(?:[^-+,\n]*,)*)??`;

/** The characters that are read so, by syllable: without tones, `ü` as v. */
export type Readings = Readonly<Record<string, string>>;

export class Pinyin {
  readonly #spelt = new Map<string, string>();

  /** Without readings no Chinese is read. */
  constructor(readings: Readings) {
    for (const [syllable, characters] of Object.entries(readings)) {
      for (const character of characters)
        this.#spelt.set(character, `${this.#spell(character).slice(0, -1)},${syllable}-`);
    }
  }

  /** A text as it is searched; it is folded as all texts are that are compared (normaliseTitle). */
  spell(folded: string): string {
    let spelt = '+';
    for (const character of folded) spelt += this.#spell(character);
    return spelt;
  }

  /** The stretch of a folded text that is read as `query`. */
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

/** What finds a folded query in spelt texts; undefined for one that is plain text, or no text. */
export function patterns(query: string): { atStarts: RegExp; anywhere?: RegExp } | undefined {
  const isPinyin =
    query.length <= LONGEST && /[a-z]/.test(query) && /^[\p{L}\p{N}]{2,}$/u.test(query);
  if (!isPinyin) return undefined;
  const [first = '', ...others] = query;
  // The letter before the look back at what stands before it: so the engine skips from one to the next.
  const from = (start: string) =>
    new RegExp([`${first}(?<=${start}${first})`, ...others].join(NEXT), 'gu');
  const atStarts = from(String.raw`\+-?(?:[^-+,\n]*,)*`);
  return query.length < ANYWHERE_FROM ? { atStarts } : { atStarts, anywhere: from('[-+,]') };
}
