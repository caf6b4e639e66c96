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
/** The share of the text below the title that an article has at least; the rest is copyright notices and the like. */
const MOST_OF_TEXT = 0.6;
const NO_CONTAINER =
  /^(?:P|PRE|UL|OL|LI|DL|BLOCKQUOTE|FIGURE|DETAILS|H[1-6]|A|SPAN|STRONG|EM|B|I|CODE)$/;

/**
 * Finds the title and the article of a known post on a page in another theme (isForeign). The title is an h1 that
 * shows the post's title, else another element that does and agrees with the page's own title; it is not in a side
 * box or in a link to another post. The article is the box with most of the text below it.
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

/** Where the author's text is on a page in another theme (isForeign). */
export function foreignText({ title, article }: Partial<PostPage> = {}): ForeignText {
  const isSide = withinTest(isSideBox);
  const isOutside = (element: Element) =>
    (title !== undefined && contains(title, element)) || isSide(element);
  return { article, isOutside };
}

/** Whether a title contains no link to another post and is in none. */
function isOwnTitle(title: Element, id: number): boolean {
  const around = closest(title, 'a[href]');
  const links = [...findAll(title, 'a[href]'), ...(around ? [around] : [])];
  return links.every((link) => {
    const linked = linkedPostId(link);
    return linked === undefined || linked === id;
  });
}

/** The smallest element that contains both, and is not the title. */
function commonBox(title: Element, article: Element): Element {
  let at = parentOf(title) ?? title;
  for (let up: Element | null = at; up && !contains(at, article); up = parentOf(up)) at = up;
  return at;
}

/** The child of a box that is the element or contains it. */
function childAround(element: Element, box: Element): Element {
  let at = element;
  for (let up = parentOf(at); up && up !== box; up = parentOf(up)) at = up;
  return at;
}

/** The smallest box with most of the text below the title, outside of sides. */
function textBelow(
  title: Element,
  body: Element,
  isSide: (element: Element) => boolean,
): Element | undefined {
  const lengths = lengthsBelow(title, body, isSide);
  const lengthOf = (element: Element) => lengths.get(element) ?? 0;
  const all = lengthOf(body);
  if (all < SHORTEST_ARTICLE) return undefined;
  const largestIn = (box: Element) =>
    [...propertyOf(box, 'children')].find(
      (child) => lengthOf(child) >= all * MOST_OF_TEXT && mayHoldText(child),
    );
  let box: Element | undefined;
  for (let next = largestIn(body); next; next = largestIn(next)) box = next;
  return box;
}

/** For each element the length of the text in it that comes after the title, without sides. */
function lengthsBelow(
  title: Element,
  body: Element,
  isSide: (element: Element) => boolean,
): ReadonlyMap<Element, number> {
  const lengths = new Map<Element, number>();
  const add = (element: Element | null, length: number) =>
    element && lengths.set(element, (lengths.get(element) ?? 0) + length);
  visitNodes(body, (node) => {
    if (isElement(node)) {
      const isLeftOut = matches(node, 'script, style, noscript, template, form') || isSide(node);
      if (!isLeftOut) lengths.set(node, 0);
      return !isLeftOut;
    }
    if (isText(node) && isAfter(node, title) && !contains(title, node))
      add(parentOf(node), node.data.trim().length);
    return false;
  });
  // Descendants come after their ancestors. In reverse order each sum is complete before it is added.
  for (const element of [...lengths.keys()].toReversed())
    if (element !== body) add(parentOf(element), lengths.get(element) ?? 0);
  return lengths;
}

function mayHoldText(element: Element): boolean {
  return !NO_CONTAINER.test(nameOf(element)) && !matches(element, 'table:not(:has(p))');
}
