/**
 * The popup, put together: what it knows (the catalogue at once, the record, the access and the page
 * below as they arrive), the drawing of it, and what the reader does in it. `data-ready` on the root
 * says that the first complete drawing stands.
 */
import { bundledCatalogue } from '../catalogue/bundled.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { detailsOfAll, knownPosts } from '../catalogue/discovered/known-posts.ts';
import { choices, type Kind, listed } from '../catalogue/search/filters.ts';
import { bundledSearchData } from '../catalogue/search/bundled-search.ts';
import type { DetailsOfPosts } from '../catalogue/post.ts';
import { placeInSeries, type SeriesPlacement } from '../catalogue/place.ts';
import { Search } from '../catalogue/search/search.ts';
import { type Lookup, markOf } from '../record/marks.ts';
import { ORIGINS } from '../site/address.ts';
import { hasAccess, requestAccess } from '../platform/permissions.ts';
import { languageOf } from '../platform/locale.ts';
import { isPrivate } from '../platform/browser.ts';
import type { PageStatus } from '../app/messages.ts';
import { askActiveTab, sourceOf, type TabAnswer, write } from '../app/transport.ts';
import type { Settings } from '../app/settings.ts';
import { h, on } from '../ui/h.ts';
import { LiveRecord } from '../app/live-record.ts';
import { toggled } from '../app/line-view.ts';
import { pageWordsIn } from '../ui/words/pages.ts';
import { readUndoList } from '../app/undo-list.ts';
import { Actions, isUndoKey, type Notice } from '../app/actions.ts';
import { ALL, CHOICES, chosenAddress, chosenPosts, isNarrowed } from './search-filters.ts';
import type { Desk } from './model.ts';
import { accessSection, doors, footSection, privateSection } from './edges.ts';
import { readHere } from './page-answer.ts';
import { hereSection } from './here-section.ts';
import { focusKey, patch } from '../ui/patch.ts';
import { continueReading, inOrder, isEmpty, seriesRows, type SeriesRow } from './overview.ts';
import { recordSection, welcomeSection } from './record-section.ts';
import { chosenResults, results } from './results.ts';
import { steerRows } from './rows.ts';
import { SearchBox } from './search-box.ts';
import { addSeries, continueSection, seriesKey, seriesSection } from './series-sections.ts';
import { Toast } from '../ui/toast.ts';
import { loadingNotice } from '../ui/loading-notice.ts';

/** For so long nothing is shown that would jump; popup.css has the same. */
const WAIT_MS = 300;
/** More series than the first screen has room for; the others are drawn once that is seen. */
const FIRST_ROWS = 18;
const REST_WITHIN_MS = 100;
/** How many series 接着读 offers. */
const CONTINUED = 3;

