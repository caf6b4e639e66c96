/**
 * The catalogue as one string literal: what scripts/catalogue.ts writes and an open page reads.
 * Five lines of columns, then titles, one a line: first those of the series, each series' behind its
 * name, which compresses better. A number is one character where it is small, for they mostly are: ids
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
/** A number that has a sign here is that sign; any other stands in brackets, in base 36. */
const SIGNS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Minutes, or references, that nobody knows. It is no sign, and is read as -1. */
const UNKNOWN = '?';

export function pack(posts: readonly Post[], series: readonly Series[]): string {
  const sorted = posts.toSorted((a, b) => a.id - b.id);
  const rowOf = new Map(sorted.map((post, row) => [post.id, row]));
  const row = (id: number) => {
    const found = rowOf.get(id);
    if (found === undefined) throw new Error(`post ${id} is not in the catalogue`);
    return found;
  };
  const parts = series.map((each) => each.posts.map(row));
  return [
    signsOf(steps(sorted.map(({ id }) => id))),
    signsOf(steps(sorted.map(({ date }) => Date.parse(date) / DAY))),
    sorted.map(({ minutes }) => (minutes === null ? UNKNOWN : signsOf([minutes]))).join(''),
    sorted
      .map(({ refs }, at) =>
        refs ? signsOf(steps(refs.map((id) => at - row(id)).reverse())) : UNKNOWN,
      )
      .join(' '),
    parts.map((rows) => signsOf(steps(rows))).join(' '),
    ...lineOrder(parts, sorted.length).map((line) => {
      const { name = '', kind } = series[~line] ?? {};
      return sorted[line]?.title ?? (kind === 'numbered' ? name : `~${name}`);
    }),
  ].join('\n');
}

/** What the lines after the columns are: `~n` the name of series n, all others titles by their rows. */
function lineOrder(parts: readonly number[][], posts: number): number[] {
  return [...new Set([...parts.flatMap((rows, at) => [~at, ...rows]), ...Array(posts).keys()])];
}

export function unpack(packed: string): { posts: Post[]; series: Series[] } {
  const [ids = '', days = '', minutes = '', refs = '', parts = '', ...lines] = packed.split('\n');
  const idOf = sums(ids);
  const dayOf = sums(days);
  const minutesOf = numbersOf(minutes);
  const refsOf = refs.split(' ');
  const partsOf = parts === '' ? [] : parts.split(' ').map(sums);
  const order = lineOrder(partsOf, idOf.length);
  const textOf = new Map(order.map((line, at) => [line, lines[at] ?? '']));
  const posts = idOf.map((id, at): Post => {
    const known = refsOf[at] ?? UNKNOWN;
    const length = minutesOf[at] ?? -1;
    return {
      id,
      title: textOf.get(at) ?? '',
      date: new Date((dayOf[at] ?? 0) * DAY).toISOString().slice(0, 10),
      refs:
        known === UNKNOWN
          ? null
          : sums(known)
              .reverse()
              .map((back) => idOf[at - back] ?? 0),
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

function signsOf(numbers: readonly number[]): string {
  return numbers.map((n) => SIGNS[n] ?? `(${n.toString(BASE)})`).join('');
}

function sums(packed: string): number[] {
  let sum = 0;
  return numbersOf(packed).map((step) => (sum += step));
}

function numbersOf(packed: string): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < packed.length; at++) {
    const end = packed[at] === '(' ? packed.indexOf(')', at) : at;
    numbers.push(
      end > at ? parseInt(packed.slice(at + 1, end), BASE) : SIGNS.indexOf(packed.charAt(at)),
    );
    at = end;
  }
  return numbers;
}

/** What only our own pages show of a post. */
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
