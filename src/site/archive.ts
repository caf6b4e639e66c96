/**
 * Reading the archive page, one list of all posts:
 *
 *   #archives > h3 `2026年 (共45篇)`, ul > li > (span `10月`, ul > li `09日: a[permalink] (a[comments])`)
 */
import { closest, contains, findAll, findFirst, matches, parentOf, textOf } from './dom.ts';
import { postLinksIn } from './links.ts';
import { readLine } from './text.ts';
import { plainTitle } from './title.ts';

/** The most boxes of an item that are read. An item of the blog's list is in three boxes. */
const MOST_BOXES = 10;

export interface ArchiveYear {
  /** undefined before the first heading, on a page of another form. */
  readonly heading: Element | undefined;
  /** YYYY, or '' if the heading has no year. */
  readonly year: string;
  /** How many posts the heading says there are, or undefined. */
  readonly announced: number | undefined;
}

/** One post of the list. */
export interface ArchiveEntry {
  readonly item: Element;
  /** The item's boxes within the list, innermost first: its month, its year. */
  readonly boxes: readonly Element[];
  readonly year: ArchiveYear;
  readonly id: number;
  readonly title: string;
  /** The title, if the page shows it without labels and does not cut it. */
  readonly plainTitle: string | undefined;
  /** YYYY-MM-DD, or undefined where the list does not say it. */
  readonly date: string | undefined;
}

/** The list. The theme cuts it off at a fixed height until the reader presses its button. */
export function archiveList(page: Document): Element | undefined {
  return findFirst(page, '#archives') ?? undefined;
}

/** The posts of the list, in its order. Can be called while the list is being parsed. */
export function archiveEntries(list: Element): ArchiveEntry[] {
  const ids = new Map<Element, number>(
    postLinksIn([list], false).map(({ anchor, id }) => [anchor, id]),
  );
  const seen = new Set<Element>();
  let year: ArchiveYear = { heading: undefined, year: '', announced: undefined };
  return findAll(list, 'h3, a[href]').flatMap((element): ArchiveEntry[] => {
    if (matches(element, 'h3')) year = yearOf(element);
    const id = ids.get(element);
    const item = closest(element, 'li');
    if (id === undefined || !item || seen.has(item) || !contains(list, item)) return [];
    seen.add(item);
    return [entryOf(item, list, year, id, element)];
  });
}

function entryOf(
  item: Element,
  list: Element,
  year: ArchiveYear,
  id: number,
  anchor: Element,
): ArchiveEntry {
  const boxes: Element[] = [];
  for (let at = parentOf(item); at && at !== list && boxes.length < MOST_BOXES; at = parentOf(at))
    boxes.push(at);
  return {
    item,
    boxes,
    year,
    id,
    get title() {
      return readLine(anchor);
    },
    get plainTitle() {
      return plainTitle(anchor);
    },
    get date() {
      const day = /^\s*(\d{1,2})日/.exec(textOf(item))?.[1];
      const month = /^\s*(\d{1,2})月/.exec(monthLabelOf(item))?.[1];
      if (!day || !month || !year.year) return undefined;
      return `${year.year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    },
  };
}

/** The label of a month, such as `10月`, in the item that contains the list of that month. */
function monthLabelOf(item: Element): string {
  const parent = parentOf(item);
  const month = parent && closest(parent, 'li');
  const label = month && findFirst(month, 'span');
  return label ? textOf(label) : '';
}

function yearOf(heading: Element): ArchiveYear {
  const text = textOf(heading);
  const announced = /共\s*(\d+)\s*篇/.exec(text)?.[1];
  return {
    heading,
    year: /(\d{4})\s*年/.exec(text)?.[1] ?? '',
    announced: announced === undefined ? undefined : Number(announced),
  };
}
