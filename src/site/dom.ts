/**
 * Reads, walks and changes the nodes of a page. All of src/site uses these functions: a page can give a form control
 * or an image the name of any property, and then `form.parentNode` or `document.querySelector` is that element (DOM
 * clobbering). The properties of prototypes cannot be replaced that way.
 *
 * The globals `Node`, `Element` and `NodeFilter` are not used, because scripts and tests read saved
 * pages where there is no window.
 */

/** Reads a property of a node from its prototype, past all names that the page has given. */
export function propertyOf<N extends Node, Name extends keyof N>(node: N, name: Name): N[Name] {
  return Reflect.get(Object.getPrototypeOf(node) as object, name, node);
}

/**
 * Returns a function that reads one property as propertyOf() does. The property must be one that all nodes of
 * type N have from the same prototype. Its getter is looked up once, which makes reading it more
 * than ten times as fast; these properties are read some ten thousand times a page.
 */
function reader<N extends Node, Name extends keyof N>(name: Name): (node: N) => N[Name] {
  let accessor: PropertyDescriptor | undefined;
  return (node) => (accessor ??= accessorOf(node, name)).get?.call(node) as N[Name];
}

/** The property of this name on the nearest prototype that has it. */
function accessorOf(node: Node, name: PropertyKey): PropertyDescriptor {
  let prototype: object = Object.getPrototypeOf(node);
  while (!Object.hasOwn(prototype, name)) prototype = Object.getPrototypeOf(prototype);
  return Object.getOwnPropertyDescriptor(prototype, name) ?? {};
}

const typeOf = reader<Node, 'nodeType'>('nodeType');
const ELEMENT_NODE = 1;
const TEXT_NODE = 3;
const COMMENT_NODE = 8;
const DOCUMENT_NODE = 9;
const FOLLOWING = 4;

export function isElement(node: Node): node is Element {
  return typeOf(node) === ELEMENT_NODE;
}

export function isText(node: Node): node is Text {
  return typeOf(node) === TEXT_NODE;
}

export function isComment(node: Node): node is Comment {
  return typeOf(node) === COMMENT_NODE;
}

export function isDocument(node: Node): node is Document {
  return typeOf(node) === DOCUMENT_NODE;
}

const nodeName = reader<Node, 'nodeName'>('nodeName');

/** The name of a node in capitals, in HTML and XML pages alike. */
export function nameOf(node: Node): string {
  return nodeName(node).toUpperCase();
}

const textContent = reader<Node, 'textContent'>('textContent');

export function textOf(node: Node): string {
  return textContent(node) ?? '';
}

export function attributeOf(element: Element, name: string): string | null {
  return propertyOf(element, 'getAttribute').call(element, name);
}

export function matches(element: Element, selector: string): boolean {
  return propertyOf(element, 'matches').call(element, selector);
}

/** The nearest element that matches, from the element itself outwards. */
export function closest(element: Element, selector: string): Element | null {
  return propertyOf(element, 'closest').call(element, selector);
}

export const parentOf = reader<Node, 'parentElement'>('parentElement');

/**
 * closest() for many elements of a page that does not change meanwhile. It remembers the elements that it has passed,
 * so that a thousand deeply nested elements do not all walk up to the root.
 */
export function closestFinder(
  wanted: string | ((element: Element) => boolean),
): (element: Element) => Element | null {
  const isWanted =
    typeof wanted === 'string' ? (element: Element) => matches(element, wanted) : wanted;
  const known = new Map<Element, Element | null>();
  return (element) => {
    const passed: Element[] = [];
    let found: Element | null = null;
    for (let at: Element | null = element; at; at = parentOf(at)) {
      const before = known.get(at);
      if (before !== undefined) {
        found = before;
        break;
      }
      passed.push(at);
      if (isWanted(at)) found = at;
      if (found) break;
    }
    for (const each of passed) known.set(each, found);
    return found;
  };
}

/**
 * Returns those of `elements` that are inside no element of `root` that matches `boxes`. Ignores the ancestors of
 * `root`.
 */
export function outermostOf(
  root: Document | Element,
  elements: Iterable<Element>,
  boxes: string,
): Element[] {
  const closestBox = closestFinder((each) => each === root || matches(each, boxes));
  return [...elements].filter((element) => {
    const parent = parentOf(element);
    const box = parent && closestBox(parent);
    return box === null || box === root;
  });
}

/** Returns a function that tells whether an element or an ancestor of it is a box; caches as closestFinder does. */
export function withinTest(isBox: (element: Element) => boolean): (element: Element) => boolean {
  const closestBox = closestFinder(isBox);
  return (element) => closestBox(element) !== null;
}

/** The text of an element without that of its child elements. */
export function ownTextOf(element: Element): string {
  let text = '';
  for (const node of propertyOf(element, 'childNodes')) if (isText(node)) text += node.data;
  return text;
}

/** Whether a node is in its page. */
export const isConnected = reader<Node, 'isConnected'>('isConnected');

const parentNode = reader<Node, 'parentNode'>('parentNode');

/** Whether the parent of a node is one of these. */
export function hasParentIn(nodes: ReadonlySet<Node>, node: Node): boolean {
  const parent = parentNode(node);
  return parent !== null && nodes.has(parent);
}

export const previousOf = reader<Element, 'previousElementSibling'>('previousElementSibling');

export const nextOf = reader<Element, 'nextElementSibling'>('nextElementSibling');

export function contains(node: Node, other: Node): boolean {
  return propertyOf(node, 'contains').call(node, other);
}

