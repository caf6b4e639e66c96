/**
 * Our own box in the blog's page: an element with a closed shadow root, which the page's styles do
 * not reach and its scripts do not see into. All boxes share one style sheet.
 */
import glyphCss from '../ui/glyph.css?inline';
import tokensCss from '../ui/tokens.css?inline';
import type { Context } from './context.ts';
import { settingOf } from './ground.ts';
import lineCss from './line.css?inline';

/** Not registered as a custom element: the isolated world of Chromium has none. */
const NAME = 'kexue-companion';

let sheet: CSSStyleSheet | undefined;

export interface Box {
  host: HTMLElement;
  root: ShadowRoot;
}

export function createBox(): Box {
  const host = document.createElement(NAME);
  // MathJax is not to look for formulas in here.
  host.className = 'tex2jax_ignore';
  const root = host.attachShadow({ mode: 'closed' });
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(tokensCss + glyphCss + lineCss);
  }
  root.adoptedStyleSheets = [sheet];
  return { host, root };
}

/** Dresses a box for the ground that it stands on. */
export function settle({ host, root }: Box, context: Context): void {
  context.setting ??= settingOf(host);
  host.dataset['ground'] = context.setting.ground;
  const line = root.firstElementChild;
  if (line instanceof HTMLElement) line.style.setProperty('--under', context.setting.colour);
}

/** Takes away what an earlier content script of ours left in the page. */
export function removeBoxes(): void {
  for (const host of document.querySelectorAll(NAME)) host.remove();
}
