/**
 * Reading the items of a listing page, and the head of a post page, which has the same form:
 *
 *   .Post > .PostHead > (.date-wrap + .title-wrap > h2 > a[permalink], span.submitted) , .PostContent
 *
 * No full page of the blog could be studied, so each class is a hint and none is required. An item is
 * found by its title: a heading outside of texts, sides and comments that links to a post or stands
 * where titles stand. A heading in the text of an excerpt is never a title.
 */
import { topicOfHref } from './address.ts';
import { isElement } from './dom.ts';
import { linkedPostId } from './links.ts';
import { readOpening } from './opening.ts';
import { readLine, readText } from './text.ts';
import { plainTitle, readTitle } from './title.ts';
import type { Excerpt, Topics } from './types.ts';

const HEADING = 'h1, h2, h3';
/** Texts, and boxes of the page that have headings of their own. */
const OUTSIDE = [
  '.PostContent',
  '#PostContent',
  '#SideBar',
  '#MobileSideBar',
  '#MobileComments',
  '#Header',
  '#Footer',
  '#comments',
  '#similar',
  'aside',
  'nav',
].join();
const DATE = /\d{4}-\d{2}-\d{2}/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const READ_MORE = /点击阅读全文\.*\s*$/;
/** Longer than any byline. */
const MAX_BYLINE = 1_000;
/** A title has one link to its post, and on some pages one to itself. */
const MAX_TITLE_LINKS = 8;

/** The titles in nodes that a parser or a script has just added, and those that they were added to. */
export function titlesIn(nodes: Iterable<Node>): Element[] {
  const added = new Set(nodes);
  const headings = new Set<Element>();
  for (const node of added) {
    if (!isElement(node)) continue;
    // What was added may be a title's link, after the title itself.
    const heading = node.closest(HEADING);
    if (heading) headings.add(heading);
    // A parser adds node by node: what stands in another added node is found with that one.
    else if (!node.parentNode || !added.has(node.parentNode))
      for (const inside of node.querySelectorAll(HEADING)) headings.add(inside);
  }
  return [...headings].filter(isTitle);
}

/** The titles of a page, in its order; at most one an item. */
export function findTitles(page: Document | Element): Element[] {
  const items = new Set<Element>();
  return headingsIn(page).filter((heading) => {
    const known = items.size;
    return looksLikeTitle(heading) && items.add(itemOf(heading)).size > known;
  });
}

/** The headings of a page outside of texts, sides and comments, in its order. */
export function headingsIn(page: Document | Element): Element[] {
  return [...page.querySelectorAll(HEADING)].filter((heading) => !heading.closest(OUTSIDE));
}

/** Whether a heading is an item's title rather than a heading of a text or of the page. */
export function isTitle(heading: Element): boolean {
  return looksLikeTitle(heading) && !heading.closest(OUTSIDE);
}

function looksLikeTitle(heading: Element): boolean {
  return headOf(heading) !== null || typeof linkOf(heading) === 'number';
}

/** The item of a title. Its parts are read when they are asked for. */
export function readExcerpt(heading: Element): Excerpt {
  const element = itemOf(heading);
  return {
    element,
    heading,
    get link() {
      return linkOf(heading);
    },
    get title() {
      return readTitle(heading);
    },
    get plainTitle() {
      return plainTitle(heading);
    },
    get date() {
      return dateIn(bylineOf(heading)) ?? dayAndMonth(element);
    },
    get content() {
      return contentOf(heading);
    },
    get hasReadMore() {
      return [...(contentOf(heading)?.querySelectorAll('.more a') ?? [])].some(isReadMore);
    },
    get text() {
      const content = contentOf(heading);
      return content ? withoutReadMore(readText(content)) : '';
    },
    get opening() {
      const content = contentOf(heading);
      return content ? readOpening(content, isReadMore) : [];
    },
    get topics() {
      return topicsOf(heading);
    },
  };
}

/**
 * The node after which the companion's line goes. undefined while the page is still coming in and the
 * byline, which follows the title, may be missing.
 */
