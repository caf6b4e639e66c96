/**
 * Tells whether a page at a post's address shows that post. The address alone is not enough: the blog and its servers
 * answer there with errors too, and a content script cannot read the status.
 */
import { articleBoxes, articleEnd } from './article.ts';
import { closest, findAll, isAfter, matches, nameOf, pageOf } from './dom.ts';
import { linkedPostId } from './links.ts';
import { bylineOf, headingsIn, isTitle, readExcerpt } from './listing.ts';
import { readPageTitle } from './title.ts';
import type { PostPage } from './types.ts';

/** How the title of the blog's own error page begins. */
const NOT_FOUND = /^页面没找到/;

/**
 * Finds the title and the article of post `id` on the page at its address. The title is the h1 that
 * links to the post, else an h1 without links that has a date or a byline and an article, else another
 * heading of either kind with the box, the date or the byline of a title. Returns undefined if the page does not show
 * the post, or not yet, and if it may show another one.
 */
export function postPage(page: Document, id: number): PostPage | undefined {
  if (isNotFound(page)) return undefined;
  const headings = headingsIn(page);
  const first = headings.filter((heading) => matches(heading, 'h1'));
  const others = headings.filter((heading) => !matches(heading, 'h1'));
  const linked = first.find((heading) => linkOf(heading) === id);
  if (linked) return linkedPage(linked, headings);
  const dated = datedPage(first, id);
  if (dated) return dated;
  // Related and popular posts may lead here from the page of another post, or from an error page.
  if (first.some((heading) => typeof linkOf(heading) === 'number')) return undefined;
  const title = others.find((heading) => linkOf(heading) === id && standsAsTitle(heading));
  return title ? linkedPage(title, headings) : datedPage(others, id);
}

function linkOf(heading: Element) {
  return readExcerpt(heading).link;
}

/** The page of a title that links to the post; a list that shows the post has no article. */
function linkedPage(title: Element, headings: readonly Element[]): PostPage {
  const id = linkOf(title);
  const isInList = headings.some(
    (heading) =>
      nameOf(heading) === nameOf(title) &&
      typeof linkOf(heading) === 'number' &&
      linkOf(heading) !== id &&
      standsAsTitle(heading),
  );
  return { title, article: isInList ? undefined : articleUnder(title) };
}

function datedPage(headings: readonly Element[], id: number): PostPage | undefined {
  for (const title of headings) {
    const article = isDatedTitle(title) ? articleUnder(title) : undefined;
    if (article && !namesAnotherPost(article, id)) return { title, article };
  }
  return undefined;
}

/** Whether a heading has the boxes, the date or the byline of a title. */
function standsAsTitle(heading: Element): boolean {
  return closest(heading, '.Post, .PostHead, .title-wrap') !== null || hasDate(heading);
}

/** Whether a page is the blog's own error page. */
export function isNotFound(page: Document): boolean {
  return NOT_FOUND.test(readPageTitle(page));
}

/** Whether a heading without links is in the box of a title or an h1, and has a date or a byline. */
function isDatedTitle(heading: Element): boolean {
  if (linkOf(heading) !== undefined || !(isTitle(heading) || matches(heading, 'h1'))) return false;
  return hasDate(heading);
}

function hasDate(heading: Element): boolean {
  return readExcerpt(heading).date !== undefined || bylineOf(heading) !== undefined;
}

/** Whether the notice at the end of an article gives the address of another post. */
function namesAnotherPost(article: Element, id: number): boolean {
  const notice = articleEnd(article);
  const named = (notice ? findAll(notice, 'a[href]') : []).map(linkedPostId);
  return named.some((each) => each !== undefined) && !named.includes(id);
}

/** The box of the title's own item, else the first article after the title. */
function articleUnder(title: Element): Element | undefined {
  const { content, hasReadMore } = readExcerpt(title);
  if (hasReadMore) return undefined;
  return content ?? articleBoxes(pageOf(title)).find((box) => isAfter(box, title));
}
