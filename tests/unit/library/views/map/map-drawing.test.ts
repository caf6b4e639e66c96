// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { Catalogue } from '../../../../../src/catalogue/catalogue.ts';
import { extent, type Frame } from '../../../../../src/library/views/map/map-frame.ts';
import { layOut } from '../../../../../src/library/views/map/map-layout.ts';
import { MapDrawing } from '../../../../../src/library/views/map/map-drawing.ts';
import { NO_DOT } from '../../../../../src/library/views/map/map-posts.ts';
import type { MapStyle } from '../../../../../src/library/views/map/map-style.ts';
import { post } from '../../../support.ts';

const LETTER = 12;
const BAND = '数学研究';
const LANE = '让炼丹更科学一些';

const style = { inks: {}, marks: {}, sans: '', serif: '', num: '', unit: 1 } as MapStyle;

interface DrawnText {
  text: string;
  from: number;
  to: number;
  y: number;
}

/** A canvas that keeps the texts that are drawn; each letter is as wide as LETTER. */
function canvasOf(drawn: DrawnText[]) {
  const context = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (values, name: string) => {
        if (name === 'measureText') return (text: string) => ({ width: text.length * LETTER });
        if (name === 'fillText')
          return (text: string, x: number, y: number) =>
            drawn.push({ text, from: x, to: x + text.length * LETTER, y });
        return values[name] ?? (() => undefined);
      },
      set: (values, name: string, value) => ((values[name] = value), true),
    },
  );
  const canvas = document.createElement('canvas');
  canvas.getContext = (() => context) as unknown as typeof canvas.getContext;
  return canvas;
}

/** The texts on a map of 19 years, with a lane in the last three, scrolled to `left`. */
function textsAt(left: number) {
  const days = Array.from({ length: 8 }, (_, at) => 6_000 + at * 130);
  const posts = [0, ...days].map((day, at) =>
    post(at + 1, {
      date: new Date(Date.UTC(2009, 0, 1) + day * 86_400_000).toISOString().slice(0, 10),
    }),
  );
  const series = [
    { name: `【${LANE}】`, kind: 'numbered' as const, posts: days.map((_, at) => at + 2) },
  ];
  const layout = layOut(
    new Catalogue({ posts, series }),
    () => BAND,
    (name) => name.length * LETTER,
  );
  const drawn: DrawnText[] = [];
  const scaling = { zoom: 1, stretch: 1, gutter: 0 };
  const frame: Frame = { ...scaling, width: 320, height: 600, left, top: 0, isZooming: false };
  new MapDrawing(canvasOf(drawn), style).draw(
    {
      layout,
      kinds: posts.map(() => 'unread'),
      titles: posts.map(() => ''),
      bands: [{ name: BAND, count: '0 / 9' }],
      hovered: NO_DOT,
      chosen: NO_DOT,
    },
    frame,
  );
  return { drawn, mapEnd: extent(layout, scaling).width - left };
}

it('in a narrow window no name of a lane is partly under that of its category, or beyond the end of the map', () => {
  let shown = 0;
  for (let left = 0; left < 1_300; left += 20) {
    const { drawn, mapEnd } = textsAt(left);
    const [band, lane] = [BAND, LANE].map((name) => drawn.find(({ text }) => text === name));
    expect(band).toBeDefined();
    if (!band || !lane) continue;
    shown++;
    const isCovered = lane.from < band.to && lane.to > band.from && lane.y - band.y < 14;
    expect([left, isCovered]).toEqual([left, false]);
    expect(lane.to).toBeLessThanOrEqual(mapEnd);
  }
  expect(shown).toBeGreaterThan(5);
});
