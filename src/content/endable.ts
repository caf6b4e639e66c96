/** Returns a signal that aborts with another one, or when `end` is called. */
export function endable(signal: AbortSignal): { until: AbortSignal; end: () => void } {
  const controller = new AbortController();
  return {
    until: AbortSignal.any([signal, controller.signal]),
    end: () => controller.abort(),
  };
}
