/** The line that says what happened, with 撤销 or 再试, over the foot of a page of ours. */
import { h, on } from './h.ts';
import { markIcon } from './icons.ts';
import type { PageWords } from './words/pages.ts';
import type { Notice } from '../app/actions.ts';

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
  readonly #giveFocusBack: () => void;
  readonly #whenHidden: () => void;

  constructor(giveFocusBack: () => void, whenHidden: () => void, signal: AbortSignal) {
    this.#giveFocusBack = giveFocusBack;
    this.#whenHidden = whenHidden;
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
    this.#run = notice.action?.run;
    this.#shape.replaceChildren(...(notice.kind === 'marked' ? [markIcon(notice.mark)] : []));
    this.#text.textContent = noticeText(notice, words);
    const failed = notice.kind === 'failed';
    this.element.classList.add('shown');
    this.element.classList.toggle('failed', failed);
    if (!this.#run && this.#hasFocus) this.#giveFocusBack();
    this.#button.hidden = !this.#run;
    this.#button.textContent = this.#run ? (failed ? words.retry : words.undo) : '';
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
    this.#whenHidden();
  }
}

/** What a notice says. */
export function noticeText(notice: Notice, words: PageWords): string {
  switch (notice.kind) {
    case 'marked':
      return words.marked[notice.mark.kind](notice.title);
    case 'marked-many':
      return words.markedMany(notice.posts);
    case 'undone':
      return notice.left === 0
        ? words.undone(notice.posts)
        : words.undoneBut(notice.posts, notice.left);
    case 'planned':
      return words.planned(notice.title);
    case 'unplanned':
      return words.unplanned(notice.title);
    case 'imported':
      return words.record.merged;
    case 'restored':
      return words.record.restored;
    case 'nothing-changed':
      return words.record.nothingChanged;
    case 'failed':
      return words.notSaved[notice.why];
  }
}
