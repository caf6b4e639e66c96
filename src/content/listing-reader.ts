/**
 * Finds the items of the blog's own listings. Only the headings that a change concerns are examined, so a page that
 * grows for long costs what it adds.
 */
import { isInHeading, isInText } from '../site/containers.ts';
import { findAll, isAfter, isConnected, isParsed, parentOf } from '../site/dom.ts';
import { findTitles, headingsAt, lineAnchor, readExcerpt, titleTest } from '../site/listing.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { recognise } from '../catalogue/recognise.ts';
import type { PageChange } from './page-changes.ts';
import { itemOf, type PageItem, type PageItems } from './page-items.ts';

/**
 * How often a title is examined while its byline is missing; it is examined once more when the page has been parsed.
 * The byline is parsed with the title or soon after it, and each examination goes through the item.
 */
const MOST_EXAMINATIONS = 20;
/** How many ancestors are searched for the item of a changed element. */
const MOST_BOXES = 50;

export class ListingReader {
  readonly #items: PageItems;
  readonly #catalogue: () => Catalogue;
  /** Titles whose byline is still missing, and how often they were examined. */
  readonly #waiting = new Map<Element, number>();
  /** Renewed for each reading: the page may have changed since the last one. */
  #isTitle = titleTest();

  /** @param items what is found is stored in them */
  constructor(items: PageItems, catalogue: () => Catalogue) {
    this.#items = items;
    this.#catalogue = catalogue;
  }

  /** Examines all titles of the page. */
  readAll(): void {
    this.#examineAll(findTitles(document));
  }

  /** Examines the titles that are in no item yet. */
  readRest(): void {
    this.#examineAll(findTitles(document).filter((title) => !this.#items.ofHeading(title)));
  }

  /** Examines the headings that a change of the page may concern. */
  read({ added, removed, parents }: PageChange): void {
    // The text of a title may have been replaced.
    const changed = [...parents].filter(isInHeading);
    const headings = headingsAt([...added, ...changed]);
    for (const heading of this.#waiting.keys()) headings.add(heading);
    for (const root of removed)
      for (const element of [root, ...findAll(root, '*')])
        if (this.#items.ofHeading(element)) headings.add(element);
    for (const parent of parents) {
      const item = this.#itemAround(parent);
      if (item && item.reviews++ < MOST_EXAMINATIONS) headings.add(item.heading);
    }
    this.#examineAll(headings);
  }

  /** The item around a changed element: its byline may have been added or removed. */
  #itemAround(changed: Element): PageItem | undefined {
    if (this.#items.isEmpty || isInText(changed)) return undefined;
    let boxes = 0;
    for (let at: Element | null = changed; at && boxes < MOST_BOXES; at = parentOf(at), boxes++) {
      const item = this.#items.ofElement(at);
      if (item) return item;
    }
    return undefined;
  }

  #examineAll(headings: Iterable<Element>): void {
    this.#isTitle = titleTest();
    for (const heading of headings) this.#examine(heading);
  }

  /** Examines a heading, for the first time or again. */
  #examine(heading: Element): void {
    const old = this.#items.ofHeading(heading);
    if (!isConnected(heading) || !this.#isTitle(heading)) {
      this.#waiting.delete(heading);
      if (old) this.#drop(old);
      return;
    }
    const excerpt = readExcerpt(heading);
    const { element, isBare } = excerpt;
    // Whether the whole page is in another theme is known when it has been parsed.
    if (isBare && !isParsed(document)) return;
    const other = this.#items.ofElement(element);
    // An item has one title, its first.
    const isLater = other && isConnected(other.heading) && isAfter(heading, other.heading);
    if (isLater) return;
    const anchor = lineAnchor(heading, isParsed(document));
    if (!anchor) return this.#wait(heading);
    this.#waiting.delete(heading);
    if (old && old.element !== element) this.#drop(old);
    // The parts of an excerpt are read from the page when they are used; mostly the link is enough.
    this.#items.put(itemOf(excerpt, anchor, recognise(excerpt, this.#catalogue())), [old, other]);
  }

  /** Removes an item that has lost its title. Another heading in it may be its title now. */
  #drop(item: PageItem): void {
    this.#items.remove(item);
    if (!isConnected(item.element)) return;
    for (const heading of headingsAt([item.element]))
      if (heading !== item.heading) this.#examine(heading);
  }

  #wait(heading: Element): void {
    const examinations = (this.#waiting.get(heading) ?? 0) + 1;
    if (examinations < MOST_EXAMINATIONS) this.#waiting.set(heading, examinations);
    else this.#waiting.delete(heading);
  }
}
