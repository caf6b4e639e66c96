/** Reading a post page: its article, where the article ends, how long it is. */
import type { Length } from '../record/time.ts';
import { postIdOfHref } from './address.ts';
import { isAfter } from './dom.ts';
import { readText } from './text.ts';

/** What the theme puts behind the article but inside its box, the first of which ends it. */
const FOOTER_BOXES = '#content_tips, #pay, #how_to_cite';
const REPRINT_NOTICE = /^\s*转载到请包括本文地址/;

/** The boxes that may hold a post's article, in the page's order. */
export function articleBoxes(page: Document): Element[] {
  return [...page.querySelectorAll('#PostContent, .PostContent')];
}

/** The box of the article; undefined on a page that is no post or is still coming in. */
export function articleOf(page: Document): Element | undefined {
  return articleBoxes(page)[0];
}

/**
 * The first thing in the article's box that is not the article, or null where there is none: the
 * article ends right before it. In some old posts it sits inside a quotation that was never closed.
 */
export function articleEnd(article: Element): Element | null {
  for (const paragraph of article.querySelectorAll('p')) {
    if (REPRINT_NOTICE.test(paragraph.textContent?.slice(0, 40) ?? '')) return paragraph;
  }
  return article.querySelector(FOOTER_BOXES);
}

/** The posts that an article's own text links to, itself aside, by rising id. */
export function referencesOf(article: Element, ownId: number): number[] {
  const end = articleEnd(article);
  const ids = new Set<number>();
  for (const anchor of article.querySelectorAll('a[href]')) {
    if (end && isAfter(anchor, end)) break;
    const id = postIdOfHref(anchor.getAttribute('href') ?? '', article.ownerDocument.URL);
    if (id !== undefined && id !== ownId) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}

/** A formula as its author wrote it. One that does not end within 5,000 characters is none. */
export const FORMULA =
  /\\begin\{([a-z]+\*?)\}[^]{0,5000}?\\end\{\1\}|\$\$[^]{0,5000}?\$\$|\$[^$\n]+\$|\\\([^]{0,5000}?\\\)|\\\[[^]{0,5000}?\\\]/g;
/** Ten times the blog's longest post, and as much as a lesson may count. */
const MOST_MEASURED = 500_000;

/**
 * Counts over an article's text, as the catalogue's lengths are counted, and over no more than its
 * first 500,000 characters.
 */
export function measureArticle(article: Element): Length {
  const end = articleEnd(article);
  let codeLines = 0;
  for (const code of article.querySelectorAll('pre')) {
    codeLines += code.textContent?.trim().split('\n').length ?? 0;
  }
  let ended = false;
  const text = readText(article, (node) => (ended ||= node === end) || node.nodeName === 'PRE');
  let inlineFormulas = 0;
  let displayFormulas = 0;
  const prose = text.slice(0, MOST_MEASURED).replace(FORMULA, (formula) => {
    if (/^\$[^$]/.test(formula)) inlineFormulas++;
    else displayFormulas++;
    return ' ';
  });
  return {
    chars: prose.match(/\p{Script=Han}/gu)?.length ?? 0,
    words: prose.match(/[\p{Script=Latin}\d]+(?:['’-][\p{Script=Latin}\d]+)*/gu)?.length ?? 0,
    inlineFormulas,
    displayFormulas,
    codeLines,
  };
}
