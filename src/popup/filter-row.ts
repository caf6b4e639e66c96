/** The filters of the search, above its results: 未读, 稍后, 在读 and a category. */
import { BLOG_LANGUAGE } from '../site/address.ts';
import { h, on } from '../ui/h.ts';
import { markIcon, MARKS } from '../ui/icons.ts';
import { isUnmodified } from '../ui/keys.ts';
import { patch } from '../ui/patch.ts';
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
  signal: AbortSignal,
): FilterRow {
  const element = h('div', { class: 'filters', role: 'group', hidden: true });
  /** The last drawn state. */
  let drawn: FilterRowState | undefined;

  const click = ({ target }: MouseEvent) => {
    const { kind: name } = (target as Element).closest<HTMLElement>('[data-kind]')?.dataset ?? {};
    const kind = FILTER_KINDS.find((each) => each === name);
    if (kind && drawn) choose(withPressed(drawn.chosen, kind));
  };
  const change = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement && drawn)
      choose({ ...drawn.chosen, category: target.value });
  };
  const steer = (event: KeyboardEvent) => {
    if (!isUnmodified(event) || event.target instanceof HTMLSelectElement) return;
    if (event.key === 'ArrowDown') leave(event);
  };
  on(element, 'click', click, signal);
  on(element, 'change', change, signal);
  on(element, 'keydown', steer, signal);

  return {
    element,
    draw(state) {
      element.hidden = !state;
      if (!state) return;
      drawn = state;
      element.setAttribute('aria-label', state.words.filterBy);
      patch(element, controls(state));
    },
  };
}

function controls({
  chosen: { kinds, category },
  categories,
  words,
}: FilterRowState): HTMLElement[] {
  return [
    ...FILTER_KINDS.map((kind) =>
      h(
        'button',
        {
          type: 'button',
          class: 'toggle',
          'data-kind': kind,
          'data-key': `filter ${kind}`,
          'aria-pressed': String(kinds.includes(kind)),
        },
        markIcon(MARKS[kind]),
        words.filters[kind],
      ),
    ),
    h(
      'select',
      {
        class: category ? 'toggle chosen' : 'toggle',
        'data-key': 'filter category',
        'aria-label': words.list.columns.category,
      },
      h('option', { value: '', selected: category === '' }, words.allCategories),
      ...categories.map((name) =>
        h('option', { value: name, selected: name === category, lang: BLOG_LANGUAGE }, name),
      ),
    ),
  ];
}