export function lineAnchor(heading: Element, pageIsComplete: boolean): Element | undefined {
  return bylineOf(heading) ?? (pageIsComplete || headIsClosed(heading) ? heading : undefined);
}

/** The byline `By 苏剑林 | 2024-09-01 | 31098位读者 | 引用` of a title, wherever the theme put it. */
export function bylineOf(heading: Element): Element | undefined {
  const head = headOf(heading) ?? itemOf(heading);
  const submitted = head.querySelector('.submitted');
  if (submitted && !submitted.closest('.PostContent')) return submitted;
  const next = heading.nextElementSibling;
  // If no class is left, what follows may be the next item, with a byline of its own.
  return next && !next.matches(`.PostContent, :has(${HEADING})`) && dateIn(next) ? next : undefined;
}

/** An excerpt without the blog's link to the rest of the post. */
export function withoutReadMore(text: string): string {
  return text.replace(READ_MORE, '').trimEnd();
}

function itemOf(heading: Element): Element {
  return heading.closest('.Post') ?? headOf(heading) ?? heading;
}

function headOf(heading: Element): Element | null {
  return heading.closest('.PostHead') ?? heading.closest('.title-wrap');
}

function contentOf(heading: Element): Element | undefined {
  const item = itemOf(heading);
  const next = item.nextElementSibling;
  return item.querySelector('.PostContent') ?? (next?.matches('.PostContent') ? next : undefined);
}

/** Once anything follows the head, the parser has left it and no byline will come. */
function headIsClosed(heading: Element): boolean {
  const item = itemOf(heading);
  for (let at: Element | null = heading; at && at !== item; at = at.parentElement) {
    if (at !== heading && at.nextElementSibling) return true;
  }
  return contentOf(heading) !== undefined;
}

function linkOf(heading: Element): Excerpt['link'] {
  const anchors = [...heading.querySelectorAll('a[href]')].filter(
    (anchor) => !anchor.getAttribute('href')?.startsWith('#'),
  );
  if (anchors.length > MAX_TITLE_LINKS) return 'elsewhere';
  const ids = new Set(anchors.map(linkedPostId));
  const [id] = ids;
  return ids.size === 0 ? undefined : ids.size === 1 && id !== undefined ? id : 'elsewhere';
}

/** The links of a listing's item behind its excerpt; a post page has them behind its article. */
function topicsOf(heading: Element): Topics {
  const tools =
    itemOf(heading).querySelector('.tools') ?? heading.ownerDocument.querySelector('#tools');
  const topics: { category: string[]; tag: string[] } = { category: [], tag: [] };
  for (const anchor of tools?.querySelectorAll('a[href]') ?? []) {
    const kind = topicOfHref(anchor.getAttribute('href') ?? '', anchor.baseURI);
    if (kind) topics[kind].push(readLine(anchor));
  }
  const { category: categories, tag: tags } = topics;
  return {
    categories: categories.length > 0 ? categories : undefined,
    tags: tags.length > 0 ? tags : undefined,
  };
}

function isReadMore(node: Node): boolean {
  return node.nodeName === 'A' && READ_MORE.test(node.textContent?.slice(0, 40) ?? '');
}

function dateIn(element: Element | undefined): string | undefined {
  return element && DATE.exec(element.textContent?.slice(0, MAX_BYLINE) ?? '')?.[0];
}

/** The date block, `28 Aug` or `28Aug` in pieces of unknown classes, as MM-DD. */
function dayAndMonth(item: Element): string | undefined {
  return readDayAndMonth(item.querySelector('.date-wrap')?.textContent ?? '');
}

/** `28 Aug`, `28Aug` as MM-DD; undefined for anything else. */
export function readDayAndMonth(text: string): string | undefined {
  const [, day = '', name = ''] = /^\s*(\d{1,2})\s*([A-Za-z]{3,9})\.?\s*$/.exec(text) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return month > 0 ? `${String(month).padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}
