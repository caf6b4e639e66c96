/** The line that says what happened, with 撤销 or 再试, over the foot of the popup. */
import { h, on } from '../ui/dom.ts';
import { glyph } from '../ui/glyph.ts';
import type { PageWords } from '../ui/words/pages.ts';
import type { Notice } from './acts.ts';

/** How long it stands; not counted while it is pointed at or focused. */
const SHOWN_MS = 8_000;
/** With nothing to press on it: an act was taken back. */
const SHOWN_BARE_MS = 3_000;

export class Toast {
  readonly element: HTMLElement;
  /** Always in the page, so that a screen reader hears what comes into it. */
  readonly #text = h('span', { class: 'text', role: 'status' });
  readonly #button = h('button', { type: 'button', class: 'action' });
  readonly #shape = h('span', { class: 'shape' });
  #run: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Where the focus goes back to when the toast goes with it. */
  #giveFocusBack: () => void;

  constructor(giveFocusBack: () => void, signal: AbortSignal) {
    this.#giveFocusBack = giveFocusBack;
    this.element = h('div', { class: 'toast' }, this.#shape, this.#text, this.#button);
    this.#button.hidden = true;
    on(this.#button, 'click', () => this.#run?.(), signal);
    for (const type of ['pointerenter', 'focusin'] as const)
      on(this.element, type, () => clearTimeout(this.#timer), signal);
    for (const type of ['pointerleave', 'focusout'] as const)
      on(this.element, type, () => this.#count(), signal);
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  show(notice: Notice, words: PageWords): void {
    const isMark = notice.kind === 'marked';
    this.#run = isMark ? notice.undo : notice.retry;
    this.#shape.replaceChildren(...(isMark ? [glyph(notice.mark)] : []));
    this.#text.textContent = isMark
      ? words.marked[notice.mark.kind](notice.title)
      : words.notSaved[notice.why];
    this.element.classList.add('shown');
    this.element.classList.toggle('failed', !isMark);
    if (!this.#run && this.#hasFocus) this.#giveFocusBack();
    this.#button.hidden = !this.#run;
    this.#button.textContent = this.#run ? (isMark ? words.undo : words.retry) : '';
    this.#count();
  }

  get #hasFocus(): boolean {
    return this.element.contains(document.activeElement);
  }

  #count(): void {
    clearTimeout(this.#timer);
    // What failed stays until it is mended.
    const stays = this.element.classList.contains('failed') || this.#hasFocus;
    if (!stays && !this.element.matches(':hover'))
      this.#timer = setTimeout(() => this.#hide(), this.#run ? SHOWN_MS : SHOWN_BARE_MS);
  }

  #hide(): void {
    this.#run = undefined;
    this.#text.textContent = '';
    this.#shape.replaceChildren();
    this.#button.hidden = true;
    this.#button.textContent = '';
    this.element.classList.remove('shown', 'failed');
  }
}
