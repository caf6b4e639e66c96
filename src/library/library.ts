/**
 * The library: the head with its views, and the view that the address names. A view is made when it is first
 * opened, and keeps its state while another one is shown. The one that is shown is redrawn when something
 * that is stored changes.
 */
import { allPosts } from '../app/all-posts.ts';
import { onShowLibrary } from '../app/transport.ts';
import { isPhone } from '../platform/browser.ts';
import { languageOf } from '../platform/locale.ts';
import { readUndoList } from '../app/undo-list.ts';
import { Actions, isUndoKey, type Notice } from '../app/actions.ts';
import { h, on } from '../ui/h.ts';
import { patch } from '../ui/patch.ts';
import { LiveRecord } from '../app/live-record.ts';
import { Toast } from '../ui/toast.ts';
import { loadingNotice } from '../ui/loading-notice.ts';
import { pageWordsIn } from '../ui/words/pages.ts';
import { mapView } from './views/map/map-view.ts';
import { yearView } from './views/year/year-view.ts';
import { listView } from './views/list/list-view.ts';
import { planView } from './views/plan/plan-view.ts';
import { recordView } from './views/record/record-view.ts';
import { welcomeView } from './views/welcome/welcome-view.ts';
import { titleOf } from './components.ts';
import { newsLine } from './news-line.ts';
import { savedPlans } from './saved-plans.ts';
import { isTyping, searchField } from './search-field.ts';
import { settingsView } from './views/settings/settings-view.ts';
import { readAddress, viewAddress, type ViewName, VIEWS } from '../app/library-address.ts';
import type { LibraryContext, View } from './view.ts';

const MAKE = {
  map: mapView,
  year: yearView,
  plan: planView,
  list: listView,
  record: recordView,
  settings: settingsView,
  welcome: welcomeView,
} as const satisfies Record<ViewName, (context: LibraryContext) => View>;

/** The state of entries of the history that have been shown. */
const SHOWN = 'shown';

/**
 * Starts the library, which lives as long as its page. `data-ready` on the root element names the view that
 * has been drawn.
 */
export function startLibrary(body: HTMLElement): void {
  if (isPhone()) document.documentElement.dataset['phone'] = '';
  const live = new LiveRecord(pageWordsIn);
  const posts = allPosts(() => live.discovered);
  const publish = (notice: Notice) => toast.show(notice, live.words);
  const toast = new Toast(
    () => main.focus(),
    () => context.actions.remind(),
  );
  const context: LibraryContext = {
    live,
    get catalogue() {
      return posts.catalogue();
    },
    get discovered() {
      return posts.discovered();
    },
    get details() {
      return posts.details();
    },
    actions: new Actions({
      live,
      titleOf: (id) => titleOf(context, id),
      publish,
      readSteps: readUndoList,
    }),
    publish,
    plans: savedPlans(() => draw()),
    find: (typed) => posts.search().find(typed),
    go(address, replace) {
      if (!replace) location.hash = address;
      else {
        history.replaceState(history.state, '', address);
        draw();
      }
    },
  };
  const views = new Map<ViewName, View>();
  /** Aborted when the view that is shown leaves the page. */
  let shownView = new AbortController();
  const name = h('b', {});
  const nav = h('nav', {});
  const main = h('main', { tabindex: '-1' }, loadingNotice(live));
  const field = searchField(context, main);
  const news = newsLine(live);
  body.append(h('header', {}, name, nav, field.element), news.element, main, toast.element);

  const draw = () => {
    const { words, settings } = live;
    const { name: shown, query } = readAddress(location.hash);
    document.documentElement.lang = languageOf(settings.language);
    document.documentElement.dataset['theme'] = settings.theme;
    document.title = `${words.views[shown]} – ${words.name}`;
    name.textContent = words.name;
    nav.setAttribute('aria-label', words.library);
    news.draw();
    field.draw(shown === 'list' ? (query.get('q') ?? '') : '');
    const link = (view: ViewName) => {
      const current = view === shown && 'page';
      return h('a', { href: viewAddress(view), 'aria-current': current }, words.views[view]);
    };
    patch(nav, VIEWS.map(link));
    if (!live.isLoaded) return;
    const view = views.get(shown) ?? MAKE[shown](context);
    views.set(shown, view);
    if (main.firstChild !== view.element) {
      shownView.abort();
      shownView = new AbortController();
      main.replaceChildren(view.element);
      view.show?.(shownView.signal);
    }
    view.draw(query);
    document.documentElement.dataset['ready'] = shown;
  };

  onShowLibrary((fragment) => {
    // The address does not change if the reader has closed what it showed and asks for it again.
    if (location.hash === fragment) context.go(viewAddress(readAddress(fragment).name), 'replace');
    context.go(fragment);
  });
  draw();
  live.subscribe(draw);
  const undo = (event: KeyboardEvent) => {
    if (!isUndoKey(event) || isTyping(event)) return;
    event.preventDefault();
    void context.actions.undo();
  };
  /** How far each address was scrolled when the reader left it. */
  const scrolled = new Map<string, number>();
  const follow = ({ oldURL, newURL }: HashChangeEvent) => {
    scrolled.set(oldURL, scrollY);
    draw();
    // Entries of the history to which the reader goes back have a state; new ones begin at the top.
    scrollTo({ top: history.state === null ? 0 : (scrolled.get(newURL) ?? 0) });
    history.replaceState(SHOWN, '');
  };
  // The browser would scroll before the view of the address is drawn.
  history.scrollRestoration = 'manual';
  history.replaceState(SHOWN, '');
  on(document, 'keydown', undo);
  addEventListener('hashchange', follow);
}
