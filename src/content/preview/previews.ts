/**
 * Previews beside links, shown when the pointer or the keyboard rests on a link. machine.ts decides when one appears
 * and disappears, popover.ts where it is placed; a feature decides which links have one and what it shows.
 */
import { closest } from '../../site/dom.ts';
import { type Child, on } from '../../ui/h.ts';
import { isEscape } from '../../ui/keys.ts';
import { Timer } from '../../ui/timer.ts';
import { rootOf } from '../shadow-host.ts';
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

export type Link = HTMLAnchorElement;

/** The previews of one kind of link. */
export interface PreviewKind<Content> {
  /** A class for the card. */
  readonly className?: string;
  /**
   * Returns what the preview of a link shows, undefined if it has none. Called when the reader has rested on the
   * link.
   */
  readonly lookUp: (link: Link) => Content | Promise<Content> | undefined;
  /** `name` is the card's name for screen readers. */
  readonly draw: (content: Content) => { name: string; nodes: readonly Child[] };
}

export interface Previews {
  /** The link whose preview is shown. */
  readonly shown: () => Link | undefined;
  /** Shows the preview of a link without waiting: the reader asked for it. */
  readonly ask: (link: Link) => void;
  readonly dismiss: () => void;
  /** Draws the shown preview again. */
  readonly redraw: () => void;
}

/** Watches the page for links of a kind until the signal aborts. */
export function createPreviews<Content>(
  { className = '', lookUp, draw }: PreviewKind<Content>,
  signal: AbortSignal,
): Previews {
  const popover = createPopover(className);
  const tooltip = tooltips();
  let state: PreviewState<Link, Content> = NO_PREVIEW;
  let shown: Content | undefined;
  const timer = new Timer(signal);

  const send = (event: PreviewEvent<Link, Content>) => {
    const isEnd = event.type === 'dismiss' || event.type === 'scroll';
    // This comes before the state changes: the focus on the link of a hidden preview would show it again.
    if (isEnd && popover.hasKeyboard()) state.shown?.focus({ preventScroll: true });
    const [next, effects] = advancePreview(state, event, performance.now());
    state = next;
    for (const effect of effects) run(effect);
    timer.stop();
    const at = nextTimeOf(state);
    if (at !== undefined) timer.start(Math.ceil(at - performance.now()), tellTime);
  };

  const tellTime = () =>
    send({
      type: 'time',
      isInUse: popover.hasKeyboard() || (state.shown?.matches(':focus-visible') ?? false),
    });

  const run = (effect: PreviewEffect<Link, Content>) => {
    switch (effect.type) {
      case 'look-up':
        return void find(effect.link, effect.lookUp);
      case 'show':
        shown = effect.content;
        redraw();
        if (!popover.show(effect.link)) send({ type: 'dismiss' });
        return;
      case 'hide':
        return popover.hide();
      case 'left':
        return tooltip.giveBack(effect.link);
    }
  };

  const find = async (link: Link, number: number) => {
    const found = lookUp(link);
    if (found === undefined) return;
    tooltip.take(link);
    const content = await found;
    if (!signal.aborted) send({ type: 'found', lookUp: number, content });
  };

  const redraw = () => {
    if (state.shown === undefined || shown === undefined) return;
    const { name, nodes } = draw(shown);
    popover.draw(name, nodes);
  };

  const linkAt = (target: EventTarget | null) =>
    target === popover.host ? state.shown : linkAround(target);

  /**
   * At the document, the target of an event in one of our boxes is the box, not the link. So the first event that
   * reaches a box adds a listener inside. Lines that the reader does not reach have no listener, and none has two.
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
    if (state.shown) popover.steerTab(event, state.shown);
    if (!isEscape(event)) return;
    // Only the preview closes; the next Escape closes the list that it is beside.
    if (state.shown) event.stopPropagation();
    send({ type: 'dismiss' });
  };

  const press = ({ target, pointerType }: PointerEvent) => {
    // A second tap on the link follows it.
    const isSecondTap = pointerType === 'touch' && state.shown && linkAt(target) === state.shown;
    if (target !== popover.host && !isSecondTap) send({ type: 'dismiss' });
  };

  listenIn(document);
  for (const type of ['pointerleave', 'focusout'] as const)
    on(document, type, () => send({ type: 'rest', link: undefined }), signal);
  on(document, 'pointerdown', press, signal);
  on(document, 'keydown', pressKey, signal, true);
  addEventListener('scroll', () => send({ type: 'scroll' }), { passive: true, signal });
  signal.addEventListener('abort', () => {
    send({ type: 'rest', link: undefined });
    send({ type: 'dismiss' });
  });

  return {
    shown: () => state.shown,
    ask: (link) => send({ type: 'ask', link }),
    dismiss: () => send({ type: 'dismiss' }),
    redraw,
  };
}

/** Returns the link of the page that contains an event's target. */
export function linkAround(target: EventTarget | null): Link | undefined {
  return target instanceof Element
    ? ((closest(target, 'a[href]') as Link | null) ?? undefined)
    : undefined;
}
