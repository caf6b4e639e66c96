/**
 * The posts that a page shows: every excerpt of a listing page, the one post of a post page. They are
 * recognised as they are parsed, before the frame in which they appear.
 */
import { isParsed, parentOf } from '../site/dom.ts';
import { foreignItems, isForeign } from '../site/foreign.ts';
import { findTitles, lineAnchor, readExcerpt, titlesIn } from '../site/listing.ts';
import { readLine } from '../site/text.ts';
import type { PostPage } from '../site/types.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { recognise, type Sighting, titleLookup } from '../catalogue/recognise.ts';
import { whenParsed, whenStyled } from './when-parsed.ts';

export interface PagePost {
  id: number;
  /** The catalogue's title, or the page's for a post that the catalogue does not have. */
  title: string;
  /** Our line comes after this element. */
  anchor: Element;
}

/** What is asked of the page while it comes in. */
export interface PageSource {
  /** The post whose own page this is. */
  ownId: number | undefined;
  postPage: () => PostPage | undefined;
  catalogue: () => Catalogue;
}

/** Items that a page can have; it is not watched for more. The longest listing of the blog has eight. */
const MOST_ITEMS = 10_000;
/**
 * How often a title is looked at while its byline is to come; once the page has been parsed it is looked
 * at once more. The byline comes with the title or soon after it, and each look goes through the item.
 */
const MOST_LOOKS = 20;
/** The same for the post of a post page; each look goes through the headings of the page. */
const MOST_OWN_LOOKS = 200;

export class PagePosts {
  readonly #source: PageSource;
  readonly #signal: AbortSignal;
  readonly #posts: PagePost[] = [];
  readonly #listeners = new Set<(found: readonly PagePost[]) => void>();
  /** Items that were looked at, whether they were recognised or not. */
  readonly #seen = new Set<Element>();
  /** Titles whose byline is still to come, and how often they were looked at. */
  #waiting = new Map<Element, number>();
  /** How often the post of a post page was looked for. */
  #looks = 0;
  #isWatching = false;
  /** Whether the page is in another theme, and its style sheets have come. */
  #isStyled = false;

  /** @param signal ends the watching */
  constructor(source: PageSource, signal: AbortSignal) {
    this.#source = source;
    this.#signal = signal;
  }

  /** Those found by now, in the order of the page. */
  get all(): readonly PagePost[] {
    this.#watch();
    return this.#posts;
  }

  /** Calls back with those found by now, and with each later group until the signal aborts. */
  onFound(callback: (found: readonly PagePost[]) => void, signal: AbortSignal): void {
    this.#watch();
    this.#listeners.add(callback);
    signal.addEventListener('abort', () => this.#listeners.delete(callback));
    if (this.#posts.length > 0) callback([...this.#posts]);
  }

  /** Starts when somebody first asks. */
  #watch(): void {
    if (this.#isWatching || this.#signal.aborted) return;
    this.#isWatching = true;
    const observer = new MutationObserver((records) => this.#lookInto(records, observer));
    this.#signal.addEventListener('abort', () => observer.disconnect());
    // Until it is parsed, all of the page is watched; then only the parents of the items, so that
    // MathJax, which rewrites texts for seconds after, does not run this.
    observer.observe(document, { childList: true, subtree: true });
    this.#look(findTitles(document));
    whenParsed(() => {
      this.#look(findTitles(document));
      observer.disconnect();
      const parents = new Set([...this.#seen].map(parentOf));
      for (const parent of parents) if (parent) observer.observe(parent, { childList: true });
    }, this.#signal);
    // In another theme the place of a line depends on the style.
    whenStyled(() => {
      if (!isForeign(document)) return;
      this.#isStyled = true;
      this.#look([]);
      for (const title of this.#seen) {
        const parent = parentOf(title);
        if (parent) observer.observe(parent, { childList: true });
      }
    }, this.#signal);
  }

  #lookInto(records: readonly MutationRecord[], observer: MutationObserver): void {
    const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
    this.#look(new Set([...this.#waiting.keys(), ...titlesIn(added)]));
    if (this.#seen.size >= MOST_ITEMS) observer.disconnect();
  }

  #look(titles: Iterable<Element>): void {
    const found =
      this.#source.ownId !== undefined
        ? this.#ownPost(this.#source.ownId)
        : this.#isStyled
          ? this.#foreignItems()
          : this.#excerpts(titles);
    if (found.length === 0) return;
    this.#posts.push(...found);
    for (const listener of this.#listeners) listener(found);
  }

  #excerpts(titles: Iterable<Element>): PagePost[] {
    const found: PagePost[] = [];
    for (const title of titles) {
      const excerpt = readExcerpt(title);
      if (this.#seen.has(excerpt.element) || this.#seen.size >= MOST_ITEMS) continue;
      // Whether the whole page is in another theme is known when it has been parsed.
      if (excerpt.isForeign && (!isParsed(document) || isForeign(document))) continue;
      const anchor = lineAnchor(title, isParsed(document));
      if (!anchor) {
        this.#wait(title);
        continue;
      }
      this.#waiting.delete(title);
      this.#seen.add(excerpt.element);
      const post = this.#recognise(excerpt, excerpt.title, anchor);
      if (post) found.push(post);
    }
    return found;
  }

  #foreignItems(): PagePost[] {
    const catalogue = this.#source.catalogue();
    return foreignItems(document, titleLookup(catalogue)).flatMap(({ id, box, title, anchor }) => {
      if (this.#seen.has(box) || this.#seen.size >= MOST_ITEMS) return [];
      this.#seen.add(box);
      return [{ id, title: catalogue.post(id)?.title ?? readLine(title), anchor }];
    });
  }

  #wait(title: Element): void {
    const looks = (this.#waiting.get(title) ?? 0) + 1;
    if (looks < MOST_LOOKS) this.#waiting.set(title, looks);
    else this.#waiting.delete(title);
  }

  #ownPost(id: number): PagePost[] {
    if (!isParsed(document) && this.#looks++ > MOST_OWN_LOOKS) return [];
    const shown = this.#posts.length > 0 ? undefined : this.#source.postPage();
    if (!shown) return [];
    const { title } = shown;
    if (isForeign(document) && !this.#isStyled) return [];
    const anchor = 'anchor' in shown ? shown.anchor : lineAnchor(title, isParsed(document));
    if (!anchor) return [];
    this.#seen.add(title);
    const sighting = { link: id, title: '', date: undefined };
    return [this.#recognise(sighting, readExcerpt(title).title, anchor) ?? []].flat();
  }

  #recognise(sighting: Sighting, pageTitle: string, anchor: Element): PagePost | undefined {
    const found = recognise(sighting, this.#source.catalogue());
    return found && { id: found.id, title: found.post?.title ?? pageTitle, anchor };
  }
}
