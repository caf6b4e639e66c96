/**
 * The catalogue as one string literal: what scripts/catalogue.ts writes and an open page reads.
 * A line that shortens what comes after it, five of columns, then titles, one a line: first those of
 * the series, each series' behind its name, which compresses better. A number is one character where it is small, for they mostly are: ids
 * and dates are steps from the row before, references steps back in the list from one another. So
 * 1,341 posts parse in about a millisecond and cost a bundle little more than their titles.
 */

export interface Post {
  id: number;
  title: string;
  /** YYYY-MM-DD, the blog's own time zone; '' for a new post that no page has shown with a date. */
  date: string;
  /** Posts that this one links to; null where nobody has looked, [] where there are none. */
  refs: number[] | null;
  /** Estimated minutes of reading, rounded up; null where the length is not known. */
  minutes: number | null;
  /** Learned from a page: the bundled index does not have it yet. */
  isNew?: true;
}

export interface Series {
  /** No other series has it. */
  name: string;
  /** `numbered` by the author in his titles; `curated`: put together by topic and links. */
  kind: 'numbered' | 'curated';
  /** In reading order. */
  posts: number[];
}

const DAY = 86_400_000;
const BASE = 36;
/** A number that has a sign here is that sign; any other is LARGE and stands behind, in base 36. */
const SIGNS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LARGE = '!';
/** Minutes, or references, that nobody knows. It is no sign, and is read as -1. */
const UNKNOWN = '?';
/** At the beginning of a title: the name of the series before it. No title has a tab. */
const SAME = '\t';
/** What may stand for other characters, where it does not occur itself. */
const SPARE = '"#%&\'*+./:;<=>@[]^_{|}';

export function pack(posts: readonly Post[], series: readonly Series[]): string {
  const sorted = posts.toSorted((a, b) => a.id - b.id);
  const rowOf = new Map(sorted.map((post, row) => [post.id, row]));
  const row = (id: number) => {
    const found = rowOf.get(id);
    if (found === undefined) throw new Error(`post ${id} is not in the catalogue`);
    return found;
  };
  const parts = series.map((each) => each.posts.map(row));
  let name = SAME;
  return shorten(
    [
      signsOf(steps(sorted.map(({ id }) => id))),
      signsOf(steps(sorted.map(({ date }) => Date.parse(date) / DAY))),
      signsOf(sorted.map(({ minutes }) => minutes)),
      sorted
        .map(({ refs }, at) =>
          refs ? signsOf(steps(refs.map((id) => at - row(id)).reverse())) : UNKNOWN,
        )
        .join(' '),
      parts.map((rows) => signsOf(steps(rows))).join(' '),
      ...lineOrder(parts, sorted.length).map((line) => {
        const title = sorted[line]?.title;
        if (title !== undefined)
          return title.startsWith(name) ? SAME + title.slice(name.length) : title;
        const { kind, name: own = '' } = series[~line] ?? {};
        name = own;
        return kind === 'numbered' ? name : `~${name}`;
      }),
    ].join('\n'),
  );
}

/** A first line of pairs, `#的 *：`, then the text with the first of each for the second. */
function shorten(text: string): string {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  const spare = SPARE.split('').filter((sign) => !counts.has(sign));
  const common = [...counts.keys()]
    .filter((char) => char > '\u007f')
    .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const pairs = spare.slice(0, common.length).map((sign, at) => `${sign}${common[at]}`);
  const short = pairs.reduce(
    (all, [sign = '', ...char]) => all.replaceAll(char.join(''), sign),
    text,
  );
  return `${pairs.join(' ')}\n${short}`;
}

function lengthen(packed: string): string {
  const [pairs = ''] = packed.split('\n', 1);
  const short = packed.slice(pairs.length + 1);
  return split(pairs).reduce((all, pair) => all.replaceAll(pair.charAt(0), pair.slice(1)), short);
}

/** What the lines after the columns are: `~n` the name of series n, all others titles by their rows. */
function lineOrder(parts: readonly number[][], posts: number): number[] {
  return [...new Set([...parts.flatMap((rows, at) => [~at, ...rows]), ...Array(posts).keys()])];
}

