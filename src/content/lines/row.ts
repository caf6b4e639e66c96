/** What stands in the row of a line: the mark, the series and its ruler, what is unread next. */
import type { LineView, Row, SeriesView } from '../../app/line-view.ts';
import { button, type Child, h, on } from '../../ui/h.ts';
import { icon } from '../../ui/icons.ts';
import { isUnmodified } from '../../ui/keys.ts';
import { seriesRuler } from '../../ui/series-list.ts';
import type { Words } from '../../ui/words/index.ts';
import { ownLink } from '../own-link.ts';

/** A ruler of fewer ticks says no more than the numbers do. */
const LEAST_TICKS = 3;

/** The buttons that open the lists: that of the first series or of the references, that of a second series. */
export type OpenerKey = 'series' | 'second';

export interface RowParts {
  words: Words;
  mark: HTMLElement;
  /** What stands in the third place instead of what is unread next; nothing where it is empty. */
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
    // It stays in the page, so that a screen reader hears what comes into it.
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
  return [button(words.readLater, 'later', keep, signal, { class: 'later' })];
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

/** The series' name stands here only if the title above does not say it. */
function seriesButton(
  key: OpenerKey,
  { name, partNumber, parts: { length } }: SeriesView,
  { title }: LineView,
  parts: RowParts,
): HTMLElement {
  const { words } = parts;
  const [before, number, after] = words.part(partNumber, length);
  const isNamed = key === 'second' || !title.includes(name);
  return opener(
    key,
    words.seriesAt(name, before + number + after),
    [
      isNamed && h('span', { class: 'name' }, name),
      h('span', { class: 'part' }, before, h('b', {}, number), after),
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
  // A click without a count of clicks comes from the keyboard.
  on(element, 'click', ({ detail }) => toggle(key, detail === 0), signal);
  const press = (event: KeyboardEvent) => {
    if (!isUnmodified(event) || event.key !== (isOpen ? 'Escape' : 'ArrowDown')) return;
    toggle(key, true);
    event.preventDefault();
  };
  on(element, 'keydown', press, signal);
  return element;
}

/** The neighbours of the part, with the ruler of the series between them. */
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

/** The chevron to a neighbour. Without one it keeps its place and cannot be reached. */
function turn(part: Row | undefined, to: 'back' | 'forth', name: (title: string) => string) {
  const label = part && name(part.title);
  return part
    ? ownLink(part.id, { class: 'turn', 'aria-label': label, title: label }, icon(to))
    : h('span', { class: 'turn', 'aria-hidden': 'true' }, icon(to));
}
