/** Draws openings on the blog's pages, without KaTeX: formulas as MathML if known, otherwise as TeX. */
import type { Opening } from '../catalogue/discovered/openings.ts';
import type { Tree } from '../site/types.ts';
import { createIn } from './h.ts';

/** The class of the cell of an equation's number. */
const NUMBER = 'equation-number';
/** Classes of cells, for `columnalign`, which not every browser supports. */
const ALIGNMENTS = new Set(['left', 'center', 'right']);
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

/**
 * An equation on lines of its own.
 *
 * @param columns the alignment of the columns of each table, tables in document order
 * @param number the number of the row that is asked for
 * @param mostRows rows of a long derivation that are drawn, up to the one asked for
 */
export function equationNode(
  tree: Tree,
  columns: readonly (readonly string[])[],
  number: string,
  mostRows: number,
): Element {
  const math = elementOf(tree, (cell) => cell.classList.add(NUMBER));
  math.setAttribute('display', 'block');
  for (const [at, table] of [...math.querySelectorAll('mtable')].entries()) {
    const alignments = columns[at] ?? [];
    // The blog's own environments; matrices are set small.
    if (table.parentElement === math || alignments[0] === 'right')
      table.setAttribute('displaystyle', 'true');
    for (const row of table.children) align(row, alignments);
  }
  const rows = [...(math.querySelector(':scope > mtable')?.children ?? [])];
  const wanted = rows.findIndex((row) => row.lastElementChild?.textContent === number);
  const last = Math.max(wanted + 1, Math.min(rows.length, mostRows));
  for (const [at, row] of rows.entries()) if (at < last - mostRows || at >= last) row.remove();
  return math;
}

/** Gives the cells of a row the class of their alignment; the last one given holds for all further cells. */
function align(row: Element, alignments: readonly string[]): void {
  for (const [at, cell] of [...row.children].entries()) {
    const alignment = alignments[Math.min(at, alignments.length - 1)] ?? '';
    if (!cell.classList.contains(NUMBER) && ALIGNMENTS.has(alignment))
      cell.classList.add(alignment);
  }
}

/** @param numbered gets the cell of the number of each row that has one */
function elementOf([name, ...children]: Tree, numbered?: (cell: Element) => void): Element {
  // Browsers do not support mlabeledtr, a row with its number first; the number becomes the last cell.
  const isNumbered = name === 'mlabeledtr';
  const element = createIn(MATHML, isNumbered ? 'mtr' : name);
  const nodes = children.map((child) =>
    typeof child === 'string' ? child : elementOf(child, numbered),
  );
  const [first] = nodes;
  if (isNumbered) nodes.push(...nodes.splice(0, 1));
  if (isNumbered && first instanceof Element) numbered?.(first);
  element.append(...nodes);
  return element;
}
