/** The browser's storage, as far as the background asks it, with everything that can go wrong. */
import type { Family } from '../../../src/platform/browser.ts';

/** What becomes of one call: it is refused, or the worker is killed, before or after it was done. */
export interface Fault {
  /** Counts all calls, from 0. */
  at: number;
  how: 'fails' | 'fails after' | 'dies' | 'dies after';
}

/** Firefox reads one key after the other. */
export const FAMILIES = ['chromium', 'firefox'] as const satisfies Family[];

export class FakeStorage {
  readonly values = new Map<string, unknown>();
  /** Bytes of JSON that it holds. */
  quota = Infinity;
  /** What every set is refused with. */
  fails = '';
  /** The keys of every set that was stored. */
  sets: string[][] = [];
  calls = 0;
  faults: Fault[] = [];
  /** Called when a fault kills the worker: no call of it is answered any more. */
  onDeath = (): void => undefined;

  /** As much of a browser as there must be around it. */
  in(family: Family) {
    const scheme = { chromium: 'chrome', firefox: 'moz' }[family];
    const runtime = { getURL: (path: string) => `${scheme}-extension://ours/${path}` };
    return { runtime, storage: { local: this } };
  }

  get = (asked: string | string[]) =>
    this.#call(() =>
      structuredClone(
        Object.fromEntries(
          [asked]
            .flat()
            .filter((key) => this.values.has(key))
            .map((key) => [key, this.values.get(key)]),
        ),
      ),
    );

  set = (values: Record<string, unknown>) => {
    // The browsers take the values when they are called.
    const given = structuredClone(values);
    return this.#call(() => {
      if (this.fails) throw new Error(this.fails);
      const next = [...new Map([...this.values, ...Object.entries(given)])];
      if (this.quota < Infinity && JSON.stringify(next).length > this.quota)
        throw new Error('QUOTA_BYTES quota exceeded');
      this.sets.push(Object.keys(given));
      for (const [key, value] of Object.entries(given)) this.values.set(key, value);
    });
  };

  remove = (keys: string[]) =>
    this.#call(() => {
      for (const key of keys) this.values.delete(key);
    });

  /** How much more than now there is room for, in bytes of JSON. */
  set room(bytes: number) {
    this.quota = JSON.stringify([...this.values]).length + bytes;
  }

  keys(start: string): string[] {
    return [...this.values.keys()].filter((key) => key.startsWith(start)).sort();
  }

  async #call<T>(work: () => T): Promise<T> {
    const fault = this.faults.find(({ at }) => at === this.calls);
    this.calls++;
    await Promise.resolve();
    if (!fault) return work();
    if (fault.how.endsWith('after')) work();
    if (fault.how.startsWith('fails')) throw new Error('An unexpected error occurred');
    this.onDeath();
    return new Promise<never>(() => undefined);
  }
}
