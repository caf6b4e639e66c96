/** 这一页: the post of the page under the popup, or the posts of a listing page. */
import { place, type Placement } from '../catalogue/place.ts';
import type { PageStatus } from '../app/messages.ts';
import { h } from '../ui/h.ts';
import { icon } from '../ui/icons.ts';
import { lineView, type PartRow, type SeriesView } from '../app/line-view.ts';
import { BLOG_LANGUAGE } from '../site/address.ts';
import { postLink } from '../ui/post-link.ts';
import { type Desk, heading } from './model.ts';
import { markButton, listOpener, partsList, rulerPlace } from './rows.ts';
import { breakTitle } from '../catalogue/title.ts';
import { typeset } from '../maths/typeset.ts';

export function hereSection(desk: Desk, here: PageStatus): HTMLElement {
  const { words } = desk;
  const [first] = here.posts;
  const section = { class: 'here', 'data-key': 'here' };
  if (here.kind === 'post' && first)
    return h('section', section, heading(words.thisPage), ...postAtHand(desk, first));
  return h(
    'section',
    section,
    heading(words.onThisPage(here.posts.length)),
    h('ol', { class: 'rows' }, ...here.posts.map((post) => excerpt(desk, post))),
  );
}

function postAtHand(desk: Desk, { id, title: shown }: PageStatus['posts'][number]): HTMLElement[] {
  const { words } = desk;
  const placement = place(id, desk.catalogue);
  const view = lineView(placement, shown, desk.record);
  const [first] = view.series;
  const title = h(
    'h3',
    { class: 'at-hand', lang: BLOG_LANGUAGE, 'data-keep': view.title },
    ...breakTitle(view.title, namesOf(placement)).map((piece) =>
      h('span', {}, ...typeset([piece]).nodes),
    ),
  );
  const line = h(
    'div',
    { class: 'line' },
    markButton(desk, view, 'here', true),
    ...(view.isNew ? [rule(), h('span', { class: 'quiet' }, words.newPost)] : []),
    ...(first ? [rule(), seriesButton(desk, first, view.title), turns(desk, first)] : []),
  );
  const others = view.series
    .slice(1)
    .map((series) =>
      h(
        'div',
        { class: 'line' },
        h('span', { class: 'quiet' }, words.also),
        seriesButton(desk, series),
        turns(desk, series),
      ),
    );
  const list = (series: SeriesView | undefined): HTMLElement[] =>
    series && desk.open.has(keyOf(series)) ? [partsList(desk, series, keyOf(series))] : [];
  return [
    title,
    line,
    ...list(first),
    ...others.flatMap((row, i) => [row as HTMLElement].concat(list(view.series[i + 1]))),
  ];
}

/** The series as the line on the blog has it; its name where the title above does not say it. */
function seriesButton(desk: Desk, series: SeriesView, title = ''): HTMLElement {
  const { words } = desk;
  const [before, k, after] = words.part(series.k, series.parts.length);
  const isSaid = title.includes(series.name);
  return listOpener(
    desk,
    keyOf(series),
    'series',
    // Who hears the button alone hears the name all the same.
    h('span', { class: isSaid ? 'unseen' : 'name', lang: BLOG_LANGUAGE }, series.name),
    h('span', { class: 'part' }, before, h('b', {}, k), after),
  );
}

function turns(desk: Desk, series: SeriesView): HTMLElement {
  const turn = (part: PartRow | undefined, direction: 'back' | 'forth', label: string) =>
    part
      ? postLink(
          desk.settings,
          part.id,
          {
            class: 'turn',
            title: label,
            'aria-label': label,
            'data-key': `${keyOf(series)} ${direction}`,
          },
          icon(direction),
        )
      : h('span', { class: 'turn' }, icon(direction));
  const { previous, next } = series;
  return h(
    'span',
    { class: 'turns' },
    turn(previous, 'back', desk.words.previous(previous?.short ?? '')),
    rulerPlace(desk, series, series.k),
    turn(next, 'forth', desk.words.next(next?.short ?? '')),
  );
}

/** One post of a listing page: where its series is known, that stands under what is its own. */
function excerpt(desk: Desk, { id, title: shown }: PageStatus['posts'][number]): HTMLElement {
  const { words } = desk;
  const view = lineView(place(id, desk.catalogue), shown, desk.record);
  const [series] = view.series;
  const own = series?.parts[series.k - 1]?.short ?? view.title;
  return h(
    'li',
    { 'data-key': `on-page ${id}` },
    markButton(desk, view, `on-page ${id}`),
    h(
      'div',
      { class: 'text' },
      postLink(desk.settings, id, { class: 'title', 'data-key': `on-page ${id} link` }, own),
      (series || view.isNew) &&
        h(
          'div',
          { class: 'under' },
          series && h('span', { class: 'name', lang: BLOG_LANGUAGE }, series.name),
          series && h('span', { class: 'part' }, ...words.part(series.k, series.parts.length)),
          view.isNew && h('span', {}, words.newPost),
        ),
    ),
  );
}

function namesOf({ series }: Placement): string[] {
  return series.map(({ name }) => name);
}

function keyOf({ name }: SeriesView): string {
  return `here ${name}`;
}

function rule(): HTMLElement {
  return h('i', { class: 'rule' });
}
