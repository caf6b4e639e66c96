/**
 * The content script: one synchronous file that runs at document_start on every page of the blog. If the address is
 * of no kind that it draws on, it waits until a script of the page changes the address to one that is.
 */
import { pageKind } from '../site/address.ts';
import { followPath } from './navigation.ts';
import { start } from './registry.ts';

if (pageKind(location) !== 'other') start();
else {
  const waiting = new AbortController();
  followPath(() => {
    if (pageKind(location) === 'other') return;
    waiting.abort();
    start();
  }, waiting.signal);
}
