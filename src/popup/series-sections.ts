/** 接着读 and 系列: where to go on, and how far every series is read. */
import { h } from '../ui/h.ts';
import { BLOG_LANGUAGE } from '../site/address.ts';
import { postLink } from '../ui/post-link.ts';
import { type Desk, heading } from './model.ts';
import type { Continued, SeriesRow } from './overview.ts';
import { figures, markButton, listOpener, partsList, rulerPlace } from './rows.ts';

export function continueSection(desk: Desk, continued: readonly Continued[]): HTMLElement {
  const { words } = desk;
  return h(
    'section',
    { class: 'continue', 'data-key': 'continue' },
    heading(words.continue),
    h(
      'ol',
      { class: 'rows' },
      ...continued.map(({ view, next }) => {
        const key = `continue ${view.name}`;
        const title = desk.catalogue.post(next.id)?.title ?? next.short;
        return h(
          'li',
          { 'data-key': key },
          markButton(desk, { ...next, title }, key),
          h(
            'div',
            { class: 'text' },
            postLink(
              desk.settings,
              next.id,
              { class: 'title', 'data-key': `${key} link` },
              next.short,
            ),
            h(
              'div',
              { class: 'under' },
              h('span', { class: 'name', lang: BLOG_LANGUAGE }, view.name),
              h('span', { class: 'part' }, `${next.k} / ${view.parts.length}`),
              rulerPlace(desk, view, next.k),
              next.minutes !== null && h('span', { class: 'minutes' }, words.minutes(next.minutes)),
            ),
          ),
        );
      }),
    ),
  );
}

/** `drawn`: so many of the rows; the others are for `addSeries`. */
export function seriesSection(
  desk: Desk,
  rows: readonly SeriesRow[],
  drawn = rows.length,
): HTMLElement {
  const { words } = desk;
  const begun = rows.filter(({ latest }) => latest).length;
  return h(
    'section',
    { class: 'all-series', 'data-key': 'all-series' },
    heading(words.series, desk.loaded ? words.seriesBegun(begun, rows.length) : ''),
    h('ol', {}, ...rows.slice(0, drawn).map((row) => seriesRow(desk, row))),
  );
}

/** Draws the rows that are not there yet, under those that are. */
export function addSeries(home: HTMLElement, desk: Desk, rows: readonly SeriesRow[]): void {
  const list = home.querySelector('.all-series > ol');
  list?.append(...rows.slice(list.childElementCount).map((row) => seriesRow(desk, row)));
}

function seriesRow(desk: Desk, { view }: SeriesRow): HTMLElement {
  const key = seriesKey(view.name);
  return h(
    'li',
    { 'data-key': `${key} row` },
    listOpener(
      desk,
      key,
      'whole',
      h('span', { class: 'name', lang: BLOG_LANGUAGE }, view.name),
      ...(desk.loaded ? [rulerPlace(desk, view, 0), figures(view.read, view.parts.length)] : []),
    ),
    desk.open.has(key) && partsList(desk, view, key),
  );
}

/** The key of a series' button in the list of all series. */
export function seriesKey(name: string): string {
  return `series ${name}`;
}
