/**
 * Which parts of a page are watched for changes once it has been parsed. MathJax inserts a hundred nodes
 * for a formula, so paragraphs with formulas are not watched, nor is anything inside a line of text.
 */
import {
  attributeOf,
  closest,
  findAll,
  findFirst,
  isDocument,
  isElement,
  matches,
  nameOf,
  outermostOf,
  propertyOf,
  textOf,
} from './dom.ts';
import { TEXT_BOXES } from './text-boxes.ts';

/** Elements that contain words or nothing, and the head of the page. */
const WITHOUT_BLOCKS = [
  'head, title, link, meta, style, script, noscript, template, br, wbr, hr, img, picture, source, iframe',
  'canvas, audio, video, object, input, textarea, select, option, button, label, pre, code, kbd, samp',
  'a, abbr, b, bdi, bdo, cite, del, em, font, i, ins, mark, nobr, q, s, small, span, strong, sub, sup, u, var',
  'svg, math',
].join();
const CONTAINER = `:not(${WITHOUT_BLOCKS})`;
const HTML = 'http://www.w3.org/1999/xhtml';
/** A script may replace the text of a title inside its link. */
const TITLE = 'h1, h2, h3';
const IN_TITLE = 'a, span';
/** The beginning of a formula. */
const DELIMITER = /[$\\]/;
const SUBJECT = `h1, h2, h3, .submitted, ${TEXT_BOXES}`;
const MATHJAX = /^(?:MathJax|MJX)/;

/**
 * Returns the elements in a part of a page whose children are watched, that part itself included. No selector here
 * depends on ancestors: on a deep page that would cost more than everything else.
 */
export function containersIn(root: Document | Element): Element[] {
  const found = findAll(root, CONTAINER);
  if (!isDocument(root) && matches(root, CONTAINER)) found.unshift(root);
  const isInTitle = !isDocument(root) && isInHeading(root);
  const titles = isInTitle ? [root] : outermostOf(root, findAll(root, TITLE), TITLE);
  const inTitles = titles.flatMap((title) => findAll(title, IN_TITLE));
  return [...found, ...inTitles].filter(isWatched);
}

/** An SVG or MathML element is not watched, nor is a paragraph that MathJax will change. */
function isWatched(element: Element): boolean {
  if (propertyOf(element, 'namespaceURI') !== HTML) return false;
  return nameOf(element) !== 'P' || !DELIMITER.test(textOf(element));
}

/** Whether changes of a node are ignored: a script, a style sheet, or a node of MathJax. */
export function isIgnored(node: Node): boolean {
  if (!isElement(node)) return false;
  const name = nameOf(node);
  if (name === 'SCRIPT' || name === 'STYLE') return true;
  return (
    (name === 'SPAN' || name === 'DIV') &&
    MATHJAX.test(attributeOf(node, 'class') ?? attributeOf(node, 'id') ?? '')
  );
}

/** Whether an element is a text of the blog or is in one. */
export function isInText(element: Element): boolean {
  return closest(element, TEXT_BOXES) !== null;
}

/** Whether an element is a heading or is in one. */
export function isInHeading(element: Element): boolean {
  return closest(element, TITLE) !== null;
}

/** Whether an element is or contains a part that tells which post a page shows: a heading, a byline, a text. */
export function holdsSubject(element: Element): boolean {
  return matches(element, SUBJECT) || findFirst(element, SUBJECT) !== null;
}
