/** Calls back once the whole page has been parsed, at once where it has been. */
export function whenParsed(callback: () => void, signal: AbortSignal): void {
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', callback, { once: true, signal });
  } else callback();
}
