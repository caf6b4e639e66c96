/** The mark of a post as a button on our own pages. */
import type { Mark } from '../record/marks.ts';
import { type Attributes, h } from './h.ts';
import { markIcon } from './icons.ts';
import { markText, type Words } from './words/index.ts';

/**
 * A button that shows a mark. Its user handles presses, and identifies the post by one of the attributes.
 *
 * @param isLabelled whether the text of the mark is beside the icon; otherwise it is a tooltip
 */
export function markButton(
  { title, mark }: { title: string; mark: Mark },
  words: Words,
  attributes: Attributes,
  isLabelled = false,
): HTMLButtonElement {
  const text = markText(mark, words);
  return h(
    'button',
    {
      type: 'button',
      class: isLabelled ? 'mark labelled' : 'mark',
      title: isLabelled ? undefined : text,
      'aria-pressed': String(mark.kind === 'read'),
      'aria-label': words.markOf(title, text),
      ...attributes,
    },
    markIcon(mark),
    isLabelled && h('span', {}, text),
  );
}
