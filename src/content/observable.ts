/** A value that one feature sets and others follow, whichever of them starts first. */
export class Observable<T> {
  #value: T;
  readonly #followers = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    for (const follower of this.#followers) follower(value);
  }

  /** Calls back with the value now, and with each later one until the signal aborts. */
  follow(callback: (value: T) => void, signal: AbortSignal): void {
    this.#followers.add(callback);
    signal.addEventListener('abort', () => this.#followers.delete(callback));
    callback(this.#value);
  }
}
