/** 读后有改动: what changed in the page's own post since the reader has seen it, old and new side by side. */
import { BLOG_LANGUAGE } from '../../site/address.ts';
import { button, type Child, h, on } from '../../ui/h.ts';
import { isEscape } from '../../ui/keys.ts';
import type { Words } from '../../ui/words/index.ts';
import type { ChangedText } from '../feature.ts';
import { separator } from './row.ts';

/** The button in the third place of the line. */
export function changedNodes(
  { count }: ChangedText,
  isOpen: boolean,
  words: Words,
  toggle: () => void,
  signal: AbortSignal,
): Child[] {
  return [
    separator(),
    button(words.changedSince(count), 'changed', toggle, {
      signal,
      'aria-expanded': String(isOpen),
    }),
  ];
}

/** Returns the changed paragraphs. Formulas are shown as TeX: nothing on the blog can typeset the old ones. */
export function changesPanel(
  changed: ChangedText,
  words: Words,
  close: () => void,
  signal: AbortSignal,
): HTMLElement {
  const left = changed.count - changed.changes.length;
  const element = h(
    'section',
    { class: 'changes', 'data-key': 'changes', 'aria-label': words.changedSince(changed.count) },
    h(
      'ol',
      {},
      ...changed.changes.map((change, at) =>
        h(
          'li',
          {},
          h('div', { class: 'before' }, side(words.textBefore, change.before)),
          h('div', { class: 'after' }, side(words.textAfter, change.after)),
          button(words.goThere, `go-${at}`, () => changed.goTo(change), { signal }),
        ),
      ),
    ),
    h(
      'p',
      { class: 'sum' },
      left > 0 && h('span', {}, words.moreChanges(left)),
      button(words.seenChanges, 'seen', changed.see, { signal }),
    ),
  );
  const press = (event: KeyboardEvent) => {
    if (!isEscape(event)) return;
    event.preventDefault();
    close();
  };
  on(element, 'keydown', press, signal);
  return element;
}

function side(name: string, text: string | null): HTMLElement {
  const shown = h('span', { lang: BLOG_LANGUAGE }, text ?? '—');
  return h('p', {}, h('span', { class: 'quiet' }, `${name}\u2003`), shown);
}
