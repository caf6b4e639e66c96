/** Formulas in previews. */
import type { Opening } from '../../catalogue/discovered/openings.ts';
import { h } from '../../ui/h.ts';
import { openingNodes } from '../../ui/mathml.ts';

/** Returns the nodes of a piece of a text. Display formulas are set inline, because there is no room for them. */
export function pieceNode(piece: Opening[number]): Node | string {
  if (typeof piece === 'string') return piece;
  const nodes = openingNodes([piece]);
  for (const node of nodes) if (typeof node !== 'string') node.removeAttribute('display');
  return hiddenFormula(piece[0], nodes);
}

/**
 * MathML contains text nodes. In an inert element, `find` and the selection do not reach them; neither do screen
 * readers, which get the TeX instead.
 */
export function hiddenFormula(tex: string, nodes: readonly (Node | string)[]): HTMLElement {
  return h('span', { role: 'img', 'aria-label': tex }, h('span', { inert: true }, ...nodes));
}
