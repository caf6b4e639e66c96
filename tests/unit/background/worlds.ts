/**
 * What the record may be, in plain maps: every request that was not acknowledged may have been
 * stored or not, and each case is a world of its own. What is stored must be one of them.
 */
import type { Mark } from '../../../src/record/marks.ts';

interface Held {
  mark: Mark;
  /** Told apart from every other writing of the post. */
  version: number;
  clock: number;
}

interface PlainStep {
  id: string;
  before: Map<number, Held>;
  after: Map<number, number>;
  undone: boolean;
}

export type PlainRequest = { id: string } & (
  | { do: 'act'; marks: [post: number, mark: Mark][] }
  | { do: 'undo'; step: string }
  /** `clock`: when the entries were made; an act here is at 0, or at what the post had before. */
  | { do: 'merge'; marks: [post: number, mark: Mark][]; clock: number }
);

export class World {
  #held = new Map<number, Held>();
  #steps: PlainStep[] = [];
  #ids = new Set<string>();
  #version = 0;

  /** All marks, as text. */
  get marks(): string {
    return marksText(new Map([...this.#held].map(([post, { mark }]) => [post, mark])));
  }

  /** The undo list, the latest first, as text. */
  get steps(): string {
    return stepsText(this.#steps.toReversed());
  }

  /** What was applied, in its order: worlds that share it are one. */
  get history(): string {
    return [...this.#ids].join(' ');
  }

  after(request: PlainRequest): World {
    const next = this.#copy();
    if (!next.#ids.has(request.id)) next.#apply(request);
    return next;
  }

  #apply(request: PlainRequest): void {
    const { id } = request;
    if (request.do === 'undo') return this.#undo(id, request.step);
    this.#ids.add(id);
    const given = new Map<number, Held>();
    for (const [post, mark] of request.marks) {
      const held = this.#held.get(post);
      const clock = request.do === 'merge' ? request.clock : Math.max(0, held?.clock ?? 0);
      if (request.do === 'act' || !held || clock > held.clock)
        given.set(post, { mark, version: ++this.#version, clock });
    }
    if (given.size === 0) return;
    const isProgress =
      request.do === 'act' &&
      request.marks.every(([, mark]) => mark.kind === 'reading' && mark.fraction > 0);
    const before = new Map<number, Held>();
    for (const post of given.keys()) {
      const held = this.#held.get(post);
      if (held) before.set(post, held);
    }
    if (!isProgress) {
      const after = new Map([...given].map(([post, { version }]) => [post, version]));
      this.#steps.push({ id, before, after, undone: false });
    }
    for (const [post, held] of given) this.#held.set(post, held);
  }

  /** Where there is nothing to undo nothing is remembered of it. */
  #undo(id: string, undone: string): void {
    const step = this.#steps.find((each) => each.id === undone);
    if (!step || step.undone) return;
    this.#ids.add(id);
    step.undone = true;
    for (const [post, version] of step.after) {
      const held = this.#held.get(post);
      if (held?.version !== version) continue;
      const before = step.before.get(post);
      const again = ++this.#version;
      this.#held.set(post, {
        mark: before?.mark ?? { kind: 'unread' },
        version: again,
        clock: Math.max(0, held.clock),
      });
      for (const other of this.#steps)
        if (before && !other.undone && other.after.get(post) === before.version)
          other.after.set(post, again);
    }
  }

  #copy(): World {
    const copy = new World();
    copy.#held = new Map(this.#held);
    copy.#steps = this.#steps.map((step) => ({ ...step, after: new Map(step.after) }));
    copy.#ids = new Set(this.#ids);
    copy.#version = this.#version;
    return copy;
  }
}

export function marksText(marks: ReadonlyMap<number, Mark>): string {
  return JSON.stringify([...marks].toSorted(([a], [b]) => a - b));
}

export function stepsText(steps: readonly { id: string; undone: boolean }[]): string {
  return steps
    .slice(0, 50)
    .map(({ id, undone }) => (undone ? `(${id})` : id))
    .join(' ');
}
