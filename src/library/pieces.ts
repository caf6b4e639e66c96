/** What the views of the library have in common. */
import { h } from '../ui/dom.ts';

/** The name of the view, its title, and one sentence. */
export function pageHead(lead: string, title: string, text: string): HTMLElement {
  return h(
    'div',
    { class: 'page-head' },
    h('p', { class: 'lead' }, lead),
    h('h1', {}, title),
    h('p', { class: 'text' }, text),
  );
}

/** Rows between hairlines. */
export function rowList(rows: readonly HTMLElement[]): HTMLElement {
  return h('ul', { class: 'rows' }, ...rows.map((row) => h('li', {}, row)));
}
