/** The toast at the foot of our own pages: the notice of an act, with 撤销 or 再试. */
import { h, on } from './h.ts';
import { markIcon } from './icons.ts';
import { Timer } from './timer.ts';
import type { PageWords } from './words/pages.ts';
import { type Notice, UNDO_MS } from '../app/actions.ts';

/** How long a toast without a button is shown. The time stops while the pointer is over it or it has the focus. */
const SHOWN_BARE_MS = 3_000;

/** Notices of something that did not work. */
const ERRORS: ReadonlySet<Notice['kind']> = new Set([
  'failed',
  'not-copied',
  'too-long',
  'plans-full',
]);

export class Toast {
  readonly element: HTMLElement;
  /** Always in the page, so that screen readers announce its changes. */
  readonly #text = h('span', { class: 'text', role: 'status' });
  readonly #button = h('button', { type: 'button', class: 'action' });
  readonly #shape = h('span', { class: 'shape' });
  readonly #timer = new Timer();
  /** Moves the focus out of the toast before its button is removed. */
  readonly #giveFocusBack: () => void;
  readonly #whenHidden: () => void;
  /** The notice that is shown. */
  #notice: Notice | undefined;

  constructor(giveFocusBack: () => void, whenHidden: () => void) {
    this.#giveFocusBack = giveFocusBack;
    this.#whenHidden = whenHidden;
    this.element = h('div', { class: 'toast' }, this.#shape, this.#text, this.#button);
    this.#button.hidden = true;
    on(this.#button, 'click', () => this.#notice?.action?.run());
    for (const type of ['pointerenter', 'focusin'] as const)
      on(this.element, type, () => this.#timer.stop());
    for (const type of ['pointerleave', 'focusout'] as const)
      on(this.element, type, () => this.#count());
  }

  show(notice: Notice, words: PageWords): void {
    const { action } = notice;
    this.#draw(notice, noticeText(notice, words), action && words[action.kind]);
    this.#count();
  }

  #draw(notice: Notice | undefined, text = '', act = ''): void {
    this.#notice = notice;
    this.#shape.replaceChildren(...(notice?.kind === 'marked' ? [markIcon(notice.mark)] : []));
    this.#text.textContent = text;
    this.element.classList.toggle('shown', notice !== undefined);
    this.element.classList.toggle('failed', isError(notice));
    if (!act && this.#hasFocus) this.#giveFocusBack();
    this.#button.hidden = !act;
    this.#button.textContent = act;
  }

  get #hasFocus(): boolean {
    return this.element.contains(document.activeElement);
  }

  /** Counts the time until it is hidden. One that says that a mark is not stored stays until that is solved. */
  #count(): void {
    this.#timer.stop();
    const notice = this.#notice;
    if (notice?.kind === 'failed' || this.#hasFocus || this.element.matches(':hover')) return;
    const isShort = !notice?.action && !isError(notice);
    this.#timer.start(isShort ? SHOWN_BARE_MS : UNDO_MS, () => {
      this.#draw(undefined);
      this.#whenHidden();
    });
  }
}

function isError(notice: Notice | undefined): boolean {
  return notice !== undefined && ERRORS.has(notice.kind);
}

/** The text of a notice. */
function noticeText(notice: Notice, words: PageWords): string {
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
    case 'reverted':
      return words.record.undone;
    case 'forgotten':
      return words.record.forgotten(notice.posts);
    case 'texts-forgotten':
      return words.record.textsForgotten(notice.posts);
    case 'nothing-changed':
      return words.record.nothingChanged;
    case 'copied':
      return words.record.copied;
    case 'not-copied':
      return words.record.notCopied;
    case 'too-long':
      return words.record.tooLongForAddress;
    case 'plans-full':
      return words.plan.full(notice.most);
    case 'failed':
      return words.notSaved[notice.why];
  }
}
