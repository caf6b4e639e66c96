/**
 * The notice in the third place of a line after an act: 撤销 for UNDO_MS, or 再试 with the reason why the act is not
 * stored, until it is stored.
 */
import { type Notice, UNDO_MS } from '../../app/actions.ts';
import type { WriteError } from '../../app/messages.ts';
import { button, type Child, h } from '../../ui/h.ts';
import { Timer } from '../../ui/timer.ts';
import type { Words } from '../../ui/words/index.ts';
import type { FeatureContext, Offer } from '../feature.ts';
import { separator } from './row.ts';

export interface LineNotice {
  /** Why an act is not stored; undefined if it is. */
  why?: WriteError | undefined;
  /** Undoes the act, or tries it again. */
  run: () => void;
}

/** Keeps the last notice of a line as long as it is shown. */
export class LastNotice {
  readonly #redraw: () => void;
  readonly #signal: AbortSignal;
  readonly #timer: Timer;
  #last: LineNotice | undefined;

  /** `redraw` is called when the notice changes. */
  constructor(redraw: () => void, signal: AbortSignal) {
    this.#redraw = redraw;
    this.#signal = signal;
    this.#timer = new Timer(signal);
  }

  get current(): LineNotice | undefined {
    return this.#last;
  }

  publish(notice: Notice | undefined): void {
    this.#timer.stop();
    if (this.#signal.aborted) return;
    const action = notice?.action;
    const why = notice?.kind === 'failed' ? notice.why : undefined;
    this.#last = action && { why, run: action.run };
    if (action?.kind === 'undo') this.#timer.start(UNDO_MS, () => this.#end());
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
): LineNotice | undefined {
  const [post, failure] = [...unsaved].find(([each]) => isShown(each)) ?? [];
  return post === undefined || !failure ? undefined : { why: failure.why, run: () => retry(post) };
}

export function noticeNodes({ why, run }: LineNotice, words: Words, signal: AbortSignal): Child[] {
  return [
    separator(),
    why && h('span', { class: 'failure' }, words.notSaved[why]),
    button(why ? words.retry : words.undo, why ? 'retry' : 'undo', run, { signal }),
  ];
}

export function offerNodes({ accept, decline }: Offer, words: Words, signal: AbortSignal): Child[] {
  return [
    separator(),
    button(words.backToPlace, 'accept', accept, { signal }),
    button('×', 'decline', decline, { signal, class: 'turn', 'aria-label': words.dismiss }),
  ];
}
