/**
 * The content script: one synchronous file at document_start. On a page where nothing is drawn it
 * does nothing but look at the address: the rest of the file is a module of its own, which the
 * bundler keeps inside a function until it is asked for. That costs a listing one microtask.
 */
import { pageKind } from './blog/address.ts';

const kind = pageKind(location);
if (kind !== 'other') {
  void import('./features/start.ts').then(({ start }) => start(kind));
}
