/**
 * The visible rows of the list. The grid keeps the focus itself and names the active row by
 * aria-activedescendant, so that rows can leave the page without losing the focus.
 */
import type { Filters, Listed, Sort } from '../../../catalogue/search/filters.ts';
import { markOf } from '../../../record/marks.ts';
import { toggled } from '../../../app/line-view.ts';
import { h, on } from '../../../ui/h.ts';
import { patch } from '../../../ui/patch.ts';
import type { LibraryContext } from '../../view.ts';
import { type ListCommand, listCommand } from './list-keys.ts';
import { headCells, listRow } from './list-rows.ts';
import {
  addRange,
  inOtherRows,
  moveTo,
  NOTHING_SELECTED,
  type Selection,
  toggleRow,
} from './list-selection.ts';
import { windowOf } from './list-window.ts';

export interface ListGrid {
  readonly element: HTMLElement;
  /** The selected posts, in the order of the list. */
  selected(): number[];
  clearSelection(): void;
  draw(posts: readonly Listed[], filters: Filters): void;
  /** Follows the scrolling of the page until `shown` is aborted. */
  show(shown: AbortSignal): void;
}

/** The height of a row in px until one is measured. Rows are higher if titles take two lines. */
const ROW_HEIGHT = 34;
/** PageDown moves by this fraction of the window's height. */
const PAGE = 0.8;

/** The commands that act on the active row. */
const ROW_COMMANDS: ReadonlySet<ListCommand['kind']> = new Set(['mark', 'open', 'toggle']);

