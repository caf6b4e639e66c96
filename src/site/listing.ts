/**
 * Reading the items of a listing page, and the head of a post page, which has the same form:
 *
 *   .Post > .PostHead > (.date-wrap + .title-wrap > h2 > a[permalink], span.submitted) , .PostContent
 *
 * No full page of the blog could be studied, so every class is a hint and none is required: an item
 * is found by its title, a heading that stands outside of texts, sidebars and comments and is a link
 * to a post or sits where titles sit. What an excerpt's text holds can never become an item.
 */
import { postIdOfHref, topicOfHref } from './address.ts';
import { type Piece, readOpening } from './opening.ts';
import { readLine, readText } from './text.ts';

/** What an item is filed under; undefined where the page does not say. */
export interface Topics {
  /** The main one first. */
  categories: string[] | undefined;
  tags: string[] | undefined;
}

const TEXT = '.PostContent';
/** Boxes of the page that have headings of their own. */
const OUTSIDE = [
  '#PostContent',
  '#SideBar',
  '#MobileSideBar',
  '#MobileComments',
  '#Header',
  '#Footer',
  '#comments',
  '#similar',
].join();
const TITLE = 'h1, h2, h3';
const DATE = /\d{4}-\d{2}-\d{2}/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const READ_MORE = /点击阅读全文\.*\s*$/;
/** A title longer than this is none: it keeps a hostile megabyte away from what follows. */
const MAX_TITLE = 1_000;

/** The titles in a node that a parser or a script has just added. */
export function titlesIn(node: Node): Element[] {
  if (!(node instanceof Element)) return [];
  // What was added may be a title's link or byline, after the title itself.
  const heading = node.closest(TITLE);
  if (heading) return isTitle(heading) ? [heading] : [];
  return node.firstElementChild ? findTitles(node) : [];
}

/** The titles in a part of a page, in its order; at most one an item. */
export function findTitles(root: Document | Element): Element[] {
  const items = new Set<Element>();
  return headingsIn(root).filter((heading) => {
    const known = items.size;
    return looksLikeTitle(heading) && items.add(itemOf(heading)).size > known;
  });
}

/** The headings in a part of a page that stand outside of texts, sides and comments, in its order. */
export function headingsIn(root: Document | Element): Element[] {
  const isOut = outsideReader();
  return [...root.querySelectorAll(TITLE)].filter((heading) => !isOut(heading));
}

/** Whether a heading is an item's title rather than a heading of a text or of the page. */
export function isTitle(heading: Element): boolean {
  return looksLikeTitle(heading) && !outsideReader()(heading);
}

function looksLikeTitle(heading: Element): boolean {
  return headOf(heading) !== null || typeof linkOf(heading) === 'number';
}

/** Tells what stands where no titles are; it asks once for each box that has an id. */
function outsideReader(): (heading: Element) => boolean {
  const known = new Map<Element | null, boolean>();
  return (heading) => {
    if (heading.closest(TEXT)) return true;
    const box = heading.closest('[id]');
    let isOut = known.get(box);
    if (isOut === undefined) known.set(box, (isOut = !!box?.closest(OUTSIDE)));
    return isOut;
  };
}

export function readExcerpt(heading: Element): Excerpt {
  return new Excerpt(heading);
}

/** One item of a listing page. Its parts are read when they are asked for: a link needs no text. */
export class Excerpt {
  /** The whole item. */
  readonly element: Element;
  readonly heading: Element;

  constructor(heading: Element) {
    this.heading = heading;
    this.element = itemOf(heading);
  }

  /** The post that the title links to; `elsewhere` for a link to anything else, or to two posts. */
  get link(): number | 'elsewhere' | undefined {
    return linkOf(this.heading);
  }

  get title(): string {
    return readTitle(this.heading);
  }

  /** YYYY-MM-DD from the byline, else MM-DD from the date block, else undefined. */
  get date(): string | undefined {
    return dateIn(bylineOf(this.heading)) ?? dayAndMonth(this.element);
  }

