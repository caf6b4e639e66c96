/** The filters of the search, above its results: 未读, 稍后, 在读 and a category. */
import { BLOG_LANGUAGE } from '../site/address.ts';
import { h, on } from '../ui/h.ts';
import { markIcon, MARKS } from '../ui/icons.ts';
import { isUnmodified } from '../ui/keys.ts';
import { patch } from '../ui/patch.ts';
import { select, toggle } from '../ui/controls.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { type Chosen, FILTER_KINDS, withPressed } from './search-filters.ts';

export interface FilterRow {
  readonly element: HTMLElement;
  /** Draws the row; `undefined` hides it. */
  draw(state: FilterRowState | undefined): void;
}

export interface FilterRowState {
  readonly chosen: Chosen;
  readonly categories: readonly string[];
  readonly words: PageWords;
}

/** `choose` is called with the filters after a press, `leave` when ↓ moves out of the row. */
export function filterRow(
  choose: (chosen: Chosen) => void,
  leave: (event: KeyboardEvent) => void,
): FilterRow {
  const element = h('div', { class: 'filters', role: 'group', hidden: true });
  const steer = (event: KeyboardEvent) => {
    if (!isUnmodified(event) || event.target instanceof HTMLSelectElement) return;
    if (event.key === 'ArrowDown') leave(event);
  };
  on(element, 'keydown', steer);

  return {
    element,
    draw(state) {
      element.hidden = !state;
      if (!state) return;
      element.setAttribute('aria-label', state.words.filterBy);
      patch(element, controls(state, choose));
    },
  };
}

function controls(
  { chosen, categories, words }: FilterRowState,
  choose: (chosen: Chosen) => void,
): HTMLElement[] {
  const toggles = FILTER_KINDS.map((kind) =>
    toggle(
      `filter ${kind}`,
      chosen.kinds.includes(kind),
      () => choose(withPressed(chosen, kind)),
      markIcon(MARKS[kind]),
      words.filters[kind],
    ),
  );
  const menu = select(
    'filter category',
    words.list.columns.category,
    [['', words.allCategories], ...categories.map((name) => [name, name, BLOG_LANGUAGE] as const)],
    chosen.category,
    (category) => choose({ ...chosen, category }),
    { class: chosen.category ? 'toggle chosen' : 'toggle' },
  );
  return [...toggles, menu];
}
