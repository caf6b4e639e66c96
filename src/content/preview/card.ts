/** What a preview shows of a post: title, date, category and tags, opening, place and mark. */
import { BLOG_LANGUAGE } from '../../site/address.ts';
import type { Notice } from '../../app/actions.ts';
import type { PostDetails } from '../../app/messages.ts';
import { button, h, nodesOf } from '../../ui/h.ts';
import { markIcon } from '../../ui/icons.ts';
import type { Mark } from '../../record/marks.ts';
import { dayOf } from '../../record/days.ts';
import { type LineView } from '../../app/line-view.ts';
import { markText, type Words } from '../../ui/words/index.ts';
import { partNodes, seriesRuler } from '../../ui/series-list.ts';
import { resultNodes } from '../lines/notice.ts';
import { ownLink } from '../own-link.ts';
import { pieceNode } from './formula.ts';

/** Unread references that are named; all are counted. */
const MOST_NAMED = 2;

/** The acts that the card offers. */
export interface CardActs {
  /** The result of the reader's act; it replaces 稍后读. */
  notice: Notice | undefined;
  /** Marks the post 稍后读. */
  readLater: () => void;
  /** Opens a plan to the post. */
  plan: () => void;
}

/** The content of a card; `details` is undefined if the background gave no answer. */
export function cardNodes(
  view: LineView,
  date: string,
  details: Partial<PostDetails> = {},
  acts: CardActs,
  words: Words,
  signal: AbortSignal,
): Node[] {
  const {
    id,
    title,
    mark,
    references,
    series: [series],
  } = view;
  const { categories = [], tags = [], opening } = details;
  const unread = (references ?? []).filter((each) => each.mark.kind !== 'read');
  const part = series && words.part(series.partNumber, series.parts.length);
  return [
    link('head', id, splitTitle(title, series?.parts[series.partNumber - 1]?.short)),
    h(
      'p',
      { class: 'facts', lang: BLOG_LANGUAGE },
      [date, categories.join('、'), tags.join('、')].filter(Boolean).join(' | '),
    ),
    opening
      ? h('p', { class: 'opening', lang: BLOG_LANGUAGE }, h('span', {}, ...opening.map(pieceNode)))
      : h('p', {}, opening === null ? words.openingUnmet : words.openingUnread),
    h(
      'p',
      { class: 'place' },
      markIcon(mark),
      mark.kind === 'read' ? `${markText(mark, words)} ${dayOf(mark.at)}` : markText(mark, words),
      series && h('i', { class: 'rule' }),
      series && !title.includes(series.name) && h('span', { class: 'name' }, series.name),
      part && h('span', { class: 'part' }, ...partNodes(part)),
      series && seriesRuler(series, words),
    ),
    h(
      'p',
      { class: 'refs' },
      unread.length > 0 &&
        h('span', { class: 'quiet' }, words.unreadOf(unread.length, references?.length ?? 0)),
      ...actNodes(mark, acts, words, signal),
    ),
    ...unread.slice(0, MOST_NAMED).map((each) => link('ref', each.id, [each.title])),
  ];
}

function actNodes(
  mark: Mark,
  { notice, readLater, plan }: CardActs,
  words: Words,
  signal: AbortSignal,
): Node[] {
  return nodesOf([
    ...(notice ? resultNodes(notice, words, signal) : []),
    !notice?.action &&
      mark.kind === 'unread' &&
      button(words.readLater, 'later', readLater, { signal }),
    button(words.addToPlan, 'plan', plan, { signal }),
  ]);
}

function link(kind: string, id: number, title: (Node | string)[]): HTMLElement {
  return ownLink(id, { class: kind, lang: BLOG_LANGUAGE }, ...title);
}

/** Splits a title before its short form, so that a line can break after the name of the series. */
function splitTitle(title: string, short = ''): (Node | string)[] {
  return title.endsWith(short)
    ? [title.slice(0, title.length - short.length), h('span', {}, short)]
    : [title];
}
