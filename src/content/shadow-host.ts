/**
 * Our boxes on the blog have closed shadow roots, which the page's styles do not reach and its scripts cannot read.
 * All roots share their style sheets.
 */
import { findAll, isDocument, matches } from '../site/dom.ts';
import { h, setTextFactory } from '../ui/h.ts';
import { isPlainClick } from '../ui/keys.ts';
import iconsCss from '../ui/icons.css?inline';
import seriesListCss from '../ui/series-list.css?inline';
import tokensCss from '../ui/tokens.css?inline';
import coloursCss from './colours.css?inline';
import generatedTextCss from './generated-text.css?inline';
import lineCss from './lines/line.css?inline';
import { completeLinks } from './own-link.ts';

/**
 * The attribute of our hosts. They are not custom elements: the page owns that registry, and a page that defines our
 * element gets hold of its root.
 */
const HOST = 'data-kexue-companion';

const SHARED_CSS = tokensCss + generatedTextCss + coloursCss + iconsCss + seriesListCss + lineCss;

const sheets = new Map<string, CSSStyleSheet>();
const roots = new WeakMap<EventTarget, ShadowRoot>();

/**
 * All our words on the blog are generated content. With `find` and the selection, a page can locate the text nodes of
 * closed roots, so there are none with words. Screen readers read generated content like text.
 */
setTextFactory((text) => (text.trim() === '' ? new Text(text) : h('span', { 'data-text': text })));

export interface ShadowHost {
  host: HTMLElement;
  root: ShadowRoot;
}

/**
 * Creates a host that is not in the page yet.
 *
 * @param more CSS for what only this feature draws
 */
export function createShadowHost(more?: string): ShadowHost {
  const host = h('div', { [HOST]: true });
  // MathJax looks for no formulas in here.
  host.className = 'tex2jax_ignore';
  // Our style sheets override this. A saved page does not have them, so this hides the host there.
  host.style.display = 'none';
  const root = host.attachShadow({ mode: 'closed' });
  roots.set(host, root);
  completeLinks(root);
  root.addEventListener('click', followLink);
  root.adoptedStyleSheets = [SHARED_CSS, more ?? []].flat().map(sheetOf);
  root.append(h('div', { class: 'cover', 'aria-hidden': 'true' }, h('i')));
  return { host, root };
}

/**
 * Follows a plain click by script: when the browser follows a link, the event `navigate` shows the page which link it
 * is, even one in a closed root. Clicks that open another tab are left to the browser.
 */
function followLink(event: Event): void {
  if (!(event instanceof MouseEvent) || !event.isTrusted || event.defaultPrevented) return;
  const { target } = event;
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
  if (!link || !isPlainClick(event)) return;
  event.preventDefault();
  location.assign(link.href);
}

/** The root of one of our hosts, undefined for anything else. */
export function rootOf(host: EventTarget): ShadowRoot | undefined {
  return roots.get(host);
}

export function isShadowHost(element: Element): boolean {
  return roots.has(element);
}

function sheetOf(css: string): CSSStyleSheet {
  const sheet = sheets.get(css) ?? new CSSStyleSheet();
  if (!sheets.has(css)) sheet.replaceSync(css);
  sheets.set(css, sheet);
  return sheet;
}

/** Removes what an earlier content script of ours left in the page. */
export function removeShadowHosts(): void {
  for (const host of findAll(document, `[${HOST}]`)) host.remove();
}

/** Removes the copies that a page has made of our hosts; a copy is empty. */
export function removeCopies(part: Document | Element): void {
  for (const host of findAll(part, `[${HOST}]`)) if (!isShadowHost(host)) host.remove();
  if (!isDocument(part) && matches(part, `[${HOST}]`) && !isShadowHost(part)) part.remove();
}
