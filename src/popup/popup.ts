/**
 * Assembles the popup. Its state is data (popup-model.ts), and home.ts draws it. The catalogue is
 * available at once; the record, the access to the blog and the page arrive later. `data-ready` on the
 * root marks the first complete drawing.
 */
import { Actions, isUndoKey, type Notice } from '../app/actions.ts';
import { type AllPosts, allPosts } from '../app/all-posts.ts';
import { toggled } from '../app/line-view.ts';
import { LiveRecord } from '../app/live-record.ts';
import type { FoundTexts } from '../app/messages.ts';
import type { Settings } from '../app/settings.ts';
import { askActiveTab, query, sourceOf, type TabAnswer, write } from '../app/transport.ts';
import { readUndoList } from '../app/undo-list.ts';
import { isPhone, isPrivate } from '../platform/browser.ts';
import { languageOf } from '../platform/locale.ts';
import { ourVersion } from '../platform/package.ts';
import { hasAccess, requestAccess } from '../platform/permissions.ts';
import { load } from '../platform/storage.ts';
import { markOf } from '../record/marks.ts';
import { readQuarantine } from '../record/quarantine.ts';
import { ORIGINS } from '../site/address.ts';
import { copy } from '../ui/copy.ts';
import { h, on } from '../ui/h.ts';
import { loadingNotice } from '../ui/loading-notice.ts';
import { focusKey, patch } from '../ui/patch.ts';
import { Toast } from '../ui/toast.ts';
import { isNews } from '../ui/words/news.ts';
import { type PageWords, pageWordsIn } from '../ui/words/pages.ts';
import { headerLinks } from './header-links.ts';
import { createHome, homeSections } from './home.ts';
import { inOrder, seriesRows } from './overview.ts';
import { readPageStatus } from './page-answer.ts';
import { isComplete, type PopupModel, type PopupState, withToggled } from './popup-model.ts';
import { results } from './results.ts';
import { SearchBox } from './search-box.ts';
import { ALL, type FilterKind } from './search-filters.ts';
import { seriesKey } from './series-sections.ts';

/** After this time missing data is no longer waited for; popup.css hides the sections until then. */
const WAIT_MS = 300;

/** Starts the popup in `body`. It lives until the popup closes. */
export function startPopup(body: HTMLElement): void {
  if (isPhone()) document.documentElement.dataset['phone'] = '';
  // These look-ups run while the catalogue is parsed. If the browser cannot tell whether there is
  // access, it is assumed.
  const live = new LiveRecord(pageWordsIn);
  const [tab, access] = [askActiveTab(), hasAccess(ORIGINS).catch(() => true)];
  const popup = new Popup(
    body,
    live,
    allPosts(() => live.discovered),
  );
  live.subscribe(() => popup.draw());
  void access.then((has) => popup.become({ access: has ? 'given' : 'missing' }));
  void readNotices().then((notices) => popup.become(notices));
  void tab.then((answer) => popup.become(pageIn(answer)));
  setTimeout(() => popup.stopWaiting(), WAIT_MS);
}

