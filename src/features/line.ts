/**
 * The line: one quiet row under a byline. Mark, series and part, what is unread next. Its height is
 * fixed when it is inserted; words arrive with the record and move nothing.
 */
import type { Placement } from '../catalogue/place.ts';
import { type Mark, UNREAD } from '../reading/marks.ts';
import type { Answer } from '../platform/protocol.ts';
import { h, on } from '../ui/dom.ts';
import { glyph, sign } from '../ui/glyph.ts';
import {
  dayOf,
  type LineView,
  lineView,
  type Row,
  type SeriesView,
  toggled,
} from '../ui/progress.ts';
import { markText, type Words } from '../ui/words/index.ts';
import {
  centre,
  type ContentsOptions,
  postContents,
  seriesContents,
  seriesRuler,
} from './contents.ts';
import { type Context, linkTo } from './context.ts';
import { createBox, settle } from './host.ts';

/** How long 撤销 stands where the next part stood. */
const UNDO_MS = 8_000;
const LONG_PRESS_MS = 500;

export interface Line {
  /** Draws the record as it is now. */
  draw(): void;
  /** The page looks different now: find the ground again. */
  settle(): void;
  /** The extension is gone: all controls go, and `message`, if any, stays. */
  retire(message: string | undefined): void;
  /** Where the line is, for who wants to know whether it is in view. */
  readonly host: HTMLElement;
}

/** What stands in the third place for a while, instead of the next part. */
type Notice = { undo: Mark } | { failure: Answer & { ok: false }; wanted: Mark };

