/**
 * The content of a line's row: the mark, the series with its ruler, and in the third place the next unread post or a
 * notice.
 */
import type { LineView, Row, SeriesView } from '../../app/line-view.ts';
import { button, type Child, h, on } from '../../ui/h.ts';
import { icon } from '../../ui/icons.ts';
import { isUnmodified } from '../../ui/keys.ts';
import { partNodes, seriesRuler } from '../../ui/series-list.ts';
import type { Words } from '../../ui/words/index.ts';
import { ownLink } from '../own-link.ts';

/** With fewer ticks, a ruler shows no more than the numbers do. */
const LEAST_TICKS = 3;

/** The buttons that open the lists: 'series' for the first series or the references, 'second' for a second series. */
export type OpenerKey = 'series' | 'second';

export interface RowParts {
  words: Words;
  mark: HTMLElement;
  /** The notice in the third place. If it is empty, the next unread post is shown there. */
  notice: readonly Child[];
  isOpen: boolean;
  /** Opens or closes the lists. `byKeyboard`: whether the focus goes into them. */
  toggle: (opener: OpenerKey, byKeyboard: boolean) => void;
  /** Keeps the post for later. */
  keep: () => void;
  signal: AbortSignal;
}

export function rowNodes(view: LineView, parts: RowParts): Child[] {
  const { words, mark, notice } = parts;
  const [first, second] = view.series;
  const opener = first ? seriesButton('series', first, view, parts) : referencesButton(view, parts);
  return [
    mark,
    ...(opener ? [separator(), opener] : []),
    first && first.parts.length > 1 && turns(first, words),
    ...(view.isNew ? [separator(), h('span', { class: 'quiet' }, words.newPost)] : []),
    h(
      'span',
      { class: 'third-place', 'data-key': 'next-place' },
      ...(notice.length > 0 ? [] : nextNodes(view, parts)),
    ),
    // The element stays in the page, so that screen readers announce what is put into it.
    h('span', { class: 'third-place', 'data-key': 'notice', role: 'status' }, ...notice),
    ...(second
      ? [
          separator('second'),
          h('span', { class: 'also' }, words.also),
          seriesButton('second', second, view, parts),
        ]
      : []),
  ];
}

export function separator(kind = ''): HTMLElement {
  return h('i', { class: `rule ${kind}`.trim() });
}

function nextNodes(view: LineView, { words, keep, signal }: RowParts): Child[] {
  const [series] = view.series;
  if (series?.allRead) return [separator(), h('span', { class: 'quiet' }, words.allRead)];
  if (series?.unread) {
    const { part, where } = series.unread;
    const label = where === 'later' ? words.nextUnread : words.earlierUnread;
    return [separator(), nextLink(part.id, label, part.short, part.partNumber)];
  }
  if (view.readFirst)
    return [separator(), nextLink(view.readFirst.id, words.readFirst, view.readFirst.title)];
  if (series || view.mark.kind !== 'unread') return [];
  return [button(words.readLater, 'later', keep, { signal, class: 'later' })];
}

/** The part's number follows the label where there is no room for the title. */
function nextLink(id: number, label: string, title: string, partNumber?: number): HTMLElement {
  return ownLink(
    id,
    { class: 'third', 'data-key': 'next', 'aria-label': `${label} ${title}` },
    h('b', { 'data-k': partNumber }, label),
    ' ',
    h('span', { class: 'title' }, title),
  );
}

/** The first series' name is shown only if the post's title does not contain it. */
function seriesButton(
  key: OpenerKey,
  { name, partNumber, parts: { length } }: SeriesView,
  { title }: LineView,
  parts: RowParts,
): HTMLElement {
  const { words } = parts;
  const part = words.part(partNumber, length);
  const isNamed = key === 'second' || !title.includes(name);
  return opener(
    key,
    words.seriesAt(name, part.join('')),
    [
      isNamed && h('span', { class: 'name' }, name),
      h('span', { class: 'part' }, ...partNodes(part)),
    ],
    parts,
  );
}

function referencesButton(
  { references, citedBy }: LineView,
  parts: RowParts,
): HTMLElement | undefined {
  const text = parts.words.references(references?.length ?? null, citedBy.length);
  return text
    ? opener('series', undefined, [h('span', { class: 'name' }, text)], parts)
    : undefined;
}

function opener(
  key: OpenerKey,
  label: string | undefined,
  children: Child[],
  { isOpen, toggle, signal }: RowParts,
): HTMLElement {
  const element = h(
    'button',
    {
      class: key === 'second' ? 'series second' : 'series',
      type: 'button',
      'data-key': key,
      'aria-expanded': String(isOpen),
      'aria-label': label,
    },
    ...children,
    icon('caret'),
  );
  // `detail` is 0 if the click was made with the keyboard.
  on(element, 'click', ({ detail }) => toggle(key, detail === 0), signal);
  const press = (event: KeyboardEvent) => {
    if (!isUnmodified(event) || event.key !== (isOpen ? 'Escape' : 'ArrowDown')) return;
    toggle(key, true);
    event.preventDefault();
  };
  on(element, 'keydown', press, signal);
  return element;
}

/** The links to the previous and the next part, with the ruler of the series between them. */
function turns(series: SeriesView, words: Words): HTMLElement {
  const { previous, next, parts } = series;
  return h(
    'span',
    { class: 'turns' },
    turn(previous, 'back', words.previous),
    h('span', {}, parts.length >= LEAST_TICKS && seriesRuler(series, words)),
    turn(next, 'forth', words.next),
  );
}

/** The chevron that links to a neighbour. Without a neighbour it keeps its place and is no link. */
function turn(part: Row | undefined, to: 'back' | 'forth', name: (title: string) => string) {
  const label = part && name(part.title);
  return part
    ? ownLink(part.id, { class: 'turn', 'aria-label': label, title: label }, icon(to))
    : h('span', { class: 'turn', 'aria-hidden': 'true' }, icon(to));
}
