/**
 * A preview of the post that a link leads to, for a reader who rests on the link or has the keyboard
 * on it. It is drawn once, when all that is known has come: nothing in it moves. Where the reader
 * goes on within 150 ms nothing is done at all; after that one message asks for what the page does
 * not carry. A finger rests on nothing, so there is none for touch.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/content.html
 */
import { linkReader } from '../blog/links.ts';
import { place } from '../catalogue/place.ts';
import type { Mark } from '../reading/marks.ts';
import { type Answer, askAbout, type Particulars } from '../platform/protocol.ts';
import { h, on } from '../ui/dom.ts';
import { lineView } from '../ui/progress.ts';
import cardCss from './card.css?inline';
import type { Context } from './context.ts';
import { createBox, settle } from './host.ts';
import { cardNodes } from './preview-card.ts';
import css from './preview.css?inline';
import { lineOf, standing } from './standing.ts';

const WORK_AFTER_MS = 150;
const SHOWN_AFTER_MS = 500;
/** For the way from the link to the card. */
const GRACE_MS = 300;
/** As preview.css has it. */
const FADE_MS = 120;

interface Shown {
  link: HTMLAnchorElement;
  id: number;
  about: Particulars | undefined;
  /** What the reader's last act can be taken back by. */
  step?: string | undefined;
  failed?: { why: (Answer & { ok: false })['why']; again: () => Promise<Answer> } | undefined;
}

