/** The items of a page: excerpts of a listing, or the head of a post page, whether their posts were recognised or not. */
import { isAfter } from '../site/dom.ts';
import type { Recognition } from '../catalogue/recognise.ts';
import type { Excerpt } from '../site/types.ts';

export interface PagePost {
  id: number;
  /** The catalogue's title, or the page's for a post that the catalogue does not have. */
  title: string;
  /** Our line comes after this element. */
  anchor: Element;
}

export interface PageItem {
  heading: Element;
  element: Element;
  anchor: Element;
  post: PagePost | undefined;
  /** How often it was examined again because of a change in it. */
  reviews: number;
}

/** The posts that were found, and those that are gone. */
export type Difference = [found: readonly PagePost[], gone: readonly PagePost[]];

/** The most items that are stored, with those that were removed. The longest listing of the blog has eight. */
const MOST_ITEMS = 10_000;

export class PageItems {
  readonly #byElement = new Map<Element, PageItem>();
  readonly #byHeading = new Map<Element, PageItem>();
  /** How many items were stored, with those that were removed. */
  #stored = 0;
  /** The posts that were found, and those that are gone, since the last call of takeDifference(). */
  readonly #found = new Set<PagePost>();
  readonly #gone = new Set<PagePost>();

  /** In the order in which they were found. */
  get all(): readonly PageItem[] {
    return [...this.#byElement.values()];
  }

  /** The posts of the items, in the order of the page. */
  get posts(): readonly PagePost[] {
    const posts = this.all.flatMap(({ post }) => post ?? []);
    return posts.sort((one, other) => (isAfter(one.anchor, other.anchor) ? 1 : -1));
  }

  get isEmpty(): boolean {
    return this.#byElement.size === 0;
  }

  ofElement(element: Element): PageItem | undefined {
    return this.#byElement.get(element);
  }

  ofHeading(heading: Element): PageItem | undefined {
    return this.#byHeading.get(heading);
  }

  /** Stores an item in place of `others`, unless one of these is the same. */
  put(item: PageItem, others: readonly (PageItem | undefined)[]): void {
    if (others.some((old) => old && isSame(old, item))) return;
    for (const old of others) {
      if (!old) continue;
      item.reviews = Math.max(item.reviews, old.reviews);
      this.remove(old);
    }
    if (this.#stored++ >= MOST_ITEMS) return;
    this.#byElement.set(item.element, item);
    this.#byHeading.set(item.heading, item);
    if (item.post) this.#found.add(item.post);
  }

  remove(item: PageItem): void {
    if (this.#byHeading.get(item.heading) !== item) return;
    this.#byHeading.delete(item.heading);
    this.#byElement.delete(item.element);
    // What is found and gone before it is asked for is told to nobody.
    if (item.post && !this.#found.delete(item.post)) this.#gone.add(item.post);
  }

  /** What has changed since the last call. */
  takeDifference(): Difference {
    const difference: Difference = [[...this.#found], [...this.#gone]];
    this.#found.clear();
    this.#gone.clear();
    return difference;
  }
}

/** The item of an excerpt. */
export function itemOf(
  excerpt: Excerpt,
  anchor: Element,
  recognised: Recognition | undefined,
): PageItem {
  const { heading, element } = excerpt;
  const post = recognised && {
    id: recognised.id,
    // The title is read from the page only if the catalogue has none.
    title: recognised.post?.title ?? excerpt.title,
    anchor,
  };
  return { heading, element, anchor, post, reviews: 0 };
}

function isSame(old: PageItem, item: PageItem): boolean {
  return (
    old.heading === item.heading &&
    old.element === item.element &&
    old.anchor === item.anchor &&
    old.post?.id === item.post?.id &&
    old.post?.title === item.post?.title
  );
}
