/** Draws the dots of the map. */
import type { Kind } from '../../../catalogue/search/filters.ts';
import type { Point } from './map-frame.ts';

const QUARTER = Math.PI / 2;

/**
 * Draws dots of one kind, in one path for each colour: 10,000 paths would take ten times as long
 * (docs/adr/0009-map.md). A dot is the mark's shape, small: hollow circle, half disc, filled ribbon, disc.
 *
 * @param places their centres
 * @param radius in the unit of the places
 */
export function drawDots(
  context: CanvasRenderingContext2D,
  kind: Kind,
  places: readonly Point[],
  radius: number,
  ink: string,
  paper: string,
): void {
  const discs = (size: number, from = -QUARTER, to = 3 * QUARTER) => {
    context.beginPath();
    for (const { x, y } of places) {
      context.moveTo(x, y - size);
      context.arc(x, y, size, from, to);
    }
  };
  const fill = (colour: string) => {
    context.fillStyle = colour;
    context.fill();
  };
  switch (kind) {
    case 'later':
      ribbons(context, places, radius);
      return fill(ink);
    case 'read':
      discs(radius * 1.1);
      return fill(ink);
    default:
      discs(radius * 0.9);
      fill(paper);
      context.strokeStyle = ink;
      context.lineWidth = Math.min(1.25, 0.35 + radius / 4);
      context.stroke();
      if (kind === 'unread') return;
      discs(radius * 0.9, -QUARTER, QUARTER);
      fill(ink);
  }
}

function ribbons(
  context: CanvasRenderingContext2D,
  places: readonly Point[],
  radius: number,
): void {
  const [half, height] = [radius * 0.86, radius * 1.2];
  context.beginPath();
  for (const { x, y } of places) {
    context.moveTo(x - half, y - height);
    context.lineTo(x + half, y - height);
    context.lineTo(x + half, y + height);
    context.lineTo(x, y + radius * 0.5);
    context.lineTo(x - half, y + height);
  }
}
