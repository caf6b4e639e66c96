/**
 * Finds room for a line where the theme leaves none. In a row of flex items or table cells the line would have no
 * width, so it is moved out of the row. A link that is stretched over its item would take the clicks, so the line is
 * stacked above it. A ResizeObserver calls this between layout and paint: no extra layout is forced and nothing
 * jumps.
 */
import { boxOf, findAll, insertAfter, parentOf } from '../../site/dom.ts';

/** How many nested rows a line is moved out of. No page of a blog has more. */
const MOST_ROWS = 5;
/** How many links are examined. The link of the title comes first. */
const MOST_LINKS = 8;

export function standClear(host: HTMLElement, anchor: Element): void {
  leaveRows(host);
  const level = levelOfLinkOver(host, anchor);
  if (level === undefined) return;
  host.style.setProperty('--kexue-level', String(level + 1));
}

function leaveRows(host: HTMLElement): void {
  for (let rows = 0; rows < MOST_ROWS; rows++) {
    const parent = parentOf(host);
    if (!parent || !isRow(getComputedStyle(parent))) return;
    insertAfter(parent, host);
  }
}

function isRow({ display, flexDirection, flexWrap }: CSSStyleDeclaration): boolean {
  if (/^(?:contents|table|table-row|table-row-group)$/.test(display)) return true;
  return display.endsWith('flex') && flexDirection.startsWith('row') && flexWrap === 'nowrap';
}

/** The z-index of a link that covers the host; undefined if none does. */
function levelOfLinkOver(host: Element, anchor: Element): number | undefined {
  const box = boxOf(host);
  const head = parentOf(anchor);
  const item = head && (parentOf(head) ?? head);
  for (const link of (item ? findAll(item, 'a[href]') : []).slice(0, MOST_LINKS)) {
    const own = getComputedStyle(link);
    if (own.position === 'absolute' && boxOf(link).width >= box.width) return levelOf(own);
    for (const part of ['::before', '::after']) {
      const style = getComputedStyle(link, part);
      const isThere = style.content !== 'none' && style.position === 'absolute';
      if (isThere && parseFloat(style.width) >= box.width) return levelOf(style);
    }
  }
  return undefined;
}

function levelOf({ zIndex }: CSSStyleDeclaration): number {
  return Number.parseInt(zIndex, 10) || 0;
}
