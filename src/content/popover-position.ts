/**
 * Computes where a preview is placed in the window: above or below the line of a link in the page, clear of the whole
 * box for a link in one of our boxes. Pure; all numbers are CSS px.
 */

/** The gap between a link and its preview. */
const GAP = 8;
/** The space that is kept free at the edges of the window. */
const MARGIN = 12;
/** The gap between a preview and other content of the link's line. */
const HAIR = 2;
/** Content at least this many times as high as a link covers several lines; it is not beside the link. */
const TALLEST = 4;
/** A preview with less height shows nothing that its row does not show. */
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

/** CSS values. A card above its link is placed by its bottom edge, so that it can only grow away from the link. */
export interface PopoverPlace {
  inset: string;
  /** The height for which there is room. */
  maxHeight: string;
}

/**
 * Places a card below a link if there is room, else above it, else where there is more room.
 *
 * @param pieces the boxes of the link, one for each line that it is on
 * @param others boxes of other content; those beside the link's first or last line stay uncovered
 * @returns undefined if the link has no boxes
 */
export function placePopover(
  pieces: readonly Edges[],
  others: readonly Edges[],
  card: Size,
  view: Size,
): PopoverPlace | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return undefined;
  let [over, under] = [first.top - GAP, last.bottom + GAP];
  for (const other of others) {
    if (isBeside(other, first)) over = Math.min(over, other.top - HAIR);
    if (isBeside(other, last)) under = Math.max(under, other.bottom + HAIR);
  }
  const side = sideOf(over, under, card, view);
  // The card is aligned with the piece of the link that is next to it.
  return side.placeAt(side.isBelow ? last.left : first.left);
}

/**
 * Places the card of a link in `box` clear of the whole box. The card of a row (`isRow`) is to the right of the box,
 * so that the pointer crosses no other row on its way there; any other card is below or above the box. If there is no
 * room, it is the other way round.
 *
 * @returns undefined if there is no room on any side
 */
export function placePopoverClearOf(
  { top, bottom, left }: Edges,
  box: Edges & { right: number },
  isRow: boolean,
  card: Size,
  view: Size,
): PopoverPlace | undefined {
  const clear = sideOf(box.top - GAP, box.bottom + GAP, card, view);
  const x = box.right + GAP;
  const isWide = x + card.width + MARGIN <= view.width;
  if (clear.room > LEAST_ROOM && !(isRow && isWide)) return clear.placeAt(left);
  // To the right, the card's top is at the link's top, or its bottom at the link's bottom.
  return isWide ? sideOf(bottom, top, card, view).placeAt(x) : undefined;
}

/** Chooses the side of a card: below `under` if it fits there, else above `over`, else where there is more room. */
function sideOf(over: number, under: number, card: Size, view: Size) {
  const top = Math.max(MARGIN, under);
  const [above, below] = [over - MARGIN, view.height - MARGIN - top];
  const isBelow = below >= Math.min(card.height, above);
  const room = Math.max(0, isBelow ? below : above);
  return {
    isBelow,
    room,
    /** The place with the card's left edge at `left`, or as near as there is room. */
    placeAt(left: number): PopoverPlace {
      const x = Math.max(MARGIN, Math.min(left, view.width - MARGIN - card.width));
      const inset = isBelow
        ? `${top}px auto auto ${x}px`
        : `auto auto ${view.height - over}px ${x}px`;
      return { inset, maxHeight: `${room}px` };
    },
  };
}

function isBeside({ top, bottom }: Edges, piece: Edges): boolean {
  const middle = (piece.top + piece.bottom) / 2;
  return top < middle && middle < bottom && bottom - top < TALLEST * (piece.bottom - piece.top);
}
