/**
 * The rows of the list, as many as are seen: a grid that keeps the focus itself and names the row at
 * hand (aria-activedescendant), so that no row has to stay in the page for the focus' sake.
 */
import { displayName } from '../../../catalogue/series-name.ts';
import { type Filters, type Listed, type Sort, SORTS } from '../../../catalogue/search/filters.ts';
import { markOf } from '../../../record/marks.ts';
import { h, on } from '../../../ui/h.ts';
import { indexAfterKey } from '../../../ui/keys.ts';
import { markIcon, icon } from '../../../ui/icons.ts';
import { toggled } from '../../../app/line-view.ts';
import { markText } from '../../../ui/words/index.ts';
import { between, windowOf } from './list-window.ts';
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { postLink } from '../../../ui/post-link.ts';

import { type Shelf, viewAddress } from '../../view.ts';

export interface Grid {
  readonly element: HTMLElement;
  /** The posts that the reader has selected, in the order of the list. */
  selected(): number[];
  clearSelection(): void;
  draw(posts: readonly Listed[], filters: Filters): void;
}

const COLUMNS = ['mark', 'title', 'series', 'part', 'category', 'minutes', 'date'] as const;
/** Until a row was measured: 34 px, and more where titles take two lines. */
const ROW_HEIGHT = 34;
/** Of the window's height a page is so much. */
const PAGE = 0.8;

