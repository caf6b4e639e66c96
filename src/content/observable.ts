import { Followers } from './followers.ts';

/** A value that one feature sets and others follow, whichever of them starts first. */
export class Observable<T> {
  #value: T;
  readonly #followers = new Followers<[value: T]>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    this.#followers.tell(value);
  }

  /** Calls back with the value now, and with each later one until the signal aborts. */
  follow(callback: (value: T) => void, signal: AbortSignal): void {
    this.#followers.add(callback, signal);
    callback(this.#value);
  }
}
