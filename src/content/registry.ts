/** Which features there are, when they run, and how they end. */
import { bundledCatalogue } from '../catalogue/bundled.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { knownPosts } from '../catalogue/discovered/known-posts.ts';
import { place, type Placement } from '../catalogue/place.ts';
import { titleLookup } from '../catalogue/recognise.ts';
import { postIdOf } from '../site/address.ts';
import { isParsed, listen } from '../site/dom.ts';
import { foreignPost, isForeign } from '../site/foreign.ts';
import { postPage } from '../site/post-page.ts';
import { isTranslated, languageIn } from '../site/translation.ts';
import type { PostPage } from '../site/types.ts';
import type { Notice } from '../app/actions.ts';
import { LiveRecord } from '../app/live-record.ts';
import { isAlive } from '../platform/browser.ts';
import { type Words, wordsIn } from '../ui/words/index.ts';
import { archiveBar } from './archive/index.ts';
import { badge } from './badge.ts';
import { discover } from './discover.ts';
import {
  type BlogPageKind,
  type ChangedText,
  type Feature,
  type Offer,
  ORPHANED,
  type Page,
} from './feature.ts';
import { listingLines, postLine } from './lines/index.ts';
import { keepTexts } from './keep-texts.ts';
import { linkMarks } from './link-marks/index.ts';
import { countOnlyWhatIsMeant } from './meant.ts';
import { mentions } from './mentions.ts';
import { Observable } from './observable.ts';
import { PagePosts } from './page-posts.ts';
import { removePageSheets } from './page-sheet.ts';
import { pageStatus } from './page-status.ts';
import { passages } from './passages/index.ts';
import { preview } from './preview/index.ts';
import { quotation } from './quotation.ts';
import { rememberHost } from './remember-host.ts';
import { resume } from './resume.ts';
import { seriesFooter } from './series-footer.ts';
import { removeShadowHosts } from './shadow-host.ts';
import { sharedList } from './shared-list.ts';
import { visit } from './visit.ts';

/** By name, as errors are reported. Their order means nothing. */
const FEATURES: Readonly<Record<string, Feature>> = {
  archiveBar,
  badge,
  discover,
  keepTexts,
  linkMarks,
  listingLines,
  mentions,
  pageStatus,
  passages,
  postLine,
  preview,
  quotation,
  rememberHost,
  resume,
  seriesFooter,
  sharedList,
  visit,
};

/** How often a post is looked for in a page of another theme; each look goes through the page. */
const MOST_FOREIGN_LOOKS = 20;

/** Runs the features of a page of this kind until the extension is gone. */
export function start(kind: BlogPageKind): void {
  removeShadowHosts();
  removePageSheets();
  const controller = new AbortController();
  const { signal } = controller;
  countOnlyWhatIsMeant(signal);
  const live = new LiveRecord(signal, wordsIn);
  runFeatures(FEATURES, createPage(kind, live, signal), live, signal);
  stopWhenOrphaned(controller);
  // A page from the back/forward cache missed the changes that were made meanwhile.
  addEventListener('pageshow', ({ persisted }) => persisted && void live.reload(), { signal });
}

/**
 * Starts the features of the page, and starts and ends them as their settings change. An error in one of
 * them is reported by its name and stops no other.
 */
export function runFeatures(
  features: Readonly<Record<string, Feature>>,
  page: Page,
  live: Pick<LiveRecord<Words>, 'loaded' | 'settings' | 'subscribe'>,
  signal: AbortSignal,
): void {
  /** By name: the settings that a running feature was started with, and what ends it. */
  const running = new Map<string, { state: string; controller: AbortController }>();

  const attempt = (name: string, work: () => void) => {
    try {
      work();
    } catch (error) {
      console.error('[科学空间伴读]', name, error);
    }
  };

  const callbacks = new Set<() => void>();

  const begin = (name: string, feature: Feature, state: string) => {
    const controller = new AbortController();
    running.set(name, { state, controller });
    const onChange = (callback: () => void) => {
      const guarded = () => attempt(name, callback);
      callbacks.add(guarded);
      controller.signal.addEventListener('abort', () => callbacks.delete(guarded));
      if (live.loaded) guarded();
    };
    attempt(name, () => feature.init({ ...page, onChange }, controller.signal));
  };

  const update = () => {
    for (const [name, feature] of Object.entries(features)) {
      if (!feature.kinds.includes(page.kind)) continue;
      const state = stateOf(feature, live);
      const now = running.get(name);
      if (now?.state === state) continue;
      now?.controller.abort();
      running.delete(name);
      if (state !== undefined) begin(name, feature, state);
    }
  };

  signal.addEventListener('abort', () => {
    for (const { controller } of running.values()) controller.abort(signal.reason);
  });
  update();
  live.subscribe(() => {
    // A feature that starts now has been called back already.
    const before = [...callbacks];
    update();
    for (const callback of before) if (callbacks.has(callback)) callback();
  });
}

/** The settings that a feature runs with, to compare; undefined if it does not run. */
function stateOf(
  { setting, options = [], isEarly = false }: Feature,
  { loaded, settings }: Pick<LiveRecord<Words>, 'loaded' | 'settings'>,
): string | undefined {
  const isOn = setting === undefined || (settings[setting] && (loaded || isEarly));
  return isOn ? JSON.stringify(options.map((name) => settings[name])) : undefined;
}

function createPage(kind: BlogPageKind, live: LiveRecord<Words>, signal: AbortSignal): Page {
  const ownId = kind === 'post' ? postIdOf(location) : undefined;
  const language = languageIn(document);
  // Parsed when the first title is met: a page may have none.
  const known = knownPosts(bundledCatalogue);
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

  let shown: PostPage | undefined;
  let isFinal = false;
  let foreignLooks = 0;
  const findPost = (id: number): PostPage | undefined => {
    if (!isForeign(document)) return postPage(document, id);
    const isInVain = !isParsed(document) || foreignLooks++ >= MOST_FOREIGN_LOOKS;
    if (isInVain) return undefined;
    return foreignPost(document, id, titleLookup(catalogue())) ?? postPage(document, id);
  };
  const findPostPage = () => {
    if (!isFinal && ownId !== undefined) shown = findPost(ownId);
    isFinal = isParsed(document) && shown?.article !== undefined;
    return shown;
  };

  return {
    kind,
    ownId,
    live,
    posts: new PagePosts({ ownId, postPage: findPostPage, catalogue }, signal),
    postPage: findPostPage,
    isTranslated: () => isTranslated(document, language),
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
 * When the extension is updated or removed, this script stays in the page and can do nothing. No event
 * says so; it looks whenever the reader comes back to the page or touches it.
 */
function stopWhenOrphaned(controller: AbortController): void {
  const { signal } = controller;
  const check = () => {
    if (!isAlive()) controller.abort(ORPHANED);
  };
  for (const type of ['focus', 'pageshow', 'pointerdown', 'keydown'] as const)
    addEventListener(type, check, { capture: true, signal });
  listen(document, 'visibilitychange', check, { signal });
}