/** Returns the element if it is in `root`, `root` if that is in the element, or nothing. */
export function overlapOf(element: Element, root: Document | Element): Element[] {
  if (contains(root, element)) return [element];
  return !isDocument(root) && contains(element, root) ? [root] : [];
}

/** The first element in a page or a part of it that matches. */
export function findFirst(root: Document | Element, selector: string): Element | null {
  return propertyOf(root, 'querySelector').call(root, selector);
}

/** All elements in a page or a part of it that match, in document order. */
export function findAll(root: Document | Element, selector: string): Element[] {
  return [...propertyOf(root, 'querySelectorAll').call(root, selector)];
}

/** The document of a node; a document is its own. */
export function pageOf(node: Node): Document {
  return propertyOf(node, 'ownerDocument') ?? (node as Document);
}

/** The URL that relative addresses in a page are resolved against. */
export function baseOf(node: Node): string {
  return propertyOf(node, 'baseURI');
}

/** The element of a page with this id. */
export function elementById(page: Document, id: string): Element | null {
  return propertyOf(page, 'getElementById').call(page, id);
}

/** Whether a node comes after another one, or is inside it. */
export function isAfter(node: Node, other: Node): boolean {
  return (propertyOf(other, 'compareDocumentPosition').call(other, node) & FOLLOWING) !== 0;
}

export function rangeIn(page: Document): Range {
  return propertyOf(page, 'createRange').call(page);
}

/** The topmost element at a point of the window. For an element in a closed shadow root this is the outermost host. */
export function elementAt(page: Document, x: number, y: number): Element | null {
  return propertyOf(page, 'elementFromPoint').call(page, x, y);
}

/** Where an element is drawn, in px from the window's top left. */
export function boxOf(element: Element): DOMRect {
  return propertyOf(element, 'getBoundingClientRect').call(element);
}

/**
 * Visits a node and its descendants in document order. `visit` returns whether the descendants of its node are
 * visited. There is no recursion, because a hostile page may nest deeper than the stack.
 */
export function visitNodes(root: Node, visit: (node: Node) => boolean): void {
  const walker = walkerAt(root);
  let goesIn = visit(root);
  for (;;) {
    if (!(goesIn && walker.firstChild()) && !toFollowing(walker)) return;
    goesIn = visit(walker.currentNode);
  }
}

/** Returns a TreeWalker over a node and its descendants. Its methods cannot be clobbered. */
export function walkerAt(root: Node): TreeWalker {
  const page = pageOf(root);
  return propertyOf(page, 'createTreeWalker').call(page, root);
}

/**
 * Yields the nodes before or after an element within `root`, the nearest first. An element is yielded when the walk
 * reaches it, and once more when the walk leaves its content; an ancestor of the first element only when it is left.
 */
export function* nodesBeside(
  element: Element,
  root: Element,
  isBefore: boolean,
  goesInto: (element: Element) => boolean,
): Generator<Node> {
  const walker = walkerAt(root);
  walker.currentNode = element;
  let goesIn = false;
  for (;;) {
    const inside: Node | null = goesIn
      ? isBefore
        ? walker.lastChild()
        : walker.firstChild()
      : null;
    const node: Node | null =
      inside ?? (isBefore ? walker.previousSibling() : walker.nextSibling());
    if (!node && (!walker.parentNode() || walker.currentNode === root)) return;
    goesIn = node !== null && isElement(node) && goesInto(node);
    yield walker.currentNode;
  }
}

/** Moves to the next node outside of the current one; returns false at the end. */
function toFollowing(walker: TreeWalker): boolean {
  while (!walker.nextSibling()) if (!walker.parentNode()) return false;
  return true;
}

/** Whether all of a page has been parsed. */
export function isParsed(page: Document): boolean {
  return propertyOf(page, 'readyState') !== 'loading';
}

/** Whether all style sheets of a page are loaded; never true if one has failed. */
export function areSheetsLoaded(page: Document): boolean {
  const links = findAll(page, 'link[rel~="stylesheet"]:not([disabled])') as HTMLLinkElement[];
  return links.every((link) => propertyOf(link, 'sheet') !== null);
}

/** Listens to a node of a page until the signal aborts. */
export function listen(
  node: Node,
  type: string,
  callback: (event: Event) => void,
  options: { signal: AbortSignal; capture?: boolean; once?: boolean },
): void {
  propertyOf(node, 'addEventListener').call(node, type, callback, options);
}

export function appendToBody(page: Document, node: Node): void {
  propertyOf(page, 'body').append(node);
}

export function append(parent: Element, node: Node): void {
  propertyOf(parent, 'append').call(parent, node);
}

export function insertBefore(element: Element, node: Node): void {
  propertyOf(element, 'before').call(element, node);
}

export function insertAfter(element: Element, node: Node): void {
  propertyOf(element, 'after').call(element, node);
}

/** Sets an empty attribute, or removes it. */
export function toggleAttribute(element: Element, name: string, isOn: boolean): void {
  propertyOf(element, 'toggleAttribute').call(element, name, isOn);
}

export function removeAttribute(element: Element, name: string): void {
  propertyOf(element, 'removeAttribute').call(element, name);
}

/** The style sheets that scripts have given a page. */
export function sheetsOf(page: Document): readonly CSSStyleSheet[] {
  return [...propertyOf(page, 'adoptedStyleSheets')];
}

export function setSheets(page: Document, sheets: readonly CSSStyleSheet[]): void {
  Reflect.set(Object.getPrototypeOf(page) as object, 'adoptedStyleSheets', [...sheets], page);
}
