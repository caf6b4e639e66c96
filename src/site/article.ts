/** Reading an article: where it ends, what it links to, how long it is. */
import { findAll, findFirst, isAfter, nameOf, nextOf, parentOf, textOf } from './dom.ts';
import { linkedPostId, OUR_LINK } from './links.ts';
import { replaceFormulas } from './tex.ts';
import { TEXT_BOXES } from './text-boxes.ts';
import { readText } from './text.ts';
import type { Length } from './types.ts';

/** Boxes that the theme puts after the article but inside its box. The first of them ends the article. */
export const FOOTER_BOXES = '#content_tips, #pay, #how_to_cite';
const REPRINT_NOTICE = /^\s*转载到请包括本文地址/;

/** The boxes that may hold a post's article, in the page's order. */
export function articleBoxes(page: Document): Element[] {
  return findAll(page, TEXT_BOXES);
}

/**
 * Returns the first element in the article's box that is not part of the article, or null. In some old posts that
 * element is inside a quotation that was never closed.
 */
export function articleEnd(article: Element): Element | null {
  for (const paragraph of findAll(article, 'p')) {
    if (REPRINT_NOTICE.test(textOf(paragraph).slice(0, 40))) return paragraph;
  }
  return findFirst(article, FOOTER_BOXES);
}

/**
 * Whether the server or the connection has cut off the page within the article: no end of the article is found, and
 * no element follows the article.
 */
export function isCut(article: Element): boolean {
  if (articleEnd(article)) return false;
  for (let box: Element | null = article; box; box = parentOf(box)) if (nextOf(box)) return false;
  return true;
}

/** Returns the posts that an article links to, without the post itself, by rising id. */
export function referencesOf(article: Element, ownId: number): number[] {
  const end = articleEnd(article);
  const ids = new Set<number>();
  for (const anchor of findAll(article, `a[href]:not([${OUR_LINK}])`)) {
    if (end && isAfter(anchor, end)) break;
    const id = linkedPostId(anchor);
    if (id !== undefined && id !== ownId) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}

/** In characters: ten times as many as the blog's longest post has. */
const MOST_MEASURED = 500_000;

/** Measures an article by its first 500,000 characters. */
export function measureArticle(article: Element): Length {
  const end = articleEnd(article);
  let isOver = false;
  const text = readText(article, (node) => (isOver ||= node === end) || nameOf(node) === 'PRE');
  let [inlineFormulas, displayFormulas] = [0, 0];
  const prose = replaceFormulas(text.slice(0, MOST_MEASURED), ({ isInline }) => {
    if (isInline) inlineFormulas++;
    else displayFormulas++;
    return ' ';
  });
  const words = prose.match(/[\p{Script=Latin}\d]+(?:['’-][\p{Script=Latin}\d]+)*/gu) ?? [];
  const code = findAll(article, 'pre').filter((pre) => !end || !isAfter(pre, end));
  const codeLines = code.flatMap((pre) => textOf(pre).split('\n'));
  return {
    chars: prose.match(/\p{Script=Han}/gu)?.length ?? 0,
    words: words.filter((word) => /\p{Script=Latin}/u.test(word)).length,
    inlineFormulas,
    displayFormulas,
    codeLines: codeLines.filter((line) => line.trim() !== '').length,
  };
}
