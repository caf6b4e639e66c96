/** The colours and fonts of the map, which a canvas does not take from style sheets by itself. */
import { type Kind, KINDS } from '../../../catalogue/search/filters.ts';

const INKS = ['paper', 'raised', 'line', 'edge', 'ink', 'ink2', 'ink3', 'tie'] as const;
export type Ink = (typeof INKS)[number];

export interface MapStyle {
  inks: Record<Ink, string>;
  marks: Record<Kind, string>;
  sans: string;
  serif: string;
  num: string;
  /** The size of text that the reader has chosen, 1 for 16 px. */
  unit: number;
}

/** Reads the colours and fonts of `probe`, which map.css and the tokens set. */
export function readStyle(probe: HTMLElement): MapStyle {
  const style = getComputedStyle(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return style.color;
  };
  const each = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, colour(`map-${name}`)])) as Record<Name, string>;
  const type = (name: string) => style.getPropertyValue(`--${name}`);
  return {
    inks: each(INKS),
    marks: each(KINDS),
    sans: type('sans'),
    serif: type('serif'),
    num: type('num'),
    unit: parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1,
  };
}
