/**
 * Chooses the main list among the items that were found in another theme, and the place of each item's line. Lists of
 * other kinds, such as related posts below an article, are left out.
 */
import { attributeOf, nameOf, parentOf, textOf } from './dom.ts';
import { placeFor } from './foreign-place.ts';
import type { ForeignItem } from './types.ts';

/** How many elements around a box tell what kind of box it is. Groups of items are at most this deep. */
const MOST_LEVELS = 6;
/** Longer than all classes of a box, in UTF-16 units. */
const MAX_CLASS = 300;

/** An item before the place of its line is known. */
export type Unplaced = Omit<ForeignItem, 'anchor'>;

/** An item with the elements from its title up to its box, and their tags. */
interface Located extends Unplaced {
  way: Element[];
  path: string;
}

/** Items whose titles are equally deep in their boxes. */
interface List {
  path: string;
  boxes: Element[];
  weight: number;
}

/**
 * Returns the items of the list with the most text, and those that have the same parents. The box of an item that is
 * alone in its group, say in its month, is the whole group: the item is the part of it that is like the other items.
 */
export function mainList(found: readonly Unplaced[]): ForeignItem[] {
  const items = found.map(located);
  const main = heaviestList(items);
  if (!main) return [];
  const depth = main.path.split('<').length;
  const parents = new Set(main.boxes.map(parentOf));
  const isGroup = groupTest(main.boxes);
  const boxInList = ({ box, way, path }: Located): Element | undefined => {
    if (path === main.path || parents.has(parentOf(box))) return box;
    return path.startsWith(`${main.path}<`) && isGroup(box) ? way[depth - 1] : undefined;
  };
  return items.flatMap((item) => {
    const { id, title } = item;
    const box = boxInList(item);
    const anchor = box && placeFor(title, { scope: box, boxOf: () => box });
    return anchor ? [{ id, title, box, anchor }] : [];
  });
}

function located(item: Unplaced): Located {
  const way: Element[] = [];
  for (let at: Element | null = item.title; at; at = at === item.box ? null : parentOf(at))
    way.push(at);
  return { ...item, way, path: way.map(nameOf).join('<') };
}

/** The list with the most text; if its boxes are groups of the items of another list, that list. */
function heaviestList(items: readonly Located[]): List | undefined {
  const lists = new Map<string, List>();
  for (const { box, path } of items) {
    const list = lists.get(path) ?? { path, boxes: [], weight: 0 };
    list.weight += Math.min(textOf(box).trim().length, 1_000);
    list.boxes.push(box);
    lists.set(path, list);
  }
  const [heaviest, ...others] = [...lists.values()].sort((a, b) => b.weight - a.weight);
  const [sample] = heaviest?.boxes ?? [];
  if (!heaviest || !sample) return undefined;
  // A group has several items. One that is alone may be the head or the text of an item.
  const isGrouped = ({ path, boxes }: List) =>
    heaviest.path.startsWith(`${path}<`) &&
    new Set(boxes.map(parentOf)).size < boxes.length &&
    groupTest(boxes)(sample);
  return others.find(isGrouped) ?? heaviest;
}

/** Returns a function that tells whether a box is like the boxes around the items, so it is a group too. */
function groupTest(boxes: readonly Element[]): (box: Element) => boolean {
  const kinds = new Set<string>();
  const seen = new Set<Element>();
  for (const box of boxes)
    for (const group of ancestorsOf(box)) {
      if (seen.has(group)) break;
      seen.add(group);
      kinds.add(kindOf(group));
    }
  return (box) => kinds.has(kindOf(box));
}

/** The tags and classes of an element and the next elements around it. */
function kindOf(element: Element): string {
  return [element, ...ancestorsOf(element)].map(ownKindOf).join('<');
}

/** The tag and the classes of an element. */
export function ownKindOf(element: Element): string {
  return `${nameOf(element)}.${attributeOf(element, 'class')?.slice(0, MAX_CLASS) ?? ''}`;
}

/** The elements around an element, at most MOST_LEVELS of them. */
function ancestorsOf(element: Element): Element[] {
  const ancestors: Element[] = [];
  for (let at = parentOf(element); at && ancestors.length < MOST_LEVELS; at = parentOf(at))
    ancestors.push(at);
  return ancestors;
}
