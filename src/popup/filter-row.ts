/** 未读, 稍后, 在读 and a category, over what a search found; drawn when something is searched for. */
import { BLOG_LANGUAGE } from '../site/address.ts';
import { flipped } from '../catalogue/search/filters.ts';
import { h } from '../ui/h.ts';
import { markIcon, MARKS } from '../ui/icons.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { CHOICES, type Chosen } from './search-filters.ts';

/** What a press does is the search box's business: data-kind says which; the select is the only one. */
export function filterRow(
  words: PageWords,
  { kinds, category }: Chosen,
  categories: readonly string[],
): HTMLElement[] {
  return [
    ...CHOICES.map((kind) =>
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

/** What is chosen after a press on a mark. */
export function pressed(chosen: Chosen, kind: (typeof CHOICES)[number]): Chosen {
  return { ...chosen, kinds: flipped(chosen.kinds, kind) };
}
