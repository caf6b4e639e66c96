/**
 * Carries out the reader's acts: mark, undo, plan and other changes. The result is published as a
 * notice; ui/ puts it into words and shows it.
 */
import type { SavedPlan } from '../catalogue/plans/planner.ts';
import { type Mark, markOf } from '../record/marks.ts';
import type { UndoStep } from '../record/undo-steps.ts';
import type { LiveRecord } from './live-record.ts';
import type { Answer, Change, MarkRequest, PlanChange, WriteError } from './messages.ts';
import { write } from './transport.ts';

/** How long 撤销 is offered after an act. */
export const UNDO_MS = 8_000;

/** The result of an act. */
export type Notice = { action?: NoticeAction | undefined } & (
  | { kind: 'marked'; post: number; title: string; mark: Mark }
  | { kind: 'marked-many'; posts: number }
  /** `left`: the number of posts that were not changed because something newer had changed them. */
  | { kind: 'undone'; posts: number; left: number }
  | { kind: 'planned' | 'unplanned'; title: string }
  /** `reverted`: an act that the undo list does not cover was undone. */
  | { kind: 'imported' | 'restored' | 'reverted' | 'nothing-changed' }
  /** The facts about `posts` discovered posts were deleted. */
  | { kind: 'forgotten'; posts: number }
  /** The texts of `posts` posts were deleted. */
  | { kind: 'texts-forgotten'; posts: number }
  /** `too-long`: a list does not fit in an address. */
  | { kind: 'copied' | 'not-copied' | 'too-long' }
  | { kind: 'plans-full'; most: number }
  | { kind: 'failed'; why: WriteError }
);

/** The button of a notice. */
export interface NoticeAction {
  kind: 'undo' | 'retry';
  run: () => void;
  /** Set if it undoes more than a step of the undo list. Ctrl+Z runs it while its act is the last one. */
  isBeyondList?: true;
}

type Stored = Answer & { ok: true };

export interface ActionsOptions {
  live: Pick<LiveRecord<unknown>, 'mark' | 'undo' | 'unsaved'>;
  titleOf: (post: number) => string;
  publish: (notice: Notice) => void;
  /** Reads the undo list, the newest step first. Without it only steps made here can be undone. */
  readSteps?: () => Promise<UndoStep[]>;
}

export class Actions {
  readonly #options: ActionsOptions;
  /** Settles when every act so far is answered. */
  #answered: Promise<unknown> = Promise.resolve();
  /** Settles when every undo so far has ended. Each begins after the one before it. */
  #undone: Promise<unknown> = Promise.resolve();
  /** Undoes the last act if the act changed something that the undo list does not cover, such as plans. */
  #undoLast: (() => unknown) | undefined;

  constructor(options: ActionsOptions) {
    this.#options = options;
  }

  /** Marks posts as one act. Publishes a notice when the marks are stored, or could not be stored. */
  mark(changes: Change[], options?: Pick<MarkRequest, 'source'>): Promise<void> {
    return this.#storeMarks(changes, () => this.#options.live.mark(changes, options));
  }

