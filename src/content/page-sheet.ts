/**
 * A style sheet of ours on the blog's page itself, for the few things that are drawn on the page's
 * own elements. No element is added for it, and the page's policy for styles does not concern it.
 * The page's scripts can see it (docs/security.md).
 */

/** All our attributes on the page's elements begin with it, and so does a rule of every sheet. */
const PREFIX = 'data-kexue-';

export interface PageSheet {
  /**
   * Takes the sheet away. Whether it was still there: if not, a newer script of ours has taken over
   * the page, and what is marked on its elements is no longer ours to clear.
   */
  remove(): boolean;
}

export function addPageSheet(css: string): PageSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return {
    remove() {
      const others = document.adoptedStyleSheets.filter((each) => each !== sheet);
      const wasThere = others.length < document.adoptedStyleSheets.length;
      document.adoptedStyleSheets = others;
      return wasThere;
    },
  };
}

/** Takes away what an earlier content script of ours left on the page's own elements. */
export function removePageSheets(): void {
  const sheets = [...document.adoptedStyleSheets];
  const others = sheets.filter((sheet) => !isOurs(sheet));
  if (others.length === sheets.length) return;
  document.adoptedStyleSheets = others;
  for (const element of document.querySelectorAll(`[${PREFIX}mark]`)) {
    const description = element.getAttribute('aria-description');
    if (element.getAttribute('title') === description) element.removeAttribute('title');
    element.removeAttribute('aria-description');
  }
  for (const name of ['mark', 'hidden', 'filtered'].map((each) => PREFIX + each))
    for (const element of document.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
}

function isOurs(sheet: CSSStyleSheet): boolean {
  return [...sheet.cssRules].some(({ cssText }) => cssText.includes(PREFIX));
}
