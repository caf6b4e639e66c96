/** Tells whether a browser or an extension has translated a page: its text is then not the author's. */
import { attributeOf, findFirst } from './dom.ts';

const TRANSLATED = [
  // Chromium's own translation and Google's.
  ':root:is(.translated-ltr, .translated-rtl)',
  // Both wrap each text in two font elements. The author's own have attributes.
  'font:not([color], [size], [face]) > font:not([color], [size], [face])',
  // Edge.
  '[_msttexthash]',
  // Extensions that put the translation beside the text, or in its place.
  '[class*="immersive-translate-target"]',
  '[class*="read-frog-translated"]',
  '[class*="fluent-read-bilingual"], [data-fr-translation-owned]',
].join();

/** The language that a page says it is in; '' if it says none. */
export function languageIn(page: Document): string {
  const root = findFirst(page, ':root');
  return (root && attributeOf(root, 'lang')) ?? '';
}

/**
 * Whether the page is translated.
 *
 * @param before its language when it began to load; Firefox's translation changes it
 */
export function isTranslated(page: Document, before: string): boolean {
  return languageIn(page) !== before || findFirst(page, TRANSLATED) !== null;
}
