/**
 * A constructed style sheet on the blog's page itself, for the few things that are drawn on the page's own elements.
 * It adds no element, and the page's content security policy does not apply to it. The page's scripts can see it
 * (docs/security.md).
 */

import {
  attributeOf,
  findAll,
  isDocument,
  matches,
  removeAttribute,
  setSheets,
  sheetsOf,
} from '../site/dom.ts';

/** Every sheet has a rule with an attribute that begins with this. */
const PREFIX = 'data-kexue-';

export interface PageSheet {
  /**
   * Removes the sheet. Returns false if it was gone already: then a newer script of ours has taken over the page, and
   * our attributes on its elements are no longer this script's to remove.
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

/** Removes what an earlier content script of ours left on the page's own elements. */
export function removePageSheets(): void {
  const sheets = sheetsOf(document);
  const others = sheets.filter((sheet) => !isOurs(sheet));
  if (others.length === sheets.length) return;
  setSheets(document, others);
  removeLinkMarks([document], () => false);
  for (const name of ['hidden', 'filtered'].map((each) => PREFIX + each))
    for (const element of findAll(document, `[${name}]`)) removeAttribute(element, name);
}

/** Removes the attributes of link-marks from all links in `parts`, except those for which `isKept` is true. */
export function removeLinkMarks(
  parts: readonly (Document | Element)[],
  isKept: (link: Element) => boolean,
): void {
  const marked = `[${PREFIX}mark]`;
  for (const part of parts) {
    const links = findAll(part, marked);
    if (!isDocument(part) && matches(part, marked)) links.push(part);
    for (const link of links) {
      if (isKept(link)) continue;
      const description = attributeOf(link, 'aria-description');
      if (attributeOf(link, 'title') === description) removeAttribute(link, 'title');
      removeAttribute(link, 'aria-description');
      removeAttribute(link, `${PREFIX}mark`);
    }
  }
}

function isOurs(sheet: CSSStyleSheet): boolean {
  return [...sheet.cssRules].some(({ cssText }) => cssText.includes(PREFIX));
}