/** `sort` is called when the head of a column is pressed, `changed` when the selection changes. */
export function listGrid(
  context: LibraryContext,
  { sort, changed }: { sort: (by: Sort) => void; changed: () => void },
  signal: AbortSignal,
): ListGrid {
  const { live, actions } = context;
  const head = h('div', { role: 'row', class: 'line', 'aria-rowindex': 1 });
  const body = h('div', { role: 'rowgroup', class: 'lines' });
  const element = h(
    'div',
    { role: 'grid', class: 'grid', tabindex: 0, 'aria-multiselectable': 'true' },
    h('div', { role: 'rowgroup', class: 'line-head' }, head),
    body,
  );
  let posts: readonly Listed[] = [];
  let ids: readonly number[] = [];
  let selection: Selection<number> = NOTHING_SELECTED;
  let rowHeight = ROW_HEIGHT;
  /** The rows that are in the page, by index. */
  const rows = new Map<number, HTMLElement>();

  const select = (next: Selection<number>) => {
    const isOther = next.selected !== selection.selected;
    selection = next;
    drawRows();
    if (isOther) changed();
  };
  const selectOnly = (selected: readonly number[]) =>
    select({ ...selection, selected: new Set(selected) });

  /**
   * Marks the post of a row; if the row is selected, gives all selected posts the same mark. Those that have it
   * already keep the day when they were read.
   */
  const mark = (at: number) => {
    const id = ids[at];
    if (id === undefined) return;
    const { selected } = selection;
    const next = toggled(markOf(live.record, id), Date.now());
    const marked = selected.has(id)
      ? [...selected].filter((post) => markOf(live.record, post).kind !== next.kind)
      : [id];
    void actions.mark(marked.map((post) => ({ post, mark: next })));
  };

  /** Scrolls the page until the whole row is visible below the sticky head. */
  const reveal = (at: number) => {
    const top = body.getBoundingClientRect().top + at * rowHeight;
    const over = top - head.getBoundingClientRect().bottom;
    const under = top + rowHeight - innerHeight;
    if (over < 0) scrollBy({ top: over, behavior: 'instant' });
    else if (under > 0) scrollBy({ top: under, behavior: 'instant' });
  };

  const run = (command: ListCommand) => {
    const { active } = selection;
    // The active row may have been scrolled out of the window. The reader has to see on what the key acts.
    if (ROW_COMMANDS.has(command.kind)) {
      reveal(active);
      drawRows();
    }
    switch (command.kind) {
      case 'move':
        reveal(command.to);
        return select(moveTo(selection, ids, command.to, command.extends));
      case 'mark':
        return mark(active);
      case 'open':
        return rows.get(active)?.querySelector('a')?.click();
      case 'toggle':
        return select(toggleRow(selection, ids, active));
      case 'select-all':
        return selectOnly(ids);
      case 'select-none':
        return selectOnly([]);
    }
  };

  const press = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof Element) || head.contains(target)) return;
    const command = listCommand(event, {
      active: selection.active,
      rows: ids.length,
      page: Math.max(1, Math.floor((innerHeight / rowHeight) * PAGE)),
      hasSelection: selection.selected.size > 0,
    });
    // A link in a row handles Enter itself.
    if (!command || (command.kind === 'open' && target !== element)) return;
    event.preventDefault();
    run(command);
  };

  const click = ({ target, shiftKey }: MouseEvent) => {
    const row = target instanceof Element && target.closest<HTMLElement>('.line');
    if (!row) return;
    const at = Number(row.dataset['at']);
    const control = target.closest('a, button');
    const isLink = control !== null && !(control instanceof HTMLButtonElement);
    if (control) select({ ...selection, active: at });
    else if (shiftKey) select(addRange(selection, ids, at));
    else select(toggleRow(selection, ids, at));
    if (isLink) return;
    if (control) mark(at);
    element.focus({ preventScroll: true });
  };

  /** Whether the page is being printed, with all its rows. */
  let isPrinting = false;
  const print = (starts: boolean) => {
    isPrinting = starts;
    drawRows();
  };

  const rangeToDraw = () => {
    if (isPrinting) return { from: 0, to: posts.length };
    const top = -body.getBoundingClientRect().top;
    return windowOf(top, innerHeight, rowHeight, posts.length);
  };

  /** Draws the visible rows, and removes the others from the page. */
  const drawRows = () => {
    if (!element.isConnected) return;
    const { from, to } = rangeToDraw();
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
      const row = rows.get(at) ?? listRow(context, listed, at);
      row.setAttribute('aria-selected', String(selection.selected.has(listed.post.id)));
      row.classList.toggle('at-hand', at === selection.active);
      if (!rows.has(at)) body.insertBefore(row, rows.get(at + 1) ?? null);
      rows.set(at, row);
    }
    const atHand = rows.get(selection.active);
    if (atHand) element.setAttribute('aria-activedescendant', atHand.id);
    else element.removeAttribute('aria-activedescendant');
    measure(rows.get(from));
  };

  const measure = (row: HTMLElement | undefined) => {
    const height = row?.getBoundingClientRect().height;
    if (isPrinting || height === undefined || height === 0 || Math.abs(height - rowHeight) < 0.01)
      return;
    rowHeight = height;
    drawRows();
  };

  on(element, 'keydown', press, signal);
  on(body, 'click', click, signal);
  // Shift and a click select rows, not text.
  on(body, 'mousedown', (event) => event.shiftKey && event.preventDefault(), signal);

  return {
    element,
    selected: () => ids.filter((id) => selection.selected.has(id)),
    clearSelection: () => selectOnly([]),
    draw(next, filters) {
      const nextIds = next.map(({ post }) => post.id);
      selection = inOtherRows(selection, ids, nextIds);
      [posts, ids] = [next, nextIds];
      element.setAttribute('aria-rowcount', String(posts.length + 1));
      element.setAttribute('aria-label', live.words.list.title);
      patch(head, headCells(context, filters, sort, signal));
      // A link has the focus after it was clicked. Its row goes, but the keys have to go on working.
      const hadFocus = body.contains(document.activeElement);
      for (const row of rows.values()) row.remove();
      rows.clear();
      drawRows();
      if (hadFocus) element.focus({ preventScroll: true });
    },
    show(shown) {
      for (const type of ['scroll', 'resize'] as const)
        addEventListener(type, drawRows, { signal: shown });
      addEventListener('beforeprint', () => print(true), { signal: shown });
      addEventListener('afterprint', () => print(false), { signal: shown });
    },
  };
}
