/** Formulas in previews. */
import type { Opening } from '../../catalogue/discovered/openings.ts';
import { h } from '../../ui/h.ts';
import { openingNodes } from '../../ui/mathml.ts';

/** A piece of a text, formulas in the line: there is no room for one that stands alone. */
export function pieceNode(piece: Opening[number]): Node | string {
  if (typeof piece === 'string') return piece;
  const nodes = openingNodes([piece]);
  for (const node of nodes) if (typeof node !== 'string') node.removeAttribute('display');
  return hiddenFormula(piece[0], nodes);
}

/**
 * A formula is made of text nodes. In an inert element `find` and the selection do not reach them;
 * screen readers do not either, and get its source.
 */
export function hiddenFormula(tex: string, nodes: readonly (Node | string)[]): HTMLElement {
  return h('span', { role: 'img', 'aria-label': tex }, h('span', { inert: true }, ...nodes));
}
