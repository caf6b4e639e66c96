/** 列表: all posts, filtered and sorted as the address says; they are marked one by one or all at once. */
import {
  decodeFilters,
  filtered,
  type Filters,
  listed,
  type Listed,
  narrowed,
  NO_FILTERS,
  type Sort,
} from '../../../catalogue/search/filters.ts';
import { markFor, markOf, UNREAD } from '../../../record/marks.ts';
import { button, h } from '../../../ui/h.ts';
import { patch } from '../../../ui/patch.ts';
import { foundTexts } from './found-texts.ts';
import { filterControls, sortMenu } from './list-filters.ts';
import { ListGrid } from './list-grid.ts';
import { listAddress, viewAddress } from '../../../app/library-address.ts';
import { quietButton } from '../../components.ts';
import type { LibraryContext, View } from '../../view.ts';

/** The marks that many posts can be given at once. */
const BULK = ['read', 'later', 'unread'] as const;
/** Columns that are sorted downwards at the first press. */
const DOWN_FIRST: ReadonlySet<Sort> = new Set(['date', 'minutes']);

export function listView(context: LibraryContext): View {
  const { live, actions } = context;
  let filters = NO_FILTERS;
  let typed = '';
  let posts: Listed[] = [];
  const title = h('h1', { class: 'unseen' });
  const controls = h('div', { class: 'filters' });
  const bulk = h('div', { class: 'bulk', role: 'group' });
  const count = h('span', { class: 'count', role: 'status' });
  const nothing = h('p', { class: 'nothing' });
  const keys = h('p', { class: 'keys', id: 'list-keys' });
  const texts = foundTexts(context);

  const choose = (next: Filters) => context.go(listAddress(next, typed));
  const sort = (by: Sort) =>
    choose({
      ...filters,
      sort: by,
      isDescending: filters.sort === by ? !filters.isDescending : DOWN_FIRST.has(by),
    });
  const grid = new ListGrid(context, { sort, changed: () => drawBulk() });
  grid.element.setAttribute('aria-describedby', keys.id);
  const element = h(
    'section',
    { class: 'list' },
    title,
    controls,
    h('div', { class: 'over' }, count, keys, bulk),
    grid.element,
    nothing,
    texts.element,
  );

  /** Marks all posts that do not have this mark yet, as one act. Dates of reading do not change. */
  const markAll = (kind: (typeof BULK)[number]) => {
    const mark = kind === 'unread' ? UNREAD : markFor(kind, Date.now());
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
    // Screen readers would announce the same text again.
    if (count.textContent !== said) count.textContent = said;
    const lead = selected > 0 ? words.record.markAs : words.list.markAll;
    bulk.hidden = posts.length === 0;
    // The filters have the same names. The name of the group tells the buttons apart.
    bulk.setAttribute('aria-label', lead);
    patch(bulk, [
      h('span', {}, lead),
      ...BULK.map((kind) => button(words.filters[kind], `bulk-${kind}`, () => markAll(kind))),
      selected > 0 &&
        quietButton(words.list.clearSelection, 'bulk-none', () => grid.clearSelection()),
    ]);
  };

  return {
    element,
    show(shown) {
      grid.show(shown);
      texts.askAgain();
    },
    draw(query) {
      const { words } = live;
      filters = decodeFilters(query.toString());
      typed = query.get('q') ?? '';
      const all = listed(context.catalogue, context.details, live.record);
      posts = filtered(typed ? narrowed(all, context.find(typed)) : all, filters);
      title.textContent = words.list.title;
      patch(controls, [...filterControls(context, all, filters, choose), sortMenu(context, sort)]);
      grid.element.hidden = posts.length === 0;
      grid.draw(posts, filters);
      texts.draw(typed);
      drawBulk();
      keys.textContent = words.list.keys;
      nothing.hidden = posts.length > 0;
      nothing.replaceChildren(
        words.list.nothing,
        button(words.list.clear, 'clear', () => context.go(viewAddress('list'))),
      );
    },
  };
}
