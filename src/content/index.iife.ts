/**
 * The content script: one synchronous file at document_start. The manifest lets it into every page
 * of the blog. Where the address is none that it draws on, it waits for one that is, which only a page that
 * changes its address by script can have.
 */
import { pageKind } from '../site/address.ts';
import { followPath } from './navigation.ts';
import { start } from './registry.ts';

const waiting = new AbortController();

function begin(): void {
  if (pageKind(location) === 'other') return;
  if (waiting.signal.aborted) return;
  waiting.abort();
  start();
}

followPath(begin, waiting.signal);
begin();
