/** 目次: the parts of a series, or what a post refers to, as a table of contents. */
import type { PartRow, Row, SeriesView } from '../app/line-view.ts';
import { markText, type Words } from '../ui/words/index.ts';
import { h, on } from '../ui/h.ts';
import { markIcon, ruler } from '../ui/icons.ts';
import { linkTo } from './context.ts';

export interface ContentsOptions {
  words: Words;
  /** The post whose line or page this is. */
  here: number;
  /** Space on a row. */
  onMark: (row: Row) => void;
  /** Escape in a list. */
  onClose?: () => void;
  signal: AbortSignal;
}

/** One series; under its name where `titled`. */
export function seriesContents(
  series: SeriesView,
  titled: boolean,
  options: ContentsOptions,
): HTMLElement {
  const { words } = options;
  const left = words.left(series.left.minutes, series.left.unknown);
  return h(
    'section',
    { class: 'contents' },
    titled &&
      h('h3', {}, series.name, h('span', { class: 'quiet' }, words.partsOf(series.parts.length))),
    list(series.parts, series.name, options, (part) => [
      part.id === options.here && h('em', {}, words.thisPost),
      part.isNew && h('em', {}, words.newPost),
      part.id === series.unread?.part.id &&
        h(
          'em',
          { class: 'unread' },
          series.unread.where === 'later' ? words.nextUnread : words.unread,
        ),
    ]),
    h(
      'p',
      { class: 'sum' },
      h('span', {}, words.readOf(series.read, series.parts.length)),
      left && h('span', {}, left),
    ),
  );
}

/** Posts in no order of their own: what a post refers to, or what refers to it. */
export function postContents(rows: Row[], title: string, options: ContentsOptions): HTMLElement {
  return h(
    'section',
    { class: 'contents unnumbered' },
    h('h3', {}, title),
    list(rows, title, options, () => []),
  );
}

/** The whole series at the end of a post, previous and next beneath. */
export function ending(series: SeriesView, options: ContentsOptions): HTMLElement {
  const { words } = options;
  const contents = seriesContents(series, true, options);
  contents.classList.add('whole');
  contents.querySelector('h3')?.append(seriesRuler(series, words));
  return h('div', { class: 'ending' }, contents, neighbours(series, words));
}

export function seriesRuler(series: SeriesView, words: Words): SVGSVGElement {
  const marks = series.parts.map(({ mark }) => mark);
  return ruler(marks, series.k - 1, words.rulerOf(series.read, series.parts.length));
}

function neighbours({ previous, next, unread }: SeriesView, words: Words): HTMLElement {
  const link = (part: PartRow, which: string, isUnread: boolean) => {
    const length = isUnread && part.minutes ? ` ${words.minutes(part.minutes)}` : false;
    return h(
      'a',
      { href: linkTo(part.id) },
      h('span', { class: 'which' }, h('span', { class: isUnread && 'unread' }, which), length),
      h('span', { class: 'title' }, part.short),
    );
  };
  const after = unread?.where === 'later' ? unread.part : next;
  return h(
    'nav',
    { class: 'neighbours' },
    previous && link(previous, words.previousPart, false),
    after &&
      link(
        after,
        after === unread?.part ? words.nextUnread : words.nextPart,
        after === unread?.part,
      ),
  );
}

function list<R extends Row & { k?: number }>(
  rows: R[],
  label: string,
  options: ContentsOptions,
  notes: (row: R) => (HTMLElement | false)[],
): HTMLOListElement {
  const { here, words, signal } = options;
  const stop = Math.max(
    0,
    rows.findIndex(({ id }) => id === here),
  );
  const items = rows.map((row, at) =>
    h(
      'li',
      { class: row.id === here && 'here', 'data-key': row.id },
      h(
        'a',
        {
          href: linkTo(row.id),
          'aria-current': row.id === here && 'true',
          tabindex: at === stop ? 0 : -1,
        },
        markIcon(row.mark, markText(row.mark, words)),
        row.k !== undefined && h('span', { class: 'number' }, row.k),
        h('span', { class: 'title' }, row.title),
        ...notes(row),
        h('span', { class: 'leader' }),
        h('time', {}, row.date),
      ),
    ),
  );
  const ol = h('ol', { 'aria-label': label }, ...items);
  on(ol, 'keydown', (event) => steer(event, ol, rows, options), signal);
  on(ol, 'scroll', () => shade(ol), signal);
  return ol;
}

/** ↑ ↓ Home End move, Space marks, Escape closes; Enter is the link's own. */
function steer(
  event: KeyboardEvent,
  ol: HTMLOListElement,
  rows: Row[],
  { onMark, onClose }: ContentsOptions,
): void {
  const links = [...ol.querySelectorAll('a')];
  const at = links.findIndex((link) => link === event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  const row = rows[at];
  if (to !== undefined) focusRow(links[Math.min(links.length - 1, Math.max(0, to))], links);
  else if (event.key === ' ' && row) onMark(row);
  else if (event.key === 'Escape' && onClose) onClose();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function focusRow(link: HTMLElement | undefined, links: HTMLElement[]): void {
  for (const each of links) each.tabIndex = each === link ? 0 : -1;
  link?.focus();
}

/** Puts the present part in the middle of a list that is longer than its window. */
export function centre(contents: HTMLElement): void {
  for (const ol of contents.querySelectorAll('ol')) {
    const present = ol.querySelector<HTMLElement>('.here');
    if (present)
      ol.scrollTop =
        present.offsetTop - ol.offsetTop - (ol.clientHeight - present.offsetHeight) / 2;
  }
  fadeEdges(contents);
}

/** Fades the edges of the lists behind which there is more. */
export function fadeEdges(contents: HTMLElement): void {
  for (const ol of contents.querySelectorAll('ol')) shade(ol);
}

function shade(ol: HTMLOListElement): void {
  ol.classList.toggle('above', ol.scrollTop > 0);
  ol.classList.toggle('below', ol.scrollTop + ol.clientHeight < ol.scrollHeight - 1);
}
