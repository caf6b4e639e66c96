/**
 * The catalogue as one string literal: what scripts/catalogue.ts writes and an open page reads.
 * Seven lines of columns, then a title a line, those of a series together, which compresses better;
 * numbers in base 36, ids and dates as steps from the row before, references as steps back in the
 * list. So 1,341 posts parse in about a millisecond and cost a bundle little more than their titles.
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
  slug: string;
  name: string;
  /** `numbered` by the author in his titles; `curated`: put together by topic and links. */
  kind: 'numbered' | 'curated';
  /** In reading order. */
  posts: number[];
}

const DAY = 86_400_000;
const BASE = 36;

export function pack(posts: readonly Post[], series: readonly Series[]): string {
  const sorted = posts.toSorted((a, b) => a.id - b.id);
  const rowOf = new Map(sorted.map((post, row) => [post.id, row]));
  const row = (id: number) => {
    const found = rowOf.get(id);
    if (found === undefined) throw new Error(`post ${id} is not in the catalogue`);
    return found;
  };
  const day = (post: Post) => Date.parse(post.date) / DAY;
  const rows = series.map(({ posts: parts }) => parts.map(row));
  return [
    packIds(sorted),
    steps(sorted.map(day)),
    sorted.map((post) => post.minutes?.toString(BASE) ?? '').join(' '),
    sorted
      .map((post, at) =>
        post.refs === null
          ? ''
          : post.refs.map((id) => (at - row(id)).toString(BASE)).join(',') || '=',
      )
      .join(' '),
    series.map(({ slug }) => slug).join(' '),
    series.map(({ name, kind }) => (kind === 'numbered' ? name : `~${name}`)).join('\t'),
    rows.map((parts) => steps(parts, ',')).join(' '),
    ...titleOrder(rows, sorted.length).map((at) => sorted[at]?.title ?? ''),
  ].join('\n');
}

/** The rows of all posts, those of the series first. */
function titleOrder(series: readonly number[][], posts: number): number[] {
  return [...new Set([...series.flat(), ...Array(posts).keys()])];
}

export function unpack(packed: string): { posts: Post[]; series: Series[] } {
  const [
    ids = '',
    days = '',
    minutes = '',
    refs = '',
    slugs = '',
    names = '',
    parts = '',
    ...titles
  ] = packed.split('\n');
  const idOf = unpackIds(ids);
  const dayOf = fromSteps(days);
  const minutesOf = minutes.split(' ');
  const refsOf = refs.split(' ');
  const partsOf = split(parts).map((steps) => fromSteps(steps, ','));
  const titleOf: string[] = [];
  titleOrder(partsOf, idOf.length).forEach((row, at) => (titleOf[row] = titles[at] ?? ''));
  const posts = idOf.map((id, at): Post => ({
    id,
    title: titleOf[at] ?? '',
    date: new Date((dayOf[at] ?? 0) * DAY).toISOString().slice(0, 10),
    minutes: minutesOf[at] ? parseInt(minutesOf[at], BASE) : null,
    refs: unpackRefs(refsOf[at] ?? '', at, idOf),
  }));
  const nameOf = names.split('\t');
  const series = split(slugs).map((slug, at): Series => {
    const name = nameOf[at] ?? '';
    return {
      slug,
      name: name.replace(/^~/, ''),
      kind: name.startsWith('~') ? 'curated' : 'numbered',
      posts: (partsOf[at] ?? []).map((row) => idOf[row] ?? 0),
    };
  });
  return { posts, series };
}

function unpackRefs(packed: string, at: number, ids: number[]): number[] | null {
  if (packed === '') return null;
  if (packed === '=') return [];
  return packed.split(',').map((back) => ids[at - parseInt(back, BASE)] ?? 0);
}

function steps(numbers: number[], separator = ' '): string {
  return numbers.map((n, i) => (n - (numbers[i - 1] ?? 0)).toString(BASE)).join(separator);
}

function fromSteps(packed: string, separator = ' '): number[] {
  let sum = 0;
  return split(packed, separator).map((step) => (sum += parseInt(step, BASE)));
}

/** '' holds nothing, not one empty word. */
function split(packed: string, separator = ' '): string[] {
  return packed === '' ? [] : packed.split(separator);
}

/** The ids alone, for who asks which row of the details is a post's. */
export function packIds(posts: readonly { id: number }[]): string {
  return steps(posts.map(({ id }) => id));
}

export function unpackIds(packed: string): number[] {
  return fromSteps(packed);
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
