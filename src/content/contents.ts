/** 目次 on the blog: the parts of a series, or the posts that a post refers to. */
import type { PartRow, Row, SeriesView } from '../app/line-view.ts';
import { markText, type Words } from '../ui/words/index.ts';
import { type Child, h, nodesOf, on } from '../ui/h.ts';
import { markIcon } from '../ui/icons.ts';
import { fadeEdges, seriesList, seriesRuler, seriesState, steerLinks } from '../ui/series-list.ts';
import { ownLink } from './own-link.ts';

export interface ContentsOptions {
  words: Words;
  /** The post whose line or page this is. */
  here: number;
  /** Called when Space is pressed on a row. */
  onMark: (row: Row) => void;
  /** Called when Escape is pressed in a list. */
  onClose?: () => void;
  signal: AbortSignal;
}

/** Returns the list of one series and how much of it is read; under the name of the series if `titled`. */
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
      h('span', {}, seriesState(series, words)),
    ),
  );
}

/** Returns a list without part numbers: the posts that a post refers to, or that refer to it. */
export function postContents(rows: Row[], title: string, options: ContentsOptions): HTMLElement {
  return h(
    'section',
    { class: 'contents unnumbered' },
    h('h3', {}, title),
    list(rows, title, options, () => []),
  );
}

/**
 * The whole series at the end of a post, with the previous and the next part below.
 *
 * @param notice the result of the reader's last act on a part of it
 */
export function footerContents(
  series: SeriesView,
  notice: readonly Child[],
  options: ContentsOptions,
): HTMLElement {
  const { words } = options;
  const contents = seriesContents(series, true, options);
  contents.classList.add('whole');
  contents.querySelector('h3')?.append(seriesRuler(series, words));
  // The element stays in the page, so that screen readers announce what is put into it.
  const status = h('span', { class: 'notice', 'data-key': 'notice', role: 'status' }, ...notice);
  contents.querySelector('.sum')?.append(status);
  return h('div', { class: 'ending' }, contents, neighbours(series, words));
}

function neighbours({ name, previous, next, unread }: SeriesView, words: Words): HTMLElement {
  const link = (part: PartRow, which: string, isUnread: boolean) => {
    const length = isUnread && part.minutes ? ` ${words.minutes(part.minutes)}` : false;
    return ownLink(
      part.id,
      { 'aria-label': `${which} ${part.short}` },
      h('span', { class: 'which' }, h('span', { class: isUnread && 'unread' }, which), length),
      h('span', { class: 'title' }, part.short),
    );
  };
  const after = unread?.where === 'later' ? unread.part : next;
  return h(
    'nav',
    { class: 'neighbours', 'aria-label': name },
    previous && link(previous, words.previousPart, false),
    after &&
      link(
        after,
        after === unread?.part ? words.nextUnread : words.nextPart,
        after === unread?.part,
      ),
  );
}

/** Each row is one link. Only one of them is a tab stop: the row of `here`, or the first row. */
function list<R extends Row & { partNumber?: number }>(
  rows: readonly R[],
  label: string,
  { here, words, onMark, onClose, signal }: ContentsOptions,
  notes: (row: R) => Child[],
): HTMLOListElement {
  const first = rows.find(({ id }) => id === here) ?? rows[0];
  const isHere = ({ id }: R) => id === here;
  const element = seriesList(rows, {
    attributes: { 'aria-label': label },
    isHere,
    cells: (row, number, rest) => [
      ownLink(
        row.id,
        { 'aria-current': isHere(row) && 'true', tabindex: row === first ? 0 : -1 },
        markIcon(row.mark, markText(row.mark, words)),
        number,
        h('span', { class: 'title' }, row.title),
        ...nodesOf(notes(row)),
        ...rest,
      ),
    ],
  });
  const mark = (at: number) => {
    const row = rows[at];
    if (row) onMark(row);
  };
  steerLinks(element, { mark, close: onClose }, signal);
  on(element, 'scroll', ({ currentTarget }) => fadeEdges(currentTarget as Element), signal);
  return element;
}