export function init(context: Context, signal: AbortSignal): void {
  const { live } = context;
  const box = createBox(cardCss + css);
  const card = h('div', { class: 'card preview', role: 'dialog' });
  box.root.append(card);
  let read: ReturnType<typeof linkReader> | undefined;
  /** The link that pointer or keyboard are on; being on its card counts as being on it. */
  let at: HTMLAnchorElement | undefined;
  /** Of the preview that is being waited for. */
  let wish: object | undefined;
  let shown: Shown | undefined;
  let [begins, ends, goes]: ReturnType<typeof setTimeout>[] = [];
  /** The browser's own words on the link would cover the card, and go while it is rested on. */
  let bared: { link: Element; title: string } | undefined;

  const rest = (link: HTMLAnchorElement | undefined) => {
    if (shown?.link === link) {
      clearTimeout(ends);
      ends = undefined;
    } else if (shown) ends ??= setTimeout(endUnlessUsed, GRACE_MS);
    if (at === link) return;
    at = link;
    cancel();
    clothe();
    if (link && link !== shown?.link) begin(link);
  };

  const endUnlessUsed = () => {
    ends = undefined;
    if (!shown?.link.matches(':focus-visible') && !card.querySelector(':focus-visible')) hide();
  };

  const begin = (link: HTMLAnchorElement) => {
    const mine = (wish = {});
    clearTimeout(begins);
    begins = setTimeout(() => void look(link, mine), WORK_AFTER_MS);
  };

  const look = async (link: HTMLAnchorElement, mine: object) => {
    if (!live.loaded || !live.settings.previews) return;
    const [found] = (read ??= linkReader(document, false))(link);
    if (!found || !context.catalogue.post(found.id)) return;
    bared ??= { link, title: link.title };
    link.removeAttribute('title');
    const waited = new Promise((done) => setTimeout(done, SHOWN_AFTER_MS - WORK_AFTER_MS));
    const [about] = await Promise.all([askAbout(found.id), waited]);
    if (wish === mine && link.isConnected) show({ link, id: found.id, about });
  };

  const cancel = () => {
    clearTimeout(begins);
    wish = undefined;
  };

  const clothe = () => {
    if (bared?.title && !bared.link.hasAttribute('title'))
      bared.link.setAttribute('title', bared.title);
    bared = undefined;
  };

  const show = (next: Shown) => {
    cancel();
    clearTimeout(goes);
    shown = next;
    draw();
    card.hidden = false;
    document.body.append(box.host);
    settle(box, context);
    stand(card, next.link);
  };

  const hide = () => {
    if (!shown) return;
    if (box.root.activeElement) shown.link.focus({ preventScroll: true });
    shown = undefined;
    card.hidden = true;
    goes = setTimeout(() => box.host.remove(), FADE_MS);
  };

  const controls = () => [...card.querySelectorAll<HTMLElement>('a, button')];

  const draw = () => {
    if (!shown) return;
    const { words } = live;
    const placement = place(shown.id, context.catalogue);
    const view = lineView(placement, '', live.record);
    const focused = controls().findIndex((control) => control === box.root.activeElement);
    card.setAttribute('aria-label', words.preview);
    card.replaceChildren(
      ...cardNodes(view, placement.post?.date ?? '', shown.about, acts(shown, view.mark), words),
    );
    controls()[focused]?.focus({ preventScroll: true });
  };

  /** 稍后读, then what takes it back; what could not be stored is tried again. */
  const acts = (now: Shown, mark: Mark): Node[] => {
    const { words } = live;
    const { id, step, failed } = now;
    if (failed)
      return [
        h('span', { class: 'failure' }, words.notSaved[failed.why]),
        button(words.retry, now, failed.again),
      ];
    if (step !== undefined) return [button(words.undo, now, () => live.undo(step))];
    if (mark.kind !== 'unread') return [];
    const later = () => live.mark({ post: id, mark: { kind: 'later' } });
    return [button(words.readLater, now, later)];
  };

  const button = (label: string, now: Shown, act: () => Promise<Answer>) => {
    const element = h('button', { class: 'action', type: 'button' }, label);
    const press = async () => {
      const answer = await act();
      if (answer.ok) now.step = answer.step;
      now.failed = answer.ok ? undefined : { why: answer.why, again: act };
      draw();
    };
    on(element, 'click', () => void press(), signal);
    return element;
  };

  const linkAt = (target: EventTarget | null) =>
    target === box.host
      ? shown?.link
      : (target instanceof Element && target.closest<HTMLAnchorElement>('a[href]')) || undefined;

  on(
    document,
    'pointerover',
    ({ target, pointerType, buttons }) => {
      if (pointerType === 'touch') return;
      rest(buttons && target !== box.host ? undefined : linkAt(target));
    },
    signal,
  );
  on(document, 'pointerleave', () => rest(undefined), signal);
  on(
    document,
    'focusin',
    ({ target }) => {
      const link = linkAt(target);
      if (target === box.host || link?.matches(':focus-visible')) rest(link);
    },
    signal,
  );
  on(document, 'focusout', () => rest(undefined), signal);
  on(
    document,
    'pointerdown',
    ({ target }) => {
      if (target === box.host) return;
      cancel();
      hide();
    },
    signal,
  );
  on(
    document,
    'keydown',
    (event) => {
      if (event.key === 'Escape') {
        cancel();
        hide();
      } else if (event.key === 'Tab' && shown) steer(event, shown.link);
    },
    signal,
  );

  /** The card stands at the page's end and is reached after its link, and left for what follows it. */
  const steer = (event: KeyboardEvent, link: HTMLElement) => {
    const all = controls();
    const focused = box.root.activeElement;
    if (!focused && document.activeElement === link && !event.shiftKey) {
      event.preventDefault();
      all[0]?.focus({ preventScroll: true });
    } else if (focused && focused === all.at(event.shiftKey ? 0 : -1)) {
      // The browser goes on from here, or stays where it came from.
      link.focus({ preventScroll: true });
      if (event.shiftKey) event.preventDefault();
    }
  };

  addEventListener(
    'scroll',
    () => {
      hide();
      // Resting begins when the page rests.
      if (wish && at) begin(at);
    },
    { passive: true, signal },
  );
  addEventListener('pagehide', () => rest(undefined), { signal });
  live.subscribe(() => (live.settings.previews ? draw() : hide()));
  signal.addEventListener('abort', () => {
    rest(undefined);
    clearTimeout(ends);
    hide();
    box.host.remove();
  });
}

function stand(card: HTMLElement, link: Element): void {
  const pieces = [...link.getClientRects()];
  const range = new Range();
  range.selectNodeContents(link.closest('p, li, td') ?? link);
  const { style } = card;
  style.maxHeight = '';
  const { left, block, offset, room } = standing(
    pieces,
    lineOf(pieces, range.getClientRects()),
    card.getBoundingClientRect(),
    { width: document.documentElement.clientWidth, height: innerHeight },
  );
  style.left = `${left}px`;
  style.maxHeight = `${room}px`;
  style.insetBlock = block === 'start' ? `${offset}px auto` : `auto ${offset}px`;
}
