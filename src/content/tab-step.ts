/**
 * Says where a press of Tab leads if one of our boxes, which is at the end of the page, stood in the text. Returns the
 * first control of the box, to enter it; 'out' to leave it at either end; undefined for a press that the browser handles.
 *
 * @param isAtEntry whether the reader is at the place in the text after which the box would stand
 */
export function tabStep(
  { key, shiftKey }: KeyboardEvent,
  root: ShadowRoot,
  isAtEntry: boolean,
): HTMLElement | 'out' | undefined {
  if (key !== 'Tab') return undefined;
  const controls = [...root.querySelectorAll<HTMLElement>('a, button')];
  const focused = root.activeElement;
  if (!focused) return isAtEntry && !shiftKey ? controls[0] : undefined;
  return focused === controls.at(shiftKey ? 0 : -1) ? 'out' : undefined;
}
