/**
 * A preview of the post that a link leads to, for a reader who rests on the link or has the keyboard
 * on it. It is drawn once all that is known has come, so nothing in it moves. Who goes on within
 * 150 ms is not noticed at all; after that one message asks for what the page does not carry. A
 * finger rests on nothing: there is none for touch.
 *
 * Our own links have it too: next part, neighbours, the rows of a series. Rows are gone through like
 * a menu, so the preview stands beside all of our box and never over a row; where there is no room
 * for that it does not come, for a row says the most of it. The row of the post at hand has none.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/content.html
 */
import { postIdOfHref } from '../blog/address.ts';
import { linkReader } from '../blog/links.ts';
import { place } from '../catalogue/place.ts';
import type { Mark } from '../reading/marks.ts';
import { type Answer, askAbout, type Particulars, openLibraryWith } from '../platform/protocol.ts';
import { h, on } from '../ui/dom.ts';
import { lineView } from '../ui/progress.ts';
import cardCss from './card.css?inline';
import type { Context } from './context.ts';
import { createBox, rootOf, settle } from './host.ts';
import { cardNodes } from './preview-card.ts';
import css from './preview.css?inline';
import { type Standing, standing, standingClear } from './standing.ts';

const WORK_AFTER_MS = 150;
const SHOWN_AFTER_MS = 500;
/** For the way from the link to the card. */
const GRACE_MS = 300;
const DESCRIPTION = 'aria-description';
/** As preview.css has it. */
const FADE_MS = 120;

interface Shown {
  link: HTMLElement;
  /** What the link is in: the page, or a box of ours. */
  home: Document | ShadowRoot;
  id: number;
  about: Particulars | undefined;
  /** What the reader's last act can be taken back by. */
  step?: string | undefined;
  failed?: (Answer & { ok: false })['why'] | undefined;
}
type Timer = ReturnType<typeof setTimeout> | undefined;

