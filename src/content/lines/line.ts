/**
 * The line: one quiet row under a byline. Mark, series and part, what is unread next. Its height is
 * fixed when it is inserted; words arrive with the record and move nothing.
 */
import type { Placement } from '../../catalogue/place.ts';
import type { Mark } from '../../record/marks.ts';
import type { Answer } from '../../app/messages.ts';
import { button, h, nodesOf, on } from '../../ui/h.ts';
import { icon } from '../../ui/icons.ts';
import { patch } from '../../ui/patch.ts';
import type { UnsavedMark } from '../../app/live-record.ts';
import {
  type LineView,
  lineView,
  type Row,
  type SeriesView,
  toggled,
} from '../../app/line-view.ts';
import type { Words } from '../../ui/words/index.ts';
import { type ContentsOptions, postContents, seriesContents } from '../contents.ts';
import { centreLists, fadeEdges, seriesRuler } from '../../ui/series-list.ts';
import { linkTo } from '../context.ts';
import type { FeatureContext, Offer } from '../feature.ts';
import type { PagePost } from '../page-posts.ts';
import { createShadowHost } from '../shadow-host.ts';
import { createMarkButton } from './mark-button.ts';

/** How long 撤销 stands where the next part stood. */
const UNDO_MS = 8_000;
/** A ruler of fewer ticks tells nothing that the numbers do not. */
const LEAST_TICKS = 3;

export interface Line {
  readonly host: HTMLElement;
  /** Draws the record as it is now. */
  draw(): void;
  /** Removes all controls; `message`, if any, stands in their place. */
  retire(message: string | undefined): void;
}

/** What stands in the third place, instead of the next part. */
interface Notice {
  failure?: string;
  label: string;
  act: () => void;
  /** For what can be declined. */
  close?: () => void;
}

