/**
 * Typesets text with formulas, for our own pages. KaTeX is loaded at the first formula. A formula that it
 * cannot typeset within limits stays TeX.
 */
import { type FormulaInText, isWithinLimits, piecesOf } from './formulas.ts';

export interface Typeset {
  /** Text and formulas in order, to be inserted at once. A formula shows its TeX until KaTeX is loaded. */
  nodes: (HTMLElement | string)[];
  /** Resolves when each formula is typeset or stays TeX. Never rejects. */
  done: Promise<void>;
}

interface Place {
  element: HTMLElement;
  formula: FormulaInText;
}

type Engine = typeof import('./katex.ts');

let engine: Engine | undefined;
/** Formulas that were typeset alone. A search shows most of them again at the next key. */
const known = new Map<string, HTMLElement>();
/** The most formulas in `known`. */
const MOST_KNOWN = 500;
let widths: ResizeObserver | undefined;

/**
 * Typesets the texts of one post, from its beginning: the definitions of a formula are valid for the
 * formulas after it, and numbers count up. Another post needs another call. A formula is a `span.formula`,
 * with the class `display` if it is displayed, and contains a `code.tex` as long as it is TeX. A hostile
 * formula can draw outside its box: give the container `overflow: clip`.
 */
export function typeset(texts: readonly string[]): Typeset {
  const places: Place[] = [];
  const nodes = piecesOf(texts).map((piece) => {
    if (typeof piece === 'string') return piece;
    const element = placeOf(piece);
    if (isWithinLimits(piece)) places.push({ element, formula: piece });
    return element;
  });
  return { nodes, done: places.length > 0 ? set(places) : Promise.resolve() };
}

async function set(places: readonly Place[]): Promise<void> {
  try {
    engine ??= await import('./katex.ts');
  } catch {
    return;
  }
  const [{ macrosOfAPost, setFormula }, isAlone] = [engine, places.length === 1];
  const macros = macrosOfAPost();
  for (const { element, formula } of places) {
    const { tex, isDisplay } = formula;
    try {
      const nodes = isAlone ? setAlone(engine, tex, isDisplay) : setFormula(tex, isDisplay, macros);
      element.replaceChildren(nodes);
      if (isDisplay) (widths ??= new ResizeObserver(reachWide)).observe(element);
    } catch {
      // The formula stays TeX.
    }
  }
}

/** Typesets a formula to which no definitions of others apply. */
function setAlone({ setFormula, macrosOfAPost }: Engine, tex: string, isDisplay: boolean): Node {
  const key = `${isDisplay} ${tex}`;
  let formula = known.get(key);
  if (!formula) {
    formula = setFormula(tex, isDisplay, macrosOfAPost());
    if (known.size === MOST_KNOWN) known.clear();
    known.set(key, formula);
  }
  return formula.cloneNode(true);
}

/** A formula that is wider than its column scrolls; it takes the focus so that keys can scroll it. */
function reachWide(entries: readonly ResizeObserverEntry[]): void {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  }
}

function placeOf({ source, isDisplay }: FormulaInText): HTMLElement {
  const code = document.createElement('code');
  code.className = 'tex';
  code.textContent = source;
  const place = document.createElement('span');
  place.className = isDisplay ? 'formula display' : 'formula';
  place.append(code);
  return place;
}
