/** Titles as the author wrote them, told apart from what a theme or a translator makes of them. */
import { closest, findAll, findFirst, pageOf } from './dom.ts';
import { DRAWN_BY_MATHJAX, readLine } from './text.ts';

/** Longer than any title: it keeps a hostile megabyte away from what follows. */
export const MAX_TITLE = 1_000;
const CUT = /(?:\.\.\.|…|⋯|。。。)$/;
/** `[置顶] …`, `1. …`, `#1 …`, `🔥…`: what lists put before a title. */
const LABELLED =
  /^(?:置顶|\p{Emoji_Presentation}|#\s*\d|\d+\s*[.、)）](?!\d)|[[【(（]\s*(?:置顶|推荐|热门|精华|new|hot|top)\s*[\]】)）]|(?:推荐|热门|精华|new|hot|top)\s*[!！:：|｜])/iu;
/** What the blog's pages add to the title of a post in their own title. */
const SITE_NAME = / - 科学空间\|Scientific Spaces$/;

/** The title as text, TeX included, without the blog's own `#` link: at most 1,000 characters. */
export function readTitle(heading: Element): string {
  return readLine(heading).slice(0, MAX_TITLE).replace(/\s+#$/, '');
}

/**
 * The title in a heading or a link of a list, if the list shows it as it is: undefined if it is cut,
 * labelled or numbered, or if anything but a formula is in it or beside its link.
 */
export function plainTitle(shown: Element): string | undefined {
  const title = bareTitle(shown);
  return title === undefined || CUT.test(title) || LABELLED.test(title) ? undefined : title;
}

/**
 * The title on a post's own page, if it is certainly the author's: the heading agrees with the title
 * of the page. Ask isTranslated (translation.ts) first.
 */
export function ownTitle(heading: Element): string | undefined {
  const pageTitle = readPageTitle(pageOf(heading));
  if (pageTitle === '') return undefined;
  const title = bareTitle(heading);
  return pageTitle.replace(SITE_NAME, '') === title ? title : undefined;
}

/** The text of the page's own `title` element; '' if it has none. */
export function readPageTitle(page: Document): string {
  const title = findFirst(page, 'head > title');
  return title ? readLine(title) : '';
}

/** Returns the title if the heading contains nothing else, in one link or in none. */
function bareTitle(shown: Element): string | undefined {
  const [link = shown, ...others] = findAll(shown, 'a[href]:not([href^="#"])');
  const isBare = findAll(link, '*').every((inside) => closest(inside, PART_OF_TITLE));
  const title = readTitle(shown);
  return others.length === 0 && isBare && readTitle(link) === title ? title : undefined;
}

const PART_OF_TITLE = [DRAWN_BY_MATHJAX, 'script[type^="math/tex"]', 'a[href^="#"]'].join();
