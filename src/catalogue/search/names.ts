/** Things that are searched by name: by text, by pinyin, or by similarity. */
import { normaliseTitle } from '../normalise.ts';
import { editsFor, nearest } from './nearest.ts';
import { patterns, type Pinyin } from './pinyin.ts';

/** What matches as pinyin: at a start, or anywhere, which includes starts. */
export interface PinyinHits<T> {
  starts: T[];
  anywhere: T[];
}

/** Things in order, with their names normalised, and spelt for pinyin when that is first needed. */
export class Names<T> {
  readonly #things: readonly T[];
  readonly #lines: readonly string[];
  readonly #text: Joined;
  readonly #pinyin: Pinyin;
  #spelt: Joined | undefined;

  constructor(things: readonly T[], nameOf: (thing: T) => string, pinyin: Pinyin) {
    this.#things = things;
    this.#lines = things.map((thing) => normaliseTitle(nameOf(thing)));
    this.#text = new Joined(this.#lines);
    this.#pinyin = pinyin;
  }

  /** The things whose names begin with `query`, then those whose names contain it, each in order. */
  with(query: string): T[] {
    const rows = this.#text.literal(query);
    const isStart = (row: number) => this.#lines[row]?.startsWith(query) === true;
    return this.#at([...rows.filter(isStart), ...rows.filter((row) => !isStart(row))]);
  }

  /** Those whose names have all the words, in order. Only names with the longest word are tested further. */
  withAll(words: readonly string[]): T[] {
    const longest = words.reduce((a, b) => (b.length > a.length ? b : a));
    const rows = this.#text.literal(longest);
    return this.#at(rows.filter((row) => words.every((word) => this.#lines[row]?.includes(word))));
  }

  /** Those whose names match `query` as pinyin, in order. */
  readAs(query: string): PinyinHits<T> {
    const { atStarts, anywhere } = patterns(query) ?? {};
    if (!atStarts) return { starts: [], anywhere: [] };
    this.#spelt ??= new Joined(this.#lines.map((line) => this.#pinyin.spell(line)));
    return {
      starts: this.#at(this.#spelt.matches(atStarts)),
      anywhere: anywhere ? this.#at(this.#spelt.matches(anywhere)) : [],
    };
  }

  /** Those with similar names, the most similar first. Bigrams select candidates; the number of edits decides. */
  near(query: string): T[] {
    const bigrams = new Set<string>();
    for (let i = 0; i + 2 <= query.length; i++) bigrams.add(query.slice(i, i + 2));
    // An edit changes at most two bigrams.
    const needed = Math.max(1, bigrams.size - 2 * editsFor(query));
    const editsOf = (line: string) => {
      let votes = 0;
      for (const bigram of bigrams) if (line.includes(bigram)) votes++;
      return votes >= needed ? nearest(query, line)?.edits : undefined;
    };
    const rows = this.#lines.flatMap((line, row) => {
      const edits = editsOf(line);
      return edits === undefined ? [] : [{ row, edits }];
    });
    return this.#at(rows.sort((a, b) => a.edits - b.edits).map(({ row }) => row));
  }

  #at(rows: readonly number[]): T[] {
    return rows.flatMap((row) => this.#things[row] ?? []);
  }
}

/** Lines joined to one text: one search in a long text is faster than one in each of many lines. */
class Joined {
  readonly #text: string;
  /** The position of the end of each line in the text. */
  readonly #ends: readonly number[];

  constructor(lines: readonly string[]) {
    this.#text = lines.join('\n');
    let end = -1;
    this.#ends = lines.map((line) => (end += line.length + 1));
  }

  /** The rows of the lines that contain `query`, in order. */
  literal(query: string): number[] {
    return this.#rowsOf((from) => this.#text.indexOf(query, from));
  }

  /** The rows of the lines that match a global pattern, in order. */
  matches(pattern: RegExp): number[] {
    return this.#rowsOf((from) => {
      pattern.lastIndex = from;
      return pattern.exec(this.#text)?.index ?? -1;
    });
  }

  /** @param next returns the position of the next match from a position on, or -1 */
  #rowsOf(next: (from: number) => number): number[] {
    const rows: number[] = [];
    let row = 0;
    for (let at = next(0); at >= 0; at = next(this.#ends[row] ?? Infinity)) {
      while ((this.#ends[row] ?? Infinity) <= at) row++;
      rows.push(row);
    }
    return rows;
  }
}
