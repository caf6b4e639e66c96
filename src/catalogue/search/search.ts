/**
 * Searches series, titles, tags and categories. Width, case and spaces make no difference. Substrings
 * come first, then pinyin matches. Similar texts are searched only if there are neither.
 */
import { compareText } from '../../record/clock.ts';
import type { Catalogue } from '../catalogue.ts';
import { type DetailsOfPosts, NO_DETAILS, type Post, type Series } from '../post.ts';
import { foldWithOrigins, normaliseTitle } from '../normalise.ts';
import type { SearchData } from '../packed-files.ts';
import { patterns, Pinyin } from './pinyin.ts';
import { withBlogTerms } from './simplified.ts';

export interface PostHit {
  post: Post;
  /** The tag that matches, if the title does not. */
  tag: string | undefined;
}

/** A tag or a category. */
export interface Topic {
  name: string;
  /** How many posts have it. */
  count: number;
}

export interface SearchResults {
  series: Series[];
  posts: PostHit[];
  tags: Topic[];
  /** Their posts are not in `posts`, because a category has hundreds. */
  categories: Topic[];
  /** The normalised query; '' if nothing was typed. */
  query: string;
  /** The words of the query, normalised. */
  words: string[];
  /** Whether the results contain the query, as text or as pinyin; otherwise they are similar to it. */
  isExact: boolean;
  /** For highlights. */
  pinyin: Pinyin;
}

/** A piece of a text, and whether it is a match. */
export interface Piece {
  text: string;
  isHit: boolean;
}

/** A tag or a category, with its posts. */
interface Group {
  name: string;
  /** The indexes of its posts in the list of all posts, the newest first. */
  rows: number[];
}

/** Longer than any title. The rest of a longer query is ignored. */
const LONGEST_QUERY = 80;
/** Queries of at least this length may differ by two edits, shorter ones by one. A swap is two edits. */
const TWO_EDITS_FROM = 8;

const NO_ROWS: { starts: number[]; anywhere: number[] } = { starts: [], anywhere: [] };

export class Search {
  /** Newest first. */
  readonly #posts: Post[];
  readonly #titles: Lines;
  readonly #tags: Group[];
  readonly #tagNames: Lines;
  readonly #categories: Group[];
  readonly #categoryNames: Lines;
  readonly #series: readonly Series[];
  readonly #seriesNames: Lines;
  readonly #pinyin: Pinyin;
  readonly #simplify: (text: string) => string;

  /** Without pinyin and `simplify`, characters match only themselves. */
  constructor(
    catalogue: Catalogue,
    details: DetailsOfPosts,
    { pinyin = new Pinyin({}), simplify = (text) => text }: Partial<SearchData> = {},
  ) {
    const rows = [...catalogue.posts.values()]
      .map((post) => ({ post, about: details.get(post.id) ?? NO_DETAILS }))
      .sort((a, b) => compareText(b.post.date, a.post.date) || b.post.id - a.post.id);
    const lines = (texts: readonly string[]) => new Lines(texts, pinyin);
    this.#pinyin = pinyin;
    this.#simplify = simplify;
    this.#posts = rows.map(({ post }) => post);
    this.#titles = lines(this.#posts.map(({ title }) => title));
    this.#tags = groups(rows.map(({ about }) => about.tags));
    this.#tagNames = lines(this.#tags.map(({ name }) => name));
    this.#categories = groups(rows.map(({ about }) => about.categories));
    this.#categoryNames = lines(this.#categories.map(({ name }) => name));
    this.#series = catalogue.series;
    this.#seriesNames = lines(this.#series.map(({ name }) => name));
  }

  /**
   * Searches the typed text; if nothing contains it, searches its form in simplified characters, then the
   * same with the terms of the blog.
   */
  find(typed: string): SearchResults {
    const found = this.#find(typed);
    if (!isEmpty(found)) return found;
    const simplified = this.#simplify(typed);
    const inSimplified = simplified === typed ? found : this.#find(simplified);
    const terms = this.#simplify(withBlogTerms(typed));
    if (terms === simplified || !isEmpty(inSimplified)) return inSimplified;
    const inTerms = this.#find(terms);
    return isEmpty(inTerms) ? inSimplified : inTerms;
  }

