/**
 * A preview of the post that a link leads to, for a reader who rests on the link with the pointer or
 * has the keyboard on it; touch has none. machine.ts says when it comes and goes, popover.ts where it
 * stands, card.ts what it shows.
 *
 * Links in our own boxes have it too: next part, neighbours, the rows of a series. Rows are gone
 * through like a menu, so the preview stands beside the whole box and never over a row. Where there is
 * no room for that it does not come, as a row says most of it. The row of the post at hand has none.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/content.html
 */
import { postIdOfHref } from '../../site/address.ts';
import { closest } from '../../site/dom.ts';
import { postLinksIn } from '../../site/links.ts';
import { Actions, type Notice } from '../../app/actions.ts';
import type { PostDetails } from '../../app/messages.ts';
import { query } from '../../app/transport.ts';
import { lineView } from '../../app/line-view.ts';
import { on } from '../../ui/h.ts';
import type { Feature, FeatureContext } from '../feature.ts';
import { rootOf } from '../shadow-host.ts';
import { cardNodes } from './card.ts';
import {
  advancePreview,
  nextTimeOf,
  NO_PREVIEW,
  type PreviewEffect,
  type PreviewEvent,
  type PreviewState,
} from './machine.ts';
import { createPopover } from './popover.ts';
import { tooltips } from './tooltip.ts';

type Link = HTMLAnchorElement;

/** The background may have to start first; a preview does not wait longer for its answer. */
const DETAILS_PATIENCE_MS = 1_500;

/** What a preview is of. */
interface Previewed {
  readonly id: number;
  readonly details: PostDetails | undefined;
  /** What became of the reader's act in this preview. */
  notice: Notice | undefined;
}

export const preview: Feature = {
  setting: 'previews',
  kinds: ['listing', 'post', 'archive'],
  init,
};

function init(context: FeatureContext, signal: AbortSignal): void {
  const { live } = context;
  const popover = createPopover();
  const tooltip = tooltips();
  let state: PreviewState<Link, Previewed> = NO_PREVIEW;
  let shown: Previewed | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = (event: PreviewEvent<Link, Previewed>) => {
    const isEnd = event.type === 'dismiss' || event.type === 'scroll';
    // While the preview still stands, so that the focus on its link does not make it come again.
    if (isEnd && popover.hasKeyboard()) state.shown?.focus({ preventScroll: true });
    const [next, effects] = advancePreview(state, event, performance.now());
    state = next;
    for (const effect of effects) run(effect);
    clearTimeout(timer);
    const at = nextTimeOf(state);
    if (at !== undefined) timer = setTimeout(tellTime, Math.ceil(at - performance.now()));
  };

  const tellTime = () =>
    send({
      type: 'time',
      isInUse: popover.hasKeyboard() || (state.shown?.matches(':focus-visible') ?? false),
    });

  const run = (effect: PreviewEffect<Link, Previewed>) => {
    switch (effect.type) {
      case 'look-up':
        return void lookUp(effect.link, effect.lookUp);
      case 'show':
        shown = effect.content;
        draw();
        if (!popover.show(effect.link)) send({ type: 'dismiss' });
        return;
      case 'hide':
        return popover.hide();
      case 'left':
        return tooltip.giveBack(effect.link);
    }
  };

  /** Asks for what the page does not carry. */
  const lookUp = async (link: Link, number: number) => {
    const id = postBehind(link);
    if (id === undefined || !context.catalogue().post(id)) return;
    tooltip.take(link);
    const details = await query('postDetails', { id }, DETAILS_PATIENCE_MS);
    const content: Previewed = { id, details, notice: undefined };
    if (!signal.aborted) send({ type: 'found', lookUp: number, content });
  };

  const draw = () => {
    if (state.shown === undefined || !shown) return;
    const { id, details, notice } = shown;
    const placement = context.placementOf(id);
    const view = lineView(placement, '', live.record);
    const acts = {
      notice,
      readLater: () => readLater(shown),
      plan: () => void query('openLibrary', { plan: id }),
    };
    const date = placement.post?.date ?? '';
    popover.draw(view.title, cardNodes(view, date, details, acts, live.words, signal));
  };

  /** What becomes of it is said in the preview in which it was pressed. */
  const readLater = (previewed: Previewed | undefined) => {
    if (!previewed) return;
    const publish = (notice: Notice) => {
      previewed.notice = notice;
      draw();
    };
    const actions = new Actions({ live, titleOf: () => '', publish });
    void actions.mark([{ post: previewed.id, mark: { kind: 'later' } }]);
  };

  const linkAt = (target: EventTarget | null) =>
    target === popover.host
      ? state.shown
      : target instanceof Element
        ? ((closest(target, 'a[href]') as Link | null) ?? undefined)
        : undefined;

  /**
   * The document hears which box of ours an event is in, not which link: the first event that reaches
   * a box makes us listen inside. So lines that nobody comes to have no listener, and none has two.
   */
  const notice = (event: PointerEvent | FocusEvent) => {
    const { target } = event;
    if (!target || !event.isTrusted) return;
    const root = target !== popover.host && rootOf(target);
    if (root) return listenIn(root);
    const link = linkAt(target);
    if (!('buttons' in event)) {
      if (target === popover.host || link?.matches(':focus-visible')) send({ type: 'rest', link });
    } else if (event.pointerType !== 'touch') {
      const isPressed = event.buttons > 0 && target !== popover.host;
      send({ type: 'rest', link: isPressed ? undefined : link });
    }
  };

  const listenIn = (to: EventTarget) => {
    for (const type of ['pointerover', 'focusin'])
      to.addEventListener(type, notice as EventListener, { signal, capture: true });
  };

  const pressKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab' && state.shown) popover.steerTab(event, state.shown);
    if (event.key !== 'Escape') return;
    // The list that it stands beside is closed by the next one.
    if (state.shown) event.stopPropagation();
    send({ type: 'dismiss' });
  };

  listenIn(document);
  for (const type of ['pointerleave', 'focusout'] as const)
    on(document, type, () => send({ type: 'rest', link: undefined }), signal);
  const press = ({ target }: Event) => target !== popover.host && send({ type: 'dismiss' });
  on(document, 'pointerdown', press, signal);
  on(document, 'keydown', pressKey, signal, true);
  addEventListener('scroll', () => send({ type: 'scroll' }), { passive: true, signal });
  context.onChange(draw);
  signal.addEventListener('abort', () => {
    send({ type: 'rest', link: undefined });
    send({ type: 'dismiss' });
  });
}

/** The post that a link of the page leads to; of a link of ours unless it is the post at hand. */
function postBehind(link: Link): number | undefined {
  if (!(link.getRootNode() instanceof ShadowRoot)) return postLinksIn(link, false)[0]?.id;
  return link.ariaCurrent ? undefined : postIdOfHref(link.href);
}
