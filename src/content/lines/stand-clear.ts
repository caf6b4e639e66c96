/**
 * Finds room for a line where the theme leaves none: in a row of flex items or of cells, which would give it no width,
 * and under a link that is stretched over its item, which would take its presses. It is asked once the page
 * has been laid out, and before it is painted, so that nothing is laid out for it and nothing jumps.
 */
import { boxOf, findAll, insertAfter, parentOf } from '../../site/dom.ts';

/** Boxes that a line leaves; deeper rows are no page of a blog. */
const MOST_ROWS = 5;
/** Links that are looked at; the first is the title's. */
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
