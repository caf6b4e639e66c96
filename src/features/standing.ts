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
/** A preview of fewer lines than this says nothing that its row does not. */
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
export interface Standing {
  inset: string;
  /** The height that there is. */
  maxHeight: string;
}

/**
 * Below the link where there is room, else above, else where there is more. `pieces` are the link's
 * boxes, one a line; of `others` those count that stand on the first or the last of its lines.
 */
export function standing(
  pieces: readonly Edges[],
  others: readonly Edges[],
  card: Size,
  view: Size,
): Standing | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return undefined;
  let [over, under] = [first.top - GAP, last.bottom + GAP];
  for (const other of others) {
    if (isBeside(other, first)) over = Math.min(over, other.top - HAIR);
    if (isBeside(other, last)) under = Math.max(under, other.bottom + HAIR);
  }
  return between(over, under, [first.left, last.left], card, view).at;
}

/**
 * Clear of the whole of `box`. For a row of its list beside the box, with its top at the row's: the
 * way to it leads over no other row. Else below the box or above it. Where there is no room for the
 * one it is the other; where there is none for either, nowhere.
 */
export function standingClear(
  link: Pick<Edges, 'top' | 'left'>,
  box: Edges & { right: number },
  isRow: boolean,
  card: Size,
  view: Size,
): Standing | undefined {
  const { at, room } = between(box.top - GAP, box.bottom + GAP, [link.left, link.left], card, view);
  const upright = room < Math.min(card.height, LEAST_ROOM) ? undefined : at;
  const aside = beside(link.top, box, card, view);
  return isRow ? (aside ?? upright) : (upright ?? aside);
}

function beside(
  top: number,
  box: { left: number; right: number },
  card: Size,
  view: Size,
): Standing | undefined {
  const after = box.right + GAP;
  const x = after + card.width + MARGIN <= view.width ? after : box.left - GAP - card.width;
  const y = Math.max(MARGIN, Math.min(top, view.height - MARGIN - card.height));
  if (x < MARGIN) return undefined;
  return { inset: `${y}px auto auto ${x}px`, maxHeight: `${view.height - MARGIN - y}px` };
}

/** Under `under` where there is room, else over `over`, else where there is more. */
function between(
  over: number,
  under: number,
  [leftAbove, leftBelow]: [number, number],
  card: Size,
  view: Size,
): { at: Standing; room: number } {
  const y = Math.max(MARGIN, under);
  const [above, below] = [over - MARGIN, view.height - MARGIN - y];
  const isBelow = below >= Math.min(card.height, above);
  // Where a link goes over the end of a line, at that of its pieces which is next to the card.
  const left = isBelow ? leftBelow : leftAbove;
  const x = Math.max(MARGIN, Math.min(left, view.width - MARGIN - card.width));
  const room = Math.max(0, isBelow ? below : above);
  const inset = isBelow ? `${y}px auto auto ${x}px` : `auto auto ${view.height - over}px ${x}px`;
  return { at: { inset, maxHeight: `${room}px` }, room };
}

function isBeside({ top, bottom }: Edges, piece: Edges): boolean {
  const middle = (piece.top + piece.bottom) / 2;
  return top < middle && middle < bottom && bottom - top < TALLEST * (piece.bottom - piece.top);
}
