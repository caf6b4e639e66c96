/** The card of the chosen post, with its data and actions. */
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { type Placement } from '../../../catalogue/place.ts';
import { displayName } from '../../../catalogue/series-name.ts';
import { markOf } from '../../../record/marks.ts';
import { button, type Child, h, on, svg } from '../../../ui/h.ts';
import { markButton } from '../../../ui/mark-button.ts';
import { titlePieces } from '../../../ui/pieces.ts';
import { postLink } from '../../../ui/post-link.ts';
import { partNodes } from '../../../ui/series-list.ts';
import { markText } from '../../../ui/words/index.ts';
import { planTo, toggleLater, toggleRead } from './map-acts.ts';
import type { Frame, Point } from './map-frame.ts';
import { listAddress, seriesAddress, planAddress } from '../../../app/library-address.ts';
import type { LibraryContext } from '../../view.ts';

const TITLE_LETTERS = 300;
/** The distances from the dot to the card and from the card to the edge of the window, in px. */
const AWAY = 16;
const EDGE = 12;

export function cardContent(
  context: LibraryContext,
  { id, post, series, references, citedBy }: Placement,
  opening: HTMLElement | undefined,
): Child[] {
  const { words, record, settings } = context.live;
  const mark = markOf(record, id);
  const { categories = [] } = context.details.get(id) ?? {};
  const title = (post?.title ?? '').slice(0, TITLE_LETTERS);
  const [first] = series;
  const part = first && words.part(first.partNumber, first.parts.length);
  const [named] = context.catalogue.seriesOf(id);
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
  const markToggle = markButton({ title, mark }, words, { 'data-key': 'card-mark' }, true);
  on(markToggle, 'click', () => toggleRead(context, id));
  const laterText = mark.kind === 'later' ? words.map.notLater : words.readLater;
  const [refersTo, isCitedBy] = [references?.length ?? 0, citedBy.length];
  return [
    postLink(
      settings,
      id,
      { class: 'title', 'data-key': 'card-title' },
      ...titlePieces(title, series),
    ),
    h(
      'p',
      {},
      markToggle,
      part && h('i', { class: 'rule' }),
      part && h('span', {}, ...partNodes(part)),
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
    opening,
    h(
      'p',
      { class: 'foot' },
      refersTo > 0 && tie('refers-to', words.references(refersTo, 0)),
      isCitedBy > 0 && tie('cited-by', words.references(null, isCitedBy)),
      h(
        'span',
        { class: 'acts' },
        button(laterText, 'card-later', () => toggleLater(context, id)),
        context.plans.to(id)
          ? h(
              'a',
              {
                class: 'action',
                href: planAddress(id),
                'data-key': 'card-plan',
              },
              words.map.seePlan,
            )
          : button(words.addToPlan, 'card-plan', () => planTo(context, id)),
      ),
    ),
  ];
}

/** The content of the card as one sentence for assistive technology. */
export function spokenPost(
  { live }: LibraryContext,
  { id, post, series, references, citedBy }: Placement,
): string {
  const { words, record } = live;
  const [first] = series;
  return words.map.said(
    ...[
      post?.title,
      markText(markOf(record, id), words),
      first && words.partIn(first.name, words.part(first.partNumber, first.parts.length).join('')),
      post?.date,
      words.references(references?.length ?? null, citedBy.length),
    ].filter((part): part is string => Boolean(part)),
  );
}

/** The top left corner of the card: beside the dot, inside the window, over as few points of `busy` as possible. */
export function cardPlace(
  frame: Frame,
  dot: Point,
  { width, height }: { width: number; height: number },
  busy: readonly Point[],
): Point {
  const within = (place: Point): Point => ({
    x: Math.max(EDGE, Math.min(place.x, frame.width - width - EDGE)),
    y: Math.max(EDGE, Math.min(place.y, frame.height - height - EDGE)),
  });
  const covers = ({ x, y }: Point, each: Point) =>
    each.x > x - 8 && each.x < x + width + 8 && each.y > y - 8 && each.y < y + height + 8;
  // Covering the dot itself is the worst.
  const cost = (place: Point) =>
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