/** Lives as long as its page; the page goes when the popup closes. */
export function start(body: HTMLElement): void {
  const { signal } = new AbortController();
  // The browser looks these up while the catalogue is unpacked; one that cannot say whether there is
  // access is not to be complained about.
  const live = new LiveRecord(signal, pageWordsIn);
  const [tabAnswer, accessAnswer] = [askActiveTab(), hasAccess(ORIGINS).catch(() => true)];
  const known = knownPosts(bundledCatalogue);
  let catalogue = bundledCatalogue();
  let placements: SeriesPlacement[] | undefined;
  const open = new Set<string>();
  // Made when something is searched for.
  let details: DetailsOfPosts | undefined;
  let search: Search | undefined;
  let categories: readonly string[] | undefined;
  let tab: TabAnswer | undefined;
  let here: PageStatus | undefined;
  let access: 'unknown' | 'given' | 'missing' | 'refused' = 'unknown';
  /** The order of the series while the reader marks in here: no row moves under his hand. */
  let order: string[] = [];
  let hasActed = false;
  let hasWaited = false;
  let rows: SeriesRow[] = [];

  const detailed = () =>
    (details ??= detailsOfAll(bundledSearchData().details, known(live.discovered)));

  const searching = () =>
    (search ??= new Search(catalogue, detailed(), bundledSearchData().pinyin));

  const everything = () => listed(catalogue, detailed(), (id) => markOf(live.record, id).kind);

  const desk = (): Desk => ({
    catalogue,
    record: live.record,
    settings: live.settings,
    words: live.words,
    loaded: live.loaded,
    open,
  });

  const say = (notice: Notice) => toast.show(notice, live.words);
  const titleOf = (id: number) =>
    catalogue.post(id)?.title ?? here?.posts.find((each) => each.id === id)?.title ?? '';
  const actions = new Actions({ live, titleOf, publish: say, readSteps: readUndoList });
  const toast = new Toast(
    () => giveFocusBack(),
    () => actions.remind(),
    signal,
  );
  const home = h('div', { class: 'home scroll' });
  const box = new SearchBox(
    live.words,
    {
      find: (query) => searching().find(query),
      draw: (found, source, chosen, typed) => {
        if (!isNarrowed(chosen)) return results(desk(), found, source, rows);
        const posts = chosenPosts(everything(), found, chosen, live.record);
        return chosenResults(desk(), found, source, posts, chosenAddress(chosen, typed));
      },
      categories: () => (categories ??= choices(everything()).categories.map(({ value }) => value)),
      findSource: sourceOf,
      show: (isSearching) => (home.hidden = isSearching),
      markPost: (id) => press(id),
      openSeries: (name) => {
        open.add(seriesKey(name));
        draw();
        focusKey(home, seriesKey(name));
        document.activeElement?.scrollIntoView({ block: 'start' });
      },
    },
    signal,
  );
  const title = h('h1', { class: 'unseen' });
  const ways = h('nav', {});
  box.header.append(ways);
  body.append(
    box.header,
    h(
      'main',
      {},
      title,
      loadingNotice(live, signal),
      box.filters,
      box.status,
      home,
      box.list,
      toast.element,
    ),
    box.keys,
  );

  /** New posts join their series, and can be found. */
  const catchUp = () => {
    const now = known(live.discovered).catalogue;
    if (now === catalogue) return;
    catalogue = now;
    placements = undefined;
    details = search = categories = undefined;
  };

  const draw = () => {
    catchUp();
    const now = desk();
    document.title = now.words.name;
    title.textContent = now.words.name;
    document.documentElement.lang = languageOf(now.settings.language);
    document.documentElement.dataset['theme'] = now.settings.theme;
    patch(ways, doors(now.words));
    box.redraw(now.words);
    // Without the record nothing that would stand there is true; what is drawn without the page
    // below is drawn twice.
    if (live.loaded && (isKnown() || hasWaited)) patch(home, sections(now));
    sayReady();
  };

  const isKnown = () => live.loaded && tab !== undefined && access !== 'unknown';

  const sortRows = (record: Lookup) => {
    placements ??= placeSeries(catalogue);
    rows = seriesRows(placements, record);
    if (hasActed) rows = inOrder(rows, order);
    else order = rows.map(({ view }) => view.name);
  };

  const isReady = () => document.documentElement.dataset['ready'] !== undefined;

  /** Once the record, the access and the page below are known, and what they add is drawn. */
  const sayReady = () => {
    if (!isKnown() || isReady()) return;
    document.documentElement.dataset['ready'] = '';
    requestIdleCallback(
      () => {
        addSeries(home, desk(), rows);
        // The first key is then answered as fast as the others.
        requestIdleCallback(() => searching().find('aa'));
      },
      { timeout: REST_WITHIN_MS },
    );
  };

  const sections = (now: Desk): HTMLElement[] => {
    sortRows(now.record);
    const continued = continueReading(rows, now.record, CONTINUED);
    return [
      ...(access === 'missing' || access === 'refused'
        ? [accessSection(now, access === 'refused')]
        : []),
      ...((tab?.isPrivate ?? isPrivate()) ? [privateSection(now)] : []),
      ...(here && now.loaded ? [hereSection(now, here)] : []),
      ...(now.loaded && isEmpty(now.record) ? [welcomeSection(now)] : []),
      ...(now.loaded && !isEmpty(now.record) ? [recordSection(now, Date.now())] : []),
      ...(continued.length > 0 ? [continueSection(now, continued)] : []),
      seriesSection(now, rows, isReady() ? rows.length : FIRST_ROWS),
      footSection(now),
    ];
  };

  /** A press on the mark of a post, wherever it stands. */
  const press = (post: number) => {
    if (!live.loaded) return;
    hasActed = true;
    box.endTyping();
    lastKey = (document.activeElement as HTMLElement | null)?.dataset['key'];
    void actions.mark([{ post, mark: toggled(markOf(live.record, post), Date.now()) }]);
  };

  let lastKey: string | undefined;
  const giveFocusBack = () => {
    if (box.isSearching || lastKey === undefined || !focusKey(home, lastKey)) box.focus();
  };

  /** The posts of a mark, in the place of all else; the field has the focus. */
  const list = (kind: Kind) => {
    box.choose({ ...ALL, kinds: [kind] });
    box.focus();
  };

  const toggleOpen = (key: string) => {
    if (!open.delete(key)) open.add(key);
    draw();
  };

  on(
    home,
    'click',
    (event) => {
      if (!(event.target instanceof Element)) return;
      const { mark, open: key, only } = event.target.closest<HTMLElement>('button')?.dataset ?? {};
      const kind = CHOICES.find((each) => each === only);
      if (mark !== undefined) press(Number(mark));
      else if (kind) list(kind);
      else if (key !== undefined) toggleOpen(key);
      else if (event.target.closest('[data-key="allow"]')) void allow();
    },
    signal,
  );
  steerRows(home, (mark) => press(Number(mark.dataset['mark'])), signal);
  on(home, 'keydown', (event) => closeList(event, home, toggleOpen), signal);
  on(
    home,
    'change',
    (event) => {
      const { target } = event;
      if (target instanceof HTMLSelectElement) {
        void choose({ language: target.value as Settings['language'] });
      }
    },
    signal,
  );
  on(
    document.documentElement,
    'keydown',
    (event) => {
      if (!isUndoKey(event) || box.isTyping) return;
      event.preventDefault();
      void actions.undo();
    },
    signal,
  );

  const choose = async (settings: Partial<Settings>): Promise<void> => {
    await actions.run(() => write('settings', { settings }));
    // A choice that is not stored goes back.
    draw();
  };

  /** Asks at once, still in the click: else the browser does not ask the reader. */
  const allow = async (): Promise<void> => {
    const given = await requestAccess(ORIGINS).catch(() => false);
    if (given) look(await askActiveTab());
    access = given ? 'given' : 'refused';
    draw();
  };

  const lookForAccess = async (): Promise<void> => {
    access = (await accessAnswer) ? 'given' : 'missing';
    if (isKnown()) draw();
  };

  const look = (answer: TabAnswer) => {
    tab = answer;
    here = readHere(tab.answer);
  };

  const lookBelow = async (): Promise<void> => {
    look(await tabAnswer);
    if (isKnown()) draw();
  };

  draw();
  live.subscribe(draw);
  void lookForAccess();
  void lookBelow();
  setTimeout(() => {
    hasWaited = true;
    if (!isKnown()) draw();
  }, WAIT_MS);
}

function placeSeries(catalogue: Catalogue): SeriesPlacement[] {
  return catalogue.series.map((series) => placeInSeries(series, catalogue));
}

/** Escape in an open list closes it; its button has the focus then. */
function closeList(event: KeyboardEvent, home: HTMLElement, toggle: (key: string) => void): void {
  if (event.key !== 'Escape' || !(event.target instanceof Element)) return;
  const opened =
    event.target.closest<HTMLElement>('[data-list]')?.dataset['list'] ??
    event.target.closest<HTMLElement>('[aria-expanded="true"]')?.dataset['open'];
  if (opened === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  toggle(opened);
  focusKey(home, opened);
}
