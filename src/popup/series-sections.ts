/** 接着读 and 系列: where to continue, and the progress of each series. */
import { h } from '../ui/h.ts';
import { BLOG_LANGUAGE } from '../site/address.ts';
import { postLink } from '../ui/post-link.ts';
import { figures, heading, section } from './components.ts';
import type { Continued, SeriesRow } from './overview.ts';
import type { PopupModel } from './popup-model.ts';
import { listOpener, postMark, openParts, rulerPlace } from './rows.ts';

/** The series that are begun, each with the part to read next. */
export function continueSection(model: PopupModel, continued: readonly Continued[]): HTMLElement {
  const { words } = model;
  return section(
    'continue',
    heading(words.continue),
    h(
      'ol',
      { class: 'rows' },
      ...continued.map(({ view, next }) => {
        const key = `continue ${view.name}`;
        const title = model.catalogue.post(next.id)?.title ?? next.short;
        return h(
          'li',
          { 'data-key': key },
          postMark(model, { ...next, title }, key),
          h(
            'div',
            { class: 'text' },
            postLink(
              model.settings,
              next.id,
              { class: 'title', 'data-key': `${key} link` },
              next.short,
            ),
            h(
              'div',
              { class: 'under' },
              h('span', { class: 'name', lang: BLOG_LANGUAGE }, view.name),
              h('span', { class: 'part' }, `${next.partNumber} / ${view.parts.length}`),
              rulerPlace(model, view, next.partNumber),
              next.minutes !== null && h('span', { class: 'minutes' }, words.minutes(next.minutes)),
            ),
          ),
        );
      }),
    ),
  );
}

/** All series, those begun first. */
export function seriesSection(model: PopupModel): HTMLElement {
  const { rows, words } = model;
  const begun = rows.filter(({ latest }) => latest).length;
  return section(
    'all-series',
    heading(words.series, words.seriesBegun(begun, rows.length)),
    h('ol', {}, ...rows.map((row) => seriesRow(model, row))),
  );
}

function seriesRow(model: PopupModel, { view }: SeriesRow): HTMLElement {
  const key = seriesKey(view.name);
  return h(
    'li',
    { 'data-key': `${key} row` },
    listOpener(
      model,
      key,
      'whole',
      h('span', { class: 'name', lang: BLOG_LANGUAGE }, view.name),
      rulerPlace(model, view, 0),
      figures(view.read, view.parts.length),
    ),
    ...openParts(model, view, key),
  );
}

/** The key of a series in the list of all series. */
export function seriesKey(name: string): string {
  return `series ${name}`;
}
