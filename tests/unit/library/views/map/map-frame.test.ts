import { describe, expect, it } from 'vitest';
import {
  atFirst,
  bounded,
  extent,
  type Frame,
  inWindow,
  LARGEST,
  onMap,
  scrollFor,
  whole,
} from '../../../../../src/library/views/map/map-frame.ts';
import { LEFT, type MapLayout, TOP } from '../../../../../src/library/views/map/map-layout.ts';
import { seeded } from '../../../support.ts';

const layout = { width: 1_400, height: 900 } as MapLayout;
const frame = (change: Partial<Frame> = {}): Frame => ({
  width: 1_200,
  height: 700,
  left: 0,
  top: 0,
  zoom: 1,
  stretch: 1,
  isZooming: false,
  gutter: LEFT,
  ...change,
});

describe('a place', () => {
  it('is at zoom 1 where the layout has it, beside and below the names', () => {
    expect(inWindow(frame(), { x: 250, y: 300 })).toEqual({ x: 250, y: 300 });
    expect(inWindow(frame({ left: 40, top: 30 }), { x: 250, y: 300 })).toEqual({ x: 210, y: 270 });
    // If the names are among the dots, the first column is at the edge.
    expect(inWindow(frame({ gutter: 0, zoom: 3 }), { x: LEFT, y: TOP })).toEqual({ x: 0, y: TOP });
  });

  it('converts to the window and back, at any zoom', () => {
    const random = seeded(7);
    for (let i = 0; i < 200; i++) {
      const some = frame({
        zoom: bounded(random() * 25),
        stretch: 1 + random(),
        left: random() * 4_000,
        top: random() * 900,
        gutter: random() < 0.5 ? 0 : LEFT,
      });
      const place = { x: random() * 1_400, y: random() * 900 };
      const back = onMap(some, inWindow(some, place));
      expect(back.x).toBeCloseTo(place.x, 6);
      expect(back.y).toBeCloseTo(place.y, 6);
    }
  });

  it('is scrolled to the wanted position', () => {
    const before = frame({ zoom: 2.5, left: 500, top: 100 });
    const place = { x: 700, y: 400 };
    const after = { ...before, ...scrollFor(before, place, { x: 320, y: 240 }) };
    expect(inWindow(after, place)).toEqual({ x: 320, y: 240 });
  });

  it('moves right if the map no longer grows in height', () => {
    const [some, more] = [frame({ zoom: 6 }), frame({ zoom: 12 })];
    const place = { x: 300, y: 400 };
    expect(inWindow(more, place).y).toBe(inWindow(some, place).y);
    expect(inWindow(more, place).x).toBeGreaterThan(inWindow(some, place).x);
  });
});

describe('the whole map', () => {
  const sizes = [
    [1_920, 950],
    [1_200, 700],
    [800, 1_200],
    [320, 500],
  ] as const;

  it.each(sizes)('fits in a window of %d × %d', (width, height) => {
    const window = frame({ width, height, gutter: width < 700 ? 0 : LEFT });
    const seen = extent(layout, { ...window, ...whole(layout, window) });
    expect(seen.width).toBeLessThanOrEqual(width + 0.001);
    expect(seen.height).toBeLessThanOrEqual(height + 0.001);
    const isFull = seen.width > width - 1 || seen.height > height - 1;
    expect(isFull).toBe(true);
  });

  it('is stretched to fill a wide window, up to a limit', () => {
    const wide = frame({ width: 1_920, height: 950 });
    expect(extent(layout, { ...wide, ...whole(layout, wide) }).width).toBeCloseTo(1_920, 3);
    expect(whole(layout, frame({ width: 9_000, height: 500 })).stretch).toBeLessThan(2);
  });
});

describe('at first', () => {
  it('a small window shows a part at the usual size', () => {
    expect(atFirst(layout, frame({ width: 320, gutter: 0 }), 1)).toEqual({ zoom: 1, stretch: 1 });
    expect(atFirst(layout, frame({ width: 320, gutter: 0 }), 2)).toEqual({ zoom: 2, stretch: 1 });
  });

  it('a window that is nearly wide enough shows the whole width', () => {
    for (const width of [1_240, 1_399, 1_500, 1_900]) {
      const window = frame({ width });
      expect(extent(layout, { ...window, ...atFirst(layout, window, 1) }).width).toBeCloseTo(width);
    }
  });

  it('a large window shows it larger', () => {
    expect(atFirst(layout, frame({ width: 3_000, height: 2_000 }), 1).zoom).toBeGreaterThan(2);
  });
});

it('a zoom is bounded', () => {
  expect(bounded(0)).toBeGreaterThan(0);
  expect(bounded(1e9)).toBe(LARGEST);
});
