/** What the features of a page share, and when the page has become another one. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import { isInOtherScript } from '../catalogue/discovered/merge.ts';
import type { KnownPosts } from '../catalogue/discovered/known-posts.ts';
import { normaliseTitle } from '../catalogue/normalise.ts';
import { place, type Placement } from '../catalogue/place.ts';
import { titleLookup } from '../catalogue/recognise.ts';
import { postIdOf } from '../site/address.ts';
import { archiveList } from '../site/archive.ts';
import { isCut } from '../site/article.ts';
import { holdsSubject, isInText } from '../site/containers.ts';
import { isParsed } from '../site/dom.ts';
import { foreignPost, foreignText } from '../site/foreign-post.ts';
import { isForeign } from '../site/foreign.ts';
import { readExcerpt } from '../site/listing.ts';
import { postPage } from '../site/post-page.ts';
import { ownTitle, readTitle } from '../site/title.ts';
import { isTranslated } from '../site/translation.ts';
import type { PostPage } from '../site/types.ts';
import type { Notice } from '../app/actions.ts';
import type { LiveRecord } from '../app/live-record.ts';
import type { Words } from '../ui/words/index.ts';
import type { BlogPageKind, ChangedText, Offer, Page } from './feature.ts';
import { Observable } from './observable.ts';
import type { PageChanges } from './page-changes.ts';
import { PagePosts } from './page-posts.ts';
import { whenParsed, whenStyled } from './when-parsed.ts';

/** How often a post is looked for in a page of another theme; each look goes through the page. */
const MOST_FOREIGN_LOOKS = 20;

/** What stays when one page follows another without loading. */
export interface PageBasis {
  live: LiveRecord<Words>;
  changes: PageChanges;
  known: (stored: unknown) => KnownPosts;
  /** The page's language when it began to load. */
  language: string;
  titles: SeenTitles;
}

/** A title without a permalink, as it stood when it was first seen at an address. */
interface SeenTitle {
  element: Element;
  title: string;
}

/**
 * The title of the last address stands until the page is changed for the new one. As long as it does, it is
 * not the title of the post at the new address.
 */
export class SeenTitles {
  #earlier: SeenTitle | undefined;
  #first: SeenTitle | undefined;

  /** The address has changed. */
  next(): void {
    this.#earlier = this.#first ?? this.#earlier;
    this.#first = undefined;
  }

  note(element: Element, title: string): void {
    this.#first ??= { element, title };
  }

  isLeftOver(element: Element, title: string): boolean {
    return element === this.#earlier?.element && title === this.#earlier.title;
  }
}

/** @param signal aborts when the page ends */
export function createPage(
  kind: BlogPageKind,
  { live, changes, known, language, titles }: PageBasis,
  signal: AbortSignal,
): Page {
  const ownId = kind === 'post' ? postIdOf(location) : undefined;
  const catalogue = () => known(live.discovered).catalogue;

  let placed: Catalogue | undefined;
  const placements = new Map<number, Placement>();
  const placementOf = (id: number): Placement => {
    const current = catalogue();
    if (placed !== current) placements.clear();
    placed = current;
    const placement = placements.get(id) ?? place(id, current);
    placements.set(id, placement);
    return placement;
  };

  /** Whether a title without a permalink is that of another post. */
  const isOfAnother = (heading: Element, id: number): boolean => {
    const { link, title } = readExcerpt(heading);
    if (link === id) return false;
    if (titles.isLeftOver(heading, title)) return true;
    titles.note(heading, title);
    const titled = catalogue().titled(title);
    return titled.length > 0 && titled.every((post) => post.id !== id);
  };

  let shown: PostPage | undefined;
  let isFinal = false;
  let foreignLooks = 0;
  const findPost = (id: number): PostPage | undefined => {
    if (!isForeign(document)) return postPage(document, id);
    if (!isParsed(document)) return undefined;
    if (foreignLooks++ >= MOST_FOREIGN_LOOKS) return shown;
    return foreignPost(document, id, titleLookup(catalogue())) ?? postPage(document, id);
  };
  const findPostPage = () => {
    if (isFinal || ownId === undefined) return shown;
    shown = findPost(ownId);
    if (shown && isOfAnother(shown.title, ownId)) shown = undefined;
    isFinal = isParsed(document);
    return shown;
  };
  changes.follow(({ added, removed, parents }) => {
    const elements = [...added, ...removed];
    const isOutside = [...parents].some((parent) => !isInText(parent));
    const isOther = isForeign(document)
      ? elements.length > 0
      : isOutside || elements.some(holdsSubject);
    if (isOther) isFinal = false;
  }, signal);
  whenStyled(() => (isFinal = false), signal);

  /** The article that is cut. What scripts add behind it later does not complete it. */
  let cut: Element | undefined;
  whenParsed(() => {
    const { article } = findPostPage() ?? {};
    if (article && isCut(article)) cut = article;
  }, signal);

  /**
   * Whether the heading shows neither the known title of the post nor one that the title of the page
   * confirms. So it is if a tool has translated the page, or put a translation beside its text, in a way
   * that isTranslated() does not know.
   */
  const isRetitled = (): boolean => {
    const known = ownId === undefined ? undefined : catalogue().post(ownId);
    const { title: heading } = findPostPage() ?? {};
    if (!known || !heading || isForeign(document)) return false;
    const title = readTitle(heading);
    if (normaliseTitle(title) === normaliseTitle(known.title)) return false;
    return isInOtherScript(title, known.title) || ownTitle(heading) === undefined;
  };

  return {
    kind,
    ownId,
    live,
    posts: new PagePosts({ ownId, postPage: findPostPage, catalogue, changes }, signal),
    changes,
    postPage: findPostPage,
    foreignText: () =>
      kind !== 'archive' && isParsed(document) && isForeign(document)
        ? foreignText(findPostPage())
        : undefined,
    isCut: () => cut !== undefined && cut === shown?.article,
    isTranslated: () => isTranslated(document, language) || isRetitled(),
    catalogue,
    discovered: () => known(live.discovered).discovered,
    placementOf,
    progress: new Observable(0),
    offer: new Observable<Offer | undefined>(undefined),
    notice: new Observable<Notice | undefined>(undefined),
    changed: new Observable<ChangedText | undefined>(undefined),
  };
}

/**
 * Calls back when a page that has been parsed shows another post, or another archive, than its features
 * have begun with. The items of a listing may come and go.
 */
export function followSubject(page: Page, callback: () => void, signal: AbortSignal): void {
  /** undefined until the features have begun with it. */
  let subject: readonly unknown[] | undefined;
  whenParsed(() => (subject = subjectOf(page)), signal);
  page.changes.follow(() => {
    if (!subject) return;
    const [before, now] = [subject, subjectOf(page)];
    if (now.some((each, at) => each !== before[at])) callback();
  }, signal);
}

function subjectOf({ kind, postPage }: Page): readonly unknown[] {
  if (kind === 'listing') return [];
  if (kind === 'archive') return [archiveList(document)];
  const { title, article } = postPage() ?? {};
  return [title, article];
}
