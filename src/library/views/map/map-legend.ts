/** The legend above the map: the number of posts, their marks, and the zoom buttons. */
import { KINDS } from '../../../catalogue/search/filters.ts';
import { markOf } from '../../../record/marks.ts';
import { button, h } from '../../../ui/h.ts';
import { MARKS, markIcon } from '../../../ui/icons.ts';
import { listAddress } from '../../../app/library-address.ts';
import type { LibraryContext } from '../../view.ts';
import type { ZoomStep } from './map-keys.ts';
import type { MapLayout } from './map-layout.ts';

export function legendContent(
  { live, catalogue }: LibraryContext,
  { ids }: MapLayout,
  zoom: (step: ZoomStep) => void,
): HTMLElement[] {
  const { words, record } = live;
  const counts = new Map(KINDS.map((kind) => [kind, 0]));
  for (const id of ids) {
    const { kind } = markOf(record, id);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const monthOf = (id: number | undefined) => monthText(catalogue.post(id ?? 0)?.date);

  const count = (kind: (typeof KINDS)[number], name: string) =>
    h(
      'li',
      {},
      h(
        'a',
        {
          href: listAddress({ kinds: [kind] }),
          title: words.map.inList,
          'data-key': `count-${kind}`,
        },
        markIcon(MARKS[kind]),
        `${name} ${words.count(counts.get(kind) ?? 0)}`,
      ),
    );
  const zoomButton = (step: ZoomStep, text: string, label?: string) => {
    const attributes = { class: undefined, 'aria-label': label };
    return button(text, `zoom-${step}`, () => zoom(step), attributes);
  };
  return [
    h('h1', { class: 'unseen' }, words.views.map),
    h(
      'p',
      {},
      ...withFigures(words.map.sum(ids.length, catalogue.series.length)),
      words.map.span(monthOf(ids[0]), monthOf(ids.at(-1))),
    ),
    h(
      'ul',
      {},
      count('read', words.read),
      count('reading', words.readingNow),
      count('later', words.later),
      count('unread', words.unread),
    ),
    h(
      'div',
      { class: 'zoom segments', role: 'group', 'aria-label': words.map.zoom },
      zoomButton('out', '−', words.map.zoomOut),
      zoomButton('in', '+', words.map.zoomIn),
      zoomButton('whole', words.map.whole),
    ),
  ];
}

/** A date's month in the language of the page. */
function monthText(date: string | undefined): string {
  if (!date) return '';
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return format.format(new Date(date));
}

/** A sentence with its figures in the type of figures. */
function withFigures(text: string): (string | HTMLElement)[] {
  return text
    .split(/(\d[\d,]*)/)
    .map((piece, at) => (at % 2 === 1 ? h('b', { class: 'num' }, piece) : piece));
}
