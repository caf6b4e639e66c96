/** The rows of the popup's lists: a mark that can be pressed, a title that can be opened. */
import type { PartRow, SeriesView } from '../app/line-view.ts';
import type { Mark } from '../record/marks.ts';
import { type Child, h, on } from '../ui/h.ts';
import { icon } from '../ui/icons.ts';
import { indexAfterKey, isUnmodified } from '../ui/keys.ts';
import { markButton } from '../ui/mark-button.ts';
import { postLink } from '../ui/post-link.ts';
import { seriesList, seriesRuler, seriesState } from '../ui/series-list.ts';
import type { PopupModel } from './popup-model.ts';

/** A post's mark as a button; data-mark contains the post id, and home.ts handles presses. */
export function postMark(
  { words }: PopupModel,
  post: { id: number; title: string; mark: Mark },
  key: string,
  isLabelled = false,
): HTMLButtonElement {
  const attributes = { 'data-mark': post.id, 'data-key': `${key} mark` };
  return markButton(post, words, attributes, isLabelled);
}

/** A button that opens the list `key`, whose id is `listId(key)`. */
export function listOpener(
  { open }: PopupModel,
  key: string,
  className: string,
  ...children: Child[]
): HTMLButtonElement {
  const isOpen = open.has(key);
  return h(
    'button',
    {
      type: 'button',
      class: className,
      'data-open': key,
      'data-key': key,
      'aria-expanded': String(isOpen),
      'aria-controls': isOpen ? listId(key) : undefined,
    },
    ...children,
    icon('caret'),
  );
}

function listId(key: string): string {
  return `list-${key.replaceAll(' ', '-')}`;
}

/** The parts of a series as a table of contents, if the list `key` is open. */
export function openParts(model: PopupModel, view: SeriesView, key: string): HTMLElement[] {
  const { words, settings, catalogue } = model;
  if (!model.open.has(key)) return [];
  const isHere = ({ partNumber }: PartRow) => partNumber === view.partNumber;
  const list = seriesList(view.parts, {
    attributes: {
      class: 'series-list parts',
      id: listId(key),
      'data-list': key,
      'aria-label': words.showParts(view.name),
    },
    isHere,
    cells: (part, number, rest) => {
      const title = catalogue.post(part.id)?.title ?? part.title;
      const attributes = {
        class: 'title',
        'data-key': `${key} ${part.id} link`,
        'aria-current': isHere(part) ? 'true' : undefined,
      };
      return [
        postMark(model, { ...part, title }, `${key} ${part.id}`),
        number,
        postLink(settings, part.id, attributes, part.title),
        part.isNew && h('em', {}, words.newPost),
        ...rest,
      ];
    },
  });
  const state = seriesState(view, words);
  return [list, h('p', { class: 'parts-state', 'data-key': `${key} state` }, state)];
}

/** The ruler of a series, hidden if there is not enough room; ▲ is at part number `current`, 0 for none. */
export function rulerPlace({ words }: PopupModel, view: SeriesView, current: number): HTMLElement {
  return h('span', { class: 'ruler-place' }, seriesRuler(view, words, current));
}

/** Makes ↑ ↓ move between rows in the same column, and Space on a title press the mark of its row. */
export function steerRows(root: HTMLElement, press: (post: number) => void) {
  const steer = (event: KeyboardEvent) => {
    const control = event.target as HTMLElement;
    const row = control.closest('li');
    if (!row?.parentElement || !isUnmodified(event)) return;
    if (event.key === ' ' && control instanceof HTMLAnchorElement) {
      const mark = row.querySelector<HTMLElement>('[data-mark]');
      if (mark) press(Number(mark.dataset['mark']));
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const rows = [...row.parentElement.children];
      const to = indexAfterKey(event.key, rows.indexOf(row), rows.length) ?? 0;
      const column = control.matches('[data-mark]') ? '[data-mark]' : 'a, [data-open]';
      rows[to]?.querySelector<HTMLElement>(column)?.focus();
    } else return;
    event.preventDefault();
  };
  on(root, 'keydown', steer);
}
