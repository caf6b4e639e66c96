/** The meaning of keys in lists and fields, and of clicks on links. */
import { on } from './h.ts';

/**
 * Whether a key is pressed without Ctrl, Alt or ⌘, which belong to the browser. Shift is allowed, except
 * with Escape: that opens the browser's task manager.
 */
export function isPlainKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey && !(shiftKey && key === 'Escape');
}

/** Whether a key is pressed without Ctrl, Alt, ⌘ and Shift. */
export function isUnmodified(event: KeyboardEvent): boolean {
  return isPlainKey(event) && !event.shiftKey;
}

/** Whether a click on a link opens it here. With a modifier key or another button the browser opens another tab. */
export function isPlainClick(event: MouseEvent): boolean {
  const { button, ctrlKey, metaKey, shiftKey, altKey } = event;
  return button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;
}

/**
 * Whether a key belongs to an input method that composes a word. The Enter that ends a composition
 * may come after its end; it then has the key code of all keys that an input method takes.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Whether a key press is Escape alone, and not the one that ends a composition. */
export function isEscape(event: KeyboardEvent): boolean {
  return event.key === 'Escape' && isUnmodified(event) && !isComposing(event);
}

/**
 * Returns a function that tells whether an input method composes a word in the field. The field may contain no word
 * at all meanwhile, so it is too early to say that nothing is found.
 *
 * @param end called when the word is complete: not every browser sends an `input` event then
 */
export function followComposition(field: HTMLInputElement, end: () => void): () => boolean {
  let isUnderWay = false;
  on(field, 'compositionstart', () => (isUnderWay = true));
  on(field, 'compositionend', () => {
    isUnderWay = false;
    end();
  });
  return () => isUnderWay;
}

/**
 * The index to which a key leads from index `at` in a list of `count` items; undefined for a key that
 * moves nowhere. `page`: how many items PageDown and PageUp move. `wraps`: whether an arrow key leads
 * from one end of the list to the other.
 */
export function indexAfterKey(
  key: string,
  at: number,
  count: number,
  { page = 0, wraps = false } = {},
): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
    ...(page > 0 ? { PageDown: at + page, PageUp: at - page } : {}),
  };
  const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (to === undefined || count === 0) return undefined;
  if (wraps) return (to + count) % count;
  return Math.min(count - 1, Math.max(0, to));
}
