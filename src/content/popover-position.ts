/**
 * Where a preview stands, inside the window: at a link of the page beside the link's line, at one of
 * our own beside our box. Pure; all in px.
 */

/** Between a link and its preview. */
const GAP = 8;
/** Kept free inside the window's edges. */
const MARGIN = 12;
/** Between a preview and what else is on the link's line. */
const HAIR = 2;
/** Times a link's height; what is higher stands on several lines and is beside none of them. */
const TALLEST = 4;
/** A lower preview says nothing that its row does not. */
const LEAST_ROOM = 120;

export interface Edges {
  top: number;
  bottom: number;
  left: number;
}

export interface Size {
  width: number;
  height: number;
}

/** As CSS. Above its link a card is held by its foot: it may grow away from the link only. */
export interface PopoverPlace {
  inset: string;
  /** The height that there is. */
  maxHeight: string;
}

/**
 * Below the link where there is room, else above, else where there is more. `pieces` are the link's
 * boxes, one a line; of `others` those count that stand on the first or the last of its lines.
 */
export function placePopover(
  pieces: readonly Edges[],
  others: readonly Edges[],
  card: Size,
  view: Size,
): PopoverPlace | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return undefined;
  let [over, under] = [first.top - GAP, Math.max(MARGIN, last.bottom + GAP)];
  for (const other of others) {
    if (isBeside(other, first)) over = Math.min(over, other.top - HAIR);
    if (isBeside(other, last)) under = Math.max(under, other.bottom + HAIR);
  }
  const [above, below] = [over - MARGIN, view.height - MARGIN - under];
  const isBelow = below >= Math.min(card.height, above);
  // Where the link goes over the end of a line, at that of its pieces which is next to the card.
  const { left } = isBelow ? last : first;
  const x = Math.max(MARGIN, Math.min(left, view.width - MARGIN - card.width));
  return {
    inset: isBelow ? `${under}px auto auto ${x}px` : `auto auto ${view.height - over}px ${x}px`,
    maxHeight: `${Math.max(0, isBelow ? below : above)}px`,
  };
}

/**
 * Clear of the whole of `box`. For a row of its list to the right of it: the way there leads over no
 * other row. Else below the box or above it. Where there is no room for the one it is the other; where
 * there is none for either, nowhere.
 */
export function placePopoverClearOf(
  { top, bottom, left }: Edges,
  box: Edges & { right: number },
  isRow: boolean,
  card: Size,
  view: Size,
): PopoverPlace | undefined {
  const upright = placePopover([{ top: box.top, bottom: box.bottom, left }], [], card, view);
  const hasRoom = parseFloat(upright?.maxHeight ?? '') > LEAST_ROOM;
  // Beside the box its head is at the link's head, or its foot at the link's foot.
  const x = box.right + GAP;
  const isWide = x + card.width + MARGIN <= view.width;
  if (hasRoom && !(isRow && isWide)) return upright;
  return isWide
    ? placePopover([{ top: bottom + GAP, bottom: top - GAP, left: x }], [], card, view)
    : undefined;
}

function isBeside({ top, bottom }: Edges, piece: Edges): boolean {
  const middle = (piece.top + piece.bottom) / 2;
  return top < middle && middle < bottom && bottom - top < TALLEST * (piece.bottom - piece.top);
}
