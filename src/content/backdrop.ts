/**
 * What ground a line stands on. The page decides, not the system: the blog may be light while the
 * system is dark, and other extensions darken it. Asked once a page, for it makes the browser
 * compute styles.
 */

/** A token set of ui/tokens.css. */
export type Ground = 'light' | 'light-dim' | 'dark' | 'dark-dim' | 'black' | 'white';

export interface Setting {
  ground: Ground;
  /** The ground's own colour, as CSS; what is cut out of a shape is painted with it. */
  colour: string;
}

export function settingOf(element: Element): Setting {
  const colour = opaqueBackground(element) ?? 'rgb(255, 255, 255)';
  const channels = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return { ground: groundFor(luminance(channels)), colour };
}

/** From a relative luminance (WCAG 2), 0 to 1. */
export function groundFor(luminance: number): Ground {
  if (luminance >= 0.72) return luminance > 0.85 ? 'light' : 'light-dim';
  if (luminance <= 0.054) return luminance < 0.031 ? 'dark' : 'dark-dim';
  // Where black and white stand out equally: (L + .05)² = .05 × 1.05.
  return luminance > 0.179 ? 'black' : 'white';
}

/** Of an sRGB colour, channels 0 to 255. */
export function luminance(channels: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = channels.map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function opaqueBackground(element: Element): string | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    const [, , , alpha = '1'] = colour.match(/[\d.]+/g) ?? ['', '', '', '0'];
    if (colour.startsWith('rgb') && Number(alpha) > 0.95) return colour;
  }
  return undefined;
}