class Popup {
  readonly #live: LiveRecord<PageWords>;
  readonly #posts: AllPosts;
  readonly #actions: Actions;
  readonly #title = h('h1', { class: 'unseen' });
  readonly #links = h('nav', {});
  readonly #home: HTMLElement;
  readonly #search: SearchBox;
  #state: PopupState = {
    page: undefined,
    isPrivate: isPrivate(),
    access: 'unknown',
    damaged: undefined,
    newsOf: undefined,
    stay: undefined,
    hasWaited: false,
    open: new Set(),
    order: undefined,
  };
  /** The model of the last drawing. */
  #model: PopupModel;
  /** The key of the control with which the reader last pressed a mark. */
  #lastKey: string | undefined;

  constructor(body: HTMLElement, live: LiveRecord<PageWords>, posts: AllPosts) {
    this.#live = live;
    this.#posts = posts;
    this.#model = this.#modelNow();
    this.#home = createHome({
      mark: (post) => this.#mark(post),
      toggle: (key) => this.become(withToggled(this.#state, key)),
      list: (kind) => this.#list(kind),
      allow: () => void this.#allow(),
      copyDiagnosis: () => void copy(this.#state.page?.diagnosis ?? '', publish),
      seeNews: () => this.#seeNews(),
      setLanguage: (language) => void this.#setLanguage(language),
    });
    this.#search = this.#createSearch();
    const publish = (notice: Notice) => toast.show(notice, live.words);
    const toast = new Toast(
      () => this.#giveFocusBack(),
      () => this.#actions.remind(),
    );
    this.#actions = new Actions({
      live,
      titleOf: (post) => this.#titleOf(post),
      publish,
      readSteps: readUndoList,
    });

    const { header, filters, status, list, keys } = this.#search;
    header.append(this.#links);
    const notice = loadingNotice(live);
    const parts = [this.#title, notice, filters, status, this.#home, list, toast.element];
    body.append(header, h('main', {}, ...parts), keys);
    on(document.documentElement, 'keydown', (event) => this.#undo(event));
    this.draw();
  }

  /** Changes the state, and draws it. */
  become(change: Partial<PopupState>): void {
    this.#state = { ...this.#state, ...change };
    this.draw();
  }

  /** Draws without the missing data. */
  stopWaiting(): void {
    if (!isComplete(this.#state)) this.become({ hasWaited: true });
  }

  draw(): void {
    this.#model = this.#modelNow();
    const { words, settings } = this.#model;
    const root = document.documentElement;
    document.title = words.name;
    this.#title.textContent = words.name;
    root.lang = languageOf(settings.language);
    root.dataset['theme'] = settings.theme;
    patch(this.#links, headerLinks(words));
    this.#search.redraw(words);
    if (!this.#canShowHome()) return;
    patch(this.#home, homeSections(this.#model));
    if (isComplete(this.#state)) root.dataset['ready'] = '';
  }

  /** Without the record the sections would be wrong, and later ones would make the others jump. */
  #canShowHome(): boolean {
    return this.#live.isLoaded && (isComplete(this.#state) || this.#state.hasWaited);
  }

  #modelNow(): PopupModel {
    const { record, settings, words } = this.#live;
    const rows = this.#canShowHome() ? seriesRows(this.#posts.placements(), record) : [];
    const { order } = this.#state;
    return {
      ...this.#state,
      catalogue: this.#posts.catalogue(),
      record,
      settings,
      words,
      rows: order ? inOrder(rows, order) : rows,
      now: Date.now(),
    };
  }

  #createSearch(): SearchBox {
    return new SearchBox(this.#live.words, {
      find: (typed) => this.#posts.search().find(typed),
      results: (searched) => results(this.#model, searched, (record) => this.#posts.listed(record)),
      categories: () => this.#posts.categories(),
      findSource: sourceOf,
      findTexts: (typed) => this.#findTexts(typed),
      show: (isSearching) => (this.#home.hidden = isSearching),
      markPost: (post) => this.#mark(post),
      openSeries: (name) => this.#openSeries(name),
    });
  }

  /** Searches the texts of read posts; undefined if that is switched off, and in a private window. */
  #findTexts(typed: string): Promise<FoundTexts | undefined> | undefined {
    const mayFind = this.#live.settings.keepTexts && !this.#state.isPrivate;
    return mayFind ? query('findTexts', { query: typed }) : undefined;
  }

  #titleOf(post: number): string {
    const shown = this.#state.page?.posts.find(({ id }) => id === post);
    return this.#model.catalogue.post(post)?.title ?? shown?.title ?? '';
  }

  /** Handles a press on any mark. After it no series changes its place. */
  #mark(post: number): void {
    if (!this.#live.isLoaded) return;
    const order = this.#model.rows.map(({ view }) => view.name);
    this.#state = { ...this.#state, order };
    this.#lastKey = (document.activeElement as HTMLElement | null)?.dataset['key'];
    this.#search.endTyping();
    const mark = toggled(markOf(this.#live.record, post), Date.now());
    void this.#actions.mark([{ post, mark }]);
  }

  #undo(event: KeyboardEvent): void {
    if (!isUndoKey(event) || this.#search.isTyping) return;
    event.preventDefault();
    void this.#actions.undo();
  }

  #giveFocusBack(): void {
    const key = this.#search.isSearching ? undefined : this.#lastKey;
    if (key === undefined || !focusKey(this.#home, key)) this.#search.focus();
  }

  /** Lists only the posts with a mark. */
  #list(kind: FilterKind): void {
    this.#search.choose({ ...ALL, kinds: [kind] });
    this.#search.focus();
  }

  #openSeries(name: string): void {
    const key = seriesKey(name);
    this.become({ open: new Set([...this.#state.open, key]) });
    focusKey(this.#home, key);
    document.activeElement?.scrollIntoView({ block: 'start' });
  }

  /** Asks within the click; otherwise the browser does not ask the reader. */
  async #allow(): Promise<void> {
    const isGiven = await requestAccess(ORIGINS).catch(() => false);
    if (!isGiven) return this.become({ access: 'refused' });
    this.become({ access: 'given', ...pageIn(await askActiveTab()) });
  }

  #seeNews(): void {
    this.become({ newsOf: undefined });
    this.#search.focus();
    // If it is not stored, the line comes again.
    void write('acknowledgeNews', {});
  }

  async #setLanguage(language: Settings['language']): Promise<void> {
    await this.#actions.run(() => write('settings', { settings: { language } }));
    // If it is not stored, the old choice is shown again.
    this.draw();
  }
}

/**
 * Reads how many entries in quarantine the reader has not seen, the version that has news, and the stays on the blog.
 * Returns no notices if the storage fails.
 */
async function readNotices(): Promise<Pick<PopupState, 'damaged' | 'newsOf' | 'stay'>> {
  const stored = await load(['aside', 'news', 'stay']).catch(() => undefined);
  if (!stored) return { damaged: 0, newsOf: undefined, stay: undefined };
  const { pieces, acknowledged } = readQuarantine(stored.aside);
  const version = ourVersion();
  return {
    damaged: acknowledged ? 0 : pieces.length,
    newsOf: isNews(version, stored.news) ? version : undefined,
    stay: stored.stay,
  };
}

function pageIn({ answer, isPrivate }: TabAnswer): Pick<PopupState, 'page' | 'isPrivate'> {
  return { page: readPageStatus(answer) ?? null, isPrivate };
}
