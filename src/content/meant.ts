/**
 * Decides whether the reader meant an act in one of our shadow roots. `isTrusted` is not enough: a page can move the
 * focus, and it can move our boxes under the pointer.
 *
 * - A press counts if our box is the topmost element at the pointer at that moment.
 * - Enter and Space count while the focus is in a box that the reader entered with Tab, another key or a press. If
 *   the focus came without an act of the reader, they do nothing.
 * - A click without a position and without a key is made by assistive technology, and counts. During a key press such
 *   a click comes from an access key, which a page can set on an element that it gets hold of. It counts only in a
 *   box that the reader entered.
 * - Nothing counts on a control that is no longer in one of our roots: in Firefox a page can get hold of a control
 *   while the pointer is on it (docs/security.md), and move it to where the reader presses.
 */
import { elementAt } from '../site/dom.ts';
import { setActTest } from '../ui/h.ts';
import { rootOf } from './shadow-host.ts';

/** Makes our listeners ignore what the reader did not mean, until the signal aborts. */
export function ignoreUnmeantActs(signal: AbortSignal): void {
  /** The roots that the reader has entered and not left. */
  let entered = new WeakSet<ShadowRoot>();
  /** The act of the reader that is being handled. If the focus moves meanwhile, that act has moved it. */
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

  setActTest((event) => {
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

/** Returns whether the event's control is what the reader sees at the event's position. */
function isUnderPointer(event: MouseEvent, root: ShadowRoot): boolean {
  const { clientX, clientY, currentTarget } = event;
  if (elementAt(document, clientX, clientY) !== root.host) return false;
  const inside = root.elementFromPoint(clientX, clientY);
  return inside !== null && (currentTarget as Node).contains(inside);
}

/** Returns our root whose host is the event's target; undefined for another target. */
function rootAt({ target }: Event): ShadowRoot | undefined {
  return target ? rootOf(target) : undefined;
}

/**
 * Returns our root that contains the listening control, or 'elsewhere'; undefined for a listener on no element, or
 * one on a detached element.
 */
function placeOfListener({ currentTarget }: Event): ShadowRoot | 'elsewhere' | undefined {
  if (!(currentTarget instanceof Element)) return undefined;
  const root = currentTarget.getRootNode();
  if (root instanceof Element) return undefined;
  return root instanceof ShadowRoot && rootOf(root.host) === root ? root : 'elsewhere';
}
