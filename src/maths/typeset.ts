/**
 * Text with formulas, for our own pages: formulas are typeset by KaTeX, which is asked for at the
 * first one. Whatever cannot be set, in bounded work, stays its source.
 */
import { type Formula, isModest, piecesOf } from './formulas.ts';

export interface Typeset {
  /** Text and formulas in order, to be placed at once: formulas are their source until KaTeX is here. */
  nodes: (HTMLElement | string)[];
  /** When each formula is set, or is left as its source. Never rejects. */
  done: Promise<void>;
}

interface Place {
  element: HTMLElement;
  formula: Formula;
}

let engine: typeof import('./katex.ts') | undefined;
let widths: ResizeObserver | undefined;

/**
 * Typesets the texts of one post, from its beginning: what a formula defines holds for those after
 * it, and numbers are counted through. Another post is another call. A formula is `span.formula`,
 * with `display` where it stands alone, and holds `code.tex` where it is left as source. A hostile
 * one may reach out of its box: what holds a post's text should have `overflow: clip`.
 */
export function typeset(texts: readonly string[]): Typeset {
  const places: Place[] = [];
  const nodes = piecesOf(texts).map((piece) => {
    if (typeof piece === 'string') return piece;
    const element = placeOf(piece);
    if (isModest(piece)) places.push({ element, formula: piece });
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
  const macros = engine.macrosOfAPost();
  for (const { element, formula } of places) {
    try {
      element.replaceChildren(engine.setFormula(formula.tex, formula.isDisplay, macros));
      if (formula.isDisplay) (widths ??= new ResizeObserver(reachWide)).observe(element);
    } catch {
      // Its source stays, which is all that there is to say.
    }
  }
}

/** A formula that is wider than its column scrolls, also for those who have only keys. */
function reachWide(entries: readonly ResizeObserverEntry[]): void {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
    else target.removeAttribute('tabindex');
  }
}

function placeOf({ source, isDisplay }: Formula): HTMLElement {
  const code = document.createElement('code');
  code.className = 'tex';
  code.textContent = source;
  const place = document.createElement('span');
  place.className = isDisplay ? 'formula display' : 'formula';
  place.append(code);
  return place;
}