export function init(context: Context, signal: AbortSignal): void {
  const { live } = context;
  const box = createBox(cardCss + css);
  const card = h('div', { class: 'line card preview', role: 'dialog' });
  box.root.append(card);
  /** The link that pointer or keyboard are on; who is on its card is on it. */
  let at: HTMLElement | undefined;
  let shown: Shown | undefined;
  /** `begins` stays until what it began is shown or given up. */
  let [begins, ends, goes]: Timer[] = [];
  /** The browser's own words on the link would cover the card; they go while it is rested on. */
  let title: string | null = null;
  /** Of link-marks: where they said the same, they come back only if they still stand. */
  let said: string | null = null;

  const rest = (link?: HTMLElement) => {
    follow(link);
    if (shown?.link === link) {
      clearTimeout(ends);
      ends = undefined;
    } else if (shown) ends ??= setTimeout(endUnlessUsed, GRACE_MS);
    if (at === link) return;
    giveUp();
    if (title && at && !at.title && (title !== said || at.hasAttribute(DESCRIPTION)))
      at.title = title;
    title = null;
    at = link;
    if (link && shown?.link !== link) begin();
  };

  /** Our lists are drawn anew when a mark changes: the row in an old one's place is the same row. */
  const follow = (link?: HTMLElement) => {
    if (!link) return;
    if (at && isRenewed(at, link)) at = link;
    if (shown && isRenewed(shown.link, link)) shown.link = link;
  };

  const begin = () => {
    clearTimeout(begins);
    begins = setTimeout(() => void look(begins), WORK_AFTER_MS);
  };

  const giveUp = () => {
    clearTimeout(begins);
    begins = undefined;
  };

  const look = async (mine: Timer) => {
    const link = at;
    if (!link || !live.loaded || !live.settings.previews) return;
    const id = postBehind(link);
    if (id === undefined || !context.catalogue.post(id)) return;
    title ??= link.getAttribute('title');
    said = link.getAttribute(DESCRIPTION);
    link.removeAttribute('title');
    const waited = new Promise((done) => setTimeout(done, SHOWN_AFTER_MS - WORK_AFTER_MS));
    const [about] = await Promise.all([askAbout(id), waited]);
    if (begins === mine && at) show({ link: at, home: homeOf(at), id, about });
  };

  const show = (next: Shown) => {
    giveUp();
    clearTimeout(goes);
    shown = next;
    draw();
    card.hidden = false;
    document.body.append(box.host);
    settle(box, context);
    const place = placeFor(card, next.link);
    if (place) Object.assign(card.style, place);
    else sendAway();
  };

  const hasKeyboard = () => card.querySelector(':focus-visible');

  const endUnlessUsed = () => {
    ends = undefined;
    if (!hasKeyboard() && !shown?.link.matches(':focus-visible')) hide();
  };

  const hide = () => {
    if (!shown) return;
    if (hasKeyboard()) linkNow(shown)?.focus({ preventScroll: true });
    shown = undefined;
    card.hidden = true;
    goes = setTimeout(() => box.host.remove(), FADE_MS);
  };

  /** It comes again when the reader has left the link. */
  const sendAway = () => {
    giveUp();
    hide();
  };

  const controls = () => [...card.querySelectorAll<HTMLElement>('a, button')];

  const draw = () => {
    if (!shown) return;
    const { words, record } = live;
    const placement = place(shown.id, context.catalogue);
    const view = lineView(placement, '', record);
    const focused = controls().indexOf(box.root.activeElement as HTMLElement);
    card.ariaLabel = view.title;
    card.replaceChildren(
      ...cardNodes(view, placement.post?.date ?? '', shown.about, acts(shown, view.mark), words),
    );
    controls()[focused]?.focus({ preventScroll: true });
  };

  const acts = (now: Shown, mark: Mark): Node[] => {
    const plan = h('button', { class: 'action', type: 'button' }, live.words.addToPlan);
    on(plan, 'click', () => openLibraryWith({ plan: now.id }), signal);
    return [...laterAct(now, mark), plan];
  };

  /** 稍后读, then what takes it back; what could not be stored is tried again. */
  const laterAct = (now: Shown, { kind }: Mark): Node[] => {
    const { words } = live;
    const { id, step, failed } = now;
    if (!failed && !step && kind !== 'unread') return [];
    const button = h(
      'button',
      { class: 'action', type: 'button' },
      failed ? words.retry : step ? words.undo : words.readLater,
    );
    const press = async () => {
      // What failed is asked for again: nothing has become of it.
      const answer = await (step
        ? live.undo(step)
        : live.mark({ post: id, mark: { kind: 'later' } }));
      now.failed = answer.ok ? undefined : answer.why;
      if (answer.ok) now.step = answer.step;
      draw();
    };
    on(button, 'click', () => void press(), signal);
    return failed ? [h('span', { class: 'failure' }, words.notSaved[failed]), button] : [button];
  };

  const linkAt = (target: EventTarget | null) =>
    target === box.host
      ? shown?.link
      : ((target as Element).closest?.<HTMLElement>('a[href]') ?? undefined);

  const pointed = ({ target, pointerType, buttons }: PointerEvent) => {
    if (pointerType !== 'touch' && !heed(target))
      rest(buttons && target !== box.host ? undefined : linkAt(target));
  };

  const focused = ({ target }: FocusEvent) => {
    if (heed(target)) return;
    const link = linkAt(target);
    if (target === box.host || link?.matches(':focus-visible')) rest(link);
  };

  const heeded = new WeakSet<ShadowRoot>();

  /**
   * Whether the target is another box of ours: what is in it is heard of in there, from the event on
   * that is on its way in now. No listener stands in a line that nobody comes to.
   */
  const heed = (target: EventTarget | null): boolean => {
    const root = target && target !== box.host && rootOf(target);
    if (!root) return false;
    if (!heeded.has(root)) listen(root);
    heeded.add(root);
    return true;
  };

  const listen = (to: Document | ShadowRoot) => {
    on(to, 'pointerover', pointed, signal, true);
    on(to, 'focusin', focused, signal, true);
  };

  listen(document);
  for (const type of ['pointerleave', 'focusout'] as const)
    on(document, type, () => rest(), signal);
  on(document, 'pointerdown', ({ target }) => target !== box.host && sendAway(), signal);
  on(
    document,
    'keydown',
    (event) => {
      if (event.key === 'Tab' && shown) steer(event, shown);
      if (event.key !== 'Escape') return;
      // The list that it stands beside is closed by the next one.
      if (shown) event.stopPropagation();
      sendAway();
    },
    signal,
    true,
  );

  /** The card stands at the page's end; it is reached from its link, and left for what follows it. */
  const steer = (event: KeyboardEvent, now: Shown) => {
    const { shiftKey } = event;
    const all = controls();
    const focused = box.root.activeElement;
    const isEntering = !focused && !shiftKey && now.link.matches(':focus');
    if (!isEntering && (!focused || focused !== all.at(shiftKey ? 0 : -1))) return;
    // Forwards out of the card the browser goes on by itself, from the link.
    if (isEntering || shiftKey) event.preventDefault();
    (isEntering ? all[0] : linkNow(now))?.focus({ preventScroll: true });
  };

  addEventListener(
    'scroll',
    () => {
      hide();
      // Who scrolls does not rest.
      if (begins) begin();
    },
    { passive: true, signal },
  );
  live.subscribe(() => (live.settings.previews ? draw() : hide()));
  signal.addEventListener('abort', () => {
    rest();
    hide();
  });
}

/** Whether `link` stands where `old`, which is gone, stood. */
function isRenewed(old: HTMLElement, link: HTMLElement): boolean {
  return !old.isConnected && old.getAttribute('href') === link.getAttribute('href');
}

/** The link of what is shown, also when its list was drawn anew since. */
function linkNow({ link, home }: Shown): HTMLElement | undefined {
  if (link.isConnected) return link;
  return [...home.querySelectorAll('a')].find(
    (each) => isRenewed(link, each) && each.className === link.className,
  );
}

function homeOf(link: HTMLElement): Document | ShadowRoot {
  return link.getRootNode() as Document | ShadowRoot;
}

/** What a link leads to: one of the page's as blog/links.ts says, one of ours but to what is at hand. */
function postBehind(link: HTMLElement): number | undefined {
  if (!('host' in homeOf(link))) return linkReader(document, false)(link)[0]?.id;
  if (link.ariaCurrent || link.closest('.card')) return undefined;
  return postIdOfHref(link.getAttribute('href') ?? '');
}

function placeFor(card: HTMLElement, link: HTMLElement): Standing | undefined {
  card.style.maxHeight = '';
  const size = card.getBoundingClientRect();
  const view = { width: document.documentElement.clientWidth, height: innerHeight };
  const home = homeOf(link);
  if ('host' in home) {
    const box = home.host.getBoundingClientRect();
    return standingClear(
      link.getBoundingClientRect(),
      box,
      link.closest('li') !== null,
      size,
      view,
    );
  }
  const range = new Range();
  range.selectNodeContents(link.closest('p, li, td') ?? link);
  return standing([...link.getClientRects()], [...range.getClientRects()], size, view);
}
