/** Nodes that several sections of the popup use. */
import { type Attributes, type Child, h } from '../ui/h.ts';

/** A section of the popup; its name is its class and its key. */
export function section(name: string, ...children: Child[]): HTMLElement {
  return h('section', { class: name, 'data-key': name }, ...children);
}

/** A button with a text; home.ts finds out which one was pressed. */
export function plainButton(text: string, key: string, attributes: Attributes = {}): HTMLElement {
  return h('button', { type: 'button', class: 'action', 'data-key': key, ...attributes }, text);
}

/** The heading of a section, with a note at the other end of its line. */
export function heading(text: string, aside?: string): HTMLElement {
  return h('div', { class: 'head' }, h('h2', {}, text), aside && h('span', {}, aside));
}

/** The attributes of a link to a fragment of the library's address; it opens in a tab of its own. */
export function inLibrary(fragment: string): { href: string; target: string } {
  return { href: `../library/index.html${fragment}`, target: '_blank' };
}

/** The rule between two parts of a line. */
export function rule(): HTMLElement {
  return h('i', { class: 'rule' });
}

/** A count and its total: 15 / 21. */
export function figures(count: number, all: number): HTMLElement {
  return h('span', { class: 'figures' }, count, h('i', {}, '/'), all);
}
