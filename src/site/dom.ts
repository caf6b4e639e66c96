/**
 * Questions about nodes. They do without the globals `Node` and `Element`, because scripts and tests
 * read saved pages where there is no window.
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
