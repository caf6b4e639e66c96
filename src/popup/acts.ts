/** The reader's acts in the popup: one at a time for a post, each can be undone, each may fail. */
import type { Mark } from '../reading/marks.ts';
import type { Answer, Change } from '../platform/protocol.ts';

export interface Act {
  post: number;
  title: string;
  from: Mark;
  to: Mark;
}

/** What there is to say after an act. */
export type Notice =
  | { kind: 'marked'; title: string; mark: Mark; undo: (() => void) | undefined }
  | { kind: 'failed'; why: (Answer & { ok: false })['why']; retry: () => void };

export class Acts {
  readonly #store: (change: Change) => Promise<Answer>;
  readonly #say: (notice: Notice) => void;
  readonly #done: Act[] = [];
  readonly #pending = new Set<number>();

  /** `store` answers when a change is stored, or with why it is not. */
  constructor(store: (change: Change) => Promise<Answer>, say: (notice: Notice) => void) {
    this.#store = store;
    this.#say = say;
  }

  /** Stores a mark and says so. Until the answer is there nothing more is asked of that post. */
  async mark(act: Act): Promise<void> {
    await this.#change(act, act.to, {
      stored: () => {
        this.#done.push(act);
        const { title, to: mark } = act;
        this.#say({ kind: 'marked', title, mark, undo: () => void this.undo() });
      },
      retry: () => void this.mark(act),
    });
  }

  /** Takes the latest act back that was not taken back yet. */
  async undo(): Promise<void> {
    const act = this.#done.at(-1);
    if (!act) return;
    await this.#change(act, act.from, {
      stored: () => {
        this.#done.splice(this.#done.lastIndexOf(act), 1);
        this.#say({ kind: 'marked', title: act.title, mark: act.from, undo: undefined });
      },
      retry: () => void this.undo(),
    });
  }

  async #change(
    { post }: Act,
    mark: Mark,
    { stored, retry }: { stored: () => void; retry: () => void },
  ): Promise<void> {
    if (this.#pending.has(post)) return;
    this.#pending.add(post);
    const answer = await this.#store({ post, mark });
    this.#pending.delete(post);
    if (answer.ok) stored();
    else this.#say({ kind: 'failed', why: answer.why, retry });
  }
}