/** `sort`: a column's head was pressed; `changed`: another selection. */
export function listGrid(
  shelf: Shelf,
  { sort, changed }: { sort: (by: Sort) => void; changed: () => void },
  signal: AbortSignal,
): Grid {
  const { live, actions } = shelf;
  const head = h('div', { role: 'row', class: 'line', 'aria-rowindex': 1 });
  const body = h('div', { role: 'rowgroup', class: 'lines' });
  const element = h(
    'div',
    { role: 'grid', class: 'grid', tabindex: 0, 'aria-multiselectable': 'true' },
    h('div', { role: 'rowgroup', class: 'line-head' }, head),
    body,
  );
  let posts: readonly Listed[] = [];
  let rowHeight = ROW_HEIGHT;
  let active = 0;
  /** Where a range begins. */
  let anchor = 0;
  const selection = new Set<number>();
  /** Those that are drawn, by place. */
  const rows = new Map<number, HTMLElement>();

  const select = (ids: readonly number[]) => {
    selection.clear();
    for (const id of ids) selection.add(id);
    show();
    changed();
  };

  const idAt = (at: number) => posts[at]?.post.id ?? 0;
  const range = (to: number) => between(posts, anchor, to).map(({ post }) => post.id);

  const toggleSelected = (at: number) => {
    anchor = at;
    const id = idAt(at);
    select(selection.has(id) ? [...selection].filter((each) => each !== id) : [...selection, id]);
  };

  /** Of the row, or of all that is selected where the row is of it; all get what the row gets. */
  const press = (at: number) => {
    const id = idAt(at);
    const ids = selection.has(id) ? [...selection] : [id];
    const mark = toggled(markOf(live.record, id), Date.now());
    void actions.mark(ids.map((post) => ({ post, mark })));
  };

  const move = (to: number, extends_: boolean) => {
    active = to;
    if (extends_) select(range(to));
    else anchor = to;
    reveal(to);
    show();
  };

  /** Scrolls the page until the row is whole in it, below the head that stays. */
  const reveal = (at: number) => {
    const top = body.getBoundingClientRect().top + at * rowHeight;
    const over = top - head.getBoundingClientRect().bottom;
    const under = top + rowHeight - innerHeight;
    if (over < 0) scrollBy({ top: over, behavior: 'instant' });
    else if (under > 0) scrollBy({ top: under, behavior: 'instant' });
  };

  const steer = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || head.contains(event.target) || event.altKey) return;
    const isControl = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((innerHeight / rowHeight) * PAGE));
    const to = indexAfterKey(event.key, active, posts.length, { page });
    if (to !== undefined) move(to, event.shiftKey);
    else if (event.key === ' ' && isControl) toggleSelected(active);
    else if (event.key === ' ') press(active);
    else if (event.key === 'Enter' && event.target === element)
      rows.get(active)?.querySelector('a')?.click();
    else if (event.key === 'a' && isControl) select(posts.map(({ post }) => post.id));
    else if (event.key === 'Escape' && selection.size > 0) select([]);
    else return;
    event.preventDefault();
  };

  const click = (event: MouseEvent) => {
    const row = event.target instanceof Element && event.target.closest<HTMLElement>('.line');
    if (!row) return;
    const at = Number(row.dataset['at']);
    active = at;
    const control = event.target instanceof Element && event.target.closest('a, button');
    if (control instanceof HTMLButtonElement) press(at);
    else if (!control && event.shiftKey) select([...selection, ...range(at)]);
    else if (!control) toggleSelected(at);
    if (!control || control instanceof HTMLButtonElement) element.focus({ preventScroll: true });
    show();
  };

  const cell = (name: string, ...children: (Node | string | false)[]) =>
    h('span', { role: 'gridcell', class: `cell ${name}` }, ...children);

  const rowOf = (listed: Listed, at: number): HTMLElement => {
    const { words, settings, record } = live;
    const { post, categories, series, k } = listed;
    const [first] = series;
    const mark = markOf(record, post.id);
    const text = markText(mark, words);
    return h(
      'div',
      {
        role: 'row',
        class: 'line',
        id: `line-${post.id}`,
        'data-at': at,
        'aria-rowindex': at + 2,
      },
      cell(
        'mark',
        h(
          'button',
          {
            type: 'button',
            tabindex: -1,
            title: text,
            'aria-label': words.markOf(post.title, text),
          },
          markIcon(mark),
        ),
      ),
      cell('title', postLink(settings, post.id, { tabindex: '-1' }, post.title)),
      cell(
        'series',
        first !== undefined &&
          h(
            'a',
            {
              href: viewAddress('list', new URLSearchParams({ series: first.name })),
              tabindex: -1,
              lang: BLOG_LANGUAGE,
            },
            displayName(first.name),
          ),
      ),
      cell('part figure', first !== undefined && words.list.part(k, first.posts.length)),
      cell('category', h('span', { lang: BLOG_LANGUAGE }, categories.join('、'))),
      cell('minutes figure', post.minutes === null ? '—' : String(post.minutes)),
      cell('date figure', post.date),
    );
  };

  /** Draws the rows that the window shows, and takes the others out. */
  const show = () => {
    if (!element.isConnected) return;
    const top = -body.getBoundingClientRect().top;
    const { from, to } = windowOf(top, innerHeight, rowHeight, posts.length);
    for (const [at, row] of rows)
      if (at < from || at >= to) {
        row.remove();
        rows.delete(at);
      }
    body.style.height = `${posts.length * rowHeight}px`;
    body.style.paddingTop = `${from * rowHeight}px`;
    for (let at = to - 1; at >= from; at--) {
      const listed = posts[at];
      if (!listed) continue;
      const row = rows.get(at) ?? rowOf(listed, at);
      row.setAttribute('aria-selected', String(selection.has(listed.post.id)));
      row.classList.toggle('at-hand', at === active);
      if (!rows.has(at)) body.insertBefore(row, rows.get(at + 1) ?? null);
      rows.set(at, row);
    }
    const atHand = rows.get(active);
    if (atHand) element.setAttribute('aria-activedescendant', atHand.id);
    else element.removeAttribute('aria-activedescendant');
    measure(rows.get(from));
  };

  const measure = (row: HTMLElement | undefined) => {
    const height = row?.getBoundingClientRect().height;
    if (height === undefined || height === 0 || Math.abs(height - rowHeight) < 0.01) return;
    rowHeight = height;
    show();
  };

  const drawHead = (filters: Filters) => {
    const { columns } = live.words.list;
    head.replaceChildren(
      ...COLUMNS.map((name) => {
        const by = SORTS.find((each) => each === name);
        const isSorted = by === filters.sort;
        const order = filters.isDescending ? 'descending' : 'ascending';
        return h(
          'span',
          {
            role: 'columnheader',
            class: `cell ${name}`,
            'aria-sort': isSorted ? order : undefined,
          },
          by === undefined ? columns[name] : sortButton(by, isSorted && order),
        );
      }),
    );
  };

  const sortButton = (by: Sort, order: string | false) => {
    const name = live.words.list.columns[by];
    const button = h(
      'button',
      { type: 'button', class: order || undefined, 'data-key': `sort-${by}`, title: name },
      by === 'mark' ? markIcon({ kind: 'reading', fraction: 0.5 }, name) : name,
      order !== false && icon('caret'),
    );
    on(button, 'click', () => sort(by), signal);
    return button;
  };

  on(element, 'keydown', steer, signal);
  on(body, 'click', click, signal);
  // Shift and a click select rows here, not text.
  on(body, 'mousedown', (event) => event.shiftKey && event.preventDefault(), signal);
  for (const type of ['scroll', 'resize'] as const) addEventListener(type, show, { signal });

  return {
    element,
    selected: () => posts.flatMap(({ post }) => (selection.has(post.id) ? post.id : [])),
    clearSelection: () => select([]),
    draw(next, filters) {
      const at = next.findIndex(({ post }) => post.id === idAt(active));
      active = at < 0 ? Math.max(0, Math.min(active, next.length - 1)) : at;
      anchor = active;
      posts = next;
      const here = new Set(posts.map(({ post }) => post.id));
      for (const id of selection) if (!here.has(id)) selection.delete(id);
      element.setAttribute('aria-rowcount', String(posts.length + 1));
      element.setAttribute('aria-label', live.words.list.title);
      const focused = document.activeElement;
      const key =
        head.contains(focused) && focused instanceof HTMLElement && focused.dataset['key'];
      drawHead(filters);
      if (key) head.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus();
      for (const row of rows.values()) row.remove();
      rows.clear();
      show();
    },
  };
}
