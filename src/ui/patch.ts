/**
 * Redraws in place. A drawing is a list of new nodes; `patch` changes the content of a box to look like
 * the drawing, and keeps every node that corresponds to a new one. So the reader's focus, selection,
 * scrolling, half-typed text and a press that has begun survive a redraw.
 *
 * Two elements correspond if they have the same name, the same `data-key`, the same address and listen
 * to the same events. The old one then gets the attributes, children and callbacks of the new one,
 * which is discarded. Hence two rules for drawings:
 *
 * - A callback takes its element from the event (`currentTarget`), never from its drawing.
 * - Controls that do different things have different keys; so have rows that can change places.
 *
 * A node of the drawing that is already in the box is kept unchanged, with its content: a component
 * draws the nodes that it holds on to with unique keys. The content of an element with `data-keep` is
 * kept as long as the value of that attribute is the same.
 */
import { ADDRESS, type Child, handOverListeners, listenAlike, nodesOf } from './h.ts';

/** Makes `drawing` the content of `box`. */
export function patch(box: Element, drawing: readonly Child[]): void {
  const root = box.getRootNode();
  const focused = isFocusRoot(root) ? root.activeElement : null;
  const hadFocus = focused !== null && focused !== box && box.contains(focused);
  patchChildren(box, nodesOf(drawing));
  if (!hadFocus || !isFocusRoot(root) || root.activeElement === focused) return;
  // The focused control was moved, or replaced by another one with the same key.
  const key = focused.getAttribute('data-key');
  if (box.contains(focused)) (focused as HTMLElement).focus({ preventScroll: true });
  else if (key !== null) focusKey(box, key);
}

/** Focuses the control in `box` with that `data-key`, without scrolling. Returns whether there is one. */
export function focusKey(box: Element, key: string): boolean {
  const control = [...box.querySelectorAll<HTMLElement>('[data-key]')].find(
    (each) => each.dataset['key'] === key,
  );
  control?.focus({ preventScroll: true });
  return control !== undefined;
}

function isFocusRoot(root: Node): root is Document | ShadowRoot {
  return 'activeElement' in root;
}

function patchChildren(parent: Element, drawing: readonly Node[]): void {
  const free = new Set<Node>(parent.childNodes);
  for (const node of drawing) free.delete(node);
  const kept = drawing.map((node) => {
    if (node.parentNode === parent) return node;
    for (const old of free) {
      if (!meansTheSame(old, node)) continue;
      free.delete(old);
      update(old, node);
      return old;
    }
    return node;
  });
  for (const node of free) node.parentNode?.removeChild(node);
  let next = parent.firstChild;
  for (const node of kept) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
}

function meansTheSame(old: Node, node: Node): boolean {
  if (!isElement(old) || !isElement(node)) return old.nodeType === node.nodeType;
  return (
    old.nodeName === node.nodeName &&
    ['data-key', 'type'].every((name) => old.getAttribute(name) === node.getAttribute(name)) &&
    addressOf(old) === addressOf(node) &&
    listenAlike(old, node)
  );
}

/** Where a link leads to, whether it has its `href` already or not. */
function addressOf(element: Element): string | null {
  return element.getAttribute(ADDRESS) ?? element.getAttribute('href');
}

function update(old: Node, node: Node): void {
  if (!isElement(old) || !isElement(node)) {
    if (old.nodeValue !== node.nodeValue) old.nodeValue = node.nodeValue;
    return;
  }
  handOverListeners(node, old);
  const keep = node.getAttribute('data-keep');
  if (keep !== null && keep === old.getAttribute('data-keep')) return;
  for (const name of old.getAttributeNames())
    if (!node.hasAttribute(name) && !isOwn(name, old, node)) old.removeAttribute(name);
  for (const { name, value } of node.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  patchChildren(old, [...node.childNodes]);
  updateChoice(old, node);
}

/** Whether an attribute came to an element after it was drawn: the address of a link, an opened list. */
function isOwn(name: string, old: Element, node: Element): boolean {
  if (name === 'href') return node.hasAttribute(ADDRESS);
  return name === 'open' && old instanceof HTMLDetailsElement;
}

/** The reader's choice in a control is not in its attributes. Text that is being typed stays. */
function updateChoice(old: Element, node: Element): void {
  if (old instanceof HTMLInputElement && node instanceof HTMLInputElement) {
    if (old.checked !== node.checked) old.checked = node.checked;
  } else if (old instanceof HTMLSelectElement && node instanceof HTMLSelectElement) {
    if (old.value !== node.value) old.value = node.value;
  }
}

function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}
