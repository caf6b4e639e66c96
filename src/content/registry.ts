/** Which features there are, when they run, and how they end. */
import { bundledCatalogue } from '../catalogue/bundled.ts';
import { knownPosts } from '../catalogue/discovered/known-posts.ts';
import { pageKind } from '../site/address.ts';
import { listen } from '../site/dom.ts';
import { languageIn } from '../site/translation.ts';
import { LiveRecord } from '../app/live-record.ts';
import { isAlive } from '../platform/browser.ts';
import { type Words, wordsIn } from '../ui/words/index.ts';
import { archiveBar } from './archive/index.ts';
import { badge } from './badge.ts';
import { discover } from './discover.ts';
import { type Feature, type FeatureContext, ORPHANED, type Page } from './feature.ts';
import { Followers } from './followers.ts';
import { listingLines, postLine } from './lines/index.ts';
import { keepTexts } from './keep-texts.ts';
import { linkMarks } from './link-marks/index.ts';
import { ignoreUnmeantActs } from './meant.ts';
import { mentions } from './mentions.ts';
import { followPath } from './navigation.ts';
import { SeenTitles } from './own-post.ts';
import { createPage, followSubject, type PageBasis } from './page.ts';
import { PageChanges } from './page-changes.ts';
import { removePageSheets } from './page-sheet.ts';
import { pageStatus } from './page-status.ts';
import { passages } from './passages/index.ts';
import { preview } from './preview/index.ts';
import { quotation } from './quotation.ts';
import { rememberHost } from './remember-host.ts';
import { resume } from './resume.ts';
import { seriesFooter } from './series-footer.ts';
import { removeShadowHosts } from './shadow-host.ts';
import { sinceLast } from './since-last.ts';
import { sharedList } from './shared-list.ts';
import { visit } from './visit.ts';

/** By the name with which errors are reported. The order has no effect. */
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
  sinceLast,
  visit,
};

/** How often the features start again at one address because the page shows something else. */
const MOST_RESTARTS = 20;

/**
 * Runs the features of the page until the extension is updated or removed. Restarts them when a script of the blog
 * puts another page in its place without loading.
 */
export function start(controller = new AbortController()): void {
  removeShadowHosts();
  removePageSheets();
  const { signal } = controller;
  ignoreUnmeantActs(signal);
  const live = new LiveRecord(wordsIn, signal);
  const basis: PageBasis = {
    live,
    changes: new PageChanges(signal),
    // The catalogue is parsed when the first title is met, because a page may have none.
    known: knownPosts(bundledCatalogue),
    language: languageIn(document),
    titles: new SeenTitles(),
  };
  let end: AbortController | undefined;
  let restarts = 0;

  const begin = () => {
    // Not aborted at the first start: abort() creates an error, and Chromium parses this script again for its stack.
    end?.abort();
    end = new AbortController();
    const kind = pageKind(location);
    if (kind === 'other') return;
    const ends = AbortSignal.any([signal, end.signal]);
    const page = createPage(kind, basis, ends);
    const restart = () => {
      if (restarts++ < MOST_RESTARTS) begin();
    };
    followSubject(page, restart, ends);
    runFeatures(FEATURES, page, live, ends);
  };

  const lookAtAddress = followPath(() => {
    basis.titles.next();
    restarts = 0;
    begin();
  }, signal);
  basis.changes.follow(lookAtAddress, signal);
  begin();
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
  live: Pick<LiveRecord<Words>, 'isLoaded' | 'settings' | 'subscribe'>,
  signal: AbortSignal,
): void {
  /** By name: the running features, the settings that each was started with, and what ends it. */
  const running = new Map<
    string,
    { feature: Feature; state: string; controller: AbortController }
  >();

  const attempt = async (name: string, work: () => unknown) => {
    try {
      await work();
    } catch (error) {
      console.error('[科学空间伴读]', name, error);
    }
  };

  const changes = new Followers<[]>();

  const begin = (name: string, feature: Feature, state: string) => {
    const controller = new AbortController();
    running.set(name, { feature, state, controller });
    const onChange = (callback: () => void) => {
      const guarded = () => void attempt(name, callback);
      changes.add(guarded, controller.signal);
      if (live.isLoaded) guarded();
    };
    const whenLoaded = (callback: () => void) => {
      let isCalled = false;
      onChange(() => {
        if (isCalled) return;
        isCalled = true;
        callback();
      });
    };
    const own: FeatureContext = {
      ...page,
      onChange,
      whenLoaded,
      attempt: (work) => void attempt(name, work),
    };
    void attempt(name, () => feature.init(own, controller.signal));
  };

  const beginAll = () => {
    if (signal.aborted) return;
    for (const [name, feature] of Object.entries(features)) {
      if (!feature.kinds.includes(page.kind) || running.has(name)) continue;
      const state = stateOf(feature, live);
      if (state !== undefined) begin(name, feature, state);
    }
  };

  const update = () => {
    for (const [name, { feature, state, controller }] of running) {
      if (stateOf(feature, live) === state) continue;
      controller.abort();
      running.delete(name);
    }
    changes.tell();
    // The lines, which run already, can be painted before the other features start.
    setTimeout(beginAll);
  };

  signal.addEventListener('abort', () => {
    for (const { controller } of running.values()) controller.abort(signal.reason);
  });
  beginAll();
  live.subscribe(update, signal);
}

/** The settings that a feature runs with, to compare; undefined if it does not run. */
function stateOf(
  { setting, options = [], isEarly = false }: Feature,
  { isLoaded, settings }: Pick<LiveRecord<Words>, 'isLoaded' | 'settings'>,
): string | undefined {
  const isOn = setting === undefined || (settings[setting] && (isLoaded || isEarly));
  return isOn ? JSON.stringify(options.map((name) => settings[name])) : undefined;
}

/**
 * When the extension is updated or removed, this script stays in the page but has lost its extension. There is no
 * event for that, so it is checked whenever the reader comes back to the page, presses or types.
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
