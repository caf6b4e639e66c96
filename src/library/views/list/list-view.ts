/** 列表: all posts, filtered and sorted as the address says, marked one by one or all at once. */
import {
  decodeFilters,
  encodeFilters,
  filtered,
  type Filters,
  listed,
  type Listed,
  narrowed,
  NO_FILTERS,
  type Sort,
} from '../../../catalogue/search/filters.ts';
import { type Mark, markOf } from '../../../record/marks.ts';
import { button, h } from '../../../ui/h.ts';
import { patch } from '../../../ui/patch.ts';
import { filterControls, sortMenu } from './list-filters.ts';
import { listGrid } from './list-grid.ts';
import { type Shelf, type View, viewAddress } from '../../view.ts';

/** What many posts at once are marked as. */
const BULK = ['read', 'later', 'unread'] as const;
/** What one looks for the most of first. */
const DOWN_FIRST: ReadonlySet<Sort> = new Set(['date', 'minutes']);

export function listView(shelf: Shelf, signal: AbortSignal): View {
  const { live, actions } = shelf;
  let filters = NO_FILTERS;
  let typed = '';
  let posts: Listed[] = [];
  const title = h('h1', { class: 'unseen' });
  const controls = h('div', { class: 'filters' });
  const bulk = h('div', { class: 'bulk' });
  const count = h('span', { class: 'count', role: 'status' });
  const nothing = h('p', { class: 'nothing' });
  const keys = h('p', { class: 'keys', id: 'list-keys' });

  const choose = (next: Filters) => shelf.go(addressOf(next, typed));
  const sort = (by: Sort) =>
    choose({
      ...filters,
      sort: by,
      isDescending: filters.sort === by ? !filters.isDescending : DOWN_FIRST.has(by),
    });
  const grid = listGrid(shelf, { sort, changed: () => drawBulk() }, signal);
  grid.element.setAttribute('aria-describedby', keys.id);
  const element = h(
    'section',
    { class: 'list' },
    title,
    controls,
    h('div', { class: 'over' }, count, keys, bulk),
    grid.element,
    nothing,
  );

  /** One act for all that are not marked so already; a date of reading stays as it was. */
  const markAll = (kind: (typeof BULK)[number]) => {
    const mark: Mark = kind === 'read' ? { kind, at: Date.now(), by: 'hand' } : { kind };
    const chosen = grid.selected();
    const ids = chosen.length > 0 ? chosen : posts.map(({ post }) => post.id);
    const changes = ids
      .filter((id) => markOf(live.record, id).kind !== kind)
      .map((post) => ({ post, mark }));
    if (changes.length === 0) count.textContent = live.words.record.nothingChanged;
    else void actions.mark(changes);
  };

  const drawBulk = () => {
    const { words } = live;
    const selected = grid.selected().length;
    const said = selected > 0 ? words.list.selected(selected) : words.list.found(posts.length);
    // The same text anew would be read out anew.
    if (count.textContent !== said) count.textContent = said;
    bulk.hidden = posts.length === 0;
    patch(bulk, [
      h('span', {}, selected > 0 ? words.list.markSelected : words.list.markAll),
      ...BULK.map((kind) =>
        button(words.filters[kind], `bulk-${kind}`, () => markAll(kind), signal),
      ),
      ...(selected > 0
        ? [
            button(words.list.clearSelection, 'bulk-none', () => grid.clearSelection(), signal, {
              class: 'action quiet',
            }),
          ]
        : []),
    ]);
  };

  return {
    element,
    draw(query) {
      const { words } = live;
      filters = decodeFilters(query.toString());
      typed = query.get('q') ?? '';
      const all = listed(shelf.catalogue, shelf.details, (id) => markOf(live.record, id).kind);
      posts = filtered(typed ? narrowed(all, shelf.find(typed)) : all, filters);
      title.textContent = words.list.title;
      patch(controls, [
        ...filterControls(shelf, all, filters, choose, signal),
        sortMenu(shelf, sort, signal),
      ]);
      grid.element.hidden = posts.length === 0;
      grid.draw(posts, filters);
      drawBulk();
      keys.textContent = words.list.keys;
      nothing.hidden = posts.length > 0;
      nothing.replaceChildren(
        words.list.nothing,
        button(words.list.clear, 'clear', () => shelf.go(viewAddress('list')), signal),
      );
    },
  };
}

function addressOf(filters: Filters, typed: string): string {
  const query = new URLSearchParams(encodeFilters(filters));
  if (typed) query.set('q', typed);
  return viewAddress('list', query);
}