  #find(typed: string): SearchResults {
    const query = normaliseTitle(typed.slice(0, LONGEST_QUERY));
    const words = typed.slice(0, LONGEST_QUERY).trim().split(/\s+/u);
    const folded = words.length > 1 ? words.map(normaliseTitle).filter(Boolean) : [query];
    const none: SearchResults = {
      series: [],
      posts: [],
      tags: [],
      categories: [],
      query,
      words: folded,
      isExact: true,
      pinyin: this.#pinyin,
    };
    if (!query) return none;
    const literal = this.#titles.with(query);
    // Three or more letters that a title contains literally are probably not meant as pinyin.
    const asPinyin = literal.length === 0 || query.length < 3;
    const exact = {
      ...none,
      series: named(this.#seriesNames, this.#series, query, asPinyin),
      posts: this.#postsWith(query, folded, literal, asPinyin),
      tags: named(this.#tagNames, this.#tags, query, asPinyin).map(topic),
      categories: named(this.#categoryNames, this.#categories, query, asPinyin).map(topic),
    };
    return isEmpty(exact) ? { ...none, isExact: false, ...this.#nearly(query) } : exact;
  }

  /**
   * Finds posts in this order: titles that begin with the query, contain it, contain all its words, or
   * match as pinyin at a start; tags that contain it; titles that match as pinyin anywhere; tags that
   * match as pinyin.
   */
  #postsWith(query: string, words: string[], literal: number[], asPinyin: boolean): PostHit[] {
    const found = new Map<number, string | undefined>();
    const addTitles = (rows: number[]) => {
      for (const row of rows) if (!found.has(row)) found.set(row, undefined);
    };
    const addTags = (tagRows: number[]) => {
      tagRows
        .flatMap((at) => this.#tags[at] ?? [])
        .flatMap(({ name, rows }) => rows.map((row) => ({ name, row })))
        .sort((a, b) => a.row - b.row)
        .forEach(({ name, row }) => found.has(row) || found.set(row, name));
    };
    const read = asPinyin ? this.#titles.readAs(query) : NO_ROWS;
    addTitles(literal);
    if (words.length > 1) addTitles(this.#titles.withAll(words));
    addTitles(read.starts);
    addTags(this.#tagNames.with(query));
    addTitles(read.anywhere);
    const { starts, anywhere } = asPinyin ? this.#tagNames.readAs(query) : NO_ROWS;
    addTags([...starts, ...anywhere]);
    return [...found].flatMap(([row, tag]) => {
      const post = this.#posts[row];
      return post ? [{ post, tag }] : [];
    });
  }

  /** Finds similar texts. The bigrams of the query select candidates; the number of edits decides. */
  #nearly(query: string): Pick<SearchResults, 'series' | 'posts'> {
    const bigrams = new Set<string>();
    for (let i = 0; i + 2 <= query.length; i++) bigrams.add(query.slice(i, i + 2));
    const edits = editsFor(query);
    // An edit changes at most two bigrams.
    const needed = Math.max(1, bigrams.size - 2 * edits);

    const judge = (text: string): number | undefined => {
      let votes = 0;
      for (const bigram of bigrams) if (text.includes(bigram)) votes++;
      return votes >= needed ? nearest(query, text, edits)?.edits : undefined;
    };
    const best = <T>(lines: Lines, things: readonly T[]): T[] =>
      lines.lines
        .flatMap((line, row) => {
          const off = judge(line);
          return off === undefined ? [] : [{ row, off }];
        })
        .sort((a, b) => a.off - b.off)
        .flatMap(({ row }) => things[row] ?? []);
    return {
      series: best(this.#seriesNames, this.#series),
      posts: best(this.#titles, this.#posts).map((post) => ({ post, tag: undefined })),
    };
  }
}

/** Whether no text contains the query, neither as text nor as pinyin. */
function isEmpty({ isExact, series, posts, categories }: SearchResults): boolean {
  return !isExact || series.length + posts.length + categories.length === 0;
}

/** The things whose names begin with the query, then those that contain it, then those that match as pinyin. */
function named<T>(names: Lines, things: readonly T[], query: string, asPinyin: boolean): T[] {
  const literal = names.with(query);
  const { starts, anywhere } = asPinyin ? names.readAs(query) : NO_ROWS;
  const rows = asPinyin ? [...new Set([...literal, ...starts, ...anywhere])] : literal;
  return rows.flatMap((row) => things[row] ?? []);
}

function groups(namesOfRows: readonly (readonly string[])[]): Group[] {
  const found = new Map<string, Group>();
  namesOfRows.forEach((names, row) => {
    for (const name of names) {
      const group = found.get(name) ?? { name, rows: [] };
      found.set(name, group);
      group.rows.push(row);
    }
  });
  return [...found.values()];
}

function topic({ name, rows }: Group): Topic {
  return { name, count: rows.length };
}

/** Names or titles, normalised, and spelt for pinyin when that is first needed. */
class Lines {
  readonly lines: readonly string[];
  readonly #text: Joined;
  readonly #pinyin: Pinyin;
  #spelt: Joined | undefined;

  constructor(texts: readonly string[], pinyin: Pinyin) {
    this.lines = texts.map(normaliseTitle);
    this.#text = new Joined(this.lines);
    this.#pinyin = pinyin;
  }

  /** The rows of the lines that begin with `query`, then of those that contain it, each in order. */
  with(query: string): number[] {
    const rows = this.#text.literal(query);
    const isStart = (row: number) => this.lines[row]?.startsWith(query) === true;
    return [...rows.filter(isStart), ...rows.filter((row) => !isStart(row))];
  }

  /** The rows of the lines with all the words, in order. Only lines with the longest word are tested further. */
  withAll(words: readonly string[]): number[] {
    const longest = words.reduce((a, b) => (b.length > a.length ? b : a));
    const rows = this.#text.literal(longest);
    return rows.filter((row) => words.every((word) => this.lines[row]?.includes(word)));
  }

  /** The rows of the lines that match `query` as pinyin: at a start, or anywhere, which includes starts. */
  readAs(query: string): { starts: number[]; anywhere: number[] } {
    const { atStarts, anywhere } = patterns(query) ?? {};
    if (!atStarts) return NO_ROWS;
    const spelt = (this.#spelt ??= new Joined(this.lines.map((line) => this.#pinyin.spell(line))));
    return { starts: spelt.matches(atStarts), anywhere: anywhere ? spelt.matches(anywhere) : [] };
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
    const near = nearest(query, folded, editsFor(query));
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

function editsFor(query: string): number {
  return query.length < TWO_EDITS_FROM ? 1 : 2;
}

/**
 * The range of the text that is nearest to the query (Sellers 1980); undefined if it takes more than
 * `most` edits. Takes time proportional to the product of both lengths.
 */
function nearest(
  query: string,
  text: string,
  most: number,
): { edits: number; start: number; end: number } | undefined {
  // For each position in the query: the edits so far, and where in the text the match began.
  let before = Array.from({ length: query.length + 1 }, (_, i) => ({ edits: i, start: 0 }));
  let best: { edits: number; start: number; end: number } | undefined;
  for (let j = 1; j <= text.length; j++) {
    const now = [{ edits: 0, start: j }];
    for (let i = 1; i <= query.length; i++) {
      const [diagonal, left, up] = [before[i - 1], before[i], now[i - 1]];
      if (!diagonal || !left || !up) break;
      const same = query[i - 1] === text[j - 1] ? 0 : 1;
      // If the edits are equal, the first of these wins, because it covers more of the text.
      const [cheapest] = [
        { edits: diagonal.edits + same, start: diagonal.start },
        { edits: left.edits + 1, start: left.start },
        { edits: up.edits + 1, start: up.start },
      ].sort((a, b) => a.edits - b.edits);
      if (cheapest) now.push(cheapest);
    }
    before = now;
    const end = before[query.length];
    if (end && end.edits <= most && (!best || end.edits < best.edits)) best = { ...end, end: j };
  }
  return best;
}

// A letter is appended so that a # in the middle is not removed as the blog's trailing one.
const foldCharacter = (character: string) => normaliseTitle(`${character}x`).slice(0, -1);
