/**
 * Posts on pages whose markup is not the blog's own: the blog may get another theme. Nothing is asked of
 * tags and classes. A place that shows the title of a post that is known, together with a link to that
 * post, is that post; a post that is not known, or whose title has changed, is left alone.
 *
 * An item of a listing is what holds such a title and no link to another post that stands alone. Its title
 * stands for itself, it has more than its title, and it is one of the most prominent list of its page: the
 * titles in sides, in texts, in pinned covers and beside the article are none.
 */
import {
  attributeOf,
  closest,
  contains,
  findAll,
  findFirst,
  isAfter,
  isElement,
  isText,
  matches,
  nameOf,
  ownTextOf,
  pageOf,
  parentOf,
  propertyOf,
  textOf,
  visitNodes,
  walkerAt,
  withinTest,
} from './dom.ts';
import { linkedPostId, TO_COMMENTS } from './links.ts';
import { SIDES } from './listing.ts';
import { readLine } from './text.ts';
import { readPageTitle } from './title.ts';
import type { ForeignItem, ForeignText, PostPage, TitleLookup } from './types.ts';

/** Markup that only the blog's own theme has. */
const OWN = '.title-wrap, .PostHead, .PostContent';
const HEADINGS = 'h1, h2, h3, h4, h5, h6';
/** Elements that stand in a line of text; a title's own box is around them. */
const INLINE = /^(?:A|ABBR|B|EM|FONT|I|MARK|SMALL|SPAN|STRONG|U)$/;
const LABELS = /^(?:置顶|推荐|热门|精华|新|new|hot|top|[\s[\]【】()（）#·|•*-])+/i;
const DATE =
  /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}\s*月\s*\d{1,2}\s*日|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d+\s*(?:秒|分钟|小时|天|周|个月|年)前/;
/** Classes and ids of boxes beside the list or the article. */
const SIDE_NAME =
  /^(?!(?:no|has|with|without|is|layout|js)[-_])(?:.*[-_])?(?:sidebar|aside|widgets?|related|recommend(?:s|ed|ation)?|similar|relevant|prev|previous|next|neighbou?rs?|pager|pagination|breadcrumbs?|comments?|respond|swiper|carousel|slider|toc|footer|navbar|nav|navigation|menu|drawer)(?:[-_](?:list|box|wrap|wrapper|container|item|posts?|area|section|block|card|slide|links?))*$/i;

/** A listing has some hundreds. */
const MOST_LINKS = 5_000;
const MAX_TITLE = 1_000;
/** Text around a title in its own box: a label, a number, a day. */
const MOST_BESIDE = 16;
/** What an item has besides its title, in characters: a date at least. */
const LEAST_BESIDE = 8;
/** A longer text is no byline. */
const MOST_IN_BYLINE = 160;
/** An element with a longer text of its own is prose. */
const PROSE = 60;
const MOST_STEPS = 200;
/** An article has more letters than this below its title. */
const SHORTEST_ARTICLE = 20;
/** The share of the text below the title that an article has, besides copyright notices and the like. */
const MOST_OF_TEXT = 0.6;
const NO_CONTAINER =
  /^(?:P|PRE|UL|OL|LI|DL|BLOCKQUOTE|FIGURE|DETAILS|H[1-6]|A|SPAN|STRONG|EM|B|I|CODE)$/;

/** Whether a page has none of the blog's own markup. */
export function isForeign(page: Document): boolean {
  return findFirst(page, OWN) === null;
}

interface Candidate {
  id: number;
  link: Element;
  isInSide: boolean;
  /** The innermost element that shows the title; undefined for a picture, say. */
  title: Element | undefined;
}

type Unplaced = Omit<ForeignItem, 'anchor'>;

/** The items of a listing in another theme, in its order. Ask isForeign first. */
export function foreignItems(page: Document, titled: TitleLookup): ForeignItem[] {
  const candidates = candidatesIn(page, titled);
  const owners = ownersOf(candidates);
  const items: Unplaced[] = [];
  /** With titles, and those that have no title beside their links. */
  const [boxes, untitled] = [new Set<Element>(), new Set<Element>()];
  for (const { id, link, isInSide, title: linked } of candidates) {
    if (isInSide) continue;
    const box = boxOfItem(link, id, owners);
    if (boxes.has(box) || (!linked && untitled.has(box))) continue;
    const title = linked ?? titleBeside(box, id, titled);
    if (!title) {
      untitled.add(box);
      continue;
    }
    boxes.add(box);
    const beside = textOf(box).trim().length - textOf(title).trim().length;
    if (beside >= LEAST_BESIDE) items.push({ id, title, box });
  }
  return mainList(items);
}

/** Links to posts that stand alone; those in sides only tell where an item ends. */
function candidatesIn(page: Document, titled: TitleLookup): Candidate[] {
  const isSide = withinTest(isSideBox);
  const isInProse = proseTest();
  const found: Candidate[] = [];
  for (const link of findAll(page, 'a[href]').slice(0, MOST_LINKS)) {
    if (TO_COMMENTS.test((attributeOf(link, 'href') ?? '').slice(0, MAX_TITLE))) continue;
    const id = linkedPostId(link);
    if (id === undefined || isInProse(link)) continue;
    const isInSide = isSide(link);
    const title = isInSide ? undefined : titleIn(link, id, titled);
    found.push({ id, link, isInSide, title });
  }
  return found;
}

/** Whether an element is a box beside the list or the article. */
function isSideBox(element: Element): boolean {
  if (/^(?:HTML|BODY|MAIN|ARTICLE|A|H[1-6])$/.test(nameOf(element))) return false;
  if (matches(element, `${SIDES}, footer, [role="complementary"], [role="navigation"]`))
    return true;
  const names = `${attributeOf(element, 'id') ?? ''} ${attributeOf(element, 'class') ?? ''}`;
  return names
    .slice(0, MAX_TITLE)
    .split(/\s+/)
    .some((name) => SIDE_NAME.test(name));
}

/** Tells whether a link stands in a line with other text, as references do; remembers the lines. */
function proseTest(): (link: Element) => boolean {
  const lengths = new Map<Element, number>();
  const ownLength = (element: Element): number => {
    const length = lengths.get(element) ?? ownLineOf(element).length;
    lengths.set(element, length);
    return length;
  };
  return (link) => {
    let beside = 0;
    for (let up = parentOf(link); up; up = parentOf(up)) {
      beside += ownLength(up);
      if (!INLINE.test(nameOf(up))) return beside > MOST_BESIDE || nameOf(up) === 'BLOCKQUOTE';
    }
    return true;
  };
}

/** The innermost element of a link that shows the title of the post it leads to. */
function titleIn(link: Element, id: number, titled: TitleLookup): Element | undefined {
  if (textOf(link).length > 10 * MAX_TITLE) return undefined;
  const inside = findAll(link, `${HEADINGS}, p, div, span, strong, b`).slice(0, 50);
  const shown = inside.findLast((element) => shows(element, id, titled));
  return shown ?? (shows(link, id, titled) ? link : undefined);
}

/** Whether an element shows the title of a post, perhaps behind a label or beside an icon. */
function shows(element: Element, id: number, titled: TitleLookup): boolean {
  if (textOf(element).length > 2 * MAX_TITLE) return false;
  const whole = readLine(element);
  if (whole === '') return false;
  return [whole, ownLineOf(element), whole.replace(LABELS, '')].some(
    (text) => text !== '' && titled(text).includes(id),
  );
}

function ownLineOf(element: Element): string {
  return ownTextOf(element).replace(/\s+/g, ' ').trim();
}

/** Which post the links in each element lead to; undefined if they lead to several. */
function ownersOf(candidates: readonly Candidate[]): Map<Element, number | undefined> {
  const owners = new Map<Element, number | undefined>();
  for (const { id, link } of candidates) {
    for (let at: Element | null = link; at; at = parentOf(at)) {
      const isNew = !owners.has(at);
      if (!isNew && owners.get(at) === undefined) break;
      if (isNew) owners.set(at, id);
      else if (owners.get(at) !== id) owners.set(at, undefined);
    }
  }
  return owners;
}

/** The largest element around a link that leads to no other post. */
function boxOfItem(
  link: Element,
  id: number,
  owners: ReadonlyMap<Element, number | undefined>,
): Element {
  let box = link;
  for (let up = parentOf(link); up && owners.get(up) === id; up = parentOf(up)) {
    if (matches(up, 'body, main, #main, #content')) break;
    box = up;
  }
  return box;
}

/** A heading of an item that shows the title without a link; the link lies over the item or behind it. */
function titleBeside(box: Element, id: number, titled: TitleLookup): Element | undefined {
  return findAll(box, `${HEADINGS}, [class*="title"]`)
    .slice(0, 20)
    .find((element) => shows(element, id, titled));
}

/** The items of the list with the most text, and those that stand in the same boxes. */
function mainList(items: readonly Unplaced[]): ForeignItem[] {
  const lists = new Map<string, { weight: number; parents: Set<Element> }>();
  const path = ({ title, box }: Unplaced): string => {
    const names: string[] = [];
    for (let at: Element | null = title; at; at = at === box ? null : parentOf(at))
      names.push(nameOf(at));
    return names.join('<');
  };
  for (const item of items) {
    const list = lists.get(path(item)) ?? { weight: 0, parents: new Set() };
    list.weight += Math.min(textOf(item.box).trim().length, 1_000);
    const parent = parentOf(item.box);
    if (parent) list.parents.add(parent);
    lists.set(path(item), list);
  }
  const [[main, { parents }] = ['', { parents: new Set<Element>() }]] = [...lists].sort(
    ([, a], [, b]) => b.weight - a.weight,
  );
  return items.flatMap((item) => {
    const parent = parentOf(item.box);
    const isMain = path(item) === main || (parent !== null && parents.has(parent));
    const anchor = isMain
      ? placeFor(item.title, { scope: item.box, boxOf: () => item.box })
      : undefined;
    return anchor ? [{ ...item, anchor }] : [];
  });
}

/** The element that our line comes after: the byline, else the title, in the flow of the page. */
function placeFor(
  title: Element,
  {
    scope,
    article,
    boxOf,
  }: {
    /** What the byline stands in. */
    scope: Element;
    /** No byline stands in it. */
    article?: Element;
    /** What the line does not leave. */
    boxOf: (element: Element) => Element;
  },
): Element | undefined {
  for (const element of [bylineAfter(title, scope, article), titleBlock(title, scope)]) {
    const place = element && inFlow(element, boxOf(element));
    if (place) return place;
  }
  return undefined;
}

/** The row with the date, if it follows the title before any prose does. */
function bylineAfter(title: Element, scope: Element, article?: Element): Element | undefined {
  const walker = walkerAt(scope);
  walker.currentNode = title;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const node = walker.nextNode();
    if (!node || node === article) return undefined;
    if (!isElement(node) || contains(title, node)) continue;
    const own = ownLineOf(node);
    if (own.length > PROSE || matches(node, 'pre, blockquote, table')) return undefined;
    if (!DATE.test(own) && nameOf(node) !== 'TIME') continue;
    let row: Element = node;
    for (let up = parentOf(node); up && up !== scope && !contains(up, title); up = parentOf(up)) {
      if (textOf(up).trim().length > MOST_IN_BYLINE) break;
      row = up;
    }
    return row;
  }
  return undefined;
}

