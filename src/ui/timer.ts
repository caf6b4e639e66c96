/** One call that is due later. */
export class Timer {
  readonly #signal: AbortSignal | undefined;
  #id: ReturnType<typeof setTimeout> | undefined;

  /** @param signal when it aborts, nothing is due any more */
  constructor(signal?: AbortSignal) {
    this.#signal = signal;
    signal?.addEventListener('abort', () => this.stop());
  }

  get isDue(): boolean {
    return this.#id !== undefined;
  }

  /** Calls `work` after `ms`, unless a call is due already. */
  start(ms: number, work: () => void): void {
    if (this.#signal?.aborted) return;
    this.#id ??= setTimeout(() => {
      this.#id = undefined;
      work();
    }, ms);
  }

  /** Calls `work` after `ms`, in place of a call that is due. */
  restart(ms: number, work: () => void): void {
    this.stop();
    this.start(ms, work);
  }

  stop(): void {
    clearTimeout(this.#id);
    this.#id = undefined;
  }
}
