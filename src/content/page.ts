/** What the features of a page share, and when the page has become another one. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { KnownPosts } from '../catalogue/discovered/known-posts.ts';
import { memoizeLast } from '../catalogue/memoize-last.ts';
import { place, type Placement } from '../catalogue/place.ts';
import { postIdOf } from '../site/address.ts';
import { archiveList } from '../site/archive.ts';
import { isParsed } from '../site/dom.ts';
import { foreignText } from '../site/foreign-post.ts';
import { isForeign } from '../site/foreign.ts';
import { isTranslated } from '../site/translation.ts';
import type { Notice } from '../app/actions.ts';
import type { LiveRecord } from '../app/live-record.ts';
import type { Words } from '../ui/words/index.ts';
import type { BlogPageKind, ChangedText, Offer, Page } from './feature.ts';
import { Observable } from './observable.ts';
import { OwnPost, type SeenTitles } from './own-post.ts';
import type { PageChanges } from './page-changes.ts';
import { PagePosts } from './page-posts.ts';
import { whenParsed } from './when-parsed.ts';

/** What stays when one page follows another without loading. */
export interface PageBasis {
  live: LiveRecord<Words>;
  changes: PageChanges;
  known: (stored: unknown) => KnownPosts;
  /** The page's language when it began to load. */
  language: string;
  titles: SeenTitles;
}

/** @param signal aborts when the page ends */
export function createPage(
  kind: BlogPageKind,
  { live, changes, known, language, titles }: PageBasis,
  signal: AbortSignal,
): Page {
  const catalogue = () => known(live.discovered).catalogue;
  const ownId = kind === 'post' ? postIdOf(location) : undefined;
  const source = { titles, catalogue, changes };
  const own = ownId === undefined ? undefined : new OwnPost({ id: ownId, ...source }, signal);
  const findPostPage = () => own?.find();
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
    isCut: () => own?.isCut() ?? false,
    isTranslated: () => isTranslated(document, language) || (own?.isRetitled() ?? false),
    catalogue,
    discovered: () => known(live.discovered).discovered,
    placementOf: placements(catalogue),
    progress: new Observable(0),
    offer: new Observable<Offer | undefined>(undefined),
    notice: new Observable<Notice | undefined>(undefined),
    changed: new Observable<ChangedText | undefined>(undefined),
    mentioned: new Observable<readonly HTMLAnchorElement[]>([]),
  };
}

/** Returns a function that places posts; it places a post once, as long as the catalogue is the same. */
function placements(catalogue: () => Catalogue): (id: number) => Placement {
  const placedIn = memoizeLast<Catalogue, Map<number, Placement>>(() => new Map());
  return (id) => {
    const current = catalogue();
    const placed = placedIn(current);
    const placement = placed.get(id) ?? place(id, current);
    placed.set(id, placement);
    return placement;
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
