/**
 * Simulates a reader in jsdom, where no event is trusted; these functions make events that count as
 * trusted.
 */

/** Makes listeners that are added afterwards treat every event as trusted. Call it before drawing. */
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

/** Presses a key on the focused element; returns whether the default action was left to the browser. */
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

/** Replaces the text of a field by typing. */
export function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Begins a composition of an input method, and replaces the text of a field by what is composed so far. */
export function compose(field: HTMLInputElement, text: string): void {
  field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
  type(field, text);
}

/** Ends a composition as Chromium does, without an `input` event at the end. */
export function endComposition(field: HTMLInputElement, text: string): void {
  if (field.value !== text) type(field, text);
  field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
}

/** The visible text of a node; on the blog our texts are generated content (src/content/shadow-host.ts). */
export function seenText(node: Node | null | undefined): string {
  if (!node) return '';
  if (node instanceof HTMLElement && node.dataset['text'] !== undefined)
    return node.dataset['text'];
  return node.nodeType === Node.TEXT_NODE
    ? (node.nodeValue ?? '')
    : [...node.childNodes].map(seenText).join('');
}
