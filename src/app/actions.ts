/**
 * The reader's acts in our own pages: one at a time for a post, each may fail. Any step of the stored
 * undo list can be taken back, also one that was made elsewhere or before the page was opened.
 */
import type { KeptPlan } from '../catalogue/plans/planner.ts';
import { type Mark, markOf } from '../record/marks.ts';
import type { Step } from '../record/undo-steps.ts';
import { type Answer, ask, type Change, type PlanChange } from './messages.ts';
import type { Live, Unsaved } from './live-record.ts';

/** What there is to say after an act. */
export type Notice =
  | { kind: 'marked'; title: string; mark: Mark; undo: (() => void) | undefined }
  | { kind: 'marked-many'; posts: number; undo: () => void }
  /** `left`: posts that were left alone, for something later had changed them. */
  | { kind: 'undone'; posts: number; left: number }
  /** A plan is kept, or, with nothing to take back, not any more. */
  | { kind: 'planned'; title: string; undo: (() => void) | undefined }
  | { kind: 'failed'; why: Unsaved['why']; retry: () => void };

/** What is asked of the record: app/live-record.ts, as far as it goes. */
export type Keeper = Pick<Live, 'mark' | 'undo' | 'unsaved'>;

export class Acts {
  readonly #keeper: Keeper;
  readonly #steps: () => Promise<Step[]>;
  readonly #titleOf: (post: number) => string;
  readonly #say: (notice: Notice) => void;
  readonly #askPlan: (change: PlanChange) => Promise<Answer>;
  readonly #pending = new Set<number>();
  #isUndoing = false;
  /** The plan that was kept here, as long as that is the last act: no step of the undo list has it. */
  #planned: KeptPlan | undefined;

  /** `steps` reads the undo list, the latest first. */
  constructor(
    keeper: Keeper,
    steps: () => Promise<Step[]>,
    titleOf: (post: number) => string,
    say: (notice: Notice) => void,
    askPlan = (change: PlanChange) => ask({ type: 'plans', change }),
  ) {
    this.#keeper = keeper;
    this.#steps = steps;
    this.#titleOf = titleOf;
    this.#say = say;
    this.#askPlan = askPlan;
  }

  /** Stores marks as one step and says so. Until it is answered nothing more is asked of a post. */
  async mark(...changes: Change[]): Promise<void> {
    await this.#change(changes, () => this.#keeper.mark(...changes));
  }

  /** Keeps a plan to a goal that has none, and says so. */
  async plan(plan: KeptPlan): Promise<void> {
    const answer = await this.#askPlan({ keep: plan });
    if (!answer.ok) return this.#fail(answer.why, () => void this.plan(plan));
    this.#planned = plan;
    const title = this.#titleOf(plan.goal);
    this.#say({ kind: 'planned', title, undo: () => void this.#unplan(plan) });
  }

  async #unplan(plan: KeptPlan): Promise<void> {
    this.#planned = undefined;
    const answer = await this.#askPlan({ drop: plan.goal });
    if (!answer.ok) return this.#fail(answer.why, () => void this.#unplan(plan));
    this.#say({ kind: 'planned', title: this.#titleOf(plan.goal), undo: undefined });
  }

  /**
   * Takes a step back; where none is named the latest that was not taken back yet, or the plan that
   * was kept here since.
   */
  async undo(id?: string): Promise<void> {
    if (this.#isUndoing) return;
    if (id === undefined && this.#planned) return this.#unplan(this.#planned);
    this.#isUndoing = true;
    const steps = await this.#steps().catch(() => []);
    const step = steps.find((each) => !each.undone && (id === undefined || each.id === id));
    const answer = step && (await this.#keeper.undo(step.id));
    this.#isUndoing = false;
    if (!step || !answer) return;
    if (!answer.ok) return this.#fail(answer.why, () => void this.undo(step.id));
    const { left = 0 } = answer;
    const [post, ...others] = step.after.keys();
    if (post !== undefined && others.length === 0 && left === 0) {
      const mark = markOf(step.before, post);
      this.#say({ kind: 'marked', title: this.#titleOf(post), mark, undo: undefined });
    } else this.#say({ kind: 'undone', posts: step.after.size - left, left });
  }

  /** Says again what is not stored yet, if anything is. */
  remind(): void {
    const [first] = this.#keeper.unsaved;
    if (!first) return;
    const [post, { mark, why, again }] = first;
    this.#fail(why, () => void this.#change([{ post, mark }], again));
  }

  async #change(changes: readonly Change[], change: () => Promise<Answer>): Promise<void> {
    const [first] = changes;
    if (!first || changes.some(({ post }) => this.#pending.has(post))) return;
    for (const { post } of changes) this.#pending.add(post);
    this.#planned = undefined;
    const answer = await change();
    for (const { post } of changes) this.#pending.delete(post);
    if (!answer.ok) {
      // The same act, with the same id: it may have been stored after all.
      const again = this.#keeper.unsaved.get(first.post)?.again ?? change;
      return this.#fail(answer.why, () => void this.#change(changes, again));
    }
    const undo = () => void this.undo(answer.step);
    if (changes.length > 1) this.#say({ kind: 'marked-many', posts: changes.length, undo });
    else {
      const { post, mark } = first;
      this.#say({ kind: 'marked', title: this.#titleOf(post), mark, undo });
    }
  }

  #fail(why: Unsaved['why'], retry: () => void): void {
    this.#say({ kind: 'failed', why, retry });
  }
}

/** Ctrl+Z or ⌘Z, which takes back the latest step wherever nothing is being typed. */
export function isUndo({ ctrlKey, metaKey, shiftKey, altKey, key }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !shiftKey && !altKey && key.toLowerCase() === 'z';
}
