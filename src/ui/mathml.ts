/**
 * An opening on the blog's pages, where there is no KaTeX: formulas that a page had drawn as MathML,
 * which the browser sets, others as TeX.
 */
import type { Opening, Tree } from '../catalogue/discovered/openings.ts';
import { createIn } from './h.ts';

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** The nodes of an opening that was found sound (catalogue/discovered/openings.ts); nothing is checked here. */
export function openingNodes(opening: Opening): (Element | string)[] {
  return opening.map((piece) => {
    if (typeof piece === 'string') return piece;
    const [tex, tree] = piece;
    const math = elementOf(tree);
    // A formula in one dollar stands in its line, any other alone.
    if (!/^\$[^$]/.test(tex)) math.setAttribute('display', 'block');
    return math;
  });
}

function elementOf([name, ...children]: Tree): Element {
  // A row with its number first, which browsers do not know; elsewhere the number stands last.
  const isNumbered = name === 'mlabeledtr';
  const element = createIn(MATHML, isNumbered ? 'mtr' : name);
  const nodes = children.map((child) => (typeof child === 'string' ? child : elementOf(child)));
  if (isNumbered) nodes.push(...nodes.splice(0, 1));
  element.append(...nodes);
  return element;
}
