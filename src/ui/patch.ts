/** Redrawing without the reader noticing: the focus and the place in the page stay. */

/** Replaces what is in `box`; the control of the same data-key has the focus afterwards. */
export function redraw(box: HTMLElement, children: readonly Node[]): void {
  const focused = document.activeElement;
  const key =
    focused instanceof HTMLElement && box.contains(focused) ? focused.dataset['key'] : undefined;
  // Each of these makes the browser lay out the page: not asked where nothing stands yet.
  const page = document.documentElement;
  const [top, pageTop] = box.firstChild ? [box.scrollTop, page.scrollTop] : [0, 0];
  box.replaceChildren(...children);
  if (key !== undefined) focusKey(box, key);
  if (top > 0) box.scrollTop = top;
  if (pageTop > 0) page.scrollTop = pageTop;
}

/** Puts the focus on the control of that key, if it is there; the page does not scroll. */
export function focusKey(box: HTMLElement, key: string): boolean {
  const control = [...box.querySelectorAll<HTMLElement>('[data-key]')].find(
    (each) => each.dataset['key'] === key,
  );
  control?.focus({ preventScroll: true });
  return control !== undefined;
}
