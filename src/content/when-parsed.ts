import { endable } from './endable.ts';
import { areSheetsLoaded, isParsed, listen, propertyOf } from '../site/dom.ts';

/** Calls back once the whole page has been parsed, at once if it is already. */
export function whenParsed(callback: () => void, signal: AbortSignal): void {
  if (isParsed(document)) callback();
  else listen(document, 'DOMContentLoaded', callback, { once: true, signal });
}

/** Calls back once the page has been parsed and its style sheets are loaded or have failed. */
export function whenStyled(callback: () => void, signal: AbortSignal): void {
  const { until, end } = endable(signal);
  const look = () => {
    if (until.aborted) return;
    if (propertyOf(document, 'readyState') !== 'complete' && !areSheetsLoaded(document)) return;
    end();
    callback();
  };
  whenParsed(() => {
    // The `load` events of elements do not bubble; the document gets them only in the capture phase.
    listen(document, 'load', look, { signal: until, capture: true });
    addEventListener('load', look, { signal: until });
    look();
  }, signal);
}
