/** Draws the part of the map that is in the window on a canvas, once for every frame. */
import { groupBy } from '../../../catalogue/grouping.ts';
import type { Kind } from '../../../catalogue/search/filters.ts';
import { drawDots } from './map-dots.ts';
import { extent, type Frame, inWindow, type Point, scales } from './map-frame.ts';
import { pointOf } from './map-find.ts';
import { type Lane, type MapLayout, PITCH, TOP } from './map-layout.ts';
import { MapPen } from './map-pen.ts';
import type { MapStyle } from './map-style.ts';

/** The data to draw. Arrays are in the order of the layout's dots. */
export interface Scene {
  layout: MapLayout;
  kinds: readonly Kind[];
  /** The titles beside the dots; in a lane without the name of the series. */
  titles: readonly string[];
  /** The name of each band, and the count under it: 106 / 421. */
  bands: readonly { name: string; count: string }[];
  /** The dot under the pointer, and the chosen one. */
  hovered: TiedDot;
  chosen: TiedDot;
}

/** A dot with the dots of its references. */
export interface TiedDot {
  /** -1 for none. */
  dot: number;
  refersTo: readonly number[];
  citedBy: readonly number[];
}

/** The box of a name on the map, in px of the window. A lane is identified by its name, a band by its index. */
export interface MapName {
  name: string | number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where the name of a band is drawn, in px of the window. */
interface BandName {
  /** The index of the band. */
  band: number;
  width: number;
  /** The middles of the name and of the count, which is below or beside it. */
  y: number;
  countY: number;
  isCountBeside: boolean;
}

const RADIUS = 2.2;
const LARGEST_RADIUS = 7;
/** Titles are drawn if two dots of a stack are at least this far apart, so that a line of text fits between them. */
const TITLE_PITCH = 14;
/** Titles are not cut shorter than this, in px. */
const LEAST_TITLE = 44;
/** The smallest scale at which lanes are named. */
const LEAST_NAMED = 0.75;
/** The least distance between the numbers of two years, in px. */
const LEAST_YEAR = 40;
const WIDEST_LABEL = 420;
/** Between a lane and its name, in px. */
const GAP = 8;
/** A name is pointed at within this height, in px. */
const NAME_HEIGHT = 24;
/** The height of what a name covers, in px for a reader who has chosen no size of text. */
const COVERED = 18;

/** The radius of a dot, in px of the window. */
function radiusAt(zoom: number): number {
  return Math.min(LARGEST_RADIUS, Math.max(1, RADIUS * zoom));
}

export class MapDrawing {
  readonly #pen: MapPen;
  readonly #canvas: HTMLCanvasElement;
  /** The names in the last frame, in the order in which they were drawn. */
  #shownNames: MapName[] = [];

  constructor(canvas: HTMLCanvasElement, style: MapStyle) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('the canvas has no 2d context');
    this.#canvas = canvas;
    this.#pen = new MapPen(context, style);
  }

  set style(style: MapStyle) {
    this.#pen.style = style;
  }

  /** The width of a lane's name, in px at zoom 1. */
  nameWidth(name: string): number {
    return this.#pen.width(name) / this.#pen.style.unit;
  }

