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

/** What the grid tells the view. */
interface GridListener {
  /** The head of a column is pressed. */
  sort: (by: Sort) => void;
  /** The selection has changed. */
  changed: () => void;
}

/** The height of a row in px until one is measured. Rows are higher if titles take two lines. */
const ROW_HEIGHT = 34;
/** PageDown moves by this fraction of the window's height. */
const PAGE = 0.8;

/** The commands that act on the active row. */
const ROW_COMMANDS: ReadonlySet<ListCommand['kind']> = new Set(['mark', 'open', 'toggle']);

export class ListGrid {
  readonly element: HTMLElement;
  readonly #context: LibraryContext;
  readonly #listener: GridListener;
  readonly #head = h('div', { role: 'row', class: 'line', 'aria-rowindex': 1 });
  readonly #body = h('div', { role: 'rowgroup', class: 'lines' });
  #posts: readonly Listed[] = [];
  #ids: readonly number[] = [];
  #selection: Selection<number> = NOTHING_SELECTED;
  #rowHeight = ROW_HEIGHT;
  /** Whether the page is being printed, with all its rows. */
  #isPrinting = false;
  /** The rows that are in the page, by index. */
  readonly #rows = new Map<number, HTMLElement>();

  constructor(context: LibraryContext, listener: GridListener) {
    this.#context = context;
    this.#listener = listener;
    const head = h('div', { role: 'rowgroup', class: 'line-head' }, this.#head);
    const attributes = { class: 'grid', tabindex: 0, 'aria-multiselectable': 'true' };
    this.element = h('div', { role: 'grid', ...attributes }, head, this.#body);
    on(this.element, 'keydown', (event) => this.#press(event));
    on(this.#body, 'click', (event) => this.#click(event));
    // Shift and a click select rows, not text.
    on(this.#body, 'mousedown', (event) => event.shiftKey && event.preventDefault());
  }

  /** The selected posts, in the order of the list. */
  selected(): number[] {
    return this.#ids.filter((id) => this.#selection.selected.has(id));
  }

  clearSelection(): void {
    this.#selectOnly([]);
  }

  draw(posts: readonly Listed[], filters: Filters): void {
    const ids = posts.map(({ post }) => post.id);
    this.#selection = inOtherRows(this.#selection, this.#ids, ids);
    this.#posts = posts;
    this.#ids = ids;
    this.element.setAttribute('aria-rowcount', String(posts.length + 1));
    this.element.setAttribute('aria-label', this.#context.live.words.list.title);
    patch(this.#head, headCells(this.#context, filters, this.#listener.sort));
    // A link has the focus after it was clicked. Its row goes, but the keys have to go on working.
    const hadFocus = this.#body.contains(document.activeElement);
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    this.#drawRows();
    if (hadFocus) this.element.focus({ preventScroll: true });
  }

  /** Follows the scrolling of the page until `shown` is aborted. */
  show(shown: AbortSignal): void {
    for (const type of ['scroll', 'resize'] as const)
      addEventListener(type, () => this.#drawRows(), { signal: shown });
    addEventListener('beforeprint', () => this.#print(true), { signal: shown });
    addEventListener('afterprint', () => this.#print(false), { signal: shown });
  }

  #select(next: Selection<number>): void {
    const isOther = next.selected !== this.#selection.selected;
    this.#selection = next;
    this.#drawRows();
    if (isOther) this.#listener.changed();
  }

  #selectOnly(selected: readonly number[]): void {
    this.#select({ ...this.#selection, selected: new Set(selected) });
  }

  /**
   * Marks the post of a row; if the row is selected, gives all selected posts the same mark. Those that have it
   * already keep the day when they were read.
   */
  #mark(at: number): void {
    const id = this.#ids[at];
    if (id === undefined) return;
    const { live, actions } = this.#context;
    const { selected } = this.#selection;
    const next = toggled(markOf(live.record, id), Date.now());
    const marked = selected.has(id)
      ? [...selected].filter((post) => markOf(live.record, post).kind !== next.kind)
      : [id];
    void actions.mark(marked.map((post) => ({ post, mark: next })));
  }

  #press(event: KeyboardEvent): void {
    const { target } = event;
    if (!(target instanceof Element) || this.#head.contains(target)) return;
    const command = listCommand(event, {
      active: this.#selection.active,
      rows: this.#ids.length,
      page: Math.max(1, Math.floor((innerHeight / this.#rowHeight) * PAGE)),
      hasSelection: this.#selection.selected.size > 0,
    });
    // A link in a row handles Enter itself.
    if (!command || (command.kind === 'open' && target !== this.element)) return;
    event.preventDefault();
    this.#run(command);
  }

  #run(command: ListCommand): void {
    const [selection, ids] = [this.#selection, this.#ids];
    const { active } = selection;
    // The active row may have been scrolled out of the window. The reader has to see on what the key acts.
    if (ROW_COMMANDS.has(command.kind)) {
      this.#reveal(active);
      this.#drawRows();
    }
    switch (command.kind) {
      case 'move':
        this.#reveal(command.to);
        return this.#select(moveTo(selection, ids, command.to, command.extends));
      case 'mark':
        return this.#mark(active);
      case 'open':
        return this.#rows.get(active)?.querySelector('a')?.click();
      case 'toggle':
        return this.#select(toggleRow(selection, ids, active));
      case 'select-all':
        return this.#selectOnly(ids);
      case 'select-none':
        return this.#selectOnly([]);
    }
  }

  #click({ target, shiftKey }: MouseEvent): void {
    const row = target instanceof Element && target.closest<HTMLElement>('.line');
    if (!row) return;
    const [selection, ids] = [this.#selection, this.#ids];
    const at = Number(row.dataset['at']);
    const control = target.closest('a, button');
    const isLink = control !== null && !(control instanceof HTMLButtonElement);
    if (control) this.#select({ ...selection, active: at });
    else if (shiftKey) this.#select(addRange(selection, ids, at));
    else this.#select(toggleRow(selection, ids, at));
    if (isLink) return;
    if (control) this.#mark(at);
    this.element.focus({ preventScroll: true });
  }

  /** Scrolls the page until the whole row is visible below the sticky head. */
  #reveal(at: number): void {
    const top = this.#body.getBoundingClientRect().top + at * this.#rowHeight;
    const over = top - this.#head.getBoundingClientRect().bottom;
    const under = top + this.#rowHeight - innerHeight;
    if (over < 0) scrollBy({ top: over, behavior: 'instant' });
    else if (under > 0) scrollBy({ top: under, behavior: 'instant' });
  }

  #print(starts: boolean): void {
    this.#isPrinting = starts;
    this.#drawRows();
  }

  /** Draws the visible rows, and removes the others from the page. */
  #drawRows(): void {
    if (!this.element.isConnected) return;
    const [rows, body, { selected, active }] = [this.#rows, this.#body, this.#selection];
    const { from, to } = this.#rangeToDraw();
    for (const [at, row] of rows)
      if (at < from || at >= to) {
        row.remove();
        rows.delete(at);
      }
    body.style.height = `${this.#posts.length * this.#rowHeight}px`;
    body.style.paddingTop = `${from * this.#rowHeight}px`;
    for (let at = to - 1; at >= from; at--) {
      const listed = this.#posts[at];
      if (!listed) continue;
      const row = rows.get(at) ?? listRow(this.#context, listed, at);
      row.setAttribute('aria-selected', String(selected.has(listed.post.id)));
      row.classList.toggle('at-hand', at === active);
      if (!rows.has(at)) body.insertBefore(row, rows.get(at + 1) ?? null);
      rows.set(at, row);
    }
    const atHand = rows.get(active);
    if (atHand) this.element.setAttribute('aria-activedescendant', atHand.id);
    else this.element.removeAttribute('aria-activedescendant');
    this.#measure(rows.get(from));
  }

  #rangeToDraw(): { from: number; to: number } {
    if (this.#isPrinting) return { from: 0, to: this.#posts.length };
    const top = -this.#body.getBoundingClientRect().top;
    return windowOf(top, innerHeight, this.#rowHeight, this.#posts.length);
  }

  #measure(row: HTMLElement | undefined): void {
    const height = row?.getBoundingClientRect().height ?? 0;
    const isSame = Math.abs(height - this.#rowHeight) < 0.01;
    if (this.#isPrinting || height === 0 || isSame) return;
    this.#rowHeight = height;
    this.#drawRows();
  }
}
