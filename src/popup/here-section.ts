/** 这一页: the post of the page under the popup, or the posts of a listing page. */
import { place } from '../catalogue/place.ts';
import type { PageStatus } from '../app/messages.ts';
import { h } from '../ui/h.ts';
import { icon } from '../ui/icons.ts';
import { lineView, type PartRow, type SeriesView } from '../app/line-view.ts';
import { BLOG_LANGUAGE } from '../site/address.ts';
import { titlePieces } from '../ui/pieces.ts';
import { postLink } from '../ui/post-link.ts';
import { partNodes } from '../ui/series-list.ts';
import { heading, rule, section } from './components.ts';
import type { PopupModel } from './popup-model.ts';
import { listOpener, postMark, openParts, rulerPlace } from './rows.ts';
import { typeset } from '../maths/typeset.ts';

/** The post of a post page, or all posts of a listing page. */
export function hereSection(model: PopupModel, here: PageStatus): HTMLElement {
  const { words } = model;
  const [first] = here.posts;
  if (here.kind === 'post' && first)
    return section('here', heading(words.thisPage), ...postAtHand(model, first));
  return section(
    'here',
    heading(words.onThisPage(here.posts.length)),
    h('ol', { class: 'rows' }, ...here.posts.map((post) => excerpt(model, post))),
  );
}

function postAtHand(
  model: PopupModel,
  { id, title: shown }: PageStatus['posts'][number],
): HTMLElement[] {
  const { words } = model;
  const placement = place(id, model.catalogue);
  const view = lineView(placement, shown, model.record);
  const [first, ...others] = view.series;
  const title = h(
    'h3',
    { class: 'at-hand', lang: BLOG_LANGUAGE, 'data-keep': view.title },
    ...titlePieces(view.title, placement.series, (piece) => typeset([piece]).nodes),
  );
  const line = h(
    'div',
    { class: 'line' },
    postMark(model, view, 'here', true),
    ...(view.isNew ? [rule(), h('span', { class: 'quiet' }, words.newPost)] : []),
    ...(first ? [rule(), seriesButton(model, first, view.title), turns(model, first)] : []),
  );
  const parts = (series: SeriesView) => openParts(model, series, keyOf(series));
  const also = (series: SeriesView): HTMLElement =>
    h(
      'div',
      { class: 'line' },
      h('span', { class: 'quiet' }, words.also),
      seriesButton(model, series),
      turns(model, series),
    );
  return [
    title,
    line,
    ...(first ? parts(first) : []),
    ...others.flatMap((series) => [also(series)].concat(parts(series))),
  ];
}

/** The series as in the line on the blog; its name is hidden if the title above contains it. */
function seriesButton(model: PopupModel, series: SeriesView, title = ''): HTMLElement {
  const { words } = model;
  const part = words.part(series.partNumber, series.parts.length);
  const isSaid = title.includes(series.name);
  return listOpener(
    model,
    keyOf(series),
    'series',
    // Screen readers announce the name in both cases.
    h('span', { class: isSaid ? 'unseen' : 'name', lang: BLOG_LANGUAGE }, series.name),
    h('span', { class: 'part' }, ...partNodes(part)),
  );
}

function turns(model: PopupModel, series: SeriesView): HTMLElement {
  const turn = (part: PartRow | undefined, direction: 'back' | 'forth', label: string) =>
    part
      ? postLink(
          model.settings,
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
    turn(previous, 'back', model.words.previous(previous?.short ?? '')),
    rulerPlace(model, series, series.partNumber),
    turn(next, 'forth', model.words.next(next?.short ?? '')),
  );
}

/** A post of a listing page; its series, if there is one, is below the post's own part of the title. */
function excerpt(
  model: PopupModel,
  { id, title: shown }: PageStatus['posts'][number],
): HTMLElement {
  const { words } = model;
  const view = lineView(place(id, model.catalogue), shown, model.record);
  const [series] = view.series;
  const own = series?.parts[series.partNumber - 1]?.short ?? view.title;
  return h(
    'li',
    { 'data-key': `on-page ${id}` },
    postMark(model, view, `on-page ${id}`),
    h(
      'div',
      { class: 'text' },
      postLink(model.settings, id, { class: 'title', 'data-key': `on-page ${id} link` }, own),
      (series || view.isNew) &&
        h(
          'div',
          { class: 'under' },
          series && h('span', { class: 'name', lang: BLOG_LANGUAGE }, series.name),
          series &&
            h('span', { class: 'part' }, ...words.part(series.partNumber, series.parts.length)),
          view.isNew && h('span', {}, words.newPost),
        ),
    ),
  );
}

function keyOf({ name }: SeriesView): string {
  return `here ${name}`;
}
