/**
 * Our own box in the blog's page: an element with a closed shadow root, which the page's styles do
 * not reach and its scripts do not see into. All boxes share their style sheets.
 */
import iconsCss from '../ui/icons.css?inline';
import seriesListCss from '../ui/series-list.css?inline';
import tokensCss from '../ui/tokens.css?inline';
import coloursCss from './colours.css?inline';
import lineCss from './lines/line.css?inline';

/** Not registered as a custom element: the isolated world of Chromium has none. */
const NAME = 'kexue-companion';

const SHARED_CSS = tokensCss + coloursCss + iconsCss + seriesListCss + lineCss;
const sheets = new Map<string, CSSStyleSheet>();
const roots = new WeakMap<EventTarget, ShadowRoot>();

export interface Box {
  host: HTMLElement;
  root: ShadowRoot;
}

/** @param more CSS for what only this kind of box holds */
export function createBox(more?: string): Box {
  const host = document.createElement(NAME);
  // MathJax is not to look for formulas in here.
  host.className = 'tex2jax_ignore';
  const root = host.attachShadow({ mode: 'closed' });
  roots.set(host, root);
  root.adoptedStyleSheets = [SHARED_CSS, more ?? []].flat().map(sheetOf);
  return { host, root };
}

/** What is in a box of ours, for our own scripts. */
export function rootOf(host: EventTarget): ShadowRoot | undefined {
  return roots.get(host);
}

function sheetOf(css: string): CSSStyleSheet {
  const sheet = sheets.get(css) ?? new CSSStyleSheet();
  if (!sheets.has(css)) sheet.replaceSync(css);
  sheets.set(css, sheet);
  return sheet;
}

/** Takes away what an earlier content script of ours left in the page. */
export function removeBoxes(): void {
  for (const host of document.querySelectorAll(NAME)) host.remove();
}
