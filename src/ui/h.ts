/** Building nodes. Nothing is ever inserted as HTML text. */

type Child = Node | string | number | false | null | undefined;
type Attributes = Record<string, string | number | boolean | undefined | null>;

/** An HTML element: attributes by name (false, null and undefined leave one out), then children. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  return setAttributes(document.createElement(name), attributes, children);
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Name] {
  return setAttributes(document.createElementNS(SVG, name), attributes, children);
}

function setAttributes<E extends Element>(
  element: E,
  attributes: Attributes,
  children: Child[],
): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) {
    if (child !== false && child !== null && child !== undefined) element.append(nodeOf(child));
  }
  return element;
}

function nodeOf(child: Node | string | number): Node | string {
  return typeof child === 'number' ? String(child) : child;
}

/** A button of that class, and what a press does. */
export function button(
  name: string,
  text: string,
  press: () => void,
  signal: AbortSignal,
): HTMLButtonElement {
  const made = h('button', { class: name, type: 'button' }, text);
  on(made, 'click', press, signal);
  return made;
}

/**
 * Puts `children` into `place` unless they look like what is there: a press makes no click when what
 * was pressed is gone at its end. For children whose listeners do the same as before.
 */
export function renew(place: Element, children: readonly Node[]): void {
  const isSame = (child: Node, i: number) => child.isEqualNode(place.childNodes[i] ?? null);
  if (children.length !== place.childNodes.length || !children.every(isSame))
    place.replaceChildren(...children);
}

/** Calls back for what the reader does, and only for that: a script's events are not trusted. */
export function on<Type extends keyof HTMLElementEventMap>(
  target: EventTarget,
  type: Type,
  callback: (event: HTMLElementEventMap[Type]) => void,
  signal: AbortSignal,
  capture = false,
): void {
  target.addEventListener(
    type,
    (event) => {
      if (event.isTrusted) callback(event as HTMLElementEventMap[Type]);
    },
    { signal, capture },
  );
}
