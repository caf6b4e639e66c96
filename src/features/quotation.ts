/**
 * 出自哪篇: text that the reader selects is looked up among the openings of the posts. A small button
 * stands beside the selection; a press asks the background, which has the signatures, and the answer
 * takes the button's place. The page's own article is left out: one knows where that is from.
 *
 * Try it on a comment of https://kexue.fm/archives/9708, or an excerpt of https://kexue.fm/
 */
import { articleOf } from '../blog/article.ts';
import { place } from '../catalogue/place.ts';
import { markOf } from '../reading/marks.ts';
import { askWhose, SHORTEST_QUOTATION } from '../platform/protocol.ts';
import { h, on } from '../ui/dom.ts';
import { glyph } from '../ui/glyph.ts';
import { markText } from '../ui/words/index.ts';
import { type Context, linkTo } from './context.ts';
import { createBox, settle } from './host.ts';

/** A selection that still grows is not looked at. */
const SETTLED_MS = 400;

export function init(context: Context, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const box = createBox();
  const card = h('div', { class: 'quotation', role: 'status', hidden: true });
  box.root.append(card);

  const hide = () => {
    card.hidden = true;
    box.host.remove();
  };

  const offer = () => {
    const selection = getSelection();
    const text = selection?.toString() ?? '';
    if (!selection || text.trim().length < SHORTEST_QUOTATION || isOwnArticle(selection))
      return hide();
    const { bottom, left } = selection.getRangeAt(0).getBoundingClientRect();
    const button = h('button', { class: 'action', type: 'button' }, context.live.words.whose);
    on(button, 'click', () => void ask(text), signal);
    card.replaceChildren(button);
    card.style.top = `${Math.min(bottom + 6, innerHeight - 40)}px`;
    card.style.left = `${Math.max(8, Math.min(left, innerWidth - 340))}px`;
    card.hidden = false;
    document.body.append(box.host);
    settle(box, context);
  };

  const ask = async (text: string) => {
    const found = await askWhose(text);
    if (!signal.aborted) card.replaceChildren(...(found ? answer(found.id) : [unknown()]));
  };

  const unknown = () => h('span', { class: 'quiet' }, context.live.words.whoseUnknown);

  const answer = (id: number): Node[] => {
    const { words, record } = context.live;
    const { post, series } = place(id, context.catalogue);
    const mark = markOf(record, id);
    const places = series.map(
      ({ name, k, parts }) => `${name} ${words.part(k, parts.length).join('')}`,
    );
    return [
      glyph(mark, markText(mark, words)),
      h('a', { href: linkTo(id) }, post?.title ?? String(id)),
      ...places.map((text) => h('span', { class: 'quiet' }, text)),
    ];
  };

  document.addEventListener(
    'selectionchange',
    () => {
      clearTimeout(timer);
      // A press on the button itself changes the selection in some browsers.
      if (!card.matches(':hover, :focus-within')) timer = setTimeout(offer, SETTLED_MS);
    },
    { signal },
  );
  addEventListener('scroll', () => !card.hidden && hide(), { passive: true, signal });
  on(document, 'keydown', (event) => event.key === 'Escape' && hide(), signal);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    hide();
  });

  const isOwnArticle = ({ anchorNode }: Selection) =>
    context.kind === 'post' && (articleOf(document)?.contains(anchorNode) ?? false);
}
