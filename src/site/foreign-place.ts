/** Where our line goes in another theme: below the byline or the title, in the flow of the page. */
import {
  closest,
  contains,
  isElement,
  matches,
  nameOf,
  pageOf,
  parentOf,
  propertyOf,
  textOf,
  walkerAt,
} from './dom.ts';
import { INLINE, MOST_BESIDE, ownLineOf } from './foreign.ts';

const DATE =
  /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}\s*月\s*\d{1,2}\s*日|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d+\s*(?:秒|分钟|小时|天|周|个月|年)前/;
/** A longer text is no byline. */
const MOST_IN_BYLINE = 160;
/** An element with a longer text of its own is prose. */
const PROSE = 60;
const MOST_STEPS = 200;

/** The element that our line comes after: the byline, else the title, in the flow of the page. */
export function placeFor(
  title: Element,
  {
    scope,
    article,
    boxOf,
  }: {
    /** The byline is inside this. */
    scope: Element;
    /** The byline is not inside this. */
    article?: Element;
    /** The box in which, or right after which, the line has its place. */
    boxOf: (element: Element) => Element;
  },
): Element | undefined {
  for (const element of [bylineAfter(title, scope, article), titleBlock(title, scope)]) {
    const place = element && inFlow(element, boxOf(element));
    if (place) return place;
  }
  return undefined;
}

/** The row with the date, if it follows the title before any prose does. */
function bylineAfter(title: Element, scope: Element, article?: Element): Element | undefined {
  const walker = walkerAt(scope);
  walker.currentNode = title;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const node = walker.nextNode();
    if (!node || node === article) return undefined;
    if (!isElement(node) || contains(title, node)) continue;
    const own = ownLineOf(node);
    if (own.length > PROSE || matches(node, 'pre, blockquote, table')) return undefined;
    if (!DATE.test(own) && nameOf(node) !== 'TIME') continue;
    let row: Element = node;
    for (let up = parentOf(node); up && up !== scope && !contains(up, title); up = parentOf(up)) {
      if (textOf(up).replace(/\s+/g, ' ').length > MOST_IN_BYLINE) break;
      row = up;
    }
    return row;
  }
  return undefined;
}

/** The nearest block around a title, if it has only a category or a label besides, and is no cell of a list. */
function titleBlock(title: Element, scope: Element): Element {
  const length = textOf(title).trim().length;
  let block = title;
  for (let up = parentOf(title); up && INLINE.test(nameOf(block)); up = parentOf(up)) {
    const hasMore = textOf(up).trim().length - length > MOST_BESIDE;
    if (hasMore || up === scope || /^(?:LI|DD|TD|TH)$/.test(nameOf(up))) break;
    block = up;
  }
  return block;
}

/**
 * Returns the element, or its nearest ancestor, after which a block is laid out in the normal flow: outside of links,
 * covers and rows. Returns undefined if there is none up to the box.
 */
function inFlow(element: Element, box: Element): Element | undefined {
  let at = element;
  for (;;) {
    const parent = parentOf(at);
    if (!parent || (at !== box && contains(at, box))) return undefined;
    const around = closest(parent, 'a, button, label, summary') ?? coverOf(at, box);
    if (around) at = around;
    else if (at === box && isAfloat(box)) return undefined;
    else if (!isRow(parent)) return at;
    else if (at === box) return undefined;
    else at = parent;
  }
}

/** Returns the box of a cover around the title: the parent of an overlay, or a box with a background picture. */
function coverOf(element: Element, box: Element): Element | undefined {
  let cover: Element | undefined;
  for (let at: Element | null = element; at; at = at === box ? null : parentOf(at)) {
    if (at !== box && isAfloat(at)) cover = parentOf(at) ?? undefined;
    else if (/url\(/.test(styleOf(at)?.backgroundImage ?? '')) cover = at;
  }
  return cover === element ? undefined : cover;
}

/** Whether an element is out of the flow, so that what follows it is not laid out below it. */
function isAfloat(element: Element): boolean {
  return /^(?:absolute|fixed)$/.test(styleOf(element)?.position ?? '');
}

/** Whether a new child of an element would be laid out beside its other children. */
function isRow(element: Element): boolean {
  const { display = '', flexDirection = '' } = styleOf(element) ?? {};
  if (display.endsWith('flex')) return !flexDirection.startsWith('column');
  return /grid|inline|table-row|-webkit-box/.test(display);
}

function styleOf(element: Element): CSSStyleDeclaration | undefined {
  return propertyOf(pageOf(element), 'defaultView')?.getComputedStyle(element);
}
