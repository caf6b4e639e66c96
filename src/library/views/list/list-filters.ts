/** The filters of the list: a toggle for each mark; for all others the chosen values and a menu. */
import { displayName } from '../../../catalogue/series-name.ts';
import {
  choices,
  type Choice,
  type Filters,
  KINDS,
  type Listed,
  NO_END,
  NO_FILTERS,
  type Sort,
  SORTS,
  toggledIn,
} from '../../../catalogue/search/filters.ts';
import { toggle } from '../../../ui/controls.ts';
import { h, on } from '../../../ui/h.ts';
import { indexAfterKey, isPlainKey } from '../../../ui/keys.ts';
import { markIcon, MARKS, icon } from '../../../ui/icons.ts';
import type { PageWords } from '../../../ui/words/pages.ts';
import { BLOG_LANGUAGE } from '../../../site/address.ts';

import type { LibraryContext } from '../../view.ts';

/** The most options of a menu. Rarer ones can be searched for. */
const MOST_OFFERED = 300;

/** How many options PageDown and PageUp move. */
const PAGE = 8;

/** The lengths of series in the menu. An address can ask for any other. */
const LENGTHS: readonly Filters['parts'][] = [
  { from: 0, to: 0 },
  { from: 1, to: 4 },
  { from: 5, to: 9 },
  { from: 10, to: NO_END },
];

/** @param choose is called with the filters that a press results in */
export function filterControls(
  { live: { words }, catalogue }: LibraryContext,
  posts: readonly Listed[],
  filters: Filters,
  choose: (filters: Filters) => void,
): HTMLElement[] {
  const { list } = words;
  const offered = choices(posts);

  const kinds = KINDS.map((kind) =>
    toggle(
      `kind-${kind}`,
      filters.kinds.includes(kind),
      () => choose({ ...filters, kinds: toggledIn(filters.kinds, kind) }),
      markIcon(MARKS[kind]),
      words.filters[kind],
    ),
  );

  /** A toggle for each chosen value of a filter, and a menu of the other values. */
  const several = <Name extends 'categories' | 'tags' | 'series' | 'years'>(
    name: Name,
    title: string,
    options: readonly Choice<Filters[Name][number]>[],
    nameOf: (value: Filters[Name][number]) => string,
  ) => {
    const chosen: readonly Filters[Name][number][] = filters[name];
    const flip = (value: Filters[Name][number]) => () =>
      choose({ ...filters, [name]: toggledIn(chosen, value) });
    return [
      ...chosen.map((value) =>
        toggle(
          `${name}-${value}`,
          true,
          flip(value),
          h('span', { lang: BLOG_LANGUAGE }, nameOf(value)),
        ),
      ),
      menu(
        name,
        title,
        options
          .filter(({ value }) => !chosen.includes(value))
          .slice(0, MOST_OFFERED)
          .map(({ value, count }) => [list.option(nameOf(value), count), flip(value)]),
      ),
    ];
  };

  const { parts } = filters;
  const isAnyLength = isSame(parts, NO_FILTERS.parts);
  const anyLength = () => choose({ ...filters, parts: NO_FILTERS.parts });
  const bySize = catalogue.series.toSorted((a, b) => b.posts.length - a.posts.length);
  return [
    ...kinds,
    h('span', { class: 'rule' }),
    ...several('categories', list.columns.category, offered.categories, String),
    ...several(
      'series',
      list.columns.series,
      bySize.map(({ name, posts: { length } }) => ({ value: name, count: length })),
      displayName,
    ),
    ...several('tags', list.tag, offered.tags, String),
    ...several('years', list.year, offered.years, String),
    isAnyLength
      ? menu(
          'parts',
          list.length,
          LENGTHS.map((each) => [
            lengthText(each, words),
            () => choose({ ...filters, parts: each }),
          ]),
        )
      : toggle('parts', true, anyLength, lengthText(parts, words)),
  ];
}

/** A menu to sort by, for windows that have no room for the heads of the columns. */
export function sortMenu(
  { live: { words } }: LibraryContext,
  sort: (by: Sort) => void,
): HTMLElement {
  const options = SORTS.map((by): Option => [words.list.columns[by], () => sort(by)]);
  const element = menu('sort', words.list.sortBy, options);
  element.classList.add('narrow');
  return element;
}

type Option = readonly [text: string, choose: () => void];

/**
 * A button that opens a menu; one press chooses an option. It is no `select`, because that would filter by
 * each option that a key passes. The options, of which there are hundreds, are made when it opens.
 */
function menu(key: string, name: string, options: readonly Option[]): HTMLElement {
  const id = `menu-${key}`;
  const panel = h('div', {
    popover: 'auto',
    class: 'panel',
    id,
    role: 'group',
    'aria-label': name,
    // While it is open it keeps its options.
    'data-keep': '',
  });
  const opener = h(
    'button',
    { type: 'button', class: 'toggle', 'data-key': key, popovertarget: id },
    name,
    icon('caret'),
  );
  const panelOf = ({ currentTarget }: Event) => currentTarget as HTMLElement;
  const openerOf = (event: Event) => panelOf(event).previousElementSibling as HTMLElement;
  on(panel, 'beforetoggle', (event) => event.newState === 'open' && fill(event));
  on(panel, 'keydown', (event) => steer(event));
  on(panel, 'click', (event) => pick(event));

  const pick = (event: MouseEvent) => {
    const chosen = (event.target as Element).closest('button')?.textContent;
    const option = options.find(([text]) => text === chosen);
    if (!option) return;
    // Hiding the panel hides the option that has the focus.
    panelOf(event).hidePopover();
    openerOf(event).focus();
    option[1]();
  };

  const fill = (event: Event) => {
    const panel = panelOf(event);
    const { left, bottom } = openerOf(event).getBoundingClientRect();
    panel.style.left = `${left + scrollX}px`;
    panel.style.top = `${bottom + scrollY + 4}px`;
    panel.replaceChildren(
      ...options.map(([text], at) => h('button', { type: 'button', autofocus: at === 0 }, text)),
    );
    typed = '';
  };

  /** The typed letters that an option begins with. */
  let typed = '';
  const steer = (event: KeyboardEvent) => {
    if (!isPlainKey(event)) return;
    const all = [...panelOf(event).querySelectorAll('button')];
    const at = all.findIndex((option) => option === document.activeElement);
    const to = indexAfterKey(event.key, at, all.length, { page: PAGE });
    const begins = (start: string) => all.find(({ textContent }) => textContent.startsWith(start));
    if (to !== undefined) all[to]?.focus();
    else if (/^\S$/u.test(event.key)) {
      typed = begins(typed + event.key) ? typed + event.key : event.key;
      begins(typed)?.focus();
    } else return;
    event.preventDefault();
    // Otherwise `/` would move the focus to the search field.
    event.stopPropagation();
  };
  return h('span', { class: 'menu' }, opener, panel);
}

function lengthText({ from, to }: Filters['parts'], { list }: PageWords): string {
  if (to === 0) return list.noSeries;
  return to === NO_END ? list.lengthFrom(from) : list.lengthOf(from, to);
}

function isSame(a: Filters['parts'], b: Filters['parts']): boolean {
  return a.from === b.from && a.to === b.to;
}
