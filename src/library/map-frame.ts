/**
 * What of the map is in the window, and how large: the layout's places in pixels of the window and
 * back. The room for names, left and above, does not scroll and is not enlarged. Pure.
 */
import { LEFT, type MapLayout, TOP } from './map-layout.ts';

/** Beyond this only time is stretched: a line of text fits between two dots of a stack. */
const TALLEST = 4;
/** So far in, neighbouring columns have room for nine characters between them. */
export const LARGEST = 20;
const SMALLEST = 0.2;

/** All in CSS pixels but `zoom`. */
export interface Frame {
  width: number;
  height: number;
  /** How far it is scrolled. */
  left: number;
  top: number;
  zoom: number;
  /** Room for the categories' names, left of the columns; 0 where they stand among the dots. */
  gutter: number;
}

export interface Place {
  x: number;
  y: number;
}

export function scales(zoom: number): Place {
  return { x: zoom, y: Math.min(zoom, TALLEST) };
}

/** Where a place of the layout stands in the window. */
export function inWindow({ left, top, zoom, gutter }: Frame, { x, y }: Place): Place {
  const scale = scales(zoom);
  return { x: gutter + (x - LEFT) * scale.x - left, y: TOP + (y - TOP) * scale.y - top };
}

/** The place of the layout that stands there in the window. */
export function onMap({ left, top, zoom, gutter }: Frame, { x, y }: Place): Place {
  const scale = scales(zoom);
  return { x: LEFT + (x + left - gutter) / scale.x, y: TOP + (y + top - TOP) / scale.y };
}

/** What there is to scroll. */
export function extent(
  { width, height }: MapLayout,
  { zoom, gutter }: Pick<Frame, 'zoom' | 'gutter'>,
): { width: number; height: number } {
  const scale = scales(zoom);
  return { width: gutter + (width - LEFT) * scale.x, height: TOP + (height - TOP) * scale.y };
}

/** How far it must be scrolled for a place of the layout to stand at a place of the window. */
export function scrollFor(frame: Frame, place: Place, at: Place): { left: number; top: number } {
  const { x, y } = inWindow({ ...frame, left: 0, top: 0 }, place);
  return { left: x - at.x, top: y - at.y };
}

/** The zoom at which the whole map is in the window; it is not enlarged without limit. */
export function wholeZoom(layout: MapLayout, { width, height, gutter }: Frame): number {
  const across = (width - gutter) / Math.max(1, layout.width - LEFT);
  const down = (height - TOP) / Math.max(1, layout.height - TOP);
  return bounded(Math.min(across, down));
}

export function bounded(zoom: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, zoom));
}
