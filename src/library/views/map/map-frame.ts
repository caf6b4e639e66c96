/**
 * Which part of the map is in the window, and how large: converts points of the layout to points of the
 * window and back. The room for names, on the left and above, neither scrolls nor zooms. Pure.
 */
import { LEFT, type MapLayout, TOP } from './map-layout.ts';

/** The largest vertical scale: a line of text fits between two dots of a stack. Beyond it only time is stretched. */
const TALLEST = 3;
/** The largest zoom, at which nine characters fit between neighbouring columns. */
export const LARGEST = 20;
const SMALLEST = 0.2;
const LITTLE_SMALLER = 0.84;
const WIDEST_STRETCH = 1.6;

/** All lengths are in CSS pixels. */
export interface Frame {
  width: number;
  height: number;
  /** How far it is scrolled. */
  left: number;
  top: number;
  zoom: number;
  /** The factor by which time is stretched, so that the map fills a wide window. */
  stretch: number;
  /** Whether the zoom is changing; titles are drawn when it is not. */
  isZooming: boolean;
  /** The width for the names of categories, left of the columns; 0 if they are among the dots. */
  gutter: number;
}

export interface Point {
  x: number;
  y: number;
}

type Scaling = Pick<Frame, 'zoom' | 'stretch'>;

export function scales({ zoom, stretch }: Scaling): Point {
  return { x: zoom * stretch, y: Math.min(zoom, TALLEST) };
}

/** The point of the window where a point of the layout is. */
export function inWindow(frame: Frame, { x, y }: Point): Point {
  const { left, top, gutter } = frame;
  const scale = scales(frame);
  return { x: gutter + (x - LEFT) * scale.x - left, y: TOP + (y - TOP) * scale.y - top };
}

/** The point of the layout that is at a point of the window. */
export function onMap(frame: Frame, { x, y }: Point): Point {
  const { left, top, gutter } = frame;
  const scale = scales(frame);
  return { x: LEFT + (x + left - gutter) / scale.x, y: TOP + (y + top - TOP) / scale.y };
}

/** The size of the whole map, in px. */
export function extent(
  { width, height }: MapLayout,
  frame: Scaling & Pick<Frame, 'gutter'>,
): { width: number; height: number } {
  const scale = scales(frame);
  return { width: frame.gutter + (width - LEFT) * scale.x, height: TOP + (height - TOP) * scale.y };
}

/** How far to scroll so that a point of the layout is at a point of the window. */
export function scrollFor(frame: Frame, place: Point, at: Point): { left: number; top: number } {
  const { x, y } = inWindow({ ...frame, left: 0, top: 0 }, place);
  return { left: x - at.x, top: y - at.y };
}

type Window = Pick<Frame, 'width' | 'height' | 'gutter'>;

/** The zoom at which the whole map is in the window, and the stretch that fills its width then. */
export function whole(layout: MapLayout, window: Window): Scaling {
  const down = (window.height - TOP) / Math.max(1, layout.height - TOP);
  const wide = across(layout, window);
  const zoom = bounded(Math.min(wide, down));
  return { zoom, stretch: Math.min(WIDEST_STRETCH, Math.max(1, wide / zoom)) };
}

/** The zoom at which the whole width of the map is in the window. */
function across({ width }: MapLayout, window: Window): number {
  return (window.width - window.gutter) / Math.max(1, width - LEFT);
}

/**
 * How the map is first shown: at the `usual` zoom, larger if there is room for all of it, a little
 * smaller if its whole width fits then.
 */
export function atFirst(layout: MapLayout, window: Window, usual: number): Scaling {
  const all = whole(layout, window);
  if (all.zoom > usual) return all;
  const wide = across(layout, window);
  if (wide < usual * LITTLE_SMALLER) return { zoom: usual, stretch: 1 };
  const zoom = Math.min(usual, wide);
  return { zoom, stretch: Math.min(WIDEST_STRETCH, wide / zoom) };
}

export function bounded(zoom: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, zoom));
}
