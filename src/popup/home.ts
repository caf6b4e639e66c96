/** The popup while the reader does not search: its sections, and what presses in them do. */
import type { Settings } from '../app/settings.ts';
import { type Child, h, on } from '../ui/h.ts';
import { isEscape } from '../ui/keys.ts';
import { focusKey } from '../ui/patch.ts';
import {
  accessSection,
  damageSection,
  newPostsSection,
  newsSection,
  privateSection,
} from './notice-sections.ts';
import { footSection } from './foot-section.ts';
import { hereSection } from './here-section.ts';
import { continueReading, countNew, isEmpty } from './overview.ts';
import type { PopupModel } from './popup-model.ts';
import { recordSection, welcomeSection } from './record-section.ts';
import { steerRows } from './rows.ts';
import { FILTER_KINDS, type FilterKind } from './search-filters.ts';
import { continueSection, seriesSection } from './series-sections.ts';
import { troubleSection } from './trouble-section.ts';

/** How many series 接着读 offers. */
const CONTINUED = 3;

/** The sections, from the top. Presses are found by data attributes: see `createHome`. */
export function homeSections(model: PopupModel): Child[] {
  const { access, damaged, isPrivate, newsOf, page, record, rows, words } = model;
  const continued = continueReading(rows, record, CONTINUED);
  const { catalogue, now, settings, stay } = model;
  const fresh = settings.sinceLast && !isPrivate ? countNew(catalogue, stay, now) : 0;
  const isMissing = access === 'missing' || access === 'refused';
  return [
    isMissing && accessSection(words, access),
    damaged !== undefined && damaged > 0 && damageSection(words, damaged),
    isPrivate && privateSection(words),
    newsOf !== undefined && newsSection(words, newsOf),
    fresh > 0 && newPostsSection(words, fresh),
    page && page.posts.length > 0 && hereSection(model, page),
    page?.trouble && troubleSection(model, page.trouble, page.diagnosis),
    isEmpty(record) ? welcomeSection(model) : recordSection(model),
    continued.length > 0 && continueSection(model, continued),
    seriesSection(model),
    footSection(model),
  ];
}

/** The acts of the reader in the sections. */
export interface HomeActions {
  /** Presses the mark of a post. */
  mark(post: number): void;
  /** Opens the list `key`, or closes it. */
  toggle(key: string): void;
  /** Lists the posts with a mark. */
  list(kind: FilterKind): void;
  /** Asks for access to the blog. */
  allow(): void;
  /** Copies the diagnosis of the page. */
  copyDiagnosis(): void;
  /** Dismisses the line about the news. */
  seeNews(): void;
  setLanguage(language: Settings['language']): void;
}

/** The element with the sections. */
export function createHome(actions: HomeActions): HTMLElement {
  const home = h('div', { class: 'home scroll' });

  const click = ({ target }: MouseEvent) => {
    const button = (target as Element).closest<HTMLElement>('button');
    const { mark, open, only, key } = button?.dataset ?? {};
    const kind = FILTER_KINDS.find((each) => each === only);
    if (mark !== undefined) actions.mark(Number(mark));
    else if (kind) actions.list(kind);
    else if (open !== undefined) actions.toggle(open);
    else if (key === 'allow') actions.allow();
    else if (key === 'copy-diagnosis') actions.copyDiagnosis();
    else if (key === 'news-seen') actions.seeNews();
  };

  const change = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement)
      actions.setLanguage(target.value as Settings['language']);
  };

  /** Escape in an open list closes it; the button that opened it has the focus then. */
  const close = (event: KeyboardEvent) => {
    if (!isEscape(event)) return;
    const target = event.target as Element;
    const opened =
      target.closest<HTMLElement>('[data-list]')?.dataset['list'] ??
      target.closest<HTMLElement>('[aria-expanded="true"]')?.dataset['open'];
    if (opened === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    actions.toggle(opened);
    focusKey(home, opened);
  };

  on(home, 'click', click);
  on(home, 'change', change);
  on(home, 'keydown', close);
  steerRows(home, (post) => actions.mark(post));
  return home;
}
