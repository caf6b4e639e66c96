/** 年轮 and the counts; before anything is read, one sentence and where to begin. */
import { viewAddress } from '../app/library-address.ts';
import { blogRoot } from '../site/address.ts';
import type { Mark } from '../record/marks.ts';
import { h, svg } from '../ui/h.ts';
import { markIcon, MARKS } from '../ui/icons.ts';
import { heading, inLibrary, section } from './components.ts';
import type { PopupModel } from './popup-model.ts';
import { countMarks, countYears } from './overview.ts';
import { arcPath, arcsOf } from './ring.ts';

/** In px: the width of the ring's box, the radius of the middle of its stroke, the gap between years. */
const SIZE = 96;
const RADIUS = 41;
const GAP = 2.2;

/** The ring, and the counts: each leads to the posts that it counts. */
export function recordSection(model: PopupModel): HTMLElement {
  const { catalogue, record, words, now } = model;
  const counts = countMarks(catalogue, record, now);
  const rows = [
    [MARKS.read, words.readThisYear, counts.readThisYear],
    [MARKS.reading, words.readingNow, counts.reading],
    [MARKS.later, words.later, counts.later],
    [MARKS.unread, words.unread, counts.unread],
  ] as const;
  return h(
    'section',
    {
      class: 'record',
      'data-key': 'record',
      'aria-label': words.readSoFar(counts.read, counts.all),
    },
    h(
      'div',
      { class: 'ring' },
      ring(model, words.readSoFar(counts.read, counts.all)),
      // The accessible name of the drawing says the same.
      h(
        'div',
        { class: 'sum', 'aria-hidden': 'true' },
        h('b', {}, words.count(counts.read)),
        h('small', {}, words.outOf(counts.all)),
      ),
    ),
    h(
      'ul',
      {},
      ...rows.map(([mark, label, n]) =>
        h('li', {}, counted(mark.kind, markIcon(mark), label, h('b', {}, words.count(n)))),
      ),
    ),
  );
}

/** What was read this year is in the library, other posts are listed in the popup: data-only contains the mark. */
function counted(kind: Mark['kind'], ...children: (Node | string)[]): HTMLElement {
  const key = { 'data-key': `count ${kind}` };
  if (kind !== 'read')
    return h('button', { type: 'button', 'data-only': kind, ...key }, ...children);
  return h('a', { ...inLibrary(viewAddress('year')), ...key }, ...children);
}

function ring({ catalogue, record, words }: PopupModel, label: string): SVGSVGElement {
  const drawing = svg('svg', {
    width: SIZE,
    height: SIZE,
    viewBox: `0 0 ${SIZE} ${SIZE}`,
    role: 'img',
    'aria-label': label,
  });
  for (const { year, all, read, from, to, filled } of arcsOf(
    countYears(catalogue, record),
    GAP / RADIUS,
  )) {
    const arc = (end: number, name: string) =>
      svg('path', { class: name, d: arcPath(from, end, SIZE / 2, RADIUS) });
    drawing.append(
      svg(
        'g',
        {},
        svg('title', {}, words.yearOf(year, read, all)),
        arc(to, 'all'),
        read > 0 && arc(filled, 'done'),
      ),
    );
  }
  return drawing;
}

/** The section for a reader without marks. */
export function welcomeSection({ words, settings }: PopupModel): HTMLElement {
  return section(
    'welcome',
    heading(words.welcome),
    h('p', {}, words.welcomeText),
    h(
      'a',
      {
        class: 'action',
        href: blogRoot(settings.host),
        target: '_blank',
        rel: 'noopener',
        'data-key': 'open-blog',
      },
      words.openBlog,
    ),
  );
}
