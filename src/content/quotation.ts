/**
 * 出自哪篇: text that the reader selects is looked up among the openings of the posts. A button stands
 * below the selection; a press asks the background, which has the signatures, and the answer takes
 * the button's place. Nothing is asked before the press.
 *
 * Try it on a quotation in https://kexue.fm/archives/9708, or an excerpt of https://kexue.fm/
 */
import { BLOG_LANGUAGE, postIdOf } from '../site/address.ts';
import { readText } from '../site/text.ts';
import { markOf } from '../record/marks.ts';
import { sourceOf } from '../app/transport.ts';
import { button, h } from '../ui/h.ts';
import { markIcon } from '../ui/icons.ts';
import { markText } from '../ui/words/index.ts';
import { linkTo } from './context.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { createShadowHost } from './shadow-host.ts';
import css from './card.css?inline';

/** A selection that still grows is not looked at. */
const SETTLED_MS = 400;
/** UTF-16 units. Shorter texts are said by too many; the answer would be «unknown». */
const SHORTEST = 60;
/** Room in px that the card is given to the right of where it begins, and below. */
const ROOM = { width: 340, height: 64 };
const GAP = 6;

export const quotation: Feature = {
  setting: 'quotations',
  kinds: ['listing', 'post', 'archive'],
  init,
};

function init(context: FeatureContext, signal: AbortSignal): void {
  const { live } = context;
  const { host, root } = createShadowHost(css);
  const card = h('div', { class: 'card', role: 'status' });
  root.append(card);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the card is about; undefined where none stands. */
  let shown: string | undefined;

  const hide = () => {
    shown = undefined;
    host.remove();
  };

  const offer = () => {
    const range = selectedRange();
    const text = range && String(range).length >= SHORTEST ? textOf(range) : '';
    if (!range || text.length < SHORTEST) return hide();
    if (text === shown) return;
    card.replaceChildren(button(live.words.whose, 'whose', () => void ask(text), signal));
    stand(card, range);
    document.body.append(host);
    shown = text;
  };

  const ask = async (text: string) => {
    const id = await sourceOf(text);
    if (signal.aborted || shown !== text) return;
    card.replaceChildren(...(id === undefined ? [live.words.whoseUnknown] : answer(id)));
    card.querySelector('a')?.focus({ preventScroll: true });
  };

  const answer = (id: number): (Node | string)[] => {
    const { words, record } = live;
    if (id === postIdOf(location)) return [words.whoseHere];
    const mark = markOf(record, id);
    const { post, series } = context.placementOf(id);
    const places = series.map(({ name, k, parts }) =>
      words.partIn(name, words.part(k, parts.length).join('')),
    );
    return [
      markIcon(mark, markText(mark, words)),
      h('a', { href: linkTo(id), lang: BLOG_LANGUAGE }, post?.title ?? `${id}`),
      h('span', {}, [post?.date, ...places].filter(Boolean).join('\u2003')),
    ];
  };

  document.addEventListener(
    'selectionchange',
    () => {
      clearTimeout(timer);
      // A press on the card itself takes the selection away in some browsers.
      if (getSelection()?.isCollapsed && card.matches(':hover, :focus-within')) return;
      timer = setTimeout(offer, SETTLED_MS);
    },
    { signal },
  );
  addEventListener('scroll', () => shown !== undefined && hide(), { passive: true, signal });
  addEventListener('keydown', ({ key }) => key === 'Escape' && hide(), { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    hide();
  });
}

function selectedRange(): Range | undefined {
  const selection = getSelection();
  return selection?.rangeCount ? selection.getRangeAt(0) : undefined;
}

/** Formulas as TeX, in whichever state MathJax has them. */
function textOf(range: Range): string {
  return readText(range.cloneContents());
}

/** Below the selection's end; above where there is no room. */
function stand(card: HTMLElement, range: Range): void {
  const { top, bottom, left } = range.getBoundingClientRect();
  const isBelow = bottom + ROOM.height < innerHeight;
  card.style.insetBlockStart = isBelow ? `${Math.max(GAP, bottom + GAP)}px` : 'auto';
  card.style.insetBlockEnd = isBelow ? 'auto' : `${Math.max(GAP, innerHeight - top + GAP)}px`;
  card.style.insetInlineStart = `${Math.max(GAP, Math.min(left, innerWidth - ROOM.width))}px`;
}
