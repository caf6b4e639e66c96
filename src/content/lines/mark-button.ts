/**
 * The mark as a button. A click makes it read or unread; a long press or Shift+Enter offers all four marks. Once
 * pressed, the button never becomes narrower, and it has room for any percentage if one may come, so that nothing
 * beside it moves.
 */
import { GIVEN_MARKS, isSameMark, type Mark, markFor, UNREAD } from '../../record/marks.ts';
import { h, on } from '../../ui/h.ts';
import { indexAfterKey, isPlainKey } from '../../ui/keys.ts';
import { markIcon } from '../../ui/icons.ts';
import { patch } from '../../ui/patch.ts';
import { dayOf } from '../../record/days.ts';
import { toggled } from '../../app/line-view.ts';
import { Timer } from '../../ui/timer.ts';
import { markText, type Words } from '../../ui/words/index.ts';

const LONG_PRESS_MS = 500;

export class MarkButton {
  /** Contains the button and its menu. */
  readonly element: HTMLElement;

  readonly #choose: (mark: Mark) => void;
  readonly #isOwn: boolean;
  readonly #signal: AbortSignal;
  readonly #button = h('button', {
    class: 'mark',
    type: 'button',
    'aria-keyshortcuts': 'Shift+Enter',
  });
  readonly #longPress: Timer;
  /** The time stamp of the event with which the pointer was pressed, until the click. */
  #pressedAt: number | undefined;
  #menu: HTMLElement | undefined;
  /** What is drawn. */
  #mark: Mark = UNREAD;
  #words: Words | undefined;
  /** The mark that was drawn first. Only this mark is shown with its day, because the button has room for it. */
  #first: Mark | undefined;

  /** @param isOwn whether it is on the post's own page, where its progress grows */
  constructor(choose: (mark: Mark) => void, isOwn: boolean, signal: AbortSignal) {
    this.#choose = choose;
    this.#isOwn = isOwn;
    this.#signal = signal;
    this.#longPress = new Timer(signal);
    const button = this.#button;
    this.element = h('span', { class: 'mark-place', 'data-key': 'mark' }, button);
    on(button, 'pointerdown', (event) => this.#begin(event), signal);
    for (const type of ['pointerup', 'pointercancel', 'pointerleave'] as const)
      on(button, type, () => this.#longPress.stop(), signal);
    on(button, 'contextmenu', (event) => this.#menu && event.preventDefault(), signal);
    on(button, 'click', (event) => this.#click(event), signal);
    on(button, 'keydown', (event) => this.#pressKey(event), signal);
  }

  draw(mark: Mark, title: string, words: Words): void {
    this.#mark = mark;
    this.#words = words;
    this.#first ??= mark;
    const since = mark.kind === 'read' && isSameMark(mark, this.#first) ? ` ${dayOf(mark.at)}` : '';
    const text = markText(mark, words);
    const room = (this.#isOwn || mark.kind === 'reading') && words.reading(99);
    patch(this.#button, [
      markIcon(mark),
      h('span', { 'data-room': room }, text, since && h('span', { class: 'since' }, since)),
    ]);
    this.#button.setAttribute('aria-pressed', String(mark.kind === 'read'));
    this.#button.setAttribute('aria-label', words.markOf(title, text + since));
  }

  focus(): void {
    this.#button.focus({ preventScroll: true });
  }

  #give(mark: Mark): void {
    const { style } = this.#button;
    style.minWidth ||= `${Math.ceil(this.#button.getBoundingClientRect().width)}px`;
    this.#choose(mark);
  }

  #begin({ button, ctrlKey, timeStamp }: PointerEvent): void {
    // Another button, and Ctrl with a click on macOS, open the browser's menu.
    if (button !== 0 || ctrlKey) return;
    this.#pressedAt = timeStamp;
    this.#longPress.restart(LONG_PRESS_MS, () => this.#open());
  }

  #click({ detail, timeStamp }: MouseEvent): void {
    // While the page is busy the timer can be late, or run before the events of a short press.
    // A click of the keyboard or of a screen reader has no detail.
    const isLong = detail > 0 && timeStamp - (this.#pressedAt ?? timeStamp) >= LONG_PRESS_MS;
    this.#pressedAt = undefined;
    if (isLong) {
      if (!this.#menu) this.#open();
      return;
    }
    this.#close();
    this.#give(toggled(this.#mark, Date.now()));
  }

  #pressKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !event.shiftKey || !isPlainKey(event)) return;
    event.preventDefault();
    this.#open();
  }

  #open(): void {
    if (!this.#words) return;
    this.#close();
    const menu = markMenu(this.#mark, this.#words, (chosen) => this.#pick(chosen), this.#signal);
    this.#menu = menu;
    on(menu, 'focusout', (event) => this.#leave(event), this.#signal);
    this.element.append(menu);
    menu.style.top = `${this.#button.offsetTop + this.#button.offsetHeight}px`;
    menu.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  }

  #close(): void {
    const menu = this.#menu;
    // Removing the menu moves the focus, which calls this again.
    this.#menu = undefined;
    menu?.remove();
  }

  #pick(chosen: Mark | undefined): void {
    this.#button.focus();
    this.#close();
    if (chosen) this.#give(chosen);
  }

  #leave({ relatedTarget }: FocusEvent): void {
    if (!this.#menu?.contains(relatedTarget as Node | null)) this.#close();
  }
}

/** The menu of all marks. `pick` is called with the one that is chosen, or with none if the mark stays. */
function markMenu(
  mark: Mark,
  words: Words,
  pick: (chosen: Mark | undefined) => void,
  signal: AbortSignal,
): HTMLElement {
  const now = Date.now();
  const marks: Mark[] = [UNREAD, ...GIVEN_MARKS.map((kind) => markFor(kind, now))];
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
