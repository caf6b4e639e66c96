/** The page of a post in another theme: its title, its article, and where our line goes. */
import {
  closest,
  contains,
  findAll,
  isAfter,
  isElement,
  isText,
  matches,
  nameOf,
  parentOf,
  propertyOf,
  visitNodes,
  withinTest,
} from './dom.ts';
import { HEADINGS, MOST_LINKS, isSideBox, shows, titleForms } from './foreign.ts';
import { placeFor } from './foreign-place.ts';
import { linkedPostId } from './links.ts';
import { readPageTitle } from './title.ts';
import type { ForeignText, PostPage, TitleLookup } from './types.ts';

/** An article has more letters than this below its title. */
const SHORTEST_ARTICLE = 20;
/** The share of the text below the title that an article has, besides copyright notices and the like. */
const MOST_OF_TEXT = 0.6;
const NO_CONTAINER =
  /^(?:P|PRE|UL|OL|LI|DL|BLOCKQUOTE|FIGURE|DETAILS|H[1-6]|A|SPAN|STRONG|EM|B|I|CODE)$/;

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
  const pageTitle = readPageTitle(page);
  const title =
    titles.find((element) => nameOf(element) === 'H1') ??
    titles.find((element) => titleForms(element).some((text) => pageTitle.includes(text)));
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
