/** The posts of the map as dots: where they are, how they are labelled, what they refer to. Pure. */
import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { place, placeInSeries } from '../../../catalogue/place.ts';
import { displayName } from '../../../catalogue/series-name.ts';
import { listAddress, seriesAddress } from '../../../app/library-address.ts';
import type { LibraryContext } from '../../view.ts';
import type { MapName, Scene, TiedDot } from './map-drawing.ts';
import { layOut, type MapLayout } from './map-layout.ts';

export interface MapPosts {
  layout: MapLayout;
  /** The titles by dot; in a lane without the name of the series. */
  titles: readonly string[];
  /** The dot of a post. */
  dotOf: ReadonlyMap<number, number>;
}

export const NO_DOT: TiedDot = { dot: -1, refersTo: [], citedBy: [] };

/** @param nameWidth the width of a lane's name, in px at zoom 1 */
export function mapPosts(
  catalogue: Catalogue,
  details: LibraryContext['details'],
  nameWidth: (name: string) => number,
): MapPosts {
  const layout = layOut(catalogue, (id) => details.get(id)?.categories[0] ?? '', nameWidth);
  return {
    layout,
    titles: titlesOf(layout, catalogue),
    dotOf: new Map([...layout.ids].map((id, dot) => [id, dot])),
  };
}

function titlesOf({ ids, lanes }: MapLayout, catalogue: Catalogue): string[] {
  const names = new Set(lanes.map(({ name }) => name));
  const short = new Map(
    catalogue.series
      .filter(({ name }) => names.has(displayName(name)))
      .flatMap((series) => placeInSeries(series, catalogue).parts)
      .map((part) => [part.id, part.short]),
  );
  return [...ids].map((id) => short.get(id) ?? catalogue.post(id)?.title ?? '');
}

/** A dot with the dots that its post refers to and is cited by. */
export function tiedDot(dot: number, { layout, dotOf }: MapPosts, catalogue: Catalogue): TiedDot {
  const id = layout.ids[dot];
  if (id === undefined) return NO_DOT;
  const { references, citedBy } = place(id, catalogue);
  const dots = (posts: readonly { id: number }[]) =>
    posts.flatMap((post) => dotOf.get(post.id) ?? []);
  return { dot, refersTo: dots(references ?? []), citedBy: dots(citedBy) };
}

/** The name of each band, and how many posts of the category are read: 106 / 421. */
export function bandLabels(
  { bands }: MapLayout,
  details: LibraryContext['details'],
  isRead: (id: number) => boolean,
  noCategory: string,
): Scene['bands'] {
  const counts = new Map<string, { read: number; all: number }>();
  for (const [id, { categories }] of details) {
    const read = isRead(id) ? 1 : 0;
    for (const name of categories.length > 0 ? categories : ['']) {
      const count = counts.get(name) ?? { read: 0, all: 0 };
      counts.set(name, { read: count.read + read, all: count.all + 1 });
    }
  }
  return bands.map(({ name, posts }) => {
    const { read, all } = counts.get(name) ?? { read: 0, all: posts };
    return { name: name || noCategory, count: `${read} / ${all}` };
  });
}

/** The post `step` parts after a post in its first series, or undefined if there is none. */
export function partBeside(id: number, step: number, catalogue: Catalogue): number | undefined {
  const [series] = catalogue.seriesOf(id);
  return series?.posts[series.posts.indexOf(id) + step];
}

/** The address of the list that a name on the map leads to: of its category or its series. */
export function addressOfName(
  name: MapName['name'],
  { bands }: MapLayout,
  { series }: Catalogue,
): string | undefined {
  if (typeof name === 'number') {
    const category = bands[name]?.name;
    return category ? listAddress({ categories: [category] }) : undefined;
  }
  const own = series.find((each) => displayName(each.name) === name);
  return own && seriesAddress(own.name);
}
