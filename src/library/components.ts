/** Nodes and helpers that several views of the library use. */
import { BLOG_LANGUAGE } from '../site/address.ts';
import { button, type Child, h } from '../ui/h.ts';
import { patch } from '../ui/patch.ts';
import type { LibraryContext } from './view.ts';

/** The head of a view: its name, a title, and one sentence. */
export function pageHead(lead: string, title: string, text: string): HTMLElement {
  return h(
    'div',
    { class: 'page-head' },
    h('p', { class: 'lead' }, lead),
    h('h1', {}, title),
    h('p', { class: 'text' }, text),
  );
}

/** A list of rows between hairlines. */
export function rowList(rows: readonly HTMLElement[]): HTMLElement {
  return h('ul', { class: 'rows' }, ...rows.map((row) => h('li', {}, row)));
}

/** A row: a name, one sentence, actions, and below them the part that a press opens. */
export interface RowContent {
  name: string;
  about: string;
  actions: readonly Child[];
  /** Whether something is wrong; the name is drawn as an error then. */
  isTrouble?: boolean;
  more?: readonly Child[];
}

export function row({ name, about, actions, isTrouble = false, more = [] }: RowContent) {
  return h(
    'div',
    { role: 'group', 'aria-label': name },
    h('span', { class: isTrouble ? 'name error' : 'name' }, name),
    h('span', { class: 'about' }, about),
    h('span', { class: 'actions' }, ...actions),
    more.length > 0 && h('div', { class: 'more' }, ...more),
  );
}

/**
 * Draws a box again. If the control that has the focus goes and none replaces it under its key, the focus moves to a
 * control in the same row of the list, in the nearest other row, or else in the nearest group.
 */
export function redrawRows(box: HTMLElement, drawing: readonly Child[]): void {
  const focused = box.contains(document.activeElement) ? document.activeElement : null;
  const row = focused?.closest('li[data-key]');
  const group = focused?.closest('[role="group"]');
  const near = [
    ...nearest(row, [...(row?.parentElement?.children ?? [])]),
    ...nearest(group, [...box.querySelectorAll('[role="group"]')]),
  ];
  patch(box, drawing);
  if (!focused || box.contains(document.activeElement)) return;
  for (const each of near.filter(({ isConnected }) => isConnected)) {
    const control = each.querySelector<HTMLElement>('button, a');
    if (control) return control.focus({ preventScroll: true });
  }
}

/** An element of a list, then those after it, then those before it, the nearest first. */
function nearest(element: Element | null | undefined, all: readonly Element[]): Element[] {
  const at = all.findIndex((each) => each === element);
  return at < 0 ? [] : [...all.slice(at), ...all.slice(0, at).toReversed()];
}

/** A button that opens and closes the part below a row. */
export function disclosureButton(
  text: string,
  key: string,
  isOpen: boolean,
  press: () => void,
): HTMLButtonElement {
  return button(text, key, press, { 'aria-expanded': String(isOpen) });
}

/** A button that is drawn as less important than those beside it. */
export function quietButton(
  text: string,
  key: string,
  press: () => void,
  attributes: { 'aria-label'?: string } = {},
): HTMLButtonElement {
  return button(text, key, press, { class: 'action quiet', ...attributes });
}

/** A text that is drawn as less important than those beside it. */
export function quiet(text: string, name: 'span' | 'p' = 'span'): HTMLElement {
  return h(name, { class: 'quiet' }, text);
}

/** The title of a post, or its number if the catalogue does not have it. */
export function titleOf({ catalogue, live }: LibraryContext, id: number): string {
  return catalogue.post(id)?.title ?? live.words.record.newPost(id);
}

export function titleText(context: LibraryContext, id: number): HTMLElement {
  return h('span', { lang: BLOG_LANGUAGE }, titleOf(context, id));
}

/** Saves a file; a link with `download` needs no permission. */
export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  h('a', { href: url, download: name }).click();
  // The browser reads the blob after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
