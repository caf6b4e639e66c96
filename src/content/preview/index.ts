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
import { postIdOfHref } from '../../site/address.ts';
import { postLinksIn } from '../../site/links.ts';
import type { Mark } from '../../record/marks.ts';
import type { Answer, PostDetails } from '../../app/messages.ts';
import { query } from '../../app/transport.ts';
import { button, h, on } from '../../ui/h.ts';
import { patch } from '../../ui/patch.ts';
import { lineView } from '../../app/line-view.ts';
import cardCss from '../card.css?inline';
import type { Feature, FeatureContext } from '../feature.ts';
import { createShadowHost, rootOf } from '../shadow-host.ts';
import { cardNodes } from './card.ts';
import css from './preview.css?inline';
import { type PopoverPlace, placePopover, placePopoverClearOf } from '../popover-position.ts';

const WORK_AFTER_MS = 150;
const SHOWN_AFTER_MS = 500;
/** For the way from the link to the card. */
const GRACE_MS = 300;
const DESCRIPTION = 'aria-description';
/** As preview.css has it. */
const FADE_MS = 120;

type Link = HTMLAnchorElement;

interface Shown {
  link: Link;
  id: number;
  about: PostDetails | undefined;
  /** What the reader's last act can be taken back by. */
  step?: string | undefined;
  failed?: (Answer & { ok: false })['why'] | undefined;
}
type Timer = ReturnType<typeof setTimeout> | undefined;

/** The card does not wait longer for what the background knows. */
const PREVIEW_PATIENCE_MS = 1_500;

export const preview: Feature = {
  setting: 'previews',
  kinds: ['listing', 'post', 'archive'],
  init,
};

