/**
 * A style sheet of ours on the blog's page itself, for the few things that are drawn on the page's
 * own elements. No element is added for it, and the page's policy for styles does not concern it.
 * The page's scripts can see it (docs/security.md).
 */

import { attributeOf, findAll, removeAttribute, setSheets, sheetsOf } from '../site/dom.ts';

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
  setSheets(document, [...sheetsOf(document), sheet]);
  return {
    remove() {
      const sheets = sheetsOf(document);
      const others = sheets.filter((each) => each !== sheet);
      const wasThere = others.length < sheets.length;
      setSheets(document, others);
      return wasThere;
    },
  };
}

/** Takes away what an earlier content script of ours left on the page's own elements. */
export function removePageSheets(): void {
  const sheets = sheetsOf(document);
  const others = sheets.filter((sheet) => !isOurs(sheet));
  if (others.length === sheets.length) return;
  setSheets(document, others);
  for (const element of findAll(document, `[${PREFIX}mark]`)) {
    const description = attributeOf(element, 'aria-description');
    if (attributeOf(element, 'title') === description) removeAttribute(element, 'title');
    removeAttribute(element, 'aria-description');
  }
  for (const name of ['mark', 'hidden', 'filtered'].map((each) => PREFIX + each))
    for (const element of findAll(document, `[${name}]`)) removeAttribute(element, name);
}

function isOurs(sheet: CSSStyleSheet): boolean {
  return [...sheet.cssRules].some(({ cssText }) => cssText.includes(PREFIX));
}
