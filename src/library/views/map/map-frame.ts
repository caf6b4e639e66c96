/**
 * What of the map is in the window, and how large: the layout's places in pixels of the window and
 * back. The room for names, left and above, does not scroll and is not enlarged. Pure.
 */
import { LEFT, type MapLayout, TOP } from './map-layout.ts';

/** Beyond this only time is stretched: a line of text fits between two dots of a stack. */
const TALLEST = 3;
/** So far in, neighbouring columns have room for nine characters between them. */
export const LARGEST = 20;
const SMALLEST = 0.2;
const LITTLE_SMALLER = 0.84;
const WIDEST_STRETCH = 1.6;

/** All in CSS pixels but `zoom`. */
export interface Frame {
  width: number;
  height: number;
  /** How far it is scrolled. */
  left: number;
  top: number;
  zoom: number;
  /** How much wider than high the map is seen, so that it fills a wide window. */
  stretch: number;
  /** It is being enlarged: what takes long to set waits until it stands still. */
  isZooming: boolean;
  /** Room for the categories' names, left of the columns; 0 where they stand among the dots. */
  gutter: number;
}

export interface Place {
  x: number;
  y: number;
}

type Scaling = Pick<Frame, 'zoom' | 'stretch'>;

export function scales({ zoom, stretch }: Scaling): Place {
  return { x: zoom * stretch, y: Math.min(zoom, TALLEST) };
}

/** Where a place of the layout stands in the window. */
export function inWindow(frame: Frame, { x, y }: Place): Place {
  const { left, top, gutter } = frame;
  const scale = scales(frame);
  return { x: gutter + (x - LEFT) * scale.x - left, y: TOP + (y - TOP) * scale.y - top };
}

/** The place of the layout that stands there in the window. */
export function onMap(frame: Frame, { x, y }: Place): Place {
  const { left, top, gutter } = frame;
  const scale = scales(frame);
  return { x: LEFT + (x + left - gutter) / scale.x, y: TOP + (y + top - TOP) / scale.y };
}

/** What there is to scroll. */
export function extent(
  { width, height }: MapLayout,
  frame: Scaling & Pick<Frame, 'gutter'>,
): { width: number; height: number } {
  const scale = scales(frame);
  return { width: frame.gutter + (width - LEFT) * scale.x, height: TOP + (height - TOP) * scale.y };
}

/** How far it must be scrolled for a place of the layout to stand at a place of the window. */
export function scrollFor(frame: Frame, place: Place, at: Place): { left: number; top: number } {
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

/** The zoom at which its whole width is. */
function across({ width }: MapLayout, window: Window): number {
  return (window.width - window.gutter) / Math.max(1, width - LEFT);
}

/**
 * How the map is first shown: at its `usual` zoom, larger where there is room for all of it, a little
 * smaller where its whole width is in the window then.
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
