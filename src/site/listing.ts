/**
 * Reading the items of a listing page, and the head of a post page, which has the same form:
 *
 *   .Post > .PostHead > (.date-wrap + .title-wrap > h2 > a[permalink], span.submitted) , .PostContent
 *
 * Each class is a hint and none is required, because the theme may change. An item is
 * found by its title: a heading outside of texts, sides and comments that links to a post or is in the box of a
 * title. A heading in the text of an excerpt is never a title.
 */
import { topicOfHref } from './address.ts';
import {
  attributeOf,
  baseOf,
  closest,
  closestFinder,
  findAll,
  findFirst,
  isElement,
  matches,
  nameOf,
  nextOf,
  pageOf,
  parentOf,
  hasParentIn,
  textOf,
  walkerAt,
  withinTest,
} from './dom.ts';
import { linkedPostId } from './links.ts';
import { readOpening } from './opening.ts';
import { TEXT_BOXES } from './text-boxes.ts';
import { readLine, readText } from './text.ts';
import { plainTitle, readTitle } from './title.ts';
import type { Excerpt, Topics } from './types.ts';

const HEADING = 'h1, h2, h3';
/** Boxes of the page that have headings and links of their own. */
export const SIDES = [
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
const OUTSIDE = `${TEXT_BOXES}, ${SIDES}`;
const isOutsideBox = (element: Element) => matches(element, OUTSIDE);
const DATE = /\d{4}-\d{2}-\d{2}/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const READ_MORE = /点击阅读全文\.*\s*$/;
/** Longer than any byline. */
const MAX_BYLINE = 1_000;
/** A title has one link to its post, and on some pages one to itself. */
const MAX_TITLE_LINKS = 8;
/** The most nodes of a title that are searched for links; formulas that MathJax has drawn have hundreds. */
const MAX_TITLE_NODES = 5_000;

/** Returns the headings in added nodes, and the headings that nodes were added to. */
export function headingsAt(nodes: Iterable<Node>): Set<Element> {
  const added = new Set(nodes);
  const headings = new Set<Element>();
  const closestHeading = closestFinder(HEADING);
  for (const node of added) {
    // A parser adds node by node. A node inside another added node is found with that one.
    if (!isElement(node) || hasParentIn(added, node)) continue;
    // The added node may be the link of a title that was there before.
    const heading = closestHeading(node);
    if (heading) headings.add(heading);
    else for (const inside of findAll(node, HEADING)) headings.add(inside);
  }
  return headings;
}

/** The titles of a page, in its order; at most one for each item. */
export function findTitles(page: Document | Element): Element[] {
  const items = new Set<Element>();
  return headingsIn(page).filter((heading) => {
    const known = items.size;
    return looksLikeTitle(heading) && items.add(itemAround(heading)).size > known;
  });
}

/** The headings of a page outside of texts, sides and comments, in its order. */
export function headingsIn(page: Document | Element): Element[] {
  const isOutside = withinTest(isOutsideBox);
  return findAll(page, HEADING).filter((heading) => !isOutside(heading));
}

/** Whether a heading is an item's title rather than a heading of a text or of the page. */
export function isTitle(heading: Element): boolean {
  return titleTest()(heading);
}

/** isTitle() for many headings of a page that does not change meanwhile. */
export function titleTest(): (heading: Element) => boolean {
  const isOutside = withinTest(isOutsideBox);
  return (heading) => looksLikeTitle(heading) && !isOutside(heading);
}

function looksLikeTitle(heading: Element): boolean {
  return headOf(heading) !== null || typeof linkOf(heading) === 'number';
}

/** The item of a title. Each part is read from the page when it is used. */
export function readExcerpt(heading: Element): Excerpt {
  const element = itemAround(heading);
  return {
    element,
    heading,
    isBare: element === heading,
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
      const content = contentOf(heading);
      return content !== undefined && findAll(content, '.more a').some(isReadMore);
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
 * Returns the element after which our line is inserted; undefined while the page is still being parsed and the
 * byline, which follows the title, may be missing.
 */
export function lineAnchor(heading: Element, pageIsComplete: boolean): Element | undefined {
  return bylineOf(heading) ?? (pageIsComplete || headIsClosed(heading) ? heading : undefined);
}

/** The byline `By 苏剑林 | 2024-09-01 | 31098位读者 | 引用` of a title, wherever the theme put it. */
export function bylineOf(heading: Element): Element | undefined {
  const head = headOf(heading) ?? itemAround(heading);
  const submitted = findFirst(head, '.submitted');
  if (submitted && !isInContent(submitted, head)) return submitted;
  const next = nextOf(heading);
  // If no class is left, what follows may be the next item, with a byline of its own.
  return next && !matches(next, `.PostContent, :has(${HEADING})`) && dateIn(next)
    ? next
    : undefined;
}

/** Whether an element is in a text within this box. */
function isInContent(element: Element, box: Element): boolean {
  for (let at: Element | null = element; at && at !== box; at = parentOf(at))
    if (matches(at, '.PostContent')) return true;
  return false;
}

/** An excerpt without the blog's link to the rest of the post. */
export function withoutReadMore(text: string): string {
  return text.replace(READ_MORE, '').trimEnd();
}

/** The item that a title or the anchor of a line is in; the element itself if no box of the blog is around it. */
export function itemAround(element: Element): Element {
  return closest(element, '.Post') ?? headOf(element) ?? element;
}

function headOf(element: Element): Element | null {
  return closest(element, '.PostHead') ?? closest(element, '.title-wrap');
}

function contentOf(heading: Element): Element | undefined {
  const item = itemAround(heading);
  const inside = findFirst(item, '.PostContent');
  if (inside) return inside;
  const next = nextOf(item);
  return next && matches(next, '.PostContent') ? next : undefined;
}

/** Whether something follows the head: then the parser has left it, and no byline will come. */
function headIsClosed(heading: Element): boolean {
  const item = itemAround(heading);
  for (let at: Element | null = heading; at && at !== item; at = parentOf(at)) {
    if (at !== heading && nextOf(at)) return true;
  }
  return contentOf(heading) !== undefined;
}

function linkOf(heading: Element): Excerpt['link'] {
  const anchors = titleLinks(heading);
  if (anchors.length > MAX_TITLE_LINKS) return 'elsewhere';
  const ids = new Set(anchors.map(linkedPostId));
  const [id] = ids;
  return ids.size === 0 ? undefined : ids.size === 1 && id !== undefined ? id : 'elsewhere';
}

/** Returns the links of a title except those to itself. Stops as soon as there are too many. */
function titleLinks(heading: Element): Element[] {
  const anchors: Element[] = [];
  const walker = walkerAt(heading);
  for (let nodes = 0; nodes < MAX_TITLE_NODES && anchors.length <= MAX_TITLE_LINKS; nodes++) {
    const node = walker.nextNode();
    if (!node) break;
    if (!isElement(node) || nameOf(node) !== 'A') continue;
    const href = attributeOf(node, 'href');
    if (href !== null && !href.startsWith('#')) anchors.push(node);
  }
  return anchors;
}

/** Reads the links after the excerpt of a listing's item, or after the article of a post page. */
function topicsOf(heading: Element): Topics {
  const tools = findFirst(itemAround(heading), '.tools') ?? findFirst(pageOf(heading), '#tools');
  const topics: { category: string[]; tag: string[] } = { category: [], tag: [] };
  for (const anchor of tools ? findAll(tools, 'a[href]') : []) {
    const kind = topicOfHref(attributeOf(anchor, 'href') ?? '', baseOf(anchor));
    if (kind) topics[kind].push(readLine(anchor));
  }
  const { category: categories, tag: tags } = topics;
  return {
    categories: categories.length > 0 ? categories : undefined,
    tags: tags.length > 0 ? tags : undefined,
  };
}

function isReadMore(node: Node): boolean {
  return nameOf(node) === 'A' && READ_MORE.test(textOf(node).slice(0, 40));
}

function dateIn(element: Element | undefined): string | undefined {
  return element && DATE.exec(textOf(element).slice(0, MAX_BYLINE))?.[0];
}

/** The date block, `28 Aug` or `28Aug` in pieces of unknown classes, as MM-DD. */
function dayAndMonth(item: Element): string | undefined {
  const block = findFirst(item, '.date-wrap');
  return block ? readDayAndMonth(textOf(block)) : undefined;
}

/** `28 Aug`, `28Aug` as MM-DD; undefined for anything else. */
export function readDayAndMonth(text: string): string | undefined {
  const [, day = '', name = ''] = /^\s*(\d{1,2})\s*([A-Za-z]{3,9})\.?\s*$/.exec(text) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return month > 0 ? `${String(month).padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}
