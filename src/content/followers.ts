/** Callbacks that are called until their signals abort. An error in one of them is reported and stops no other. */
export class Followers<Args extends unknown[]> {
  readonly #callbacks = new Set<(...args: Args) => void>();

  add(callback: (...args: Args) => void, signal: AbortSignal): void {
    this.#callbacks.add(callback);
    signal.addEventListener('abort', () => this.#callbacks.delete(callback));
  }

  tell(...args: Args): void {
    // One that is added meanwhile is not called for this.
    const callbacks = [...this.#callbacks];
    for (const callback of callbacks)
      try {
        if (this.#callbacks.has(callback)) callback(...args);
      } catch (error) {
        console.error('[科学空间伴读]', error);
      }
  }
}
