/** What every section of the popup is drawn from. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ReadingRecord } from '../record/marks.ts';
import type { Settings } from '../app/settings.ts';
import { h } from '../ui/h.ts';
import type { PageWords } from '../ui/words/pages.ts';

export interface Desk {
  catalogue: Catalogue;
  record: ReadingRecord;
  settings: Settings;
  words: PageWords;
  /** Whether the record has arrived; before it no mark is known. */
  loaded: boolean;
  /** Keys of the lists that stand open. */
  open: ReadonlySet<string>;
}

export function heading(text: string, aside?: string): HTMLElement {
  return h('div', { class: 'head' }, h('h2', {}, text), aside && h('span', {}, aside));
}

/** Where a link into the library leads, at a fragment of its address: to a tab of its own. */
export function inLibrary(fragment: string): { href: string; target: string } {
  return { href: `../library/index.html${fragment}`, target: '_blank' };
}