/** Inserts the line of a post of the page, empty until its first draw. */
export function insertLine(
  { id, title, anchor }: PagePost,
  context: FeatureContext,
  signal: AbortSignal,
): Line {
  const { live } = context;
  const isOwn = id === context.ownId;
  const box = createShadowHost();
  const row = h('div', { class: 'row', role: 'group' });
  const line = h('div', { class: 'line' }, row);
  box.root.append(line);
  anchor.after(box.host);

  let placement: Placement;
  let view: LineView;
  let words: Words;
  /** What the row was built for; marks change within it. */
  let builtFor: string | undefined;
  let contents: HTMLElement | undefined;
  let opener: HTMLElement | undefined;
  let grown = 0;
  let offer: Offer | undefined;
  let notice: Notice | undefined;
  let noticeEnds: ReturnType<typeof setTimeout> | undefined;

  const mark = createMarkButton((to) => void set(id, to), isOwn, signal);
  const rulerPlace = h('span', {});
  const nextPlace = h('span', { class: 'third-place' });
  const noticePlace = h('span', { class: 'third-place', role: 'status' });

  /** Posts that were marked from here. */
  const mine = new Set([id]);
  let shown: Notice | UnsavedMark | Offer | undefined;

  /** Asks for a mark; then offers to take it back. */
  const set = async (post: number, to: Mark) => {
    mine.add(post);
    offerUndo(await live.mark([{ post, mark: to }]));
  };

  const offerUndo = (answer: Answer) => {
    const step = answer.ok ? answer.step : undefined;
    if (step === undefined) notify();
    else notify({ label: words.undo, act: () => void takeBack(step) }, UNDO_MS);
  };

  const takeBack = async (step: string) => {
    const answer = await live.undo(step);
    if (!answer.ok) return notify(failed(answer.why, () => void takeBack(step)));
    notify();
  };

  /** It stays until it is mended. */
  const failed = (why: UnsavedMark['why'], act: () => void): Notice => ({
    failure: words.notSaved[why],
    label: words.retry,
    act,
  });

  const notify = (next?: Notice, ms?: number) => {
    clearTimeout(noticeEnds);
    if (signal.aborted) return;
    if (ms) noticeEnds = setTimeout(notify, ms);
    notice = next;
    drawNotice();
  };
  signal.addEventListener('abort', () => clearTimeout(noticeEnds));

  /** What could not be stored goes before all else; on a post's own page whatever it is. */
  const drawNotice = () => {
    const [, unsaved] = [...live.unsaved].find(([post]) => isOwn || mine.has(post)) ?? [];
    const next = unsaved ?? notice ?? offer;
    if (next === shown) return;
    shown = next;
    const hadFocus = noticePlace.contains(box.root.activeElement);
    noticePlace.replaceChildren(...(next ? noticeNodes(toNotice(next)) : []));
    nextPlace.hidden = next !== undefined;
    if (hadFocus && !next) mark.element.focus({ preventScroll: true });
  };

  const toNotice = (next: Notice | UnsavedMark | Offer): Notice => {
    if ('label' in next) return next;
    if ('accept' in next)
      return { label: words.backToPlace, act: next.accept, close: next.decline };
    return failed(next.why, () => void next.retry().then(offerUndo));
  };

  const noticeNodes = ({ failure, label, act, close }: Notice) => {
    const closing =
      close &&
      button('×', 'dismiss', close, signal, { class: 'turn', 'aria-label': words.dismiss });
    const said = failure && h('span', { class: 'failure' }, failure);
    return nodesOf([rule(), said, button(label, 'notice', act, signal), closing]);
  };

  const draw = () => {
    words = live.words;
    findPlace();
    view = lineView(placement, title, live.record);
    if (builtFor !== words.name) build();
    drawMark();
    const [series] = view.series;
    if (series && series.parts.length >= LEAST_TICKS) {
      patch(rulerPlace, [seriesRuler(series, words)]);
    }
    patch(nextPlace, nextNodes());
    if (contents) drawContents();
    drawNotice();
  };

  /** While the post is being read, what has been read by now. */
  const drawMark = () => {
    const shown: Mark = grown > 0 ? { kind: 'reading', fraction: grown } : view.mark;
    mark.draw(shown, view.title, words);
  };

  /** The post's place may change with the discovered posts; then the row is built again. */
  const findPlace = () => {
    const found = context.placementOf(id);
    if (found === placement) return;
    if (JSON.stringify(found) !== JSON.stringify(placement)) builtFor = undefined;
    placement = found;
  };

  /** What does not depend on marks. */
  const build = () => {
    builtFor = words.name;
    const [first, second] = view.series;
    const opening = first ? seriesButton(first) : referencesButton();
    row.setAttribute('aria-label', words.name);
    row.classList.toggle('two', second !== undefined);
    row.replaceChildren(
      mark.element,
      ...(opening ? [rule(), opening] : []),
      ...(first && first.parts.length > 1 ? [turns(first)] : []),
      ...(view.isNew ? [rule(), h('span', { class: 'quiet' }, words.newPost)] : []),
      nextPlace,
      noticePlace,
      ...(second ? [rule('second'), also(), seriesButton(second, true)] : []),
    );
  };

  const nextNodes = (): Node[] => {
    const [series] = view.series;
    if (series?.allRead) return [rule(), h('span', { class: 'quiet' }, words.allRead)];
    if (series?.unread) {
      const { part, where } = series.unread;
      const label = where === 'later' ? words.nextUnread : words.earlierUnread;
      return [rule(), nextLink(part.id, label, part.short, part.k)];
    }
    if (view.readFirst) {
      return [rule(), nextLink(view.readFirst.id, words.readFirst, view.readFirst.title)];
    }
    if (series || view.mark.kind !== 'unread') return [];
    const readLater = () => void set(id, { kind: 'later' });
    return [button(words.readLater, 'later', readLater, signal, { class: 'later' })];
  };

  const also = () => h('span', { class: 'also' }, words.also);

  const seriesButton = (series: SeriesView, isSecond = false) => {
    const [before, k, after] = words.part(series.k, series.parts.length);
    const isNamed = isSecond || !view.title.includes(series.name);
    return contentsButton(
      isSecond,
      words.seriesAt(series.name, before + k + after),
      isNamed && h('span', { class: 'name' }, series.name),
      h('span', { class: 'part' }, before, h('b', {}, k), after),
    );
  };

  const referencesButton = () => {
    const text = words.references(view.references?.length ?? null, view.citedBy.length);
    return text && contentsButton(false, undefined, h('span', { class: 'name' }, text));
  };

  const contentsButton = (
    isSecond: boolean,
    label: string | undefined,
    ...children: (Node | false)[]
  ) => {
    const opening = h(
      'button',
      {
        class: isSecond ? 'series second' : 'series',
        type: 'button',
        'aria-expanded': 'false',
        'aria-label': label,
      },
      ...children,
      icon('caret'),
    );
    // A click without a count of clicks comes from the keyboard.
    on(opening, 'click', ({ detail }) => toggleContents(opening, detail === 0), signal);
    on(
      opening,
      'keydown',
      (event) => {
        if (event.key === 'ArrowDown' && !contents) toggleContents(opening, true);
        else if (event.key === 'Escape' && contents) closeContents();
        else return;
        event.preventDefault();
      },
      signal,
    );
    return opening;
  };

  const toggleContents = (button: HTMLElement, byKeyboard: boolean) => {
    if (contents) return closeContents();
    opener = button;
    const opened = drawContents();
    if (byKeyboard)
      opened.querySelector<HTMLElement>('a[tabindex="0"]')?.focus({ preventScroll: true });
  };

  /** Opens the lists, or redraws those that are open. */
  const drawContents = (): HTMLElement => {
    if (contents) {
      patch(contents, lists());
      fadeEdges(contents);
    } else {
      contents = h('div', {}, ...lists());
      line.append(contents);
      centreLists(contents);
    }
    setExpanded(true);
    return contents;
  };

  const lists = (): HTMLElement[] => {
    const options: ContentsOptions = {
      words,
      here: id,
      onMark: (part) => void set(part.id, toggled(part.mark, Date.now())),
      onClose: closeContents,
      signal,
    };
    if (view.series.length > 0) {
      const isTitled = view.series.length > 1;
      return view.series.map((series) => seriesContents(series, isTitled, options));
    }
    return [
      ...(view.references?.length ? [postContents(view.references, words.refersTo, options)] : []),
      ...(view.citedBy.length ? [postContents(view.citedBy, words.citedBy, options)] : []),
    ];
  };

  const closeContents = () => {
    const hadFocus = contents?.contains(box.root.activeElement);
    contents?.remove();
    contents = undefined;
    setExpanded(false);
    if (hadFocus) opener?.focus();
  };

  const setExpanded = (isOpen: boolean) => {
    for (const button of row.querySelectorAll('.series')) {
      button.setAttribute('aria-expanded', String(isOpen));
    }
  };

  const turns = ({ previous, next }: SeriesView) =>
    h(
      'span',
      { class: 'turns' },
      turn(previous, 'back', words.previous),
      rulerPlace,
      turn(next, 'forth', words.next),
    );

  if (isOwn) {
    context.progress.follow((fraction) => {
      grown = fraction;
      if (builtFor !== undefined) drawMark();
    }, signal);
    context.offer.follow((next) => {
      offer = next;
      if (builtFor !== undefined) drawNotice();
    }, signal);
  }

  return {
    host: box.host,
    draw,
    retire(message) {
      mark.close();
      contents?.remove();
      const said = message && h('span', { class: 'quiet', role: 'status' }, message);
      row.replaceChildren(...(said ? [said] : []));
    },
  };
}

function rule(kind = ''): HTMLElement {
  return h('i', { class: `rule ${kind}`.trim() });
}

/** The chevron to a neighbour; without one it keeps its place and cannot be reached. */
function turn(part: Row | undefined, to: 'back' | 'forth', name: (title: string) => string) {
  const label = part && name(part.title);
  return part
    ? h('a', { class: 'turn', href: linkTo(part.id), 'aria-label': label, title: label }, icon(to))
    : h('span', { class: 'turn', 'aria-hidden': 'true' }, icon(to));
}

/** `k` follows the label where there is no room for the title. */
function nextLink(id: number, label: string, title: string, k?: number): HTMLElement {
  return h(
    'a',
    {
      class: 'third',
      href: linkTo(id),
      'data-key': 'next',
      'aria-label': `${label} ${title}`,
    },
    h('b', { 'data-k': k }, label),
    ' ',
    h('span', { class: 'title' }, title),
  );
}
