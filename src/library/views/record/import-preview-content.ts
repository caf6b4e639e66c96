/** The preview of an import: the counts of its changes, and lists that open. */
import type { Preview } from '../../../exchange/import/import-preview.ts';
import type { Refusal } from '../../../exchange/import/import-errors.ts';
import { h } from '../../../ui/h.ts';
import type { LibraryContext } from '../../view.ts';
import { changeNodes } from './rows.ts';

/** The most rows of a list; its head says how many there are. */
const SHOWN = 100;

export function importPreviewContent(
  context: LibraryContext,
  preview: Preview,
): (HTMLElement | false)[] {
  const words = context.live.words.record;
  const { fresh, changed, kept, same, refused } = preview;
  const counts = [fresh, changed, kept, same, refused].map(({ length }) => length) as Counts;
  const posts = (kind: 'fresh' | 'changed' | 'kept') =>
    openingList(context, words.kinds[kind], preview[kind], ({ id, before, after }) =>
      h('li', {}, ...changeNodes(context, id, before, after)),
    );
  return [
    h('p', { class: 'sum', role: 'status' }, words.wouldChange(...counts)),
    posts('fresh'),
    posts('changed'),
    posts('kept'),
    openingList(context, words.kinds.refused, refused, (refusal) => refusalItem(context, refusal)),
  ];
}

type Counts = [number, number, number, number, number];

/** A list that opens, with its count; false if there is nothing in it. */
export function openingList<T>(
  { live }: LibraryContext,
  name: string,
  all: readonly T[],
  itemOf: (each: T) => HTMLElement,
): HTMLElement | false {
  const { words } = live;
  return (
    all.length > 0 &&
    h(
      'details',
      { 'data-key': name },
      h('summary', {}, `${name} ${words.count(all.length)}`),
      h(
        'ul',
        { class: 'posts' },
        ...all.slice(0, SHOWN).map(itemOf),
        all.length > SHOWN && h('li', { class: 'quiet' }, words.more(all.length - SHOWN)),
      ),
    )
  );
}

function refusalItem({ live }: LibraryContext, { of, at, reason }: Refusal): HTMLElement {
  const words = live.words.record;
  return h('li', {}, `${words.places[of](at)}${words.reasons[reason]}`);
}
