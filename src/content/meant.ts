/**
 * Whether an act in one of our boxes is one that the reader meant. The events that the browser calls
 * trusted are not enough: a page can move the focus, and it can move boxes.
 *
 * - A press counts where our box is what stands at the place of the pointer at that moment.
 * - Enter and Space count while the focus is in a box that the reader went into: with Tab, with another
 *   key or with a press. Where the focus came without an act of the reader they do nothing.
 * - A click without a place and without a key is made by assistive technology, and counts. While another
 *   key is pressed it is an access key, which a page can give to what it gets hold of, and does nothing.
 * - Nothing counts at a control that no longer stands in a root of ours: in Firefox a page can get hold of
 *   one while the pointer is on it (docs/security.md), and move it to where the reader presses.
 */
import { elementAt } from '../site/dom.ts';
import { countOnly } from '../ui/h.ts';
import { rootOf } from './shadow-host.ts';

/** Keeps out what is not meant until the signal aborts. */
export function countOnlyWhatIsMeant(signal: AbortSignal): void {
  /** The roots that the reader went into and has not left. */
  let entered = new WeakSet<ShadowRoot>();
  /** The act of the reader that is being carried out; the focus moves within it. */
  let acting: 'key' | 'press' | undefined;

  const act = (event: Event) => {
    if (!event.isTrusted) return;
    acting = event instanceof KeyboardEvent ? 'key' : 'press';
    setTimeout(() => (acting = undefined));
  };

  const pressKey = (event: KeyboardEvent) => {
    const root = rootAt(event);
    const isPress = event.key === 'Enter' || event.key === ' ';
    if (root && isPress && !entered.has(root)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else act(event);
  };

  const moveFocus = (event: Event) => {
    if (!acting) return;
    const root = rootAt(event);
    if (root) entered.add(root);
    else entered = new WeakSet();
  };

  addEventListener('keydown', pressKey, { signal, capture: true });
  addEventListener('keyup', pressKey, { signal, capture: true });
  addEventListener('pointerdown', act, { signal, capture: true });
  addEventListener('focusin', moveFocus, { signal, capture: true });

  countOnly((event) => {
    if (!event.isTrusted) return false;
    const root = placeOfListener(event);
    if (root === 'elsewhere') return false;
    if (!root || !(event instanceof MouseEvent) || !/^(?:click|pointerdown)$/.test(event.type))
      return true;
    const isWithoutPlace = event.type === 'click' && event.detail === 0;
    const isMeant = isWithoutPlace
      ? acting !== 'key' || entered.has(root)
      : isUnderPointer(event, root);
    if (isMeant && !isWithoutPlace) entered.add(root);
    return isMeant;
  });
}

/** Whether the control that an event is about is what a reader sees at the event's place. */
function isUnderPointer(event: MouseEvent, root: ShadowRoot): boolean {
  const { clientX, clientY, currentTarget } = event;
  if (elementAt(document, clientX, clientY) !== root.host) return false;
  const inside = root.elementFromPoint(clientX, clientY);
  return inside !== null && (currentTarget as Node).contains(inside);
}

/** Our root that an event comes from, as the page sees it. */
function rootAt({ target }: Event): ShadowRoot | undefined {
  return target ? rootOf(target) : undefined;
}

/** Our root that the listening control stands in; undefined if it is no element, or not in a page. */
function placeOfListener({ currentTarget }: Event): ShadowRoot | 'elsewhere' | undefined {
  if (!(currentTarget instanceof Element)) return undefined;
  const root = currentTarget.getRootNode();
  if (root instanceof Element) return undefined;
  return root instanceof ShadowRoot && rootOf(root.host) === root ? root : 'elsewhere';
}
