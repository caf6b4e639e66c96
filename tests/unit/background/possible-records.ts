/**
 * A model of the record in plain maps. A request that was not acknowledged may have been stored or not; each
 * case is a possible record. The stored record must agree with one of them.
 */
import type { Stamp } from '../../../src/record/clock.ts';
import { type Act, isObserved, type Mark } from '../../../src/record/marks.ts';
import { knownOf } from '../../../src/record/merge.ts';
import { decidingAct } from '../record/plain-acts.ts';

interface PlainStep {
  id: string;
  /** The acts that decided the marks before and after the step, by post. */
  before: Map<number, Act | undefined>;
  after: Map<number, Act>;
  undone: boolean;
}

export type PlainRequest = { id: string } & (
  | { do: 'act'; marks: [post: number, mark: Mark][] }
  | { do: 'undo'; step: string }
  /** `clock` is the time of the entries. Acts here have time 0, or that of the post's last act if it is later. */
  | { do: 'merge'; marks: [post: number, mark: Mark][]; clock: number }
);

export class PossibleRecord {
  /** All acts that were ever made on a post. */
  #acts = new Map<number, Act[]>();
  #steps: PlainStep[] = [];
  #ids = new Set<string>();

  /** All marks, as text. */
  get marks(): string {
    return marksText(new Map([...this.#acts.keys()].map((post) => [post, this.#markOf(post)])));
  }

  /** The undo list, the latest first, as text. */
  get steps(): string {
    return stepsText(this.#steps.toReversed());
  }

  /** The ids of the applied requests, in order; records with the same history are equal. */
  get history(): string {
    return [...this.#ids].join(' ');
  }

  after(request: PlainRequest): PossibleRecord {
    const next = this.#copy();
    if (!next.#ids.has(request.id)) next.#apply(request);
    return next;
  }

  #apply(request: PlainRequest): void {
    const { id } = request;
    if (request.do === 'undo') return this.#undo(id, request.step);
    this.#ids.add(id);
    const acts = new Map(
      request.marks.map(([post, mark]): [number, Act] => {
        if (request.do === 'merge')
          return [post, { mark, stamp: { time: request.clock, tick: 0, device: 'other' } }];
        const stamp = this.#nextStamp(post);
        return [
          post,
          isObserved(mark) ? { mark, stamp, basis: this.#known(post) } : { mark, stamp },
        ];
      }),
    );
    const isProgress =
      request.do === 'act' &&
      request.marks.every(([, mark]) => mark.kind === 'reading' && mark.fraction > 0);
    const before = new Map([...acts.keys()].map((post) => [post, this.#deciding(post)]));
    for (const [post, act] of acts) this.#acts.set(post, [...(this.#acts.get(post) ?? []), act]);
    const after = new Map<number, Act>();
    for (const [post, old] of before) {
      const act = this.#deciding(post);
      if (act && act !== old) after.set(post, act);
    }
    if (after.size === 0 || isProgress) return;
    this.#steps.push({ id, before, after, undone: false });
  }

  /** A request that undoes nothing leaves no trace; its id is not remembered. */
  #undo(id: string, undone: string): void {
    const step = this.#steps.find((each) => each.id === undone);
    if (!step || step.undone) return;
    this.#ids.add(id);
    step.undone = true;
    for (const [post, made] of step.after) {
      if (this.#deciding(post) !== made) continue;
      const replaced = step.before.get(post);
      const mark = replaced?.mark ?? UNREAD;
      const stamp = this.#nextStamp(post);
      const act: Act = isObserved(mark) ? { mark, stamp, basis: 'hand' } : { mark, stamp };
      this.#acts.set(post, [...(this.#acts.get(post) ?? []), act]);
      // The act that this step replaced was made by another step; that step made the new act too.
      for (const other of this.#steps)
        if (replaced && !other.undone && other.after.get(post) === replaced)
          other.after.set(post, act);
    }
  }

  #deciding(post: number): Act | undefined {
    return decidingAct(this.#acts.get(post) ?? []);
  }

  #markOf(post: number): Mark {
    return this.#deciding(post)?.mark ?? UNREAD;
  }

  #known(post: number) {
    const [first, ...hidden] = this.#acts.get(post) ?? [];
    return knownOf(first && { ...first, hidden });
  }

  #nextStamp(post: number): Stamp {
    const stamps = (this.#acts.get(post) ?? []).map(({ stamp }) => stamp);
    const last = stamps.toSorted((a, b) => a.time - b.time || a.tick - b.tick).at(-1);
    return last && last.time >= 0
      ? { time: last.time, tick: last.tick + 1, device: 'here' }
      : { time: 0, tick: 0, device: 'here' };
  }

  #copy(): PossibleRecord {
    const copy = new PossibleRecord();
    copy.#acts = new Map(this.#acts);
    copy.#steps = this.#steps.map((step) => ({ ...step, after: new Map(step.after) }));
    copy.#ids = new Set(this.#ids);
    return copy;
  }
}

const UNREAD: Mark = { kind: 'unread' };

export function marksText(marks: ReadonlyMap<number, Mark>): string {
  return JSON.stringify([...marks].toSorted(([a], [b]) => a - b));
}

export function stepsText(steps: readonly { id: string; undone: boolean }[]): string {
  return steps.map(({ id, undone }) => (undone ? `(${id})` : id)).join(' ');
}