  /** The box of the opening, or of the whole text. */
  get content(): Element | undefined {
    return contentOf(this.heading) ?? undefined;
  }

  /** Whether the blog has cut the text and links to the rest. */
  get hasReadMore(): boolean {
    return [...(this.content?.querySelectorAll('.more a') ?? [])].some(isReadMore);
  }

  /** The opening as the page shows it, formulas as TeX. */
  get text(): string {
    return this.content ? withoutReadMore(readText(this.content)) : '';
  }

  /** The same, formulas as they were drawn. */
  get opening(): readonly Piece[] {
    return this.content ? readOpening(this.content, isReadMore) : [];
  }

  get topics(): Topics {
    return topicsOf(this.heading);
  }
}

/**
 * Where the companion's line goes: right after this node. undefined while the page is still coming
 * in and the byline, which follows the title, may not be there yet.
 */
export function lineAnchor(heading: Element, pageIsComplete: boolean): Element | undefined {
  return bylineOf(heading) ?? (pageIsComplete || headIsClosed(heading) ? heading : undefined);
}

/** The title as text, TeX included, without the blog's own `#` link behind it: 1,000 characters at most. */
export function readTitle(heading: Element): string {
  return readLine(heading).slice(0, MAX_TITLE).replace(/\s+#$/, '');
}

/** The byline `By 苏剑林 | 2024-09-01 | 31098位读者 | 引用` of a title, wherever the theme put it. */
export function bylineOf(heading: Element): Element | undefined {
  const head = headOf(heading) ?? itemOf(heading);
  const submitted = head.querySelector('.submitted');
  if (submitted && !submitted.closest('.PostContent')) return submitted;
  const next = heading.nextElementSibling;
  // With no class left, what follows may be the next item, with a byline of its own.
  return next && !next.matches(`.PostContent, :has(${TITLE})`) && dateIn(next) ? next : undefined;
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

function contentOf(heading: Element): Element | null {
  const item = itemOf(heading);
  const next = item.nextElementSibling;
  return item.querySelector('.PostContent') ?? (next?.matches('.PostContent') ? next : null);
}

/** Once anything follows the head, the parser has left it and no byline is to come. */
function headIsClosed(heading: Element): boolean {
  const item = itemOf(heading);
  for (let at: Element | null = heading; at && at !== item; at = at.parentElement) {
    if (at !== heading && at.nextElementSibling) return true;
  }
  return contentOf(heading) !== null;
}

/** A title links to one post of the blog, to something else, or to nothing. */
function linkOf(heading: Element): Excerpt['link'] {
  if (!heading.firstElementChild) return undefined;
  const base = heading.ownerDocument.URL;
  let found: number | undefined;
  const anchors = heading.querySelectorAll('a[href]');
  // By number: the list's iterator takes longer than what is done here.
  for (let at = 0, anchor = anchors[0]; anchor; anchor = anchors[++at]) {
    const href = anchor.getAttribute('href') ?? '';
    if (href.startsWith('#')) continue;
    const id = postIdOfHref(href, base);
    if (id === undefined || (found !== undefined && found !== id)) return 'elsewhere';
    found = id;
  }
  return found;
}

/** The links of a listing's item behind its excerpt; a post page has them behind its article. */
function topicsOf(heading: Element): Topics {
  const tools =
    itemOf(heading).querySelector('.tools') ?? heading.ownerDocument.querySelector('#tools');
  const topics: { category: string[]; tag: string[] } = { category: [], tag: [] };
  for (const anchor of tools?.querySelectorAll('a[href]') ?? []) {
    const kind = topicOfHref(anchor.getAttribute('href') ?? '', heading.ownerDocument.URL);
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
  return element && DATE.exec(element.textContent?.slice(0, MAX_TITLE) ?? '')?.[0];
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
