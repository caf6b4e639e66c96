/** A reader in jsdom, where no event is trusted: what these functions do counts as the reader's act. */

/** Listeners that are added from now on take every event for trusted. Call it before drawing. */
export function trustEvents(): void {
  const add = Reflect.get(EventTarget.prototype, 'addEventListener');
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const call = typeof listener === 'function' ? listener : undefined;
    add.call(this, type, call ? (event) => call.call(this, trusted(event)) : null, options);
  };
}

function trusted(event: Event): Event {
  return new Proxy(event, {
    get(target, name) {
      if (name === 'isTrusted') return true;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Presses a key on the element that has the focus; whether the page was left to act on it. */
export function pressKey(key: string, init: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...init,
  });
  return (document.activeElement ?? document.body).dispatchEvent(event);
}

/** Clicks an element with the mouse. */
export function click(element: Element | null | undefined, init: MouseEventInit = {}): void {
  if (!element) throw new Error('nothing to click on');
  element.dispatchEvent(
    new MouseEvent('click', {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: 1,
      ...init,
    }),
  );
}

/** Types a text into a field, in place of what it holds. */
export function type(field: HTMLInputElement, text: string): void {
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
