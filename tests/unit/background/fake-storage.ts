/** The part of the browser's storage that the background uses, with faults that a test chooses. */
import type { Family } from '../../../src/platform/browser.ts';

/** What happens to one call: it fails, or the worker is killed, before or after the values are changed. */
export interface Fault {
  /** The number of the call, from 0. */
  at: number;
  how: 'fails' | 'fails after' | 'dies' | 'dies after';
}

/** Firefox reads one key after the other. */
export const FAMILIES = ['chromium', 'firefox'] as const satisfies Family[];

export class FakeStorage {
  readonly values = new Map<string, unknown>();
  /** Bytes of JSON that it holds. */
  quota = Infinity;
  /** The message of the error with which every `set` fails; '' for none. */
  fails = '';
  /** The keys of each `set` that was stored. */
  sets: string[][] = [];
  calls = 0;
  faults: Fault[] = [];
  /** Called when a fault kills the worker; its later calls are never answered. */
  onDeath = (): void => undefined;

  /** The `browser` object of a family, with only what the background needs. */
  in(family: Family) {
    const scheme = { chromium: 'chrome', firefox: 'moz' }[family];
    const runtime = { getURL: (path: string) => `${scheme}-extension://ours/${path}` };
    return { runtime, storage: { local: this } };
  }

  get = (asked: string | string[] | null) =>
    this.#call(() =>
      structuredClone(
        Object.fromEntries(
          [asked ?? [...this.values.keys()]]
            .flat()
            .filter((key) => this.values.has(key))
            .map((key) => [key, this.values.get(key)]),
        ),
      ),
    );

  set = (values: Record<string, unknown>) => {
    // Browsers clone the values during the call.
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

  /** Sets the quota to what is stored now and this many more bytes of JSON. */
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
