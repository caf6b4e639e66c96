/**
 * 出自哪篇: a button below a selected text asks which post the text is from. The background has the signatures that
 * answer this, and is asked only when the button is pressed. A text in the page's own article is from this post and
 * needs no signature, unless it is in a quotation. The answer replaces the button.
 *
 * Try it on a quotation in https://kexue.fm/archives/9708, or an excerpt of https://kexue.fm/
 */
import { BLOG_LANGUAGE } from '../site/address.ts';
import { articleEnd } from '../site/article.ts';
import {
  appendToBody,
  closest,
  contains,
  isAfter,
  isElement,
  listen,
  parentOf,
} from '../site/dom.ts';
import { readText } from '../site/text.ts';
import { markOf } from '../record/marks.ts';
import { sourceOf } from '../app/transport.ts';
import { button, h, nodesOf, on } from '../ui/h.ts';
import { markIcon } from '../ui/icons.ts';
import { isEscape } from '../ui/keys.ts';
import { Timer } from '../ui/timer.ts';
import { markText } from '../ui/words/index.ts';
import { ownLink } from './own-link.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { createShadowHost } from './shadow-host.ts';
import { tabStep } from './tab-step.ts';
import css from './card.css?inline';

/** The card appears when the selection has not changed for this long. */
const SETTLED_MS = 400;
/** In UTF-16 units. Shorter texts occur in too many posts; the answer would be 'unknown'. */
const SHORTEST = 60;
/** The room in px that is kept for the card, to the right of its left edge and below its top. */
const ROOM = { width: 340, height: 64 };
const GAP = 6;

export const quotation: Feature = {
  setting: 'quotations',
  kinds: ['listing', 'post', 'archive'],
  init,
};

/** The card below a selection. */
interface QuotationCard {
  text: string;
  root: ShadowRoot;
  element: HTMLElement;
  remove: () => void;
}

function init(context: FeatureContext, signal: AbortSignal): void {
  let shown: QuotationCard | undefined;
  const settled = new Timer(signal);

  const hide = () => {
    shown?.remove();
    shown = undefined;
  };

  const offer = () => {
    const range = selectedRange();
    // The range is cloned, to read its formulas, only if its plain text is long enough.
    const text = range && String(range).length >= SHORTEST ? textOf(range) : '';
    if (!range || text.length < SHORTEST) return hide();
    if (text === shown?.text) return;
    hide();
    shown = showCard(text, range);
    const isOwn = isInOwnArticle(range, context);
    const ask = () =>
      isOwn && !isInQuotation(range)
        ? show(text, context.ownId)
        : void look(text, isOwn ? context.ownId : undefined);
    shown.element.append(button(context.live.words.whose, 'whose', ask, { signal }));
  };

  /** Asks for the source; shows `otherwise` if none is known. */
  const look = async (text: string, otherwise: number | undefined) =>
    show(text, (await sourceOf(text)) ?? otherwise);

  const show = (text: string, id: number | undefined) => {
    if (signal.aborted || shown?.text !== text) return;
    const { element } = shown;
    element.replaceChildren(...nodesOf(answerNodes(id, context)));
    element.querySelector('a')?.focus({ preventScroll: true });
  };

  const select = () => {
    settled.stop();
    // In some browsers a press on the card itself takes the selection away.
    if (getSelection()?.isCollapsed && shown?.element.matches(':hover, :focus-within')) return;
    settled.start(SETTLED_MS, offer);
  };
  listen(document, 'selectionchange', select, { signal });
  addEventListener('scroll', hide, { passive: true, signal });
  const press = (event: KeyboardEvent) => {
    if (isEscape(event)) hide();
    const step = shown && tabStep(event, shown.root, true);
    if (!step) return;
    // Out of the card the browser itself goes on from the selection.
    if (step === 'out') return getSelection()?.collapseToEnd();
    event.preventDefault();
    step.focus({ preventScroll: true });
  };
  on(document, 'keydown', press, signal, true);
  signal.addEventListener('abort', hide);
}

function showCard(text: string, range: Range): QuotationCard {
  const { host, root } = createShadowHost(css);
  const element = h('div', { class: 'card', role: 'status' });
  root.append(element);
  placeBelow(element, range);
  appendToBody(document, host);
  return { text, root, element, remove: () => host.remove() };
}

function answerNodes(id: number | undefined, context: FeatureContext): (Node | string)[] {
  const { words, record } = context.live;
  if (id === undefined) return [words.whoseUnknown];
  if (id === context.ownId) return [words.whoseHere];
  const mark = markOf(record, id);
  const { post, series } = context.placementOf(id);
  const places = series.map(({ name, partNumber, parts }) =>
    words.partIn(name, words.part(partNumber, parts.length).join('')),
  );
  return [
    markIcon(mark, markText(mark, words)),
    ownLink(id, { lang: BLOG_LANGUAGE }, post?.title ?? `${id}`),
    h('span', {}, [post?.date, ...places].filter(Boolean).join('\u2003')),
  ];
}

function selectedRange(): Range | undefined {
  const selection = getSelection();
  return selection?.rangeCount ? selection.getRangeAt(0) : undefined;
}

/** Whether the range is in the text of the page's own article, before what the theme puts at its end. */
function isInOwnArticle({ startContainer, endContainer }: Range, { postPage }: FeatureContext) {
  const { article } = postPage() ?? {};
  if (!article || !contains(article, startContainer) || !contains(article, endContainer))
    return false;
  const end = articleEnd(article);
  return !end || !(contains(end, endContainer) || isAfter(endContainer, end));
}

function isInQuotation({ commonAncestorContainer: node }: Range): boolean {
  const element = isElement(node) ? node : parentOf(node);
  return element !== null && closest(element, 'blockquote') !== null;
}

/** Returns the text with formulas as TeX, in any state of MathJax. */
function textOf(range: Range): string {
  return readText(range.cloneContents());
}

/** Below the selection's end, or above it if there is no room. */
function placeBelow(card: HTMLElement, range: Range): void {
  const { top, bottom, left } = range.getBoundingClientRect();
  const isBelow = bottom + ROOM.height < innerHeight;
  card.style.insetBlockStart = isBelow ? `${Math.max(GAP, bottom + GAP)}px` : 'auto';
  card.style.insetBlockEnd = isBelow ? 'auto' : `${Math.max(GAP, innerHeight - top + GAP)}px`;
  card.style.insetInlineStart = `${Math.max(GAP, Math.min(left, innerWidth - ROOM.width))}px`;
}