function init(context: FeatureContext, signal: AbortSignal): void {
  const { live } = context;
  const box = createShadowHost(cardCss + css);
  const card = h('div', { class: 'line card preview', role: 'dialog' });
  box.root.append(card);
  /** The link that pointer or keyboard are on; who is on its card is on it. */
  let at: Link | undefined;
  let shown: Shown | undefined;
  /** `begins` stays until what it began is shown or given up. */
  let [begins, ends, goes]: Timer[] = [];
  /** The browser's own words on the link would cover the card; they go while it is rested on. */
  let title: string | null = null;
  /** Of link-marks: where they said the same, they come back only if they still stand. */
  let said: string | null = null;

  const rest = (link?: Link) => {
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
    if (!link) return;
    const id = postBehind(link);
    if (id === undefined || !context.catalogue().post(id)) return;
    title ??= link.getAttribute('title');
    said = link.getAttribute(DESCRIPTION);
    link.removeAttribute('title');
    const waited = new Promise((done) => setTimeout(done, SHOWN_AFTER_MS - WORK_AFTER_MS));
    const [about] = await Promise.all([query('postDetails', { id }, PREVIEW_PATIENCE_MS), waited]);
    if (begins === mine && at) show({ link: at, id, about });
  };

  const show = (next: Shown) => {
    giveUp();
    clearTimeout(goes);
    shown = next;
    draw();
    card.hidden = false;
    document.body.append(box.host);
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
    if (hasKeyboard()) shown.link.focus({ preventScroll: true });
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
    const placement = context.placementOf(shown.id);
    const view = lineView(placement, '', record);
    card.ariaLabel = view.title;
    patch(
      card,
      cardNodes(view, placement.post?.date ?? '', shown.about, acts(shown, view.mark), words),
    );
  };

  const acts = (now: Shown, mark: Mark): Node[] => {
    const plan = () => void query('openLibrary', { plan: now.id });
    return [...laterAct(now, mark), button(live.words.addToPlan, 'plan', plan, signal)];
  };

  /** 稍后读, then what takes it back; what could not be stored is tried again. */
  const laterAct = (now: Shown, { kind }: Mark): Node[] => {
    const { words } = live;
    const { id, step, failed } = now;
    if (!failed && !step && kind !== 'unread') return [];
    const press = async () => {
      // What failed is sent again as the same act: it may have been stored after all.
      const answer = await (step
        ? live.undo(step)
        : (live.unsaved.get(id)?.retry() ?? live.mark([{ post: id, mark: { kind: 'later' } }])));
      now.failed = answer.ok ? undefined : answer.why;
      if (answer.ok) now.step = answer.step;
      draw();
    };
    const text = failed ? words.retry : step ? words.undo : words.readLater;
    const said = failed && h('span', { class: 'failure' }, words.notSaved[failed]);
    return [...(said ? [said] : []), button(text, 'later', () => void press(), signal)];
  };

  const linkAt = (target: EventTarget | null) =>
    target === box.host
      ? shown?.link
      : ((target as Element).closest?.<Link>('a[href]') ?? undefined);

  /**
   * What is in another box of ours is heard of in there, from the event on that is on its way in now:
   * no listener stands in a line that nobody comes to, and none twice.
   */
  const hear = (event: PointerEvent | FocusEvent) => {
    const { target, isTrusted } = event;
    if (!target || !isTrusted) return;
    const root = target !== box.host && rootOf(target);
    if (root) return listen(root);
    const link = linkAt(target);
    if (!('buttons' in event)) {
      if (target === box.host || link?.matches(':focus-visible')) rest(link);
    } else if (event.pointerType !== 'touch')
      rest(event.buttons && target !== box.host ? undefined : link);
  };

  const listen = (to: EventTarget) => {
    for (const type of ['pointerover', 'focusin'])
      to.addEventListener(type, hear as EventListener, { signal, capture: true });
  };

  listen(document);
  for (const type of ['pointerleave', 'focusout'] as const)
    on(document, type, () => rest(), signal);
  on(document, 'pointerdown', ({ target }) => target !== box.host && sendAway(), signal);
  on(
    document,
    'keydown',
    (event) => {
      if (event.key === 'Tab' && shown) steer(event, shown.link);
      if (event.key !== 'Escape') return;
      // The list that it stands beside is closed by the next one.
      if (shown) event.stopPropagation();
      sendAway();
    },
    signal,
    true,
  );

  /** The card stands at the page's end; it is reached from its link, and left for what follows it. */
  const steer = (event: KeyboardEvent, link: Link) => {
    const { shiftKey } = event;
    const all = controls();
    const focused = box.root.activeElement;
    const isEntering = !focused && !shiftKey && link.matches(':focus');
    if (!isEntering && (!focused || focused !== all.at(shiftKey ? 0 : -1))) return;
    // Forwards out of the card the browser goes on by itself, from the link.
    if (isEntering || shiftKey) event.preventDefault();
    (isEntering ? all[0] : link)?.focus({ preventScroll: true });
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
  context.onChange(draw);
  signal.addEventListener('abort', () => {
    rest();
    hide();
  });
}

function homeOf(link: Link): Document | ShadowRoot {
  return link.getRootNode() as Document | ShadowRoot;
}

/** What a link leads to: one of the page's as site/links.ts says, one of ours but to what is at hand. */
function postBehind(link: Link): number | undefined {
  if (!('host' in homeOf(link))) return postLinksIn(link, false)[0]?.id;
  return link.ariaCurrent ? undefined : postIdOfHref(link.href);
}

function placeFor(card: HTMLElement, link: Link): PopoverPlace | undefined {
  card.style.maxHeight = '';
  const size = card.getBoundingClientRect();
  const view = { width: document.documentElement.clientWidth, height: innerHeight };
  const home = homeOf(link);
  if ('host' in home) {
    const box = home.host.getBoundingClientRect();
    return placePopoverClearOf(link.getBoundingClientRect(), box, !!link.closest('li'), size, view);
  }
  const range = new Range();
  range.selectNodeContents(link.closest('p, li, td') ?? link);
  return placePopover([...link.getClientRects()], [...range.getClientRects()], size, view);
}
