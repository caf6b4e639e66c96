import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../../../src/catalogue/catalogue.ts';
import type { Series } from '../../../../../src/catalogue/post.ts';
import { dotBeside, nearestDot } from '../../../../../src/library/views/map/map-find.ts';
import { layOut } from '../../../../../src/library/views/map/map-layout.ts';
import { post } from '../../../support.ts';

describe('finding a dot', () => {
  const dates = [0, 28, 56, 84, 112, 140, 168, 1, 2].map((day) =>
    new Date(Date.UTC(2009, 0, 1 + day)).toISOString().slice(0, 10),
  );
  const posts = dates.map((date, at) => post(at + 1, { date }));
  const series: Series[] = [{ name: '【s】', kind: 'numbered', posts: [1, 2, 3, 4, 5] }];
  const layout = layOut(
    new Catalogue({ posts, series }),
    (id) => (id > 7 ? 'b' : 'a'),
    () => 7,
  );
  const at = (id: number) => layout.ids.indexOf(id);
  const idBeside = (id: number, direction: Parameters<typeof dotBeside>[2]) =>
    layout.ids[dotBeside(layout, at(id), direction)];

  it('finds the nearest one, and none that is too far', () => {
    const [x, y] = [layout.x[at(2)] ?? 0, layout.y[at(2)] ?? 0];
    expect(layout.ids[nearestDot(layout, x + 2, y - 3, 12)]).toBe(2);
    expect(nearestDot(layout, x, y - 13, 12)).toBe(-1);
  });

  it('moves along a row and between rows, and stops at an end', () => {
    expect(idBeside(1, 'right')).toBe(2);
    expect(idBeside(2, 'left')).toBe(1);
    expect(idBeside(1, 'left')).toBe(1);
    expect(idBeside(5, 'right')).toBe(5);
    expect(idBeside(5, 'down')).toBe(6);
    expect(idBeside(6, 'right')).toBe(7);
    expect(idBeside(6, 'up')).toBe(5);
    expect(idBeside(7, 'down')).toBe(8);
    expect(idBeside(8, 'right')).toBe(9);
    expect(idBeside(1, 'up')).toBe(1);
    expect(idBeside(9, 'down')).toBe(9);
  });
});