export function unpack(packed: string): { posts: Post[]; series: Series[] } {
  const [ids = '', days = '', minutes = '', refs = '', parts = '', ...lines] =
    lengthen(packed).split('\n');
  const idOf = numbersOf(ids, true);
  const dayOf = numbersOf(days, true);
  const minutesOf = numbersOf(minutes, false);
  const refsOf = refs.split(' ');
  const partsOf = split(parts).map((rows) => numbersOf(rows, true));
  const order = lineOrder(partsOf, idOf.length);
  let before = '';
  const textOf = new Map(
    order.map((line, at) => {
      const text = lines[at] ?? '';
      if (line < 0) before = text.replace(/^~/, '');
      return [line, text.startsWith(SAME) ? before + text.slice(1) : text];
    }),
  );
  let date = '';
  const posts = idOf.map((id, at): Post => {
    const back = refsOf[at] ?? UNKNOWN;
    const length = minutesOf[at] ?? -1;
    const day = dayOf[at] ?? 0;
    if (day !== dayOf[at - 1]) date = new Date(day * DAY).toISOString().slice(0, 10);
    return {
      id,
      title: textOf.get(at) ?? '',
      date,
      refs: back === UNKNOWN ? null : refsFrom(back, at, idOf),
      minutes: length < 0 ? null : length,
    };
  });
  const series = partsOf.map((rows, at): Series => {
    const name = textOf.get(~at) ?? '';
    return {
      name: name.replace(/^~/, ''),
      kind: name.startsWith('~') ? 'curated' : 'numbered',
      posts: rows.map((row) => idOf[row] ?? 0),
    };
  });
  return { posts, series };
}

function steps(numbers: readonly number[]): number[] {
  return numbers.map((n, at) => n - (numbers[at - 1] ?? 0));
}

function signsOf(numbers: readonly (number | null)[]): string {
  const signs = numbers.map((n) => (n === null ? UNKNOWN : (SIGNS[n] ?? LARGE)));
  const large = numbers.filter((_, at) => signs[at] === LARGE).map((n) => n?.toString(BASE));
  return [signs.join(''), ...large].join(',');
}

function refsFrom(packed: string, at: number, ids: readonly number[]): number[] {
  if (packed === '') return [];
  return numbersOf(packed, true)
    .reverse()
    .map((back) => ids[at - back] ?? 0);
}

/** The numbers, each added to those before it where they are steps. */
function numbersOf(packed: string, areSteps: boolean): number[] {
  const [signs = '', ...large] = packed.split(',');
  const numbers: number[] = [];
  let sum = 0;
  // A loop, for a page reads some thousands of numbers before anything is compiled.
  for (const sign of signs) {
    const n = sign === LARGE ? parseInt(large.shift() ?? '', BASE) : SIGNS.indexOf(sign);
    sum = areSteps ? sum + n : n;
    numbers.push(sum);
  }
  return numbers;
}

/** '' holds nothing, not one empty word. */
function split(packed: string): string[] {
  return packed === '' ? [] : packed.split(' ');
}

/** What our own pages and the preview of a link show of a post besides. */
export interface Details {
  category: string;
  tags: string[];
}

/** Details of the posts in the order of their ids: two word lists, then a line of rows for each. */
export function packDetails(details: readonly Details[]): string {
  const categories = [...new Set(details.map(({ category }) => category))];
  const tags = [...new Set(details.flatMap((post) => post.tags))];
  const categoryRow = new Map(categories.map((name, row) => [name, row]));
  const tagRow = new Map(tags.map((name, row) => [name, row]));
  return [
    categories.join('\t'),
    tags.join('\t'),
    details.map(({ category }) => categoryRow.get(category)?.toString(BASE)).join(' '),
    details
      .map((post) => post.tags.map((tag) => tagRow.get(tag)?.toString(BASE)).join(','))
      .join(' '),
  ].join('\n');
}

export function unpackDetails(packed: string): Details[] {
  const [categories = '', tags = '', categoryRows = '', tagRows = ''] = packed.split('\n');
  const categoryOf = categories.split('\t');
  const tagOf = tags.split('\t');
  const rowsOfCategory = categoryRows.split(' ');
  return tagRows.split(' ').map((rows, at) => ({
    category: categoryOf[parseInt(rowsOfCategory[at] ?? '', BASE)] ?? '',
    tags: rows ? rows.split(',').flatMap((row) => tagOf[parseInt(row, BASE)] ?? []) : [],
  }));
}
