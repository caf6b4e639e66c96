/** Builds nodes and listens to them. Nothing is ever inserted as HTML text. */

/** A child of an element; false, null and undefined add nothing. */
export type Child = Node | string | number | false | null | undefined;
/** Attributes by name; false, null and undefined omit one, true makes it empty. */
export type Attributes = Record<string, string | number | boolean | undefined | null>;

/**
 * Creates an HTML element with attributes and children. It uses the function of the prototype, because
 * an image named `createElement` on the blog hides the one of `document`.
 */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = Document.prototype.createElement.call(document, name);
  return fill(element as HTMLElementTagNameMap[Name], attributes, children);
}

/** The attribute of a link that gets its `href` only when the reader comes to it (content/own-link.ts). */
export const ADDRESS = 'data-address';

const SVG = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes and children. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Name] {
  return fill(createIn(SVG, name), attributes, children) as SVGElementTagNameMap[Name];
}

/** An element of another namespace. */
export function createIn(namespace: string, name: string): Element {
  return Document.prototype.createElementNS.call(document, namespace, name);
}

function fill<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...nodesOf(children));
  return element;
}

let nodeOfText = (text: string): Node => new Text(text);

/** From now on, `make` makes all texts of the script. */
export function setTextFactory(make: (text: string) => Node): void {
  nodeOfText = make;
}

/** Converts children to nodes. */
export function nodesOf(children: readonly Child[]): Node[] {
  return children.flatMap((child) => {
    if (child === false || child === null || child === undefined) return [];
    return child instanceof Node ? child : nodeOfText(String(child));
  });
}

/** Attributes of a button, and the signal that ends its listening. */
interface ButtonOptions {
  class?: string | undefined;
  lang?: string;
  title?: string;
  [state: `aria-${string}`]: string | undefined;
  signal?: AbortSignal;
}

/**
 * A button with a text. `key` identifies it in the next drawing (ui/patch.ts): buttons that do
 * different things have different keys.
 */
export function button(
  text: string,
  key: string,
  press: () => void,
  { signal, ...attributes }: ButtonOptions = {},
): HTMLButtonElement {
  const element = h(
    'button',
    { type: 'button', class: 'action', 'data-key': key, ...attributes },
    text,
  );
  on(element, 'click', press, signal);
  return element;
}

interface Listener {
  type: string;
  capture: boolean;
  callback: (event: never) => void;
}

const listeners = new WeakMap<EventTarget, Listener[]>();

let isMeant = (event: Event): boolean => event.isTrusted;

/** From now on, `test` decides which events are acts of the reader. */
export function setActTest(test: (event: Event) => boolean): void {
  isMeant = test;
}

/**
 * Listens to an event of the reader; ignores events that scripts dispatch, which are not trusted.
 *
 * @param signal ends it; without one it ends with the target
 */
export function on<Type extends keyof HTMLElementEventMap>(
  target: EventTarget,
  type: Type,
  callback: (event: HTMLElementEventMap[Type]) => void,
  signal?: AbortSignal,
  capture = false,
): void {
  const listener: Listener = { type, capture, callback };
  const known = listeners.get(target);
  if (known) known.push(listener);
  else listeners.set(target, [listener]);
  target.addEventListener(
    type,
    (event) => {
      if (isMeant(event)) listener.callback(event as never);
    },
    signal ? { signal, capture } : { capture },
  );
}

/** Whether two elements listen to the same events through `on`. */
export function listenAlike(one: Element, other: Element): boolean {
  const [a, b] = [listeners.get(one) ?? [], listeners.get(other) ?? []];
  return (
    a.length === b.length &&
    a.every(({ type, capture }, i) => type === b[i]?.type && capture === b[i].capture)
  );
}

/** Moves the callbacks of `from` to `to`; both listen to the same events. */
export function handOverListeners(from: Element, to: Element): void {
  const others = listeners.get(from);
  listeners.get(to)?.forEach((listener, i) => {
    listener.callback = others?.[i]?.callback ?? listener.callback;
  });
}
