/**
 * The result of an act in the third place of a line: 撤销 for UNDO_MS, or the reason why the act is not stored, with
 * 再试 until it is stored.
 */
import { type Notice, UNDO_MS } from '../../app/actions.ts';
import { button, type Child, h } from '../../ui/h.ts';
import { Timer } from '../../ui/timer.ts';
import type { Words } from '../../ui/words/index.ts';
import type { FeatureContext, Offer } from '../feature.ts';
import { separator } from './row.ts';

/** Keeps the last notice that a line shows: one with a button, or of an act that failed. */
export class LastNotice {
  readonly #redraw: () => void;
  readonly #signal: AbortSignal;
  readonly #timer: Timer;
  #last: Notice | undefined;

  /** `redraw` is called when the notice changes. */
  constructor(redraw: () => void, signal: AbortSignal) {
    this.#redraw = redraw;
    this.#signal = signal;
    this.#timer = new Timer(signal);
  }

  get current(): Notice | undefined {
    return this.#last;
  }

  publish(notice: Notice | undefined): void {
    this.#timer.stop();
    if (this.#signal.aborted) return;
    this.#last = notice?.action || notice?.kind === 'failed' ? notice : undefined;
    if (this.#last && this.#last.action?.kind !== 'retry')
      this.#timer.start(UNDO_MS, () => this.#end());
    this.#redraw();
  }

  #end(): void {
    this.#last = undefined;
    this.#redraw();
  }
}

/** Returns the notice of a mark that could not be stored, of the first such post for which `isShown` is true. */
export function unsavedNotice(
  { unsaved }: FeatureContext['live'],
  isShown: (post: number) => boolean,
  retry: (post: number) => void,
): Notice | undefined {
  const [post, failure] = [...unsaved].find(([each]) => isShown(each)) ?? [];
  if (post === undefined || !failure) return undefined;
  return { kind: 'failed', why: failure.why, action: { kind: 'retry', run: () => retry(post) } };
}

export function noticeNodes(notice: Notice, words: Words, signal: AbortSignal): Child[] {
  return [separator(), ...resultNodes(notice, words, signal)];
}

/** Why an act failed, and the button to undo it or to try it again. */
export function resultNodes(notice: Notice, words: Words, signal: AbortSignal): Child[] {
  const { action } = notice;
  return [
    notice.kind === 'failed' && h('span', { class: 'failure' }, words.notSaved[notice.why]),
    action && button(words[action.kind], action.kind, action.run, { signal }),
  ];
}

export function offerNodes({ accept, decline }: Offer, words: Words, signal: AbortSignal): Child[] {
  return [
    separator(),
    button(words.backToPlace, 'accept', accept, { signal }),
    button('×', 'decline', decline, { signal, class: 'turn', 'aria-label': words.dismiss }),
  ];
}
