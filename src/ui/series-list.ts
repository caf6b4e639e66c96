/**
 * A series as a table of contents: a row for each part with its mark, number, title, a dotted leader
 * and its date. The line, the list at the end of a post and the popup draw it; series-list.css has
 * their common styles.
 */
import type { Row, SeriesView } from '../app/line-view.ts';
import { type Attributes, type Child, h, on } from './h.ts';
import { ruler } from './icons.ts';
import { indexAfterKey, isUnmodified } from './keys.ts';
import type { Words } from './words/index.ts';

/** A part of a series, or a post in a list without numbers. */
type ListedRow = Row & { partNumber?: number };

export interface SeriesListOptions<R extends ListedRow> {
  /** Attributes of the list; `aria-label` is its name for screen readers. */
  attributes: Attributes & { 'aria-label': string };
  /** Whether a row is that of the current post. */
  isHere: (row: R) => boolean;
  /**
   * The content of a row: its mark and its link, around `number`, which is undefined in a list without
   * numbers, and before `rest`, the leader and the date.
   */
  cells: (row: R, number: Child, rest: readonly Node[]) => readonly Child[];
}

/** The list; a row's `data-key` is the number of its post. */
export function seriesList<R extends ListedRow>(
  rows: readonly R[],
  { attributes, isHere, cells }: SeriesListOptions<R>,
): HTMLOListElement {
  return h(
    'ol',
    { class: 'series-list', ...attributes },
    ...rows.map((row) => {
      const number = row.partNumber !== undefined && h('span', { class: 'number' }, row.partNumber);
      const rest = [h('span', { class: 'leader' }), h('time', {}, row.date)];
      return h(
        'li',
        { class: isHere(row) && 'here', 'data-key': row.id },
        ...cells(row, number, rest),
      );
    }),
  );
}

/** The words for part k of n, with k in bold. */
export function partNodes([before, k, after]: readonly [string, string, string]): Child[] {
  return [before, h('b', {}, k), after];
}

/** Whether a series is finished, if that is known; else the day of its last part. */
export function seriesState(
  { isFinished, parts }: Pick<SeriesView, 'isFinished' | 'parts'>,
  words: Words,
): string {
  const day = parts.at(-1)?.date;
  return isFinished ? words.finished : day ? words.latestPart(day) : '';
}

/** The series as a ruler with ▲ at the current post, or at part number `current` if that is given. */
export function seriesRuler(
  { parts, read, partNumber }: SeriesView,
  words: Words,
  current = partNumber,
): SVGSVGElement {
  const marks = parts.map(({ mark }) => mark);
  return ruler(marks, current - 1, words.rulerOf(read, parts.length));
}

/**
 * Makes the links of a list one tab stop, the one with `tabindex` 0: ↑ ↓ Home End move among them,
 * Space marks the row, Escape closes the list. The browser handles Enter.
 */
export function steerLinks(
  list: HTMLElement,
  { mark, close }: { mark: (at: number) => void; close?: (() => void) | undefined },
  signal?: AbortSignal,
): void {
  const steer = (event: KeyboardEvent) => {
    if (!isUnmodified(event)) return;
    const links = [...(event.currentTarget as Element).querySelectorAll('a')];
    const at = links.findIndex((link) => link === event.target);
    const to = indexAfterKey(event.key, at, links.length);
    if (to !== undefined) {
      for (const [i, link] of links.entries()) link.tabIndex = i === to ? 0 : -1;
      links[to]?.focus();
    } else if (event.key === ' ' && at >= 0) mark(at);
    else if (event.key === 'Escape' && close) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  on(list, 'keydown', steer, signal);
}

/** Scrolls each list in `box` that is longer than its window so that the current row is in its middle. */
export function centreLists(box: Element): void {
  for (const list of box.querySelectorAll<HTMLElement>('.series-list')) {
    const here = list.querySelector<HTMLElement>('.here');
    if (!here) continue;
    list.scrollTop = here.offsetTop - list.offsetTop - (list.clientHeight - here.offsetHeight) / 2;
  }
  fadeEdges(box);
}

/** Fades the edges of the lists in `box` where more rows follow. */
export function fadeEdges(box: Element): void {
  for (const list of box.querySelectorAll('.series-list')) {
    list.classList.toggle('above', list.scrollTop > 0);
    list.classList.toggle('below', list.scrollTop + list.clientHeight < list.scrollHeight - 1);
  }
}
