/**
 * Whether a page at a post's address shows that post. The address alone does not say so: the blog
 * and its servers answer there with errors too, and a content script cannot ask for the status.
 */
import { articleBoxes } from './article.ts';
import { findFirst, isAfter, matches, pageOf } from './dom.ts';
import { bylineOf, headingsIn, isTitle, readExcerpt } from './listing.ts';
import { readLine } from './text.ts';
import type { PostPage } from './types.ts';

/** How the title of the blog's own error page begins. */
const NOT_FOUND = /^页面没找到/;

/**
 * Finds the title and the article of post `id` on the page at its address. The title is a heading
 * that links to the post. A heading without links is the title only if it has a date or a byline and
 * an article. Returns undefined where the page does not show the post, or not yet.
 */
export function postPage(page: Document, id: number): PostPage | undefined {
  const pageTitle = findFirst(page, 'head > title');
  if (pageTitle && NOT_FOUND.test(readLine(pageTitle))) return undefined;
  const headings = headingsIn(page);
  const linked = headings.filter((heading) => readExcerpt(heading).link === id);
  const title = linked.find((heading) => matches(heading, 'h1')) ?? linked[0];
  if (title) return { title, article: articleUnder(title) };
  for (const heading of headings) {
    const article = isDatedTitle(heading) ? articleUnder(heading) : undefined;
    if (article) return { title: heading, article };
  }
  return undefined;
}

/** Whether a heading without links stands where titles stand, with a date or a byline. */
function isDatedTitle(heading: Element): boolean {
  const { link, date } = readExcerpt(heading);
  if (link !== undefined || !(isTitle(heading) || matches(heading, 'h1'))) return false;
  return date !== undefined || bylineOf(heading) !== undefined;
}

/** The box of the title's own item, else the first article behind the title. */
function articleUnder(title: Element): Element | undefined {
  const { content, hasReadMore } = readExcerpt(title);
  if (hasReadMore) return undefined;
  return content ?? articleBoxes(pageOf(title)).find((box) => isAfter(box, title));
}