/** Inserts a line after `anchor`, empty until its first draw. */
export function insertLine(
  anchor: Element,
  placement: Placement,
  title: string,
  context: Context,
  signal: AbortSignal,
): Line {
  const box = createBox();
  const row = h('div', { class: 'row', role: 'group' });
  const line = h('div', { class: 'line' }, row);
  box.root.append(line);
  anchor.after(box.host);

  let view: LineView;
  let words: Words;
  let notice: Notice | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let contents: HTMLElement | undefined;
  let menu: HTMLElement | undefined;
  /** The mark that the line was first drawn with. Its width stays, and a new mark shows no date. */
  let firstMark: Mark | undefined;

  const set = async (post: number, from: Mark, to: Mark) => {
    const answer = await context.live.mark({ post, mark: to });
    if (post === placement.id) note(answer.ok ? { undo: from } : { failure: answer, wanted: to });
    else if (!answer.ok) note({ failure: answer, wanted: view.mark });
  };

  const note = (next: Notice | undefined) => {
    clearTimeout(timer);
    notice = next;
    // What failed stays until it is mended.
    if (next && 'undo' in next && !signal.aborted)
      timer = setTimeout(() => note(undefined), UNDO_MS);
    drawThird();
  };
  signal.addEventListener('abort', () => clearTimeout(timer));

  // The pieces of the row that live as long as the line; what is in them is drawn anew.
  const mark = h('button', { class: 'mark', type: 'button' });
  const rulerPlace = h('span', { class: 'ruler-place' });
  const third = h('span', { class: 'third-place', role: 'status' });
  let built: string | undefined;

  const draw = () => {
    words = context.live.words;
    view = lineView(placement, title, context.live.record);
    firstMark ??= view.mark;
    const shape = words.name + view.series.map(({ slug }) => slug).join();
    if (built !== shape) {
      built = shape;
      build();
    }
    drawMark();
    const [first] = view.series;
    if (first) rulerPlace.replaceChildren(seriesRuler(first, words));
    drawThird();
    if (contents) showContents(false);
  };

  /** What does not depend on marks. */
  const build = () => {
    row.setAttribute('aria-label', words.name);
    const [first, second] = view.series;
    row.classList.toggle('two', second !== undefined);
    row.replaceChildren(
      mark,
      ...(first ? [rule(), seriesButton(first), turns(first)] : []),
      ...(first ? [] : [referencesButton()].flatMap((button) => (button ? [rule(), button] : []))),
      ...thirdField(first !== undefined),
      ...(second
        ? [rule('second'), h('span', { class: 'also' }, words.also), seriesButton(second, true)]
        : []),
    );
  };

  const thirdField = (inSeries: boolean): Node[] => {
    if (inSeries || view.readFirst) return [rule(), third];
    return [...(view.isNew ? [rule(), h('span', { class: 'quiet' }, words.newPost)] : []), third];
  };

  const drawMark = () => {
    const kind = view.mark.kind;
    const since =
      view.mark.kind === 'read' && sameMark(view.mark, firstMark) ? dayOf(view.mark.at) : '';
    const text = markText(view.mark, words);
    mark.replaceChildren(
      glyph(view.mark),
      h('span', {}, text, since && h('span', { class: 'since' }, ` ${since}`)),
    );
    mark.setAttribute('aria-pressed', String(kind === 'read'));
    mark.setAttribute('aria-label', words.markOf(view.title, since ? `${text} ${since}` : text));
  };

  const drawThird = () => {
    const hadFocus = third.contains(box.root.activeElement);
    third.replaceChildren(...(notice ? noticeNodes(notice) : nextNodes()));
    if (hadFocus) third.querySelector<HTMLElement>('a, button')?.focus();
  };

  const noticeNodes = (shown: Notice): Node[] => {
    if ('undo' in shown) {
      const undo = h('button', { class: 'action', type: 'button' }, words.undo);
      on(
        undo,
        'click',
        () => void set(placement.id, view.mark, shown.undo).then(() => note(undefined)),
        signal,
      );
      return [undo];
    }
    const retry = h('button', { class: 'action', type: 'button' }, words.retry);
    on(retry, 'click', () => void set(placement.id, view.mark, shown.wanted), signal);
    return [h('span', { class: 'failure' }, words.notSaved[shown.failure.why]), retry];
  };

  const nextNodes = (): Node[] => {
    const [series] = view.series;
    if (series) {
      if (series.allRead) return [h('span', { class: 'quiet' }, words.allRead)];
      if (!series.unread) return [];
      const { part, where } = series.unread;
      return [
        nextLink(
          part.id,
          where === 'later' ? words.nextUnread : words.earlierUnread,
          part.short,
          part.k,
        ),
      ];
    }
    if (view.readFirst) return [nextLink(view.readFirst.id, words.readFirst, view.readFirst.title)];
    if (view.mark.kind !== 'unread') return [];
    const later = h('button', { class: 'later', type: 'button' }, words.readLater);
    on(later, 'click', () => void set(placement.id, view.mark, { kind: 'later' }), signal);
    return [later];
  };

  const nextLink = (id: number, label: string, text: string, k?: number) =>
    h(
      'a',
      { class: 'third', href: linkTo(id), 'aria-label': `${label} ${text}` },
      h('b', { 'data-k': k }, label),
      h('span', { class: 'title' }, text),
    );

  const seriesButton = (series: SeriesView, second = false) => {
    const [before, k, after] = words.part(series.k, series.parts.length);
    const named = second || !view.title.includes(series.name);
    const button = h(
      'button',
      {
        class: second ? 'series second' : 'series',
        type: 'button',
        'aria-expanded': 'false',
        'aria-label': words.seriesAt(series.name, series.k, series.parts.length),
      },
      named && h('span', { class: 'name' }, series.name),
      h('span', { class: 'part' }, before, h('b', {}, k), after),
      sign('caret'),
    );
    openContentsWith(button);
    return button;
  };

  const referencesButton = () => {
    const text = words.references(view.references?.length ?? null, view.citedBy.length);
    if (!text) return undefined;
    const button = h('button', { class: 'series', type: 'button', 'aria-expanded': 'false' });
    button.append(h('span', { class: 'name' }, text), sign('caret'));
    openContentsWith(button);
    return button;
  };

  const turns = (series: SeriesView) => {
    const turn = (part: Row | undefined, direction: 'back' | 'forth', label: string) =>
      h(
        'a',
        part
          ? { class: 'turn', href: linkTo(part.id), 'aria-label': label, title: label }
          : { class: 'turn', 'aria-hidden': 'true' },
        sign(direction),
      );
    return h(
      'span',
      { class: 'turns' },
      turn(series.previous, 'back', words.previous(series.previous?.title ?? '')),
      rulerPlace,
      turn(series.next, 'forth', words.next(series.next?.title ?? '')),
    );
  };

  const openContentsWith = (button: HTMLButtonElement) => {
    on(button, 'click', (event) => toggleContents(button, event.detail === 0), signal);
    on(
      button,
      'keydown',
      (event) => {
        if (event.key === 'ArrowDown' && !contents) toggleContents(button, true);
        else if (event.key === 'Escape' && contents) closeContents();
        else return;
        event.preventDefault();
      },
      signal,
    );
  };

  let opener: HTMLButtonElement | undefined;

  const toggleContents = (button: HTMLButtonElement, byKeyboard: boolean) => {
    if (contents) return closeContents();
    opener = button;
    showContents(byKeyboard);
  };

  /** Opens the lists, or draws the open ones anew, keeping place and focus. */
  const showContents = (focus: boolean) => {
    const old = contents;
    const focused = old
      ? [...old.querySelectorAll('a')].findIndex((a) => a === box.root.activeElement)
      : -1;
    const scrolled = old ? [...old.querySelectorAll('ol')].map((ol) => ol.scrollTop) : [];
    const options: ContentsOptions = {
      words,
      here: placement.id,
      onMark: (part) => void set(part.id, part.mark, toggled(part.mark, Date.now())),
      onClose: closeContents,
      signal,
    };
    const several = view.series.length > 1;
    contents = h(
      'div',
      {},
      ...view.series.map((series) => seriesContents(series, several, options)),
      ...(view.series.length > 0 ? [] : referenceLists(options)),
    );
    if (old) old.replaceWith(contents);
    else line.append(contents);
    for (const button of row.querySelectorAll('.series'))
      button.setAttribute('aria-expanded', 'true');
    if (!old) centre(contents);
    else contents.querySelectorAll('ol').forEach((ol, i) => (ol.scrollTop = scrolled[i] ?? 0));
    if (focused >= 0) contents.querySelectorAll('a')[focused]?.focus();
    else if (focus)
      contents.querySelector<HTMLElement>('a[tabindex="0"]')?.focus({ preventScroll: true });
  };

  const referenceLists = (options: ContentsOptions) => [
    ...(view.references?.length ? [postContents(view.references, words.refersTo, options)] : []),
    ...(view.citedBy.length ? [postContents(view.citedBy, words.citedBy, options)] : []),
  ];

  const closeContents = () => {
    const hadFocus = contents?.contains(box.root.activeElement);
    contents?.remove();
    contents = undefined;
    for (const button of row.querySelectorAll('.series'))
      button.setAttribute('aria-expanded', 'false');
    if (hadFocus) opener?.focus();
  };

  const openMenu = () => {
    menu?.remove();
    menu = h('div', { class: 'menu', role: 'menu', 'aria-label': words.allMarks }, ...menuItems());
    mark.after(menu);
    menu.style.top = `${row.offsetTop + row.offsetHeight}px`;
    menu.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    on(menu, 'keydown', steerMenu, signal);
    on(
      menu,
      'focusout',
      (event) => menu?.contains(event.relatedTarget as Node | null) || closeMenu(),
      signal,
    );
  };

  const menuItems = () => {
    const now = Date.now();
    const current = view.mark;
    const marks: Mark[] = [
      UNREAD,
      { kind: 'later' },
      current.kind === 'reading' ? current : { kind: 'reading', fraction: 0 },
      current.kind === 'read' ? current : { kind: 'read', at: now, by: 'hand' },
    ];
    return marks.map((each) => {
      const item = h(
        'button',
        {
          type: 'button',
          role: 'menuitemradio',
          'aria-checked': String(each.kind === current.kind),
        },
        glyph(each),
        each.kind === 'reading' ? words.readingNow : words[each.kind],
      );
      on(
        item,
        'click',
        () => {
          closeMenu();
          mark.focus();
          if (each.kind !== current.kind) void set(placement.id, current, each);
        },
        signal,
      );
      return item;
    });
  };

  const steerMenu = (event: KeyboardEvent) => {
    const items = [...(menu?.querySelectorAll('button') ?? [])];
    const at = items.findIndex((item) => item === event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    else if (event.key === 'Escape') mark.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const closeMenu = () => {
    menu?.remove();
    menu = undefined;
  };

  const toggleMark = () => {
    mark.style.minWidth ||= `${Math.ceil(mark.getBoundingClientRect().width)}px`;
    void set(placement.id, view.mark, toggled(view.mark, Date.now()));
  };

  const watchMark = () => {
    let press: ReturnType<typeof setTimeout> | undefined;
    let pressed = false;
    on(
      mark,
      'pointerdown',
      () => {
        pressed = false;
        press = setTimeout(() => {
          pressed = true;
          openMenu();
        }, LONG_PRESS_MS);
      },
      signal,
    );
    for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const)
      on(mark, end, () => clearTimeout(press), signal);
    on(mark, 'contextmenu', (event) => pressed && event.preventDefault(), signal);
    on(mark, 'click', () => (pressed ? (pressed = false) : toggleMark()), signal);
    on(
      mark,
      'keydown',
      (event) => {
        if (event.key !== 'Enter' || !event.shiftKey) return;
        event.preventDefault();
        openMenu();
      },
      signal,
    );
    signal.addEventListener('abort', () => clearTimeout(press));
  };
  watchMark();

  return {
    host: box.host,
    draw() {
      if (!box.host.dataset['ground']) settle(box, context);
      draw();
    },
    settle: () => settle(box, context),
    retire(message) {
      closeMenu();
      contents?.remove();
      row.replaceChildren(
        ...(message ? [h('span', { class: 'quiet', role: 'status' }, message)] : []),
      );
    },
  };
}

function rule(kind = ''): HTMLElement {
  return h('i', { class: `rule ${kind}`.trim() });
}

function sameMark(a: Mark, b: Mark | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