  /** The name at a point of the window, if there is one. */
  nameAt({ x, y }: Point): MapName['name'] | undefined {
    return this.#shownNames.findLast(
      ({ left, top, right, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
    )?.name;
  }

  draw(scene: Scene, frame: Frame): void {
    const tied = scene.hovered.dot < 0 ? scene.chosen : scene.hovered;
    const bandNames = this.#placeBandNames(scene, frame);
    this.#shownNames = [];
    this.#fit(frame);
    this.#pen.cover({ x: 0, y: 0 }, frame.width, frame.height);
    this.#pen.within({ x: frame.gutter, y: TOP }, frame.width, frame.height, () => {
      this.#gridLines(scene.layout, frame);
      this.#references(scene.layout, tied, frame);
      this.#dots(scene, frame);
      this.#rings(scene, tied, frame);
      this.#laneNames(scene.layout, frame, bandNames);
      this.#titles(scene, frame);
    });
    this.#years(scene.layout, frame);
    this.#pen.within({ x: 0, y: TOP }, frame.width, frame.height, () =>
      this.#bands(scene, frame, bandNames),
    );
    this.#hoveredTitle(scene, frame);
  }

  /** Gives the canvas the size of the window, in pixels of the device. */
  #fit({ width, height }: Frame): void {
    const ratio = devicePixelRatio;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== w || this.#canvas.height !== h) {
      this.#canvas.width = w;
      this.#canvas.height = h;
      this.#canvas.style.width = `${width}px`;
      this.#canvas.style.height = `${height}px`;
    }
    this.#pen.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Draws the lines of years, categories and lanes. */
  #gridLines({ years, bands, lanes }: MapLayout, frame: Frame): void {
    this.#pen.stroke('line', 0.8, 1, () => {
      for (const { x } of years) {
        const place = inWindow(frame, { x, y: 0 });
        if (place.x >= frame.gutter && place.x <= frame.width)
          this.#pen.line({ x: place.x, y: TOP }, { x: place.x, y: frame.height });
      }
    });
    this.#pen.stroke('edge', 0.55, 1, () => {
      for (const { ground } of bands) {
        const { y } = inWindow(frame, { x: 0, y: ground });
        const below = Math.round(y + radiusAt(frame.zoom) + 2.5);
        this.#pen.line({ x: frame.gutter, y: below }, { x: frame.width, y: below });
      }
    });
    this.#pen.stroke('edge', 0.7, 0.75, () => {
      for (const { from, to, y } of lanes)
        this.#pen.line(inWindow(frame, { x: from, y }), inWindow(frame, { x: to, y }));
    });
  }

  /** Draws dashed arcs to the posts that a post refers to, solid ones to those that refer to it. */
  #references(layout: MapLayout, { dot, refersTo, citedBy }: TiedDot, frame: Frame): void {
    const context = this.#pen.context;
    const tie = (other: number) =>
      arc(context, placeOf(layout, dot, frame), placeOf(layout, other, frame));
    this.#pen.stroke('tie', 0.6, 0.9, () => citedBy.forEach(tie));
    context.setLineDash([4, 2.5]);
    this.#pen.stroke('tie', 1, 1.1, () => refersTo.forEach(tie));
    context.setLineDash([]);
  }

  #dots({ layout, kinds }: Scene, frame: Frame): void {
    const radius = radiusAt(frame.zoom);
    const margin = radius + 2;
    const isInSight = ({ x, y }: Point) =>
      x >= frame.gutter - margin &&
      x <= frame.width + margin &&
      y >= TOP - margin &&
      y <= frame.height + margin;
    const byKind = groupBy([...kinds.keys()], (at) => kinds[at] ?? 'unread');
    const { inks, marks } = this.#pen.style;
    for (const [kind, dots] of byKind) {
      const inSight = dots.map((at) => placeOf(layout, at, frame)).filter(isInSight);
      drawDots(this.#pen.context, kind, inSight, radius, marks[kind], inks.paper);
    }
  }

  /** Draws rings around the chosen post, the one under the pointer and those of the references. */
  #rings({ layout, chosen, hovered }: Scene, tied: TiedDot, frame: Frame): void {
    const radius = radiusAt(frame.zoom);
    const ring = (at: number, gap: number) => {
      const { x, y } = placeOf(layout, at, frame);
      this.#pen.context.moveTo(x + radius + gap, y);
      this.#pen.context.arc(x, y, radius + gap, 0, 2 * Math.PI);
    };
    this.#pen.stroke('tie', 1, 0.9, () => {
      for (const at of [...tied.refersTo, ...tied.citedBy]) ring(at, 1.8);
    });
    this.#pen.stroke('tie', 1, 1.6, () => {
      for (const at of new Set([chosen.dot, hovered.dot])) if (at >= 0) ring(at, 3);
    });
  }

  /** Draws the names of lanes that have enough room, also beside the names of bands. */
  #laneNames(layout: MapLayout, frame: Frame, bandNames: readonly BandName[]): void {
    const { lanes } = layout;
    const { unit } = this.#pen.style;
    if (scales(frame).y < LEAST_NAMED * unit) return;
    // Names of bands beside the dots cover nothing.
    const covering = frame.gutter > 0 ? [] : bandNames;
    const isCovered = (x: number, y: number) =>
      covering.some((name) => x < name.width + GAP && Math.abs(y - name.y) < COVERED * unit);
    const mapEnd = extent(layout, frame).width - frame.left;
    let [line, taken] = [NaN, 0];
    for (const [i, lane] of lanes.entries()) {
      if (line !== lane.y) taken = frame.gutter - frame.left;
      line = lane.y;
      const start = inWindow(frame, { x: lane.from, y: lane.y });
      const end = inWindow(frame, { x: lane.to, y: lane.y });
      const width = this.#pen.width(lane.name);
      const sides = { end: start.x - GAP - width, start: end.x + GAP };
      const hasRoom = {
        end: sides.end >= taken && !isCovered(sides.end, start.y),
        start:
          sides.start + width + GAP <= (this.#startOf(lanes[i + 1], lane, frame) ?? mapEnd) &&
          !isCovered(sides.start, start.y),
      };
      const { anchor } = lane.label;
      const other = anchor === 'end' ? 'start' : 'end';
      const side = hasRoom[anchor] ? anchor : hasRoom[other] ? other : undefined;
      const x = side && sides[side];
      taken = side === 'start' ? sides.start + width + GAP : end.x + GAP;
      if (x === undefined || x >= frame.width || x + width <= frame.gutter) continue;
      this.#pen.text(lane.name, { x, y: start.y }, 'ink2');
      this.#rememberName(lane.name, { x: Math.max(x, frame.gutter), y: start.y }, x + width);
    }
  }

  /** The x at which the next lane of the same row begins, including its name, if there is one. */
  #startOf(next: Lane | undefined, { y }: Lane, frame: Frame): number | undefined {
    if (next?.y !== y) return undefined;
    const { x } = inWindow(frame, { x: next.from, y });
    return next.label.anchor === 'end' ? x - GAP - this.#pen.width(next.name) : x;
  }

  #titles({ layout, titles, hovered }: Scene, frame: Frame): void {
    const scale = scales(frame);
    if (frame.isZooming || PITCH * scale.y < TITLE_PITCH * this.#pen.style.unit) return;
    const offset = radiusAt(frame.zoom) + 5;
    for (const [at, title] of titles.entries()) {
      if (at === hovered.dot) continue;
      const { x, y } = placeOf(layout, at, frame);
      if (y < TOP - 10 || y > frame.height + 10) continue;
      if (x < frame.gutter - WIDEST_LABEL || x > frame.width) continue;
      const room = this.#room(layout, at, frame) - offset * 2;
      if (room < LEAST_TITLE || x + offset + room < frame.gutter) continue;
      const text = this.#pen.cut(title, Math.min(room, WIDEST_LABEL));
      this.#pen.text(text, { x: x + offset, y }, 'ink2');
    }
  }

  /** The room from a dot to the next dot or name on its line, in px of the window. */
  #room({ row, x, next, lanes }: MapLayout, at: number, frame: Frame): number {
    const own = x[at] ?? 0;
    const scale = scales(frame).x;
    let room = ((next[at] ?? Infinity) - own) * scale;
    const lane = lanes.find((each) => each.row === row[at] && each.from <= own && own <= each.to);
    if (!lane) return room;
    for (const { row: other, from, to, name, label } of lanes) {
      if (other !== lane.row) continue;
      const isLeft = label.anchor === 'end';
      if (from > own && isLeft)
        room = Math.min(room, (from - own) * scale - GAP - this.#pen.width(name));
      if (to >= own && !isLeft) room = Math.min(room, (to - own) * scale + GAP);
    }
    return room;
  }

  #years({ years }: MapLayout, frame: Frame): void {
    this.#pen.cover({ x: 0, y: 0 }, frame.width, TOP);
    this.#pen.font('num', 12);
    let from = -Infinity;
    for (const { year, x } of years) {
      const place = inWindow(frame, { x, y: 0 });
      if (place.x - from < LEAST_YEAR * this.#pen.style.unit) continue;
      from = place.x;
      if (place.x + 4 >= frame.gutter && place.x < frame.width)
        this.#pen.fill(`${year}`, { x: place.x + 4, y: TOP - 12 }, 'ink3');
    }
  }

  /** Places the names of the categories. Each stays in sight as long as one of its posts is. */
  #placeBandNames({ layout, bands }: Scene, frame: Frame): BandName[] {
    const { unit } = this.#pen.style;
    const isBeside = frame.gutter > 0;
    const placed: BandName[] = [];
    let last = -Infinity;
    this.#pen.font('serif', 13, 600);
    for (const [band, { top, ground }] of layout.bands.entries()) {
      const from = inWindow(frame, { x: 0, y: top }).y;
      const to = inWindow(frame, { x: 0, y: ground }).y;
      const y = isBeside
        ? Math.max(from + 34 * unit, Math.min(to, frame.height - 10))
        : Math.min(to - 6, Math.max(from + 14 * unit, TOP + 10 * unit));
      const isCountBeside = isBeside && to - from < 34 * unit;
      if (y < TOP - 20 || y > frame.height + 40) continue;
      if (y - last < (isCountBeside || !isBeside ? 14 : 32) * unit) continue;
      last = y;
      placed.push({
        band,
        width: this.#pen.context.measureText(bands[band]?.name ?? '').width,
        y: !isBeside ? y : isCountBeside ? to - 3 : y - 16 * unit,
        countY: isCountBeside ? to - 3 : y,
        isCountBeside,
      });
    }
    return placed;
  }

  /** Draws the names of the categories, with their counts if there is room beside the dots. */
  #bands({ bands }: Scene, frame: Frame, names: readonly BandName[]): void {
    const { unit } = this.#pen.style;
    const isBeside = frame.gutter > 0;
    if (isBeside) this.#pen.cover({ x: 0, y: TOP }, frame.gutter, frame.height);
    for (const { band, width, y, countY, isCountBeside } of names) {
      const { name = '', count = '' } = bands[band] ?? {};
      this.#rememberName(band, { x: 0, y }, width);
      if (!isBeside)
        this.#pen.cover({ x: 0, y: y - (COVERED / 2) * unit }, width + GAP, COVERED * unit);
      this.#pen.font('serif', 13, 600);
      this.#pen.fill(name, { x: 0, y }, 'ink');
      if (!isBeside) continue;
      this.#pen.font('num', 12);
      const text = isCountBeside ? count.replaceAll(' ', '') : count;
      this.#pen.fill(text, { x: isCountBeside ? width + GAP : 0, y: countY }, 'ink3');
    }
  }

  /** The title of the dot that is pointed at. */
  #hoveredTitle({ layout, titles, hovered, chosen }: Scene, frame: Frame): void {
    if (hovered.dot < 0 || hovered.dot === chosen.dot) return;
    const { unit, inks } = this.#pen.style;
    const context = this.#pen.context;
    const text = this.#pen.cut(titles[hovered.dot] ?? '', Math.min(WIDEST_LABEL, frame.width - 32));
    const dot = placeOf(layout, hovered.dot, frame);
    const [width, height] = [this.#pen.width(text) + 16, 24 * unit];
    const gap = radiusAt(frame.zoom) + 8;
    const x = Math.max(4, Math.min(dot.x - width / 2, frame.width - width - 4));
    const y = dot.y - gap - height < TOP ? dot.y + gap : dot.y - gap - height;
    context.beginPath();
    context.roundRect(x, y, width, height, 4);
    context.fillStyle = inks.raised;
    context.fill();
    context.strokeStyle = inks.edge;
    context.lineWidth = 1;
    context.stroke();
    this.#pen.font('sans', 12);
    this.#pen.fill(text, { x: x + 8, y: y + height / 2 }, 'ink');
  }

  /** Remembers the box of a name, high enough to be hit. */
  #rememberName(name: MapName['name'], { x, y }: Point, right: number): void {
    const half = NAME_HEIGHT / 2;
    this.#shownNames.push({ name, left: x, top: Math.max(TOP, y - half), right, bottom: y + half });
  }
}

/** The point of a dot in the window. */
export function placeOf(layout: MapLayout, dot: number, frame: Frame): Point {
  return inWindow(frame, pointOf(layout, dot));
}

/** Adds an arc to the path: a bow between dots on one line, or a curve that arrives level at the other dot. */
function arc(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  context.moveTo(from.x, from.y);
  if (Math.abs(dy) < 1) {
    const height = Math.min(120, 16 + Math.abs(dx) / 4);
    context.quadraticCurveTo(from.x + dx / 2, from.y - height, to.x, to.y);
  } else context.bezierCurveTo(from.x + dx * 0.15, to.y, from.x + dx / 2, to.y, to.x, to.y);
}
