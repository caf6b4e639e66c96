/**
 * Placing new posts in series by the numbers in their titles, and by nothing else: a name and a
 * number that read like a series' next part are one, and a first and a second part of one name make
 * a series of their own, unless there is a curated one of that name. What the grammar does not read as a part number stays a lone post.
 */
import { isLastPart, type PartTitle, readPartTitle } from '../grammar.ts';
import { normaliseTitle } from '../normalise.ts';
import type { Post, Series } from '../packing.ts';
import { displayName } from '../place.ts';

/** A post that its title makes part of something. */
interface Part extends PartTitle {
  id: number;
}

/** A name of one letter, `第1：…`, says nothing. */
const LEAST_NAME = 2;

/**
 * The series with the new posts that belong to them, then the series that the new posts make.
 * `posts` has all posts, the new ones too. Costs nothing where no new title has a part number.
 */
export function growSeries(
  series: readonly Series[],
  posts: ReadonlyMap<number, Post>,
  added: readonly Post[],
): readonly Series[] {
  const parts = added.flatMap((post) => partOf(post) ?? []);
  if (parts.length === 0) return series;

  const numbered = series.filter(({ kind }) => kind === 'numbered');
  const known = new Map(series.map((each) => [keyOf(each.name), each]));
  const further = new Map<Series, Part[]>();
  const homeless = new Map<string, Part[]>();
  for (const part of parts) {
    const home = known.get(keyOf(part.name));
    if (home) add(further, home, part);
    else add(homeless, keyOf(part.name), part);
  }

  return [
    ...series.map((each) => withParts(each, further.get(each) ?? [], posts)),
    ...[...homeless].flatMap(([key, group]) => {
      const first = loneParts(key, group, posts, numbered);
      return newSeries([...first, ...group]) ?? [];
    }),
  ];
}

/** Parts beyond the last known number go behind it, gaps or not; what is numbered before stays out. */
function withParts(
  series: Series,
  parts: readonly Part[],
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

/** Posts of the index of the same name, in no numbered series: mostly a first part without sequel. */
function loneParts(
  key: string,
  [sample]: readonly Part[],
  posts: ReadonlyMap<number, Post>,
  numbered: readonly Series[],
): Part[] {
  const name = displayName(sample?.name ?? '');
  const taken = new Set(numbered.flatMap((series) => series.posts));
  return [...posts.values()].flatMap((post) => {
    // The name as it is spelt first: reading every title of the blog would take milliseconds.
    if (post.isNew || taken.has(post.id) || !post.title.includes(name)) return [];
    const part = partOf(post);
    return part && keyOf(part.name) === key ? [part] : [];
  });
}

/**
 * A series of parts of one name, or undefined where they do not make one for certain: it must have
 * a first and a second part, every number once, and ids that rise with the numbers.
 */
function newSeries(parts: readonly Part[]): Series | undefined {
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

function partOf({ id, title }: Post): Part | undefined {
  const read = readPartTitle(title);
  return read && { ...read, id };
}

/** A series' name as it is compared: brackets around it, widths and spaces make no difference. */
export function keyOf(name: string): string {
  return normaliseTitle(displayName(name));
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
