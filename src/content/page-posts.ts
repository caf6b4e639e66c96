/**
 * The posts that a page shows: every excerpt of a listing page, or the one post of a post page. They are recognised
 * as they are parsed, before the frame in which they appear. When the page changes, the list is updated to what a new
 * reading of the whole page would find.
 */
import { isParsed } from '../site/dom.ts';
import { foreignItems } from '../site/foreign-items.ts';
import { isForeign } from '../site/foreign.ts';
import { lineAnchor, readExcerpt } from '../site/listing.ts';
import { readLine } from '../site/text.ts';
import type { PostPage } from '../site/types.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { recognise, titleLookup } from '../catalogue/recognise.ts';
import { Followers } from './followers.ts';
import { ListingReader } from './listing-reader.ts';
import type { PageChanges } from './page-changes.ts';
import { type Difference, itemOf, PageItems, type PagePost } from './page-items.ts';
import { whenParsed, whenStyled } from './when-parsed.ts';

/** What PagePosts needs to know of the page. */
export interface PageSource {
  /** The post whose own page this is. */
  ownId: number | undefined;
  postPage: () => PostPage | undefined;
  catalogue: () => Catalogue;
  changes: Pick<PageChanges, 'follow'>;
}

/** The most searches for the post of a post page; each goes through the headings of the page. */
const MOST_OWN_SEARCHES = 200;
/** The most searches for the items of a page in another theme; each goes through the page. */
const MOST_FOREIGN_SEARCHES = 200;

export class PagePosts {
  readonly #source: PageSource;
  readonly #signal: AbortSignal;
  readonly #followers = new Followers<Difference>();
  readonly #items = new PageItems();
  readonly #listing: ListingReader;
  #ownSearches = 0;
  #foreignSearches = 0;
  /** Whether the style sheets of the page have been loaded. In another theme the place of a line depends on them. */
  #isStyled = false;
  /** Whether the items are those of another theme. */
  #hasForeign = false;
  #isWatching = false;

  /** @param signal ends the watching */
  constructor(source: PageSource, signal: AbortSignal) {
    this.#source = source;
    this.#signal = signal;
    this.#listing = new ListingReader(this.#items, source.catalogue);
  }

  /** The posts that the page shows now, in its order. */
  get all(): readonly PagePost[] {
    this.#watch();
    return this.#items.posts;
  }

  /** The titles of the items, whether their posts were recognised or not, in the order in which they were found. */
  get titles(): readonly Element[] {
    this.#watch();
    return this.#items.all.map(({ heading }) => heading);
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
    const [listing, signal] = [this.#listing, this.#signal];
    this.#source.changes.follow((change) => this.#update(() => listing.read(change)), signal);
    this.#update(() => listing.readAll());
    whenParsed(() => this.#update(() => listing.readRest()), signal);
    whenStyled(() => {
      this.#isStyled = true;
      if (isForeign(document)) this.#update(() => undefined);
    }, signal);
  }

  /** Brings the items up to date and tells the followers. `readListing` is called in the blog's own listings. */
  #update(readListing: () => void): void {
    const { ownId } = this.#source;
    if (ownId !== undefined) this.#findOwn(ownId);
    else if (isParsed(document) && isForeign(document)) this.#findForeign();
    else if (this.#hasForeign) this.#leaveForeign();
    else readListing();
    const [found, gone] = this.#items.takeDifference();
    if (found.length + gone.length > 0) this.#followers.tell(found, gone);
  }

  /** Finds the post on its own page. */
  #findOwn(id: number): void {
    const [old] = this.#items.all;
    if (!isParsed(document) && (old || this.#ownSearches++ > MOST_OWN_SEARCHES)) return;
    const shown = this.#source.postPage();
    if (isForeign(document) && !this.#isStyled) return;
    const { title } = shown ?? {};
    const anchor =
      shown && 'anchor' in shown ? shown.anchor : title && lineAnchor(title, isParsed(document));
    if (title && anchor) {
      const excerpt = readExcerpt(title);
      const sighting = { link: id, title: excerpt.title, date: undefined };
      const recognised = recognise(sighting, this.#source.catalogue());
      this.#items.put(itemOf(excerpt, anchor, recognised), [old]);
    } else if (old) this.#items.remove(old);
  }

  /** Finds the items of a listing in another theme. */
  #findForeign(): void {
    if (!this.#isStyled || this.#foreignSearches++ >= MOST_FOREIGN_SEARCHES) return;
    this.#hasForeign = true;
    const catalogue = this.#source.catalogue();
    const found = foreignItems(document, titleLookup(catalogue));
    const boxes = new Set(found.map(({ box }) => box));
    for (const item of this.#items.all) if (!boxes.has(item.element)) this.#items.remove(item);
    for (const { id, box, title, anchor } of found) {
      const post = { id, title: catalogue.post(id)?.title ?? readLine(title), anchor };
      const item = { heading: title, element: box, anchor, post, reviews: 0 };
      this.#items.put(item, [this.#items.ofElement(box)]);
    }
  }

  /** The page has left the other theme, so all items of that theme are gone. */
  #leaveForeign(): void {
    this.#hasForeign = false;
    for (const item of this.#items.all) this.#items.remove(item);
    this.#listing.readAll();
  }
}
