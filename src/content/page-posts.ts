/**
 * The posts that a page shows: every excerpt of a listing page, or the one post of a post page. They are recognised
 * as they are parsed, before the frame in which they appear. When the page changes, the list is updated to what a new
 * reading of the whole page would find.
 */
import { isInHeading, isInText } from '../site/containers.ts';
import { findAll, isAfter, isConnected, isParsed, parentOf } from '../site/dom.ts';
import { foreignItems } from '../site/foreign-items.ts';
import { isForeign } from '../site/foreign.ts';
import { findTitles, headingsAt, lineAnchor, readExcerpt, titleTest } from '../site/listing.ts';
import { readLine } from '../site/text.ts';
import type { Excerpt, PostPage } from '../site/types.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { recognise, titleLookup } from '../catalogue/recognise.ts';
import { Followers } from './followers.ts';
import type { PageChange, PageChanges } from './page-changes.ts';
import { whenParsed, whenStyled } from './when-parsed.ts';

export interface PagePost {
  id: number;
  /** The catalogue's title, or the page's for a post that the catalogue does not have. */
  title: string;
  /** Our line comes after this element. */
  anchor: Element;
}

/** What PagePosts needs to know of the page. */
export interface PageSource {
  /** The post whose own page this is. */
  ownId: number | undefined;
  postPage: () => PostPage | undefined;
  catalogue: () => Catalogue;
  changes: Pick<PageChanges, 'follow'>;
}

/** An item of a listing, or the head of a post page, whether its post was recognised or not. */
interface Item {
  heading: Element;
  element: Element;
  anchor: Element;
  post: PagePost | undefined;
  /** How often it was examined again because of a change in it. */
  reviews: number;
}

/** The posts that were found, and those that are gone, since the last call. */
type Difference = [found: readonly PagePost[], gone: readonly PagePost[]];

/** The most items that are stored, with those that were removed. The longest listing of the blog has eight. */
const MOST_ITEMS = 10_000;
/**
 * How often a title is examined while its byline is missing; it is examined once more when the page has been parsed.
 * The byline is parsed with the title or soon after it, and each examination goes through the item.
 */
const MOST_EXAMINATIONS = 20;
/** The most searches for the post of a post page; each goes through the headings of the page. */
const MOST_OWN_SEARCHES = 200;
/** The most searches for the items of a page in another theme; each goes through the page. */
const MOST_FOREIGN_SEARCHES = 200;
/** How many ancestors are searched for the item of a changed element. */
const MOST_BOXES = 50;

export class PagePosts {
  readonly #source: PageSource;
  readonly #signal: AbortSignal;
  readonly #followers = new Followers<Difference>();
  readonly #byElement = new Map<Element, Item>();
  readonly #byHeading = new Map<Element, Item>();
  /** Titles whose byline is still missing, and how often they were examined. */
  readonly #waiting = new Map<Element, number>();
  /** How many items were stored, with those that were removed. */
  #stored = 0;
  #ownSearches = 0;
  #foreignSearches = 0;
  /** Whether the style sheets of the page have been loaded. */
  #isStyled = false;
  /** Whether the items are those of another theme. */
  #hasForeign = false;
  #isWatching = false;
  /** Renewed for each update: the page may have changed since the last one. */
  #isTitle = titleTest();
  /** The posts that were found, and those that are gone, since the followers were told. */
  readonly #found = new Set<PagePost>();
  readonly #gone = new Set<PagePost>();

  /** @param signal ends the watching */
  constructor(source: PageSource, signal: AbortSignal) {
    this.#source = source;
    this.#signal = signal;
  }

