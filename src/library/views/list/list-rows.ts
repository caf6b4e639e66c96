/** The nodes of the list's grid: its head and its rows. */
import { displayName } from '../../../catalogue/series-name.ts';
import { type Filters, type Listed, type Sort, SORTS } from '../../../catalogue/search/filters.ts';
import { dayOf } from '../../../record/days.ts';
import { markOf, type ReadingRecord } from '../../../record/marks.ts';
import { h, on } from '../../../ui/h.ts';
import { icon, markIcon, MARKS } from '../../../ui/icons.ts';
import { markButton } from '../../../ui/mark-button.ts';
import { postLink } from '../../../ui/post-link.ts';
import type { PageWords } from '../../../ui/words/pages.ts';
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { seriesAddress } from '../../../app/library-address.ts';
import type { LibraryContext } from '../../view.ts';

const COLUMNS = ['mark', 'title', 'series', 'part', 'category', 'minutes', 'date'] as const;

/** The heads of the columns; `sort` is called when one is pressed. */
export function headCells(
  { live }: Pick<LibraryContext, 'live'>,
  filters: Filters,
  sort: (by: Sort) => void,
): HTMLElement[] {
  const { columns } = live.words.list;
  const sortButton = (by: Sort, order: string | undefined) => {
    const name = columns[by];
    const button = h(
      'button',
      { type: 'button', class: order, 'data-key': `sort-${by}`, title: name },
      by === 'mark' ? markIcon(MARKS.reading, name) : name,
      order !== undefined && icon('caret'),
    );
    on(button, 'click', () => sort(by));
    return button;
  };
  return COLUMNS.map((name) => {
    const by = SORTS.find((each) => each === name);
    const direction = filters.isDescending ? 'descending' : 'ascending';
    const order = by === filters.sort ? direction : undefined;
    return h(
      'span',
      { role: 'columnheader', class: `cell ${name}`, 'aria-sort': order },
      by === undefined ? columns[name] : sortButton(by, order),
    );
  });
}

/** A row; `at` is its index in the list. The grid handles presses of its button. */
export function listRow(
  { live }: Pick<LibraryContext, 'live'>,
  listed: Listed,
  at: number,
): HTMLElement {
  const { words, settings, record } = live;
  const { post, categories, series, partNumber } = listed;
  const [first] = series;
  const title = post.title || words.record.newPost(post.id);
  return h(
    'div',
    {
      role: 'row',
      class: 'line',
      id: `line-${post.id}`,
      'data-at': at,
      'aria-rowindex': at + 2,
    },
    cell('mark', markButton({ title, mark: markOf(record, post.id) }, words, { tabindex: -1 })),
    cell(
      'title',
      postLink(settings, post.id, { tabindex: '-1' }, title),
      post.title === '' && untitledNote(words, record, post.id),
    ),
    cell(
      'series',
      first !== undefined &&
        h(
          'a',
          {
            href: seriesAddress(first.name),
            tabindex: -1,
            lang: BLOG_LANGUAGE,
          },
          displayName(first.name),
        ),
    ),
    cell('part figure', first !== undefined && words.list.part(partNumber, first.posts.length)),
    cell('category', h('span', { lang: BLOG_LANGUAGE }, categories.join('、'))),
    cell('minutes figure', post.minutes === null ? '—' : String(post.minutes)),
    cell('date figure', post.date),
  );
}

/** What is said of a post that is known only by its mark. */
function untitledNote({ list }: PageWords, record: ReadingRecord, id: number): HTMLElement | false {
  const entry = record.get(id);
  if (!entry) return false;
  const { mark, stamp } = entry;
  const day = dayOf(mark.kind === 'read' ? mark.at : stamp.time);
  return h('span', { class: 'quiet' }, ` ${list.untitled(day)}`);
}

function cell(name: string, ...children: (Node | string | false)[]): HTMLElement {
  return h('span', { role: 'gridcell', class: `cell ${name}` }, ...children);
}
