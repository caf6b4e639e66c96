/**
 * The library, put together: the head with its views, and the one that the address names. Every view
 * is made when it is first opened and drawn anew when something stored has changed.
 */
import { Catalogue } from '../catalogue/catalogue.ts';
import { detailsWith, knowing } from '../catalogue/learned.ts';
import packedDetails from '../catalogue/packed/details.ts';
import packed from '../catalogue/packed/index.ts';
import { type Details, unpackDetails } from '../catalogue/packing.ts';
import { readSteps } from '../reading/steps.ts';
import { readingMinutes } from '../reading/time.ts';
import { languageOf } from '../platform/locale.ts';
import { load, stepKeys } from '../platform/storage.ts';
import { Acts } from '../ui/acts.ts';
import { h, on } from '../ui/dom.ts';
import { Live } from '../ui/live.ts';
import { Toast } from '../ui/toast.ts';
import { pageWordsIn } from '../ui/words/pages.ts';
import { mapView } from './map-view.ts';
import { recordView } from './record-view.ts';
import { settingsView } from './settings-view.ts';
import { readAddress, type Shelf, type View, viewAddress, type ViewName, VIEWS } from './view.ts';
import { yearView } from './year-view.ts';

const MAKE = {
  map: mapView,
  year: yearView,
  record: recordView,
  settings: settingsView,
} as const satisfies Record<ViewName, (shelf: Shelf, signal: AbortSignal) => View>;

/** In the stamps of acts before the browser has a name: none was made in it yet. */
const NO_DEVICE = 'here';

/** Lives as long as its page. `data-ready` on the root says that the first whole drawing stands. */
export function start(body: HTMLElement): void {
  const { signal } = new AbortController();
  const index = Catalogue.unpack(packed);
  const live = new Live(signal, pageWordsIn);
  const known = knowing(() => index, readingMinutes);
  const detailsOf = remembering((catalogue: Catalogue) =>
    detailsWith(unpackDetails(packedDetails), catalogue, known(live.learned).learned),
  );
  const toast = new Toast(
    () => main.focus(),
    () => acts.remind(),
    signal,
  );
  const acts = new Acts(
    live,
    async () => readSteps(Object.values(await load(stepKeys()))),
    (id) => shelf.catalogue.post(id)?.title ?? '',
    (notice) => toast.show(notice, live.words),
  );
  const shelf: { -readonly [Field in keyof Shelf]: Shelf[Field] } = {
    live,
    get catalogue() {
      return known(live.learned).catalogue;
    },
    get learned() {
      return known(live.learned).learned;
    },
    get details() {
      return detailsOf(known(live.learned).catalogue);
    },
    acts,
    device: NO_DEVICE,
  };
  const views = new Map<ViewName, View>();
  const name = h('b', {});
  const links = VIEWS.map((view) => h('a', { href: viewAddress(view) }));
  const nav = h('nav', {}, ...links);
  const main = h('main', { tabindex: '-1' });
  body.append(h('header', {}, name, nav), main);

  const draw = () => {
    const { words, settings } = live;
    const { name: shown, query } = readAddress(location.hash);
    document.documentElement.lang = languageOf(settings.language);
    document.documentElement.dataset['theme'] = settings.theme;
    document.title = `${words.views[shown]} – ${words.name}`;
    name.textContent = words.name;
    nav.setAttribute('aria-label', words.library);
    VIEWS.forEach((view, at) => {
      const link = links[at];
      link?.replaceChildren(words.views[view]);
      if (view === shown) link?.setAttribute('aria-current', 'page');
      else link?.removeAttribute('aria-current');
    });
    if (!live.loaded) return;
    const view = views.get(shown) ?? MAKE[shown](shelf, signal);
    views.set(shown, view);
    if (main.firstChild !== view.element) main.replaceChildren(view.element, toast.element);
    view.draw(query);
    document.documentElement.dataset['ready'] = shown;
  };

  const nameDevice = async () => {
    const { device } = await load(['device']);
    if (typeof device === 'string') shelf.device = device;
  };

  draw();
  live.subscribe(draw);
  live.subscribe(() => void nameDevice().catch(() => undefined));
  on(document.documentElement, 'keydown', (event) => undoByKey(event, acts), signal);
  addEventListener(
    'hashchange',
    () => {
      draw();
      scrollTo({ top: 0 });
    },
    { signal },
  );
}

/** Ctrl+Z takes back the latest step, but where something is typed. */
function undoByKey(event: KeyboardEvent, acts: Acts): void {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (!isUndo || event.key.toLowerCase() !== 'z') return;
  if (event.target instanceof Element && event.target.matches('input, textarea')) return;
  event.preventDefault();
  void acts.undo();
}

/** Asks anew only for another catalogue. */
function remembering(make: (catalogue: Catalogue) => Details[]) {
  let last: { of: Catalogue; made: Details[] } | undefined;
  return (catalogue: Catalogue): Details[] => {
    if (last?.of !== catalogue) last = { of: catalogue, made: make(catalogue) };
    return last.made;
  };
}