  /** The posts that the page shows now, in its order. */
  get all(): readonly PagePost[] {
    this.#watch();
    const posts = [...this.#byElement.values()].flatMap(({ post }) => post ?? []);
    return posts.sort((one, other) => (isAfter(one.anchor, other.anchor) ? 1 : -1));
  }

  /** The titles of the items, whether their posts were recognised or not, in the order in which they were found. */
  get titles(): readonly Element[] {
    this.#watch();
    return [...this.#byHeading.keys()];
  }

  /** Calls back with the posts found so far, and with each later change until the signal aborts. */
  follow(callback: (...difference: Difference) => void, signal: AbortSignal): void {
    this.#watch();
    this.#followers.add(callback, signal);
    const { all } = this;
    if (all.length > 0) callback(all, []);
  }

  /** Starts watching; called when the posts are first asked for. */
  #watch(): void {
    if (this.#isWatching || this.#signal.aborted) return;
    this.#isWatching = true;
    this.#source.changes.follow((change) => this.#read(change), this.#signal);
    this.#update(findTitles(document));
    const isNew = (title: Element) => !this.#byHeading.has(title);
    whenParsed(() => this.#update(findTitles(document).filter(isNew)), this.#signal);
    // In another theme the place of a line depends on the style.
    whenStyled(() => {
      this.#isStyled = true;
      if (isForeign(document)) this.#update([]);
    }, this.#signal);
  }

  /** Examines the headings that a change of the page may concern. */
  #read({ added, removed, parents }: PageChange): void {
    // The text of a title may have been replaced.
    const changed = [...parents].filter(isInHeading);
    const headings = headingsAt([...added, ...changed]);
    for (const heading of this.#waiting.keys()) headings.add(heading);
    for (const root of removed)
      for (const element of [root, ...findAll(root, '*')]) {
        const item = this.#byHeading.get(element);
        if (item) headings.add(item.heading);
      }
    for (const parent of parents) {
      const item = this.#changedItem(parent);
      if (item && item.reviews++ < MOST_EXAMINATIONS) headings.add(item.heading);
    }
    this.#update(headings);
  }

  /** Returns the item around a changed element: its byline may have been added or removed. */
  #changedItem(changed: Element): Item | undefined {
    if (this.#byElement.size === 0 || isInText(changed)) return undefined;
    let boxes = 0;
    for (let at: Element | null = changed; at && boxes < MOST_BOXES; at = parentOf(at), boxes++) {
      const item = this.#byElement.get(at);
      if (item) return item;
    }
    return undefined;
  }

  /** Brings the list up to date and tells the followers. In the blog's own listings only `headings` are examined. */
  #update(headings: Iterable<Element>): void {
    const { ownId } = this.#source;
    this.#isTitle = titleTest();
    if (ownId !== undefined) this.#findOwn(ownId);
    else if (isParsed(document) && isForeign(document)) this.#findForeign();
    else {
      // The page has left the other theme, so all items of that theme are gone.
      const all = this.#hasForeign ? findTitles(document) : headings;
      if (this.#hasForeign) for (const item of this.#byElement.values()) this.#forget(item);
      this.#hasForeign = false;
      for (const heading of all) this.#examine(heading);
    }
    const [found, gone] = [[...this.#found], [...this.#gone]];
    this.#found.clear();
    this.#gone.clear();
    if (found.length + gone.length > 0) this.#followers.tell(found, gone);
  }

  /** Examines a heading, for the first time or again. */
  #examine(heading: Element): void {
    const old = this.#byHeading.get(heading);
    if (!isConnected(heading) || !this.#isTitle(heading)) {
      this.#waiting.delete(heading);
      if (old) this.#drop(old);
      return;
    }
    const excerpt = readExcerpt(heading);
    const { element, isBare } = excerpt;
    // Whether the whole page is in another theme is known when it has been parsed.
    if (isBare && !isParsed(document)) return;
    const other = this.#byElement.get(element);
    // An item has one title, its first.
    const isLater = other && isConnected(other.heading) && isAfter(heading, other.heading);
    if (isLater) return;
    const anchor = lineAnchor(heading, isParsed(document));
    if (!anchor) return this.#wait(heading);
    this.#waiting.delete(heading);
    if (old && old.element !== element) this.#drop(old);
    this.#put(this.#itemOf(excerpt, anchor), [old, other]);
  }

  /** Stores an item in place of `others`, unless one of these is the same. */
  #put(item: Item, others: readonly (Item | undefined)[]): void {
    if (others.some((old) => old && isSame(old, item))) return;
    for (const old of others) {
      if (!old) continue;
      item.reviews = Math.max(item.reviews, old.reviews);
      this.#forget(old);
    }
    if (this.#stored++ >= MOST_ITEMS) return;
    this.#byElement.set(item.element, item);
    this.#byHeading.set(item.heading, item);
    if (item.post) this.#found.add(item.post);
  }

  /** Removes an item that has lost its title. Another heading in it may be its title now. */
  #drop(item: Item): void {
    this.#forget(item);
    if (this.#source.ownId !== undefined || !isConnected(item.element)) return;
    for (const heading of headingsAt([item.element]))
      if (heading !== item.heading) this.#examine(heading);
  }

  #forget(item: Item): void {
    if (this.#byHeading.get(item.heading) !== item) return;
    this.#byHeading.delete(item.heading);
    this.#byElement.delete(item.element);
    // What is found and gone within one update is told to nobody.
    if (item.post && !this.#found.delete(item.post)) this.#gone.add(item.post);
  }

  #findForeign(): void {
    if (!this.#isStyled || this.#foreignSearches++ >= MOST_FOREIGN_SEARCHES) return;
    this.#hasForeign = true;
    const catalogue = this.#source.catalogue();
    const items = foreignItems(document, titleLookup(catalogue)).map(
      ({ id, box, title, anchor }): Item => {
        const post = { id, title: catalogue.post(id)?.title ?? readLine(title), anchor };
        return { heading: title, element: box, anchor, post, reviews: 0 };
      },
    );
    const boxes = new Set(items.map(({ element }) => element));
    for (const item of this.#byElement.values()) if (!boxes.has(item.element)) this.#forget(item);
    for (const item of items) this.#put(item, [this.#byElement.get(item.element)]);
  }

  #wait(heading: Element): void {
    const examinations = (this.#waiting.get(heading) ?? 0) + 1;
    if (examinations < MOST_EXAMINATIONS) this.#waiting.set(heading, examinations);
    else this.#waiting.delete(heading);
  }

  #findOwn(id: number): void {
    const [old] = this.#byHeading.values();
    if (!isParsed(document) && (old || this.#ownSearches++ > MOST_OWN_SEARCHES)) return;
    const shown = this.#source.postPage();
    if (isForeign(document) && !this.#isStyled) return;
    const { title } = shown ?? {};
    const anchor =
      shown && 'anchor' in shown ? shown.anchor : title && lineAnchor(title, isParsed(document));
    if (title && anchor) this.#put(this.#itemOf(readExcerpt(title), anchor, id), [old]);
    else if (old) this.#drop(old);
  }

  /** @param ownId the post whose title it is, if that is known */
  #itemOf(excerpt: Excerpt, anchor: Element, ownId?: number): Item {
    const { heading, element } = excerpt;
    // The parts of the excerpt are read from the page when recognise() needs them; a link is enough for it.
    const sighting =
      ownId === undefined ? excerpt : { link: ownId, title: excerpt.title, date: undefined };
    const found = recognise(sighting, this.#source.catalogue());
    const post = found && { id: found.id, title: found.post?.title ?? excerpt.title, anchor };
    return { heading, element, anchor, post, reviews: 0 };
  }
}

function isSame(old: Item, item: Item): boolean {
  return (
    old.heading === item.heading &&
    old.element === item.element &&
    old.anchor === item.anchor &&
    old.post?.id === item.post?.id &&
    old.post?.title === item.post?.title
  );
}
