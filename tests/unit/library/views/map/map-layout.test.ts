import { describe, expect, it } from 'vitest';
import { readSource } from '../../../../../scripts/source.ts';
import { Catalogue } from '../../../../../src/catalogue/catalogue.ts';
import type { Post, Series } from '../../../../../src/catalogue/post.ts';
import {
  layOut,
  LEFT,
  type MapLayout,
  PITCH,
} from '../../../../../src/library/views/map/map-layout.ts';
import { post, realCatalogue, seeded } from '../../../support.ts';

const series = (name: string, ids: number[]): Series => ({
  name: `【${name}】`,
  kind: 'numbered',
  posts: ids,
});

/** The width of a name in 12 px: Chinese characters are square, others about half as wide. */
const estimatedWidth = (name: string) =>
  Array.from(name, (character) => (/[\u2e80-\uffef]/u.test(character) ? 12 : 7)).reduce<number>(
    (sum, width) => sum + width,
    0,
  );

const dayAfter = (days: number) =>
  new Date(Date.UTC(2009, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);

/** The days of posts 1, 2, 3 …, counted from the first day of 2009. */
function layOutDays(
  days: number[],
  more: { series?: Series[]; categoryOf?: (id: number) => string } = {},
): MapLayout {
  const posts = days.map((day, at) => post(at + 1, { date: dayAfter(day) }));
  const catalogue = new Catalogue({ posts, series: more.series ?? [] });
  return layOut(catalogue, more.categoryOf ?? (() => 'a'), estimatedWidth);
}

/** The column, from 0, and the position of each post by id. */
function places(layout: MapLayout): Map<number, { column: number; y: number; row: number }> {
  return new Map(
    [...layout.ids].map((id, at) => [
      id,
      {
        column: Math.round(((layout.x[at] ?? 0) - LEFT) / PITCH - 0.5),
        y: layout.y[at] ?? 0,
        row: layout.row[at] ?? -1,
      },
    ]),
  );
}

const columns = (layout: MapLayout) =>
  [...places(layout)].sort(([a], [b]) => a - b).map(([, { column }]) => column);

/** The number of dots that are nearer than the pitch to another one. */
function overlapping({ x, y }: MapLayout): number {
  const seen = new Set<string>();
  for (const at of x.keys()) seen.add(`${x[at]?.toFixed(1)} ${y[at]?.toFixed(1)}`);
  return x.length - seen.size;
}

describe('the ground', () => {
  it('has a column for 28 days and stacks its posts', () => {
    const layout = layOutDays([0, 27, 28, 55, 56]);
    expect(columns(layout)).toEqual([0, 0, 1, 1, 2]);
    const { ground = 0 } = layout.bands[0] ?? {};
    expect([...layout.y]).toEqual([ground, ground - PITCH, ground, ground - PITCH, ground]);
  });

  it('stacks six and puts more beside them, later first, at most six columns away', () => {
    const layout = layOutDays(
      [...Array.from({ length: 15 }, () => 280), 0, 600].sort((a, b) => a - b),
    );
    const counts = new Map<number, number>();
    for (const column of columns(layout)) counts.set(column, (counts.get(column) ?? 0) + 1);
    expect([...counts].sort(([a], [b]) => a - b)).toEqual([
      [0, 1],
      [9, 3],
      [10, 6],
      [11, 6],
      [21, 1],
    ]);
    const crowd = layOutDays(
      [...Array.from({ length: 200 }, () => 600), 0, 1_200].sort((a, b) => a - b),
    );
    const inCrowd = [...places(crowd).values()].filter(({ column }) => column > 0 && column < 40);
    expect(inCrowd.every(({ column }) => Math.abs(column - 21) <= 6)).toBe(true);
    expect(overlapping(crowd)).toBe(0);
  });

  it('places a post without a date by its id', () => {
    const posts = [
      post(1, { date: '2020-01-01' }),
      post(2, { date: '' }),
      post(3, { date: '2020-06-01' }),
    ];
    const layout = layOut(new Catalogue({ posts, series: [] }), () => '', estimatedWidth);
    expect(columns(layout)).toEqual([0, 0, 5]);
  });

  it('is empty without posts', () => {
    const layout = layOut(new Catalogue({ posts: [], series: [] }), () => '', estimatedWidth);
    expect(layout).toMatchObject({ bands: [], lanes: [], years: [] });
    expect(layout.ids).toHaveLength(0);
  });
});

describe('bands', () => {
  it('are categories, the one with the most posts at the top', () => {
    const layout = layOutDays([0, 1, 2, 3], { categoryOf: (id) => (id === 2 ? 'few' : 'many') });
    expect(layout.bands.map(({ name, posts }) => [name, posts])).toEqual([
      ['many', 3],
      ['few', 1],
    ]);
    const at = places(layout);
    expect(at.get(2)?.y).toBeGreaterThan(at.get(1)?.y ?? Infinity);
    expect(at.get(2)?.y).toBe(layout.bands[1]?.ground);
  });

  it('have a line for each year', () => {
    const { years } = layOutDays([0, 364, 365, 800]);
    expect(years.map(({ year }) => year)).toEqual([2009, 2010, 2011]);
    expect(years[1]?.x).toBeCloseTo(LEFT + (365 / 28) * PITCH);
  });
});

describe('lanes', () => {
  const monthly = Array.from({ length: 12 }, (_, i) => i * 28);

  it('are the series with at least five parts, above the ground, with the name on the free side', () => {
    const layout = layOutDays(monthly, {
      series: [series('long', [8, 9, 10, 11, 12]), series('short', [1, 2, 3, 4])],
    });
    expect(layout.lanes).toEqual([
      {
        name: 'long',
        y: expect.any(Number) as number,
        from: LEFT + 7.5 * PITCH,
        to: LEFT + 11.5 * PITCH,
        row: 0,
        label: { x: LEFT + 7.5 * PITCH - 8, anchor: 'end' },
      },
    ]);
    const at = places(layout);
    expect([8, 12].map((id) => at.get(id)?.y)).toEqual([layout.lanes[0]?.y, layout.lanes[0]?.y]);
    expect(at.get(8)?.row).not.toBe(at.get(1)?.row);
    expect(layout.lanes[0]?.y).toBeLessThan(layout.bands[0]?.ground ?? 0);
    // A name without room on either side makes the map wider.
    const early = layOutDays(monthly, { series: [series('x'.repeat(40), [1, 2, 3, 4, 5])] });
    expect(early.lanes[0]?.label).toEqual({ x: LEFT + 4.5 * PITCH + 8, anchor: 'start' });
    expect(early.width).toBeGreaterThan(LEFT + 4.5 * PITCH + 8 + 40 * 7);
  });

  it('are only as high as needed to keep parts within three columns of their dates', () => {
    const height = (days: number[]) => {
      const ids = days.map((_, at) => at + 1);
      const layout = layOutDays([...days, 2_000], { series: [series('s', ids)] });
      const of = [...places(layout)].filter(([id]) => id <= days.length);
      expect(overlapping(layout)).toBe(0);
      return new Set(of.map(([, { y }]) => y)).size;
    };
    expect(height([0, 0, 0, 0, 28])).toBe(1);
    expect(height([0, 0, 0, 0, 0])).toBe(2);
    expect(height([0, 0, 0, 0, 0, 0, 0, 0])).toBe(2);
    expect(height([0, 0, 0, 0, 0, 0, 0, 0, 0])).toBe(3);
    expect(height(Array.from({ length: 400 }, () => 0))).toBe(8);
  });

  it('go right and up in the order of the parts, even against their dates', () => {
    const layout = layOutDays([0, 28, 56, 84, 112, 140], {
      series: [series('s', [3, 1, 2, 4, 5])],
    });
    const at = places(layout);
    const cells = [3, 1, 2, 4, 5].map((id) => at.get(id));
    cells.slice(1).forEach((cell, before) => {
      const other = cells[before];
      expect((cell?.column ?? 0) * 100 - (cell?.y ?? 0)).toBeGreaterThan(
        (other?.column ?? 0) * 100 - (other?.y ?? 0),
      );
    });
  });

  it('share a row if there is room for both with their names', () => {
    const days = Array.from({ length: 80 }, (_, i) => i * 28);
    const rows = (a: number, b: number) => {
      const run = (from: number) => Array.from({ length: 5 }, (_, i) => from + i);
      const layout = layOutDays(days, { series: [series('a', run(a)), series('b', run(b))] });
      return new Set(layout.lanes.map(({ y }) => y)).size;
    };
    expect(rows(10, 60)).toBe(1);
    expect(rows(10, 16)).toBe(2);
  });

  it('contain a post of two series once, in the longest one', () => {
    const layout = layOutDays(monthly, {
      series: [series('five', [1, 2, 3, 4, 5]), series('seven', [5, 6, 7, 8, 9, 10, 11])],
    });
    const at = places(layout);
    expect(layout.ids).toHaveLength(12);
    expect(at.get(5)?.row).toBe(at.get(6)?.row);
    expect(at.get(5)?.row).not.toBe(at.get(4)?.row);
  });

  it('are in the category of most of their parts', () => {
    const layout = layOutDays(monthly, {
      series: [series('s', [1, 2, 3, 4, 5])],
      categoryOf: (id) => (id === 1 || id > 5 ? 'many' : 'few'),
    });
    const [many, few] = layout.bands;
    expect([many?.name, few?.name]).toEqual(['many', 'few']);
    expect(layout.lanes[0]?.y).toBeGreaterThan(many?.ground ?? Infinity);
  });
});

describe('the blog', () => {
  const categories = new Map(readSource().posts.map((each) => [each.id, each.categories[0] ?? '']));
  const layout = layOut(realCatalogue(), (id) => categories.get(id) ?? '', estimatedWidth);

  it('has every post once, none overlapping another, in a picture of the expected size', () => {
    expect(new Set(layout.ids).size).toBe(realCatalogue().posts.size);
    expect(overlapping(layout)).toBe(0);
    expect(layout.width).toBeGreaterThan(1_300);
    expect(layout.width).toBeLessThan(1_500);
    expect(layout.height).toBeLessThan(1_000);
    expect(layout.bands.map(({ name }) => name).slice(0, 2)).toEqual(['数学研究', '信息时代']);
  });

  it('has names of lanes that overlap nothing', () => {
    const widthOf = (name: string) => name.length * 12;
    const { lanes } = layOut(realCatalogue(), (id) => categories.get(id) ?? '', widthOf);
    const spans = lanes.map(({ y, from, to, name, label }) => ({
      y,
      from: label.anchor === 'end' ? label.x - widthOf(name) : from,
      to: label.anchor === 'end' ? to : label.x + widthOf(name),
    }));
    const clashes = spans.flatMap((a, at) =>
      spans.slice(at + 1).filter((b) => a.y === b.y && a.from < b.to && b.from < a.to),
    );
    expect(lanes.length).toBeGreaterThan(30);
    expect(clashes).toEqual([]);
    expect(spans.filter(({ from }) => from < LEFT)).toEqual([]);
  });
});

describe('10,000 posts', () => {
  const random = seeded(3);
  const posts: Post[] = Array.from({ length: 10_000 }, (_, at) =>
    post(at + 1, { date: dayAfter(Math.floor(at * 0.65)) }),
  );
  const many = Array.from({ length: 500 }, (_, at) =>
    series(
      `s${at}`,
      [...new Set(Array.from({ length: 12 }, () => 1 + Math.floor(random() * 10_000)))].sort(
        (a, b) => a - b,
      ),
    ),
  );

  it('all have different positions', () => {
    const layout = layOut(
      new Catalogue({ posts, series: many }),
      (id) => `c${id % 10}`,
      estimatedWidth,
    );
    expect(layout.ids).toHaveLength(10_000);
    expect(overlapping(layout)).toBe(0);
    expect([...layout.x, ...layout.y].every(Number.isFinite)).toBe(true);
  });
});
