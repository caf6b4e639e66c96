/**
 * Recognises posts on pages whose markup is not the blog's own, because the blog may get another theme. No tag or
 * class is required: where the title of a known post is shown together with a link to that post, this is the post. A
 * post that is not known, or whose title has changed, is left alone.
 *
 * This file has what the items of a listing (foreign-items.ts) and the page of a post (foreign-post.ts) share: which
 * text is the title of a post, and which boxes are side boxes, beside the list or the article.
 */
import { attributeOf, findFirst, matches, nameOf, ownTextOf, textOf } from './dom.ts';
import { SIDES } from './listing.ts';
import { readLine } from './text.ts';
import { MAX_TITLE } from './title.ts';
import type { TitleLookup } from './types.ts';

/** Markup that only the blog's own theme has. */
const OWN = '.title-wrap, .PostHead, .PostContent';
export const HEADINGS = 'h1, h2, h3, h4, h5, h6';
/** Elements that are part of a line of text. A title's own box is around them. */
export const INLINE = /^(?:A|ABBR|B|EM|FONT|I|MARK|SMALL|SPAN|STRONG|U)$/;
const LABELS = /^(?:置顶|推荐|热门|精华|新|new|hot|top|[\s[\]【】()（）#·|•*-])+/i;
/** Classes and ids of boxes beside the list or the article. */
const SIDE_NAME =
  /^(?!(?:no|has|with|without|is|layout|js)[-_])(?:.*[-_])?(?:sidebar|aside|widgets?|related|recommend(?:s|ed|ation)?|similar|relevant|prev|previous|next|neighbou?rs?|pager|pagination|breadcrumbs?|comments?|respond|swiper|carousel|slider|toc|footer|navbar|nav|navigation|menu|drawer)(?:[-_](?:list|box|wrap|wrapper|container|item|posts?|area|section|block|card|slide|links?))*$/i;

/** The most links that are examined. A listing has some hundreds. */
export const MOST_LINKS = 5_000;
/** Longer than an id and all classes of any box. */
const MAX_NAMES = 1_000;
/** The most characters beside a title in its own box: a label, a number, a day. */
export const MOST_BESIDE = 16;

/** Whether a page has none of the blog's own markup. */
export function isForeign(page: Document): boolean {
  return findFirst(page, OWN) === null;
}

/** Whether an element is a box beside the list or the article. */
export function isSideBox(element: Element): boolean {
  if (/^(?:HTML|BODY|MAIN|ARTICLE|A|H[1-6])$/.test(nameOf(element))) return false;
  if (matches(element, `${SIDES}, footer, [role="complementary"], [role="navigation"]`))
    return true;
  const names = `${attributeOf(element, 'id') ?? ''} ${attributeOf(element, 'class') ?? ''}`;
  return names
    .slice(0, MAX_NAMES)
    .split(/\s+/)
    .some((name) => SIDE_NAME.test(name));
}

/**
 * The texts of an element that may be a title: its whole text, its text without a label, and its text without that of
 * its child elements, such as an icon. [] if it has no text or only a label.
 */
export function titleForms(element: Element): string[] {
  if (textOf(element).length > 2 * MAX_TITLE) return [];
  const whole = readLine(element);
  const unlabelled = whole.replace(LABELS, '');
  if (unlabelled === '') return [];
  return [whole, unlabelled, ownLineOf(element)].filter((text) => text !== '');
}

/** Whether an element shows the title of a post. */
export function shows(element: Element, id: number, titled: TitleLookup): boolean {
  return titleForms(element).some((text) => titled(text).includes(id));
}

/** The text of an element in one line, without that of its child elements. */
export function ownLineOf(element: Element): string {
  return ownTextOf(element).replace(/\s+/g, ' ').trim();
}
