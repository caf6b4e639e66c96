/** 年轮 and counts of what is read; before anything is, one sentence and where to begin. */
import { blogRoot } from '../site/address.ts';
import { encodeFilters, NO_FILTERS } from '../catalogue/search/filters.ts';
import type { Mark } from '../record/marks.ts';
import { h, svg } from '../ui/h.ts';
import { markIcon, MARKS } from '../ui/icons.ts';
import { type Desk, heading, inLibrary } from './model.ts';
import { countMarks, countYears } from './overview.ts';
import { arcPath, arcsOf } from './ring.ts';

/** All in px: the ring's box, the middle of its stroke, and the gap between two years. */
const SIZE = 96;
const RADIUS = 41;
const GAP = 2.2;

/** `now` in ms. */
export function recordSection(desk: Desk, now: number): HTMLElement {
  const { catalogue, record, words } = desk;
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
      ring(desk, words.readSoFar(counts.read, counts.all)),
      // The drawing's name says the same.
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

/** What is read stands in the library; all else is listed in here: data-only says which. */
function counted(kind: Mark['kind'], ...children: (Node | string)[]): HTMLElement {
  const key = { 'data-key': `count ${kind}` };
  if (kind !== 'read')
    return h('button', { type: 'button', 'data-only': kind, ...key }, ...children);
  const query = encodeFilters({ ...NO_FILTERS, kinds: [kind] });
  return h('a', { ...inLibrary(`#list?${query}`), ...key }, ...children);
}

function ring({ catalogue, record, words }: Desk, label: string): SVGSVGElement {
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

export function welcomeSection({ words, settings }: Desk): HTMLElement {
  return h(
    'section',
    { class: 'welcome', 'data-key': 'welcome' },
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