/** The box of a title with nothing else in it than a category or a label; a cell of a list is none. */
function titleBlock(title: Element, scope: Element): Element {
  const length = textOf(title).trim().length;
  let block = title;
  for (let up = parentOf(title); up && INLINE.test(nameOf(block)); up = parentOf(up)) {
    const hasMore = textOf(up).trim().length - length > MOST_BESIDE;
    if (hasMore || up === scope || /^(?:LI|DD|TD|TH)$/.test(nameOf(up))) break;
    block = up;
  }
  return block;
}

/**
 * The element itself, or the nearest around it, after which a block stands in the flow of the page: outside
 * of links, covers and rows. undefined if there is none within the box or right behind it.
 */
function inFlow(element: Element, box: Element): Element | undefined {
  let at = element;
  for (;;) {
    const parent = parentOf(at);
    if (!parent || (at !== box && contains(at, box))) return undefined;
    const around = closest(parent, 'a, button, label, summary') ?? coverOf(at, box);
    if (around) at = around;
    else if (at === box && isAfloat(box)) return undefined;
    else if (!isRow(parent)) return at;
    else if (at === box) return undefined;
    else at = parent;
  }
}

/** What lies over a picture, or has one behind it, with the title in it. */
function coverOf(element: Element, box: Element): Element | undefined {
  let cover: Element | undefined;
  for (let at: Element | null = element; at; at = at === box ? null : parentOf(at)) {
    if (at !== box && isAfloat(at)) cover = parentOf(at) ?? undefined;
    else if (/url\(/.test(styleOf(at)?.backgroundImage ?? '')) cover = at;
  }
  return cover === element ? undefined : cover;
}

/** Whether what comes after an element does not stand below it. */
function isAfloat(element: Element): boolean {
  return /^(?:absolute|fixed)$/.test(styleOf(element)?.position ?? '');
}

/** Whether what is put into an element stands beside its other children. */
function isRow(element: Element): boolean {
  const { display = '', flexDirection = '' } = styleOf(element) ?? {};
  if (display.endsWith('flex')) return !flexDirection.startsWith('column');
  return /grid|inline|table-row|-webkit-box/.test(display);
}

function styleOf(element: Element): CSSStyleDeclaration | undefined {
  return propertyOf(pageOf(element), 'defaultView')?.getComputedStyle(element);
}

/**
 * The page of a known post in another theme: an h1 that shows its title, else another element that does and
 * that agrees with the page's own title, not in a side or in a link to another post; and the box with most
 * of the text below it. Ask isForeign first.
 */
export function foreignPost(page: Document, id: number, titled: TitleLookup): PostPage | undefined {
  const body = propertyOf(page, 'body') as HTMLElement | null;
  if (!body) return undefined;
  const isSide = withinTest(isSideBox);
  const titles = findAll(page, `${HEADINGS}, [class*="title"], [itemprop~="headline"], h1 a, h2 a`)
    .slice(0, MOST_LINKS)
    .filter((element) => shows(element, id, titled) && isOwnTitle(element, id) && !isSide(element));
  // Another title may be that of a recommended post, on the page of another post or on an error page.
  const title =
    titles.find((element) => nameOf(element) === 'H1') ?? titles.find(isInTitleOf(page));
  const article = title && textBelow(title, body, isSide);
  if (!title || !article) return undefined;
  const scope = commonBox(title, article);
  const boxOf = (element: Element) => childAround(element, scope);
  const place = { scope, ...(contains(article, title) ? {} : { article }), boxOf };
  return {
    title,
    article,
    get anchor() {
      return placeFor(title, place);
    },
  };
}

/** Returns a test whether the title of the page itself has the text of an element, or its text without a label. */
function isInTitleOf(page: Document): (element: Element) => boolean {
  const pageTitle = readPageTitle(page);
  return (element) =>
    [ownLineOf(element), readLine(element).replace(LABELS, '')].some(
      (text) => text !== '' && pageTitle.includes(text),
    );
}

/** Where the author's text is on a page in another theme. Ask isForeign first. */
export function foreignText({ title, article }: Partial<PostPage> = {}): ForeignText {
  const isSide = withinTest(isSideBox);
  const isOutside = (element: Element) =>
    (title !== undefined && contains(title, element)) || isSide(element);
  return { article, isOutside };
}

/** Whether no other post is linked from a title or around it. */
function isOwnTitle(title: Element, id: number): boolean {
  const around = closest(title, 'a[href]');
  const links = [...findAll(title, 'a[href]'), ...(around ? [around] : [])];
  return links.every((link) => {
    const linked = linkedPostId(link);
    return linked === undefined || linked === id;
  });
}

/** The smallest element that holds both, and is not the title. */
function commonBox(title: Element, article: Element): Element {
  let at = parentOf(title) ?? title;
  for (let up: Element | null = at; up && !contains(at, article); up = parentOf(up)) at = up;
  return at;
}

/** The child of a box that an element is or stands in. */
function childAround(element: Element, box: Element): Element {
  let at = element;
  for (let up = parentOf(at); up && up !== box; up = parentOf(up)) at = up;
  return at;
}

/** The box with most of the text below the title, outside of sides. */
function textBelow(
  title: Element,
  body: Element,
  isSide: (element: Element) => boolean,
): Element | undefined {
  const weights = new Map<Element, number>();
  visitNodes(body, (node) => {
    if (isElement(node)) {
      const isLeftOut = matches(node, 'script, style, noscript, template, form') || isSide(node);
      if (!isLeftOut) weights.set(node, 0);
      return !isLeftOut;
    }
    const parent = parentOf(node);
    if (isText(node) && parent && isAfter(node, title) && !contains(title, node))
      weights.set(parent, (weights.get(parent) ?? 0) + node.data.trim().length);
    return false;
  });
  // Those in an element come after it, so that the sums are whole when they are added.
  for (const [element, weight] of [...weights].toReversed()) {
    const total = weights.get(element) ?? weight;
    const parent = parentOf(element);
    if (element !== body && parent) weights.set(parent, (weights.get(parent) ?? 0) + total);
  }
  const all = weights.get(body) ?? 0;
  if (all < SHORTEST_ARTICLE) return undefined;
  let box = body;
  for (;;) {
    const next = [...propertyOf(box, 'children')].find(
      (child) => (weights.get(child) ?? 0) >= all * MOST_OF_TEXT,
    );
    const isBox = next && !NO_CONTAINER.test(nameOf(next)) && !matches(next, 'table:not(:has(p))');
    if (!next || !isBox) return box === body ? undefined : box;
    box = next;
  }
}
