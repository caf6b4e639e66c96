/**
 * The mark as a button. A click makes it read or unread; a long press or Shift+Enter offers all four marks. Once
 * pressed, the button never becomes narrower, and it has room for any percentage if one may come, so that nothing
 * beside it moves.
 */
import { isSameMark, type Mark, UNREAD } from '../../record/marks.ts';
import { h, on } from '../../ui/h.ts';
import { indexAfterKey, isPlainKey } from '../../ui/keys.ts';
import { markIcon } from '../../ui/icons.ts';
import { patch } from '../../ui/patch.ts';
import { dayOf } from '../../record/days.ts';
import { toggled } from '../../app/line-view.ts';
import { Timer } from '../../ui/timer.ts';
import { markText, type Words } from '../../ui/words/index.ts';

const LONG_PRESS_MS = 500;

export interface MarkButton {
  /** Contains the button and its menu. */
  readonly element: HTMLElement;
  draw(mark: Mark, title: string, words: Words): void;
  focus(): void;
}

/** `isOwn`: on the post's own page, where its progress grows. */
export function createMarkButton(
  choose: (mark: Mark) => void,
  isOwn: boolean,
  signal: AbortSignal,
): MarkButton {
  const element = h('button', {
    class: 'mark',
    type: 'button',
    'aria-keyshortcuts': 'Shift+Enter',
  });
  const place = h('span', { class: 'mark-place', 'data-key': 'mark' }, element);
  let mark = UNREAD;
  let words: Words;
  let menu: HTMLElement | undefined;
  /** The mark that was drawn first. Only this mark is shown with its day, because the button has room for it. */
  let first: Mark | undefined;

  const draw = (next: Mark, title: string, language: Words) => {
    mark = next;
    words = language;
    first ??= mark;
    const since = mark.kind === 'read' && isSameMark(mark, first) ? ` ${dayOf(mark.at)}` : '';
    const text = markText(mark, words);
    const room = (isOwn || mark.kind === 'reading') && words.reading(99);
    patch(element, [
      markIcon(mark),
      h('span', { 'data-room': room }, text, since && h('span', { class: 'since' }, since)),
    ]);
    element.setAttribute('aria-pressed', String(mark.kind === 'read'));
    element.setAttribute('aria-label', words.markOf(title, text + since));
  };

  const act = (to: Mark) => {
    element.style.minWidth ||= `${Math.ceil(element.getBoundingClientRect().width)}px`;
    choose(to);
  };

  const open = () => {
    close();
    menu = markMenu(mark, words, pick, signal);
    on(menu, 'focusout', leave, signal);
    place.append(menu);
    menu.style.top = `${element.offsetTop + element.offsetHeight}px`;
    menu.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  };

  const close = () => {
    const open = menu;
    // Removing the menu moves the focus, which calls this again.
    menu = undefined;
    open?.remove();
  };

  const pick = (chosen: Mark | undefined) => {
    element.focus();
    close();
    if (chosen) act(chosen);
  };

  const leave = ({ relatedTarget }: FocusEvent) => {
    if (!menu?.contains(relatedTarget as Node | null)) close();
  };

  const press = new Timer(signal);
  /** The time stamp of the event with which the pointer was pressed, until the click. */
  let pressedAt: number | undefined;
  const begin = ({ button, ctrlKey, timeStamp }: PointerEvent) => {
    // Another button, and Ctrl with a click on macOS, open the browser's menu.
    if (button !== 0 || ctrlKey) return;
    pressedAt = timeStamp;
    press.restart(LONG_PRESS_MS, open);
  };
  const click = ({ detail, timeStamp }: MouseEvent) => {
    // While the page is busy the timer can be late, or run before the events of a short press.
    // A click of the keyboard or of a screen reader has no detail.
    const isLong = detail > 0 && timeStamp - (pressedAt ?? timeStamp) >= LONG_PRESS_MS;
    pressedAt = undefined;
    if (isLong) {
      if (!menu) open();
      return;
    }
    close();
    act(toggled(mark, Date.now()));
  };
  const pressKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !event.shiftKey || !isPlainKey(event)) return;
    event.preventDefault();
    open();
  };
  on(element, 'pointerdown', begin, signal);
  for (const type of ['pointerup', 'pointercancel', 'pointerleave'] as const)
    on(element, type, () => press.stop(), signal);
  on(element, 'contextmenu', (event) => menu && event.preventDefault(), signal);
  on(element, 'click', click, signal);
  on(element, 'keydown', pressKey, signal);

  return { element: place, draw, focus: () => element.focus({ preventScroll: true }) };
}

/** The menu of all marks. `pick` is called with the one that is chosen, or with none if the mark stays. */
function markMenu(
  mark: Mark,
  words: Words,
  pick: (chosen: Mark | undefined) => void,
  signal: AbortSignal,
): HTMLElement {
  const marks: Mark[] = [
    UNREAD,
    { kind: 'later' },
    { kind: 'reading', fraction: 0 },
    { kind: 'read', at: Date.now(), by: 'hand' },
  ];
  const items = marks.map((offered) => {
    const isCurrent = offered.kind === mark.kind;
    const item = h(
      'button',
      { type: 'button', role: 'menuitemradio', 'aria-checked': String(isCurrent) },
      markIcon(isCurrent ? mark : offered),
      offered.kind === 'reading' ? words.readingNow : words[offered.kind],
    );
    on(item, 'click', () => pick(isCurrent ? undefined : offered), signal);
    return item;
  });
  const steer = (event: KeyboardEvent) => {
    if (!isPlainKey(event)) return;
    const at = items.findIndex((item) => item === event.target);
    const to = indexAfterKey(event.key, at, items.length, { wraps: true });
    if (to !== undefined) items[to]?.focus();
    else if (event.key === 'Escape') pick(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': words.allMarks }, ...items);
  on(menu, 'keydown', steer, signal);
  return menu;
}
