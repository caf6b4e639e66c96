/** Where a preview stands: beside its link and its line, inside the window. Pure; all in px. */

/** Between a link and its preview. */
export const GAP = 8;
/** Kept free inside the window's edges. */
export const MARGIN = 12;
/** Between a preview and what else is on the link's line. */
const HAIR = 2;

export interface Edges {
  top: number;
  bottom: number;
  left: number;
}

export interface Size {
  width: number;
  height: number;
}

/** `block`: which edge of the window `offset` is from; it is the edge that does not move. */
export interface Standing {
  left: number;
  block: 'start' | 'end';
  offset: number;
  /** The height that there is. */
  room: number;
}

/**
 * Below the link where there is room, else above, else where there is more. `pieces` are the link's
 * boxes, one a line, at least one; `line` holds what stands beside them on their lines.
 */
export function standing(
  pieces: readonly Edges[],
  line: Omit<Edges, 'left'>,
  card: Size,
  view: Size,
): Standing {
  const lefts = pieces.map(({ left }) => left);
  const under = Math.max(MARGIN, line.bottom + HAIR, ...pieces.map(({ bottom }) => bottom + GAP));
  const over = Math.min(line.top - HAIR, ...pieces.map(({ top }) => top - GAP));
  const [below, above] = [view.height - MARGIN - under, over - MARGIN];
  const isBelow = below >= card.height || below >= above;
  // Where the link goes over the end of a line, at that of its pieces which is next to the card.
  const left = (isBelow ? lefts.at(-1) : lefts[0]) ?? 0;
  return {
    left: Math.max(MARGIN, Math.min(left, view.width - MARGIN - card.width)),
    block: isBelow ? 'start' : 'end',
    offset: isBelow ? under : view.height - over,
    room: Math.max(0, isBelow ? below : above),
  };
}

/** What stands on the lines of a link: its pieces and, of `others`, the boxes beside them. */
export function lineOf(
  pieces: readonly Edges[],
  others: Iterable<Edges>,
): { top: number; bottom: number } {
  let { top, bottom } = {
    top: Math.min(...pieces.map((piece) => piece.top)),
    bottom: Math.max(...pieces.map((piece) => piece.bottom)),
  };
  const [first, last] = [pieces[0], pieces.at(-1)];
  for (const other of others) {
    if (isBeside(other, first)) top = Math.min(top, other.top);
    if (isBeside(other, last)) bottom = Math.max(bottom, other.bottom);
  }
  return { top, bottom };
}

/** A box over several lines is none of them. */
const TALLEST = 4;

function isBeside({ top, bottom }: Edges, piece: Edges | undefined): boolean {
  if (!piece || bottom - top > TALLEST * (piece.bottom - piece.top)) return false;
  const middle = (piece.top + piece.bottom) / 2;
  return top < middle && middle < bottom;
}
