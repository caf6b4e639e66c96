/**
 * Places new posts in series by the numbers in their titles, and by nothing else. A title with the name
 * of a series and its next number is the next part. A first and a second part with the same name make a
 * new series, unless a curated series has that name. A title without a part number belongs to no
 * series.
 */
import { isLastPart, type PartTitle, readPartTitle } from '../grammar.ts';
import { groupBy } from '../grouping.ts';
import { normaliseTitle } from '../normalise.ts';
import type { Post, Series } from '../post.ts';
import { displayName, comparedName } from '../series-name.ts';

/** A post whose title has a part number. */
interface NumberedPost extends PartTitle {
  id: number;
}

/** The least letters of a name. One letter, as in `第1：…`, identifies no series. */
const LEAST_NAME = 2;

/**
 * Returns the series with the new posts that belong to them, then the new series. `posts` contains all
 * posts, including the new ones. Returns `series` itself if no new title has a part number.
 */
export function extendSeries(
  series: readonly Series[],
  posts: ReadonlyMap<number, Post>,
  added: readonly Post[],
): readonly Series[] {
  const parts = added.flatMap((post) => partOf(post) ?? []);
  if (parts.length === 0) return series;

  const numbered = series.filter(({ kind }) => kind === 'numbered');
  const known = new Set(series.map(({ name }) => comparedName(name)));
  const byName = groupBy(parts, ({ name }) => comparedName(name));

  return [
    ...series.map((each) => withParts(each, byName.get(comparedName(each.name)) ?? [], posts)),
    ...[...byName]
      .filter(([key]) => !known.has(key))
      .flatMap(
        ([key, group]) => newSeries([...loneParts(key, group, posts, numbered), ...group]) ?? [],
      ),
  ];
}

/** Appends the parts with numbers above the last known one, even after a gap; ignores the others. */
function withParts(
  series: Series,
  parts: readonly NumberedPost[],
  posts: ReadonlyMap<number, Post>,
): Series {
  if (parts.length === 0 || series.kind === 'curated') return series;
  const numbers = series.posts.map((id) => {
    const read = readPartTitle(posts.get(id)?.title ?? '');
    return read && isLastPart(read) ? series.posts.length : (read?.number ?? 0);
  });
  const last = Math.max(0, ...numbers);
  const next = parts
    .filter(({ number }) => number > last)
    .sort((a, b) => a.number - b.number || a.id - b.id);
  return next.length === 0
    ? series
    : { ...series, posts: [...series.posts, ...next.map(({ id }) => id)] };
}

/** Bundled parts with that name in no numbered series: usually a first part without a sequel. */
function loneParts(
  key: string,
  [sample]: readonly NumberedPost[],
  posts: ReadonlyMap<number, Post>,
  numbered: readonly Series[],
): NumberedPost[] {
  const name = displayName(sample?.name ?? '');
  const taken = new Set(numbered.flatMap((series) => series.posts));
  return [...posts.values()].flatMap((post) => {
    // The cheap test comes first: parsing every title of the blog would take milliseconds.
    if (post.isNew || taken.has(post.id) || !post.title.includes(name)) return [];
    const part = partOf(post);
    return part && comparedName(part.name) === key ? [part] : [];
  });
}

/**
 * Returns a series of parts with one name, or undefined if it is not certain that they make one: there
 * must be a first and a second part, each number once, and ids that ascend with the numbers.
 */
function newSeries(parts: readonly NumberedPost[]): Series | undefined {
  const hasMiddle = parts.some(({ number }) => number === 2);
  const placed = parts
    .map((part) => ({ ...part, number: isLastPart(part) && !hasMiddle ? 2 : part.number }))
    .sort((a, b) => a.number - b.number);
  const [first, second] = placed;
  if (first?.number !== 1 || second?.number !== 2) return undefined;
  if (normaliseTitle(displayName(first.name)).length < LEAST_NAME) return undefined;
  const rises = placed.every((part, at) => {
    const before = placed[at - 1];
    return !before || (before.number < part.number && before.id < part.id);
  });
  if (!rises) return undefined;
  return {
    name: first.name,
    kind: 'numbered',
    posts: placed.map(({ id }) => id),
  };
}

function partOf({ id, title }: Post): NumberedPost | undefined {
  const read = readPartTitle(title);
  return read && { ...read, id };
}
