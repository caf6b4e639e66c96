/** What a preview shows of a post: title, date, category and tags, opening, place and mark. */
import type { Particulars } from '../platform/protocol.ts';
import { h } from '../ui/dom.ts';
import { glyph } from '../ui/glyph.ts';
import { openingNodes } from '../ui/mathml.ts';
import { dayOf, type LineView } from '../ui/progress.ts';
import { markText, type Words } from '../ui/words/index.ts';
import { seriesRuler } from './contents.ts';
import { linkTo } from './context.ts';

/** Unread references that are named; all are counted. */
const MOST_NAMED = 2;
/** A ruler of fewer ticks tells nothing that the numbers do not. */
const LEAST_TICKS = 3;

/** `about`: undefined where the background gave no answer. `acts` stand at its foot. */
export function cardNodes(
  view: LineView,
  date: string,
  about: Particulars | undefined,
  acts: readonly Node[],
  words: Words,
): Node[] {
  const { id, title, mark, references } = view;
  const { category, tags, opening } = about ?? {};
  const [series] = view.series;
  const since = mark.kind === 'read' && ` ${dayOf(mark.at)}`;
  const unread = references?.filter((each) => each.mark.kind !== 'read') ?? [];
  return [
    h(
      'a',
      { class: 'head', href: linkTo(id), lang: 'zh-CN' },
      ...broken(title, series?.parts[series.k - 1]?.short),
    ),
    h(
      'p',
      { class: 'facts', lang: 'zh-CN' },
      ...[date, category, tags?.join('、')].map((fact) => fact && h('span', {}, fact)),
    ),
    opening
      ? h('p', { class: 'opening', lang: 'zh-CN' }, ...openingNodes(opening).map(inLine))
      : h('p', { class: 'quiet' }, opening === null ? words.openingUnmet : words.openingUnread),
    h(
      'p',
      { class: 'place' },
      glyph(mark),
      h('span', {}, markText(mark, words), since),
      ...(series ? placeNodes(series, title, words) : []),
    ),
    h(
      'p',
      { class: 'refs' },
      unread.length > 0 && words.unreadOf(unread.length, references?.length ?? 0),
      h('span', { class: 'acts' }, ...acts),
    ),
    ...unread
      .slice(0, MOST_NAMED)
      .map((each) => h('a', { class: 'ref', href: linkTo(each.id), lang: 'zh-CN' }, each.title)),
  ];
}

function placeNodes(series: LineView['series'][number], title: string, words: Words) {
  const [before, k, after] = words.part(series.k, series.parts.length);
  return [
    !title.includes(series.name) && h('span', { class: 'name' }, series.name),
    h('span', { class: 'part' }, before, h('b', {}, k), after),
    series.parts.length >= LEAST_TICKS && seriesRuler(series, words),
  ];
}

/** A title that says its series breaks before what it says of itself. */
function broken(title: string, short = ''): (Node | string)[] {
  const at = title.endsWith(short) ? title.length - short.length : title.length;
  return [title.slice(0, at), h('span', {}, title.slice(at))];
}

/** Four lines have no room for a formula that stands alone. */
function inLine(node: Element | string): Element | string {
  if (typeof node !== 'string') node.removeAttribute('display');
  return node;
}
