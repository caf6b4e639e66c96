/** Draws openings on the blog's pages, without KaTeX: formulas as MathML if known, otherwise as TeX. */
import type { Opening, Tree } from '../catalogue/discovered/openings.ts';
import { createIn } from './h.ts';

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** The nodes of a valid opening; soundOpening in catalogue/discovered/openings.ts has checked it. */
export function openingNodes(opening: Opening): (Element | string)[] {
  return opening.map((piece) => {
    if (typeof piece === 'string') return piece;
    const [tex, tree] = piece;
    const math = elementOf(tree);
    // A formula in single dollars is inline, any other is displayed.
    if (!/^\$[^$]/.test(tex)) math.setAttribute('display', 'block');
    return math;
  });
}

function elementOf([name, ...children]: Tree): Element {
  // Browsers do not support mlabeledtr, a row with its number first; the number becomes the last cell.
  const isNumbered = name === 'mlabeledtr';
  const element = createIn(MATHML, isNumbered ? 'mtr' : name);
  const nodes = children.map((child) => (typeof child === 'string' ? child : elementOf(child)));
  if (isNumbered) nodes.push(...nodes.splice(0, 1));
  element.append(...nodes);
  return element;
}
