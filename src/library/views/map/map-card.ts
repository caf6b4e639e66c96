/** The card of the chosen post: what it is, and what can be done with it. */
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { type Placement } from '../../../catalogue/place.ts';
import { displayName } from '../../../catalogue/series-name.ts';
import { breakTitle } from '../../../catalogue/title.ts';
import { markOf } from '../../../record/marks.ts';
import { h, svg } from '../../../ui/h.ts';
import { markIcon } from '../../../ui/icons.ts';
import { postLink } from '../../../ui/post-link.ts';
import { markText } from '../../../ui/words/index.ts';
import type { Frame, Place } from './map-frame.ts';
import { planQuery } from '../plan/plan-page.ts';
import { listAddress, seriesAddress, type Shelf, viewAddress } from '../../view.ts';

const TITLE_LETTERS = 300;
/** From the dot to the card, and from the card to the edge of the window. */
const AWAY = 16;
const EDGE = 12;

/** What the card says that the post's place in the catalogue does not. */
export interface Aside {
  categories: readonly string[];
  /** Whether there is a plan to it. */
  isPlanned: boolean;
}

/** The presses are the view's business: data-act says what, on the chosen post. */
export function cardContent(
  shelf: Shelf,
  { id, post, series, references, citedBy }: Placement,
  { categories, isPlanned }: Aside,
): Node[] {
  const { words, record, settings } = shelf.live;
  const mark = markOf(record, id);
  const text = markText(mark, words);
  const title = (post?.title ?? '').slice(0, TITLE_LETTERS);
  const [first] = series;
  const part = first && words.part(first.k, first.parts.length);
  const [named] = shelf.catalogue.seriesOf(id);
  const inList = { title: words.map.inList, lang: BLOG_LANGUAGE };
  const tie = (kind: string, said: string) =>
    h(
      'span',
      {},
      svg(
        'svg',
        { width: 18, height: 6, 'aria-hidden': 'true', class: kind },
        svg('path', { d: 'M0 3h18' }),
      ),
      said,
    );
  const [refersTo, isCitedBy] = [references?.length ?? 0, citedBy.length];
  return [
    postLink(
      settings,
      id,
      { class: 'title', 'data-key': 'card-title' },
      ...breakTitle(
        title,
        series.map(({ name }) => name),
      ).map((piece) => h('span', {}, piece)),
    ),
    h(
      'p',
      {},
      h(
        'button',
        {
          type: 'button',
          class: 'mark',
          'data-act': 'toggle',
          'data-key': 'card-mark',
          'aria-pressed': String(mark.kind === 'read'),
          'aria-label': words.markOf(title, text),
        },
        markIcon(mark),
        text,
      ),
      part && h('i', { class: 'rule' }),
      part && h('span', {}, part[0], h('b', {}, part[1]), part[2]),
      h('i', { class: 'rule' }),
      h('time', {}, post?.date),
    ),
    h(
      'p',
      { class: 'within' },
      named &&
        h(
          'a',
          { ...inList, href: seriesAddress(named.name), 'data-key': 'card-series' },
          displayName(named.name),
        ),
      ...categories.flatMap((name, at) => [
        (named || at > 0) && h('i', { class: 'rule' }),
        h(
          'a',
          {
            ...inList,
            href: listAddress({ categories: [name] }),
            'data-key': at === 0 ? 'card-category' : `card-category-${at + 1}`,
          },
          name,
        ),
      ]),
    ),
    h(
      'p',
      { class: 'foot' },
      refersTo > 0 && tie('refers-to', words.references(refersTo, 0)),
      isCitedBy > 0 && tie('cited-by', words.references(null, isCitedBy)),
      h(
        'span',
        { class: 'acts' },
        h(
          'button',
          { type: 'button', class: 'action', 'data-act': 'later', 'data-key': 'card-later' },
          mark.kind === 'later' ? words.map.notLater : words.readLater,
        ),
        isPlanned
          ? h(
              'a',
              {
                class: 'action',
                href: viewAddress('plan', planQuery(id)),
                'data-key': 'card-plan',
              },
              words.map.seePlan,
            )
          : h(
              'button',
              { type: 'button', class: 'action', 'data-act': 'plan', 'data-key': 'card-plan' },
              words.addToPlan,
            ),
      ),
    ),
  ].filter((node) => node instanceof Node);
}

/** Beside the dot, where the fewest of `busy` are covered; wholly in the window. */
export function cardPlace(
  frame: Frame,
  dot: Place,
  { width, height }: { width: number; height: number },
  busy: readonly Place[],
): Place {
  const within = (place: Place): Place => ({
    x: Math.max(EDGE, Math.min(place.x, frame.width - width - EDGE)),
    y: Math.max(EDGE, Math.min(place.y, frame.height - height - EDGE)),
  });
  const covers = ({ x, y }: Place, each: Place) =>
    each.x > x - 8 && each.x < x + width + 8 && each.y > y - 8 && each.y < y + height + 8;
  // The dot itself is never covered where that can be helped.
  const cost = (place: Place) =>
    busy.filter((each) => covers(place, each)).length + (covers(place, dot) ? busy.length + 1 : 0);
  const below = dot.y + AWAY;
  const above = dot.y - AWAY - height;
  const right = dot.x + AWAY;
  const left = dot.x - AWAY - width;
  const choices = [
    { x: right, y: below },
    { x: left, y: below },
    { x: right, y: above },
    { x: left, y: above },
    { x: dot.x - width / 2, y: below + 3 * AWAY },
    { x: dot.x - width / 2, y: above - 3 * AWAY },
  ].map(within);
  const [first = dot, ...others] = choices;
  return others.reduce((best, each) => (cost(each) < cost(best) ? each : best), first);
}
