/** Where a page shows the post whose address it has. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import { isInOtherScript } from '../catalogue/discovered/merge.ts';
import { normaliseTitle } from '../catalogue/normalise.ts';
import { titleLookup } from '../catalogue/recognise.ts';
import { isCut } from '../site/article.ts';
import { holdsSubject, isInText } from '../site/containers.ts';
import { isParsed } from '../site/dom.ts';
import { foreignPost } from '../site/foreign-post.ts';
import { isForeign } from '../site/foreign.ts';
import { readExcerpt } from '../site/listing.ts';
import { postPage } from '../site/post-page.ts';
import { ownTitle, readTitle } from '../site/title.ts';
import type { PostPage } from '../site/types.ts';
import type { PageChange, PageChanges } from './page-changes.ts';
import { whenParsed, whenStyled } from './when-parsed.ts';

/** How often a post is looked for in a page of another theme; each look goes through the page. */
const MOST_FOREIGN_LOOKS = 20;

/** A title without a permalink, as it stood when it was first seen at an address. */
interface SeenTitle {
  element: Element;
  title: string;
}

/**
 * After the address has changed, a script may leave the old title on the page for a while. This class remembers
 * that title, so that it is not taken for the new post's.
 */
export class SeenTitles {
  #earlier: SeenTitle | undefined;
  #first: SeenTitle | undefined;

  /** The address has changed. */
  next(): void {
    this.#earlier = this.#first ?? this.#earlier;
    this.#first = undefined;
  }

  remember(element: Element, title: string): void {
    this.#first ??= { element, title };
  }

  isLeftOver(element: Element, title: string): boolean {
    return element === this.#earlier?.element && title === this.#earlier.title;
  }
}

/** What OwnPost needs to know of the page. */
export interface OwnPostSource {
  readonly id: number;
  readonly titles: SeenTitles;
  readonly catalogue: () => Catalogue;
  readonly changes: Pick<PageChanges, 'follow'>;
}

export class OwnPost {
  readonly #source: OwnPostSource;
  #shown: PostPage | undefined;
  /** Whether the page has not changed since `#shown` was found, and has been parsed. */
  #isFinal = false;
  #foreignLooks = 0;
  /** The article that is cut. What scripts add behind it later does not complete it. */
  #cut: Element | undefined;

  constructor(source: OwnPostSource, signal: AbortSignal) {
    this.#source = source;
    source.changes.follow((change) => {
      if (mayMove(change)) this.#isFinal = false;
    }, signal);
    whenStyled(() => (this.#isFinal = false), signal);
    whenParsed(() => {
      const { article } = this.find() ?? {};
      if (article && isCut(article)) this.#cut = article;
    }, signal);
  }

  /** Where the page shows the post now; undefined if it does not, or not yet. */
  find(): PostPage | undefined {
    if (this.#isFinal) return this.#shown;
    const found = this.#search();
    this.#shown = found && this.#isOwn(found.title) ? found : undefined;
    this.#isFinal = isParsed(document);
    return this.#shown;
  }

  /** Whether the page ended within the article when it had been parsed. */
  isCut(): boolean {
    return this.#cut !== undefined && this.#cut === this.#shown?.article;
  }

  /**
   * Whether the heading shows neither the known title of the post nor one that the title of the page
   * confirms. This happens when a tool has translated the page, or put a translation beside its text, in a
   * way that isTranslated() does not know.
   */
  isRetitled(): boolean {
    const known = this.#source.catalogue().post(this.#source.id);
    const { title: heading } = this.find() ?? {};
    if (!known || !heading || isForeign(document)) return false;
    const title = readTitle(heading);
    if (normaliseTitle(title) === normaliseTitle(known.title)) return false;
    return isInOtherScript(title, known.title) || ownTitle(heading) === undefined;
  }

  #search(): PostPage | undefined {
    const { id, catalogue } = this.#source;
    if (!isForeign(document)) return postPage(document, id);
    if (!isParsed(document)) return undefined;
    if (this.#foreignLooks++ >= MOST_FOREIGN_LOOKS) return this.#shown;
    return foreignPost(document, id, titleLookup(catalogue())) ?? postPage(document, id);
  }

  /** Whether a title is the post's own. One without a permalink is remembered for the next address. */
  #isOwn(heading: Element): boolean {
    const { id, titles, catalogue } = this.#source;
    const { link, title } = readExcerpt(heading);
    if (link === id) return true;
    if (titles.isLeftOver(heading, title)) return false;
    titles.remember(heading, title);
    const titled = catalogue().titled(title);
    return titled.length === 0 || titled.some((post) => post.id === id);
  }
}

/** Whether the post may be at another place after a change. */
function mayMove({ added, removed, parents }: PageChange): boolean {
  const elements = [...added, ...removed];
  if (isForeign(document)) return elements.length > 0;
  return [...parents].some((parent) => !isInText(parent)) || elements.some(holdsSubject);
}
