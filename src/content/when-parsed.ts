import { isParsed, listen } from '../site/dom.ts';

/** Calls back once the whole page has been parsed, at once where it has been. */
export function whenParsed(callback: () => void, signal: AbortSignal): void {
  if (isParsed(document)) callback();
  else listen(document, 'DOMContentLoaded', callback, { once: true, signal });
}
