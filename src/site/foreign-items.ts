/**
 * Finds the items of a listing in another theme. An item is the largest box with the title of a post and no
 * stand-alone link to another post. It has more than its title, and belongs to the main list of the page. Titles in
 * side boxes, in running text, in pinned covers and beside the article are not items.
 */
import { attributeOf, findAll, matches, nameOf, parentOf, textOf, withinTest } from './dom.ts';
import {
  HEADINGS,
  INLINE,
  MOST_BESIDE,
  MOST_LINKS,
  isSideBox,
  ownLineOf,
  shows,
} from './foreign.ts';
import { mainList, ownKindOf, type Unplaced } from './foreign-list.ts';
import { linkedPostId, TO_COMMENTS } from './links.ts';
import { MAX_TITLE } from './title.ts';
import type { ForeignItem, TitleLookup } from './types.ts';

/** The least number of characters that an item has besides its title, enough for a date. */
const LEAST_BESIDE = 8;

interface Candidate {
  id: number;
  link: Element;
  isInSide: boolean;
  /** The innermost element that shows the title; undefined if the link shows a picture, for example. */
  title: Element | undefined;
}

/** Returns the items of a listing in page order. The page must be in another theme (isForeign). */
export function foreignItems(page: Document, titled: TitleLookup): ForeignItem[] {
  const candidates = candidatesIn(page, titled);
  const owners = ownersOf(candidates);
  const items: Unplaced[] = [];
  /** Boxes with titles, and boxes that have no title beside their links. */
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
  return mainList(items.filter(ownItemTest(items)));
}

/**
 * Returns a function that tells whether an item is not the text of another one. If a text has a link to another post,
 * the head and the text of its item are two boxes, of different kinds.
 */
function ownItemTest(items: readonly Unplaced[]): (item: Unplaced) => boolean {
  const children = new Map<Element | null, Element[]>();
  for (const { box } of items) {
    const parent = parentOf(box);
    const boxes = children.get(parent) ?? [];
    children.set(parent, boxes);
    boxes.push(box);
  }
  return ({ box }) => {
    const [first = box, second, third] = children.get(parentOf(box)) ?? [];
    return second !== box || third !== undefined || ownKindOf(first) === ownKindOf(box);
  };
}

/** Returns the links to posts that are not in running text. Those in side boxes only tell where an item ends. */
function candidatesIn(page: Document, titled: TitleLookup): Candidate[] {
  const isSide = withinTest(isSideBox);
  const isInProse = proseTest();
  const found: Candidate[] = [];
  for (const link of findAll(page, 'a[href]').slice(0, MOST_LINKS)) {
    if (TO_COMMENTS.test(attributeOf(link, 'href') ?? '')) continue;
    const id = linkedPostId(link);
    if (id === undefined || isInProse(link)) continue;
    const isInSide = isSide(link);
    const title = isInSide ? undefined : titleIn(link, id, titled);
    found.push({ id, link, isInSide, title });
  }
  return found;
}

/** Returns a function that tells whether a link is in a line with other text, as references are; caches the lines. */
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

/** The largest element around a link in which all links lead to the same post. */
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

/** Returns the heading of an item that shows the title outside of the link, which lies over the item or behind it. */
function titleBeside(box: Element, id: number, titled: TitleLookup): Element | undefined {
  return findAll(box, `${HEADINGS}, [class*="title"]`)
    .slice(0, 20)
    .find((element) => shows(element, id, titled));
}
