/** The browser's own tooltip, a link's `title`, would cover the preview: it goes while the reader rests. */

/** Link-marks say the same in both (content/link-marks); what they take back stays away. */
const DESCRIPTION = 'aria-description';

export interface Tooltips {
  /** Takes the tooltip from a link. */
  take(link: HTMLAnchorElement): void;
  /** Gives it back, unless it was replaced or what it said is not true any more. */
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
