/** A few posts, and the popup's model with them. */
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import type { DetailsOfPosts } from '../../../src/catalogue/post.ts';
import { placeInSeries } from '../../../src/catalogue/place.ts';
import { DEFAULTS } from '../../../src/app/settings.ts';
import { seriesRows } from '../../../src/popup/overview.ts';
import type { PopupModel } from '../../../src/popup/popup-model.ts';
import type { Mark, ReadingRecord } from '../../../src/record/marks.ts';
import { pageWordsIn } from '../../../src/ui/words/pages.ts';
import { post } from '../support.ts';

export const catalogue = new Catalogue({
  posts: [
    post(1, { title: '长路：1、甲', date: '2025-01-01', minutes: 10 }),
    post(2, { title: '长路：2、乙', date: '2025-02-01', minutes: 20 }),
    post(3, { title: '长路：3、丙', date: '2026-01-01' }),
    post(4, { title: '短篇之一', date: '2026-02-01' }),
    post(5, { title: '别册：1、戊', date: '2026-03-01' }),
    post(6, { title: '别册：2、己', date: '2026-04-01' }),
  ],
  series: [
    { name: '长路', kind: 'numbered', posts: [1, 2, 3] },
    { name: '别册', kind: 'numbered', posts: [5, 6] },
  ],
});

export const details: DetailsOfPosts = new Map([
  [1, { categories: ['数学'], tags: ['路'] }],
  [2, { categories: ['数学'], tags: ['路'] }],
  [3, { categories: ['数学'], tags: [] }],
  [4, { categories: ['物理'], tags: [] }],
  [5, { categories: ['数学'], tags: [] }],
  [6, { categories: ['数学'], tags: [] }],
]);

export const words = pageWordsIn('zh-CN');
/** 2026-06-01 */
export const NOW = Date.UTC(2026, 5, 1, 12);
export const READ: Mark = { kind: 'read', at: NOW, by: 'hand' };
export const LATER: Mark = { kind: 'later' };
export const HALF: Mark = { kind: 'reading', fraction: 0.5 };

/** A record with these marks, in the order in which they were made. */
export function recordOf(marks: Record<number, Mark>): ReadingRecord {
  return new Map(
    Object.entries(marks).map(([id, mark], at) => [
      Number(id),
      { mark, stamp: { time: NOW + at, tick: 0, device: 'a' } },
    ]),
  );
}

export function modelOf(
  marks: Record<number, Mark> = {},
  change: Partial<PopupModel> = {},
): PopupModel {
  const record = recordOf(marks);
  const placements = catalogue.series.map((series) => placeInSeries(series, catalogue));
  return {
    page: null,
    isPrivate: false,
    access: 'given',
    damaged: 0,
    newsOf: undefined,
    stay: undefined,
    hasWaited: false,
    open: new Set(),
    order: undefined,
    catalogue,
    record,
    settings: DEFAULTS,
    words,
    rows: seriesRows(placements, record),
    now: NOW,
    ...change,
  };
}
