/**
 * A preview of the equation or heading that a link within the page leads to, and a way back after the link was
 * followed. It appears when the pointer or the keyboard rests on the link; on touch the first tap shows it and the
 * second one follows the link. An excerpt often refers to an equation that only the whole post has; such a link has
 * no preview.
 *
 * Try it on https://kexue.fm/archives/9708: a number of an equation in the text, 内容速览 in the sidebar
 */
import { BLOG_LANGUAGE } from '../../site/address.ts';
import { boxOf } from '../../site/dom.ts';
import {
  type LinkedPassage,
  passageBehind,
  type PassageContent,
  readPassage,
} from '../../site/passage.ts';
import { soundPiece } from '../../catalogue/discovered/openings.ts';
import { button, h, on } from '../../ui/h.ts';
import { isPlainClick } from '../../ui/keys.ts';
import { equationNode } from '../../ui/mathml.ts';
import type { Words } from '../../ui/words/index.ts';
import type { Feature, FeatureContext } from '../feature.ts';
import { hiddenFormula, pieceNode } from '../preview/formula.ts';
import { createPreviews, type Link, linkAround } from '../preview/previews.ts';
import { SPACE_ABOVE } from '../resume.ts';
import { createWayBack } from './way-back.ts';

/** TeX is cut to this many characters. */
const MAX_SOURCE = 2_000;
/** Rows of a long derivation that are shown. */
const MAX_ROWS = 8;

export const passages: Feature = {
  setting: 'passagePreviews',
  kinds: ['post', 'listing'],
  init,
};

interface Previewed {
  readonly link: Link;
  readonly passage: LinkedPassage;
  readonly content: PassageContent;
}

function init(context: FeatureContext, signal: AbortSignal): void {
  const { live } = context;
  /** Whether the last press was a touch. */
  let isTouch = false;
  const wayBack = createWayBack(context, signal);

  const lookUp = (link: Link): Previewed | undefined => {
    const passage =
      link.getRootNode() instanceof ShadowRoot
        ? undefined
        : passageBehind(link, context.foreignText());
    return passage && { link, passage, content: readPassage(passage) };
  };

  const draw = ({ link, passage, content }: Previewed) => {
    const { words } = live;
    const name = nameOfPassage(content, words);
    const head = button(name, 'go', () => follow(link, passage), {
      signal,
      class: 'head',
      lang: BLOG_LANGUAGE,
    });
    return { name, nodes: [head, ...contentNodes(content)] };
  };

  /** Follows the link, and offers the way back. */
  const follow = (link: Link, { element, mark, text }: LinkedPassage) => {
    previews.dismiss();
    wayBack.leave(link, text, mark);
    location.assign(link.href);
    // The browser scrolls the equation's number to the top of the window, so the equation's upper half is hidden.
    const isTall = boxOf(element).height > innerHeight - 2 * SPACE_ABOVE;
    const { top } = boxOf(isTall ? mark : element);
    scrollBy({ top: top - SPACE_ABOVE, behavior: 'instant' });
  };

  const click = (event: MouseEvent) => {
    const link = linkAround(event.target);
    if (!link || event.defaultPrevented || !isPlainClick(event)) return;
    const passage = passageBehind(link, context.foreignText());
    if (!passage) return;
    event.preventDefault();
    if (isTouch && event.detail > 0 && previews.shown() !== link) previews.ask(link);
    else follow(link, passage);
  };

  const previews = createPreviews({ className: 'passage', lookUp, draw }, signal);
  const notePress = ({ pointerType }: PointerEvent) => (isTouch = pointerType === 'touch');
  on(document, 'pointerdown', notePress, signal, true);
  on(document, 'click', click, signal);
  context.onChange(previews.redraw);
}

function nameOfPassage({ kind, name }: PassageContent, words: Words): string {
  return kind === 'equation' ? words.equation(name) : name;
}

/** The paragraph before an equation and the equation, or the paragraph after a heading. */
function contentNodes({ equation, name, around }: PassageContent): Node[] {
  const text = around.map(soundPiece).map(pieceNode);
  return [
    ...(text.length > 0 ? [h('p', { class: 'around', lang: BLOG_LANGUAGE }, ...text)] : []),
    ...(equation ? [equationBox(equation, name)] : []),
  ];
}

/** The equation as MathML made of what MathJax has drawn, or its TeX. */
function equationBox(
  { tex, tree, columns }: NonNullable<PassageContent['equation']>,
  number: string,
): HTMLElement {
  const sound = soundPiece({ tex, tree });
  const source = tex.slice(0, MAX_SOURCE);
  if (typeof sound === 'string') return h('p', { class: 'equation source' }, source);
  const math = equationNode(sound[1], columns, number, MAX_ROWS);
  return h('div', { class: 'equation' }, hiddenFormula(source, [math]));
}
