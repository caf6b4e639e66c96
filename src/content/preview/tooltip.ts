/** Removes a link's `title` while the reader rests on the link: the browser's tooltip would cover the preview. */

/** link-marks sets the same text as `title` and as this attribute, and removes both. */
const DESCRIPTION = 'aria-description';

export interface Tooltips {
  /** Takes the tooltip from a link. */
  take(link: HTMLAnchorElement): void;
  /** Gives it back, unless the link has another title now or link-marks has removed its text. */
  giveBack(link: HTMLAnchorElement): void;
}

export function tooltips(): Tooltips {
  let title: string | null = null;
  let description: string | null = null;
  return {
    take(link) {
      title ??= link.getAttribute('title');
      description = link.getAttribute(DESCRIPTION);
      link.removeAttribute('title');
    },
    giveBack(link) {
      const isTrue = title !== description || link.hasAttribute(DESCRIPTION);
      if (title && !link.title && isTrue) link.title = title;
      title = null;
    },
  };
}
