/** The rows of the popup's lists: a mark that can be pressed, a title that can be opened. */
import type { Mark } from '../record/marks.ts';
import { h, on } from '../ui/h.ts';
import { icon, markIcon } from '../ui/icons.ts';
import type { PartRow, SeriesView } from '../app/line-view.ts';
import { isPlainKey } from '../ui/keys.ts';
import { seriesList, seriesRuler } from '../ui/series-list.ts';
import { markText } from '../ui/words/index.ts';
import { postLink } from '../ui/post-link.ts';
import type { Desk } from './model.ts';

/**
 * A post's mark. What a press does is the popup's business (data-mark names the post), so that a
 * redraw leaves no listeners behind; data-key tells the same control in two drawings.
 */
export function markButton(
  { words }: Desk,
  post: { id: number; title: string; mark: Mark },
  key: string,
  labelled = false,
): HTMLButtonElement {
  const text = markText(post.mark, words);
  return h(
    'button',
    {
      type: 'button',
      class: labelled ? 'mark labelled' : 'mark',
      title: labelled ? undefined : text,
      'data-mark': post.id,
      'data-key': `${key} mark`,
      'aria-pressed': String(post.mark.kind === 'read'),
      'aria-label': words.markOf(post.title, text),
    },
    markIcon(post.mark),
    labelled && h('span', {}, text),
  );
}

/** A button that opens the list `key`; the list itself has `listId(key)`. */
export function listOpener(desk: Desk, key: string, name: string, ...children: (Node | string)[]) {
  const isOpen = desk.open.has(key);
  return h(
    'button',
    {
      type: 'button',
      class: name,
      'data-open': key,
      'data-key': key,
      'aria-expanded': String(isOpen),
      'aria-controls': isOpen ? listId(key) : undefined,
    },
    ...children,
    icon('caret'),
  );
}

export function listId(key: string): string {
  return `list-${key.replaceAll(' ', '-')}`;
}

/** The parts of a series as a table of contents, each with a mark that can be pressed. */
export function partsList(desk: Desk, view: SeriesView, key: string): HTMLOListElement {
  const isHere = ({ k }: PartRow) => k === view.k;
  return seriesList(view.parts, {
    attributes: {
      class: 'series-list parts',
      id: listId(key),
      'data-list': key,
      'aria-label': desk.words.showParts(view.name),
    },
    isHere,
    cells: (part, number, rest) => {
      const title = desk.catalogue.post(part.id)?.title ?? part.title;
      const link = { class: 'title', 'data-key': `${key} ${part.id} link` };
      return [
        markButton(desk, { ...part, title }, `${key} ${part.id}`),
        number,
        postLink(
          desk.settings,
          part.id,
          { ...link, 'aria-current': isHere(part) ? 'true' : undefined },
          part.title,
        ),
        part.isNew && h('em', {}, desk.words.newPost),
        ...rest,
      ];
    },
  });
}

/**
 * The ruler of a series in a place that hides it whole if there is no room for it; ▲ at part number
 * `current`, 0 for none.
 */
export function rulerPlace({ words }: Desk, view: SeriesView, current: number): HTMLElement {
  return h('span', { class: 'ruler-place' }, seriesRuler(view, words, current));
}

/** 15 / 21, the count in ink and the rest quieter. */
export function figures(n: number, all: number): HTMLElement {
  return h('span', { class: 'figures' }, n, h('i', {}, '/'), all);
}

/** ↑ ↓ go from row to row in the same column; Space on a title is a press of its row's mark. */
export function steerRows(
  root: HTMLElement,
  press: (mark: HTMLElement) => void,
  signal: AbortSignal,
): void {
  on(
    root,
    'keydown',
    (event) => {
      const control = event.target;
      if (!(control instanceof HTMLElement) || !isPlainKey(event) || event.shiftKey) return;
      const row = control.closest('li');
      const list = row?.parentElement;
      if (!row || !list) return;
      if (event.key === ' ' && control instanceof HTMLAnchorElement) {
        const mark = row.querySelector<HTMLElement>('[data-mark]');
        if (mark) press(mark);
      } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const rows = [...list.children];
        const to = rows[rows.indexOf(row) + (event.key === 'ArrowDown' ? 1 : -1)];
        const column = control.matches('[data-mark]') ? '[data-mark]' : 'a, [data-open]';
        to?.querySelector<HTMLElement>(column)?.focus();
      } else return;
      event.preventDefault();
    },
    signal,
  );
}
