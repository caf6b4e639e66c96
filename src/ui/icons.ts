/** The icons: the shape of a mark, the ruler of a series, carets and chevrons. */
import type { Mark } from '../record/marks.ts';
import { svg } from './h.ts';

/** An example mark of each kind, for icons that stand for the kind. */
export const MARKS = {
  unread: { kind: 'unread' },
  later: { kind: 'later' },
  reading: { kind: 'reading', fraction: 3 / 8 },
  read: { kind: 'read', at: 0, by: 'hand' },
} as const satisfies Record<Mark['kind'], Mark>;

/**
 * The shape of a mark: ○ unread, a sector reading, ● read, a ribbon later. `label` is its accessible
 * name.
 */
export function markIcon(mark: Mark, label?: string): SVGSVGElement {
  const shape = svg('svg', {
    class: `mark-icon is-${mark.kind}`,
    width: 14,
    height: 14,
    viewBox: '0 0 14 14',
    focusable: 'false',
    ...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label }),
  });
  const stroke = { class: 'stroke' };
  switch (mark.kind) {
    case 'unread':
      shape.append(svg('circle', { cx: 7, cy: 7, r: 4.9, ...stroke }));
      break;
    case 'later':
      shape.append(svg('path', { d: 'M3.9 1.9h6.2v10.3L7 9.6l-3.1 2.6z', ...stroke }));
      break;
    case 'reading':
      shape.append(
        svg('circle', { cx: 7, cy: 7, r: 4.9, ...stroke }),
        svg('path', { class: 'fill', d: sector(mark.fraction) }),
      );
      break;
    case 'read':
      shape.append(svg('path', { class: 'fill', 'fill-rule': 'evenodd', d: DISC + TICK }));
  }
  return shape;
}

const DISC = 'M1.5 7a5.5 5.5 0 1 1 11 0a5.5 5.5 0 1 1-11 0z';
/** The tick of a read mark, cut out of the disc, so that the background is visible. */
const TICK =
  'M4 7.7L5.81 9.5A.7 .7 0 0 0 6.82 9.47L10.12 5.77A.7 .7 0 0 0 9.08 4.83L6.27 7.98 5 6.7A.7 .7 0 0 0 4 7.7z';

/**
 * A sector of 1 to 7 eighths from 12 o'clock: never empty once reading has begun, never full before the
 * end.
 */
function sector(fraction: number): string {
  const eighths = Math.min(7, Math.max(1, Math.round(fraction * 8)));
  const angle = (eighths / 4) * Math.PI;
  const x = 7 + 4.9 * Math.sin(angle);
  const y = 7 - 4.9 * Math.cos(angle);
  return `M7 7V2.1A4.9 4.9 0 ${eighths > 4 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}z`;
}

const TICK_HEIGHT = { unread: 3, later: 3, reading: 6, read: 10 } as const;
const WIDEST_RULER = 132;
const BASELINE = 10;

/** A series as a ruler: a tick for each part, whose height shows its mark; ▲ at the current part. */
export function ruler(marks: readonly Mark[], current: number, label: string): SVGSVGElement {
  const pitch = pitchOf(marks.length);
  const width = (marks.length - 1) * pitch + 2;
  const paths: Record<Mark['kind'], string> = { unread: '', later: '', reading: '', read: '' };
  marks.forEach(({ kind }, i) => {
    const [x, top] = [round(i * pitch), BASELINE - TICK_HEIGHT[kind]];
    const tick = Math.min(2, pitch);
    paths[kind] += `M${x} ${top}h${tick}V${BASELINE}h${-tick}z`;
    if (kind === 'later') paths[kind] += `M${x} 2h${tick}v2h${-tick}z`;
  });
  const drawing = svg(
    'svg',
    {
      class: 'ruler',
      width,
      height: 15,
      viewBox: `0 0 ${width} 15`,
      role: 'img',
      'aria-label': label,
    },
    svg('path', { class: 'base', d: `M0 ${BASELINE}h${width}v1H0z` }),
  );
  for (const [kind, d] of Object.entries(paths))
    if (d) drawing.append(svg('path', { class: `is-${kind}`, d }));
  if (current >= 0) {
    const x = current * pitch + 1;
    drawing.append(svg('path', { class: 'here', d: `M${round(x - 3)} 15h6l-3 -3.4z` }));
  }
  return drawing;
}

/** The distance of two ticks: 4 px, less in long series, so that a ruler is never wider than a word. */
function pitchOf(parts: number): number {
  if (parts <= 24) return 4;
  return parts <= 44 ? 3 : (WIDEST_RULER - 2) / (parts - 1);
}

function round(n: number): number {
  return Math.round(n * 100) / 100;
}

const LINES = {
  caret: { width: 9, height: 6, d: 'M1 1l3.5 3.5L8 1' },
  back: { width: 7, height: 11, d: 'M5.5 1.5l-4 4 4 4' },
  forth: { width: 7, height: 11, d: 'M1.5 1.5l4 4-4 4' },
  search: {
    width: 14,
    height: 14,
    d: 'M10.2 6A4.2 4.2 0 1 1 1.8 6a4.2 4.2 0 0 1 8.4 0M9.2 9.2l3.3 3.3',
  },
} as const;

export function icon(name: keyof typeof LINES): SVGSVGElement {
  const { width, height, d } = LINES[name];
  return svg(
    'svg',
    {
      class: `icon ${name}`,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'aria-hidden': 'true',
    },
    svg('path', { class: 'stroke', d }),
  );
}
