/**
 * Questions about nodes, and a walk over them. They do without the globals `Node`, `Element` and
 * `NodeFilter`, because scripts and tests read saved pages where there is no window.
 */

export function isElement(node: Node): node is Element {
  return node.nodeType === node.ELEMENT_NODE;
}

export function isText(node: Node): node is Text {
  return node.nodeType === node.TEXT_NODE;
}

/** Whether a node comes after another one, or stands in it. */
export function isAfter(node: Node, other: Node): boolean {
  return (other.compareDocumentPosition(node) & other.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/**
 * Visits a node and all that it holds, in document order. `visit` says whether what the node holds is
 * visited as well. There is no recursion: a hostile page may nest deeper than the stack.
 */
export function visitNodes(root: Node, visit: (node: Node) => boolean): void {
  const page = root.ownerDocument ?? (root as Document);
  const walker = page.createTreeWalker(root);
  let goesIn = visit(root);
  for (;;) {
    if (!(goesIn && walker.firstChild()) && !toFollowing(walker)) return;
    goesIn = visit(walker.currentNode);
  }
}

/** Moves to the node after the current one and all that it holds; false at the end. */
function toFollowing(walker: TreeWalker): boolean {
  while (!walker.nextSibling()) if (!walker.parentNode()) return false;
  return true;
}