  async #storeMarks(changes: readonly Change[], send: () => Promise<Answer>): Promise<void> {
    const { live, titleOf } = this.#options;
    const [first] = changes;
    if (!first) return;
    const answer = await this.#send(send);
    if (!answer.ok) {
      const retry = live.unsaved.get(first.post)?.retry ?? send;
      return this.#fail(answer.why, () => void this.#storeMarks(changes, retry));
    }
    const { step } = answer;
    const action: NoticeAction | undefined =
      step === undefined ? undefined : { kind: 'undo', run: () => void this.undo(step) };
    if (changes.length > 1)
      return this.#publish({ kind: 'marked-many', posts: changes.length, action });
    const { post, mark } = first;
    this.#publish({ kind: 'marked', post, title: titleOf(post), mark, action });
  }

  /** Undoes the step with this id; without an id the last act (`#undoLast`), else the newest step not undone. */
  async undo(id?: string): Promise<void> {
    const turn = this.#undone.then(() => this.#takeTurn(id));
    this.#undone = turn.catch(() => undefined);
    const undoLast = await turn;
    // It may call `undo` itself, so it runs after the turn.
    await undoLast?.();
  }

  /** Undoes a step, or returns what undoes the last act. */
  async #takeTurn(id: string | undefined): Promise<(() => unknown) | undefined> {
    await this.#answered;
    const undoLast = id === undefined ? this.#undoLast : undefined;
    if (undoLast) this.#undoLast = undefined;
    else await this.#undoStep(id);
    return undoLast;
  }

  async #undoStep(id: string | undefined): Promise<void> {
    const { live, titleOf, readSteps } = this.#options;
    const steps = (await readSteps?.().catch(() => [])) ?? [];
    const step = steps.find((each) => (id === undefined ? !each.undone : each.id === id));
    const undone = step?.id ?? id;
    if (undone === undefined || step?.undone) return;
    const answer = await this.#send(() => live.undo(undone));
    if (!answer.ok) return this.#fail(answer.why, () => void this.undo(undone));
    const { left = 0 } = answer;
    const [post, ...others] = step?.after.keys() ?? [];
    if (step && post !== undefined && others.length === 0 && left === 0) {
      const mark = markOf(step.before, post);
      return this.#publish({ kind: 'marked', post, title: titleOf(post), mark });
    }
    this.#publish({ kind: 'undone', posts: (step?.after.size ?? 1) - left, left });
  }

  /**
   * Saves a plan, and publishes a notice.
   *
   * @param replaced the saved plan with the same goal, if there is one; undo saves it again
   */
  keepPlan(plan: SavedPlan, replaced?: SavedPlan): Promise<void> {
    return this.#changePlans({ keep: plan }, replaced ? { keep: replaced } : { drop: plan.goal });
  }

  /** Drops a saved plan, and publishes a notice. */
  dropPlan(plan: SavedPlan): Promise<void> {
    return this.#changePlans({ drop: plan.goal }, { keep: plan });
  }

  #changePlans(change: PlanChange, inverse?: PlanChange): Promise<void> {
    const undo = inverse && (() => void this.#changePlans(inverse));
    return this.run(
      () => write('plans', { change }),
      () => ({
        kind: 'keep' in change ? 'planned' : 'unplanned',
        title: this.#options.titleOf('keep' in change ? change.keep.goal : change.drop),
        action: undo && { kind: 'undo', run: undo, isBeyondList: true },
      }),
    );
  }

  /**
   * Sends any other request that changes what is stored. If it fails, the notice has a button to try again.
   *
   * @param send must send the same request, with the same id, each time it is called
   * @param done is called when the change is stored; it may return a notice to publish
   */
  async run(
    send: () => Promise<Answer>,
    done: (answer: Stored) => Notice | undefined = () => undefined,
  ): Promise<void> {
    const answer = await this.#send(send);
    if (!answer.ok) return this.#fail(answer.why, () => void this.run(send, done));
    const notice = done(answer);
    if (notice?.action?.isBeyondList) this.#undoLast = notice.action.run;
    if (notice) this.#publish(notice);
  }

  /** Tries again to store the mark of a post that could not be stored. */
  async retry(post: number): Promise<void> {
    const unsaved = this.#options.live.unsaved.get(post);
    if (unsaved) await this.#storeMarks([{ post, mark: unsaved.mark }], unsaved.retry);
  }

  /** Publishes once more the notice of the first mark that could not be stored, if there is such a mark. */
  remind(): void {
    const [first] = this.#options.live.unsaved;
    if (!first) return;
    const [post, { why }] = first;
    this.#fail(why, () => void this.retry(post));
  }

  async #send(send: () => Promise<Answer>): Promise<Answer> {
    this.#undoLast = undefined;
    const answer = send();
    this.#answered = Promise.all([this.#answered, answer]);
    return answer;
  }

  #fail(why: WriteError, run: () => void): void {
    // A step that is gone cannot be undone.
    this.#publish({
      kind: 'failed',
      why,
      ...(why !== 'gone' && { action: { kind: 'retry', run } }),
    });
  }

  #publish(notice: Notice): void {
    this.#options.publish(notice);
  }
}

/** Whether a key press is Ctrl+Z or ⌘Z. */
export function isUndoKey({ ctrlKey, metaKey, shiftKey, altKey, key }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !shiftKey && !altKey && key.toLowerCase() === 'z';
}
