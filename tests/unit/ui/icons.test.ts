// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Mark } from '../../../src/record/marks.ts';
import { markIcon, ruler } from '../../../src/ui/icons.ts';

/** The degrees of the sector of a reading mark, from the end of its arc. */
function filled(fraction: number): number {
  const d = markIcon({ kind: 'reading', fraction }).querySelector('.fill')?.getAttribute('d') ?? '';
  const [, large, x, y] = /A[\d.]+ [\d.]+ 0 ([01]) 1 ([\d.]+) ([\d.]+)z$/.exec(d) ?? [];
  const degrees = ((Math.atan2(Number(x) - 7, 7 - Number(y)) * 180) / Math.PI + 360) % 360;
  expect(large, 'the arc that is drawn is the one that is meant').toBe(degrees > 181 ? '1' : '0');
  return Math.round(degrees);
}

describe('the sector of a post that is being read', () => {
  it.each([
    [0, 45],
    [0.01, 45],
    [0.12, 45],
    [0.25, 90],
    [0.5, 180],
    [0.75, 270],
    [0.9, 315],
    [0.99, 315],
    [1, 315],
  ])('at %d fills %d degrees', (fraction, degrees) => {
    expect(filled(fraction)).toBe(degrees);
  });

  it('is never empty, never full, and never shrinks while the reader continues', () => {
    let last = 0;
    for (let percent = 0; percent <= 100; percent++) {
      const now = filled(percent / 100);
      expect(now).toBeGreaterThan(0);
      expect(now).toBeLessThan(360);
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });
});

it('every mark has its own shape, which screen readers ignore', () => {
  const marks: Mark[] = [
    { kind: 'unread' },
    { kind: 'later' },
    { kind: 'reading', fraction: 0.5 },
    { kind: 'read', at: 0, by: 'hand' },
  ];
  const drawn = marks.map((mark) => markIcon(mark));
  expect(new Set(drawn.map(({ innerHTML }) => innerHTML)).size).toBe(4);
  for (const shape of drawn) expect(shape.getAttribute('aria-hidden')).toBe('true');
});

describe('the ruler of a series', () => {
  const unread: Mark = { kind: 'unread' };
  const read: Mark = { kind: 'read', at: 0, by: 'hand' };
  const later: Mark = { kind: 'later' };
  const draw = (marks: Mark[], at: number) => ruler(marks, at, 'label');
  const ticks = (drawing: SVGSVGElement, kind: string) =>
    drawing.querySelector(`.is-${kind}`)?.getAttribute('d')?.match(/V10/g)?.length ?? 0;

  it('has a tick for each part, by its mark', () => {
    const drawing = draw([read, read, unread, later, { kind: 'reading', fraction: 0.3 }], 2);
    expect(['read', 'unread', 'later', 'reading'].map((kind) => ticks(drawing, kind))).toEqual([
      2, 1, 1, 1,
    ]);
  });

  it('says what it shows', () => {
    const drawing = draw([read], 0);
    expect([drawing.getAttribute('role'), drawing.getAttribute('aria-label')]).toEqual([
      'img',
      'label',
    ]);
  });

  it('points at the current part, if there is one', () => {
    expect(draw([read, unread], 1).querySelectorAll('.here')).toHaveLength(1);
    expect(draw([read, unread], -1).querySelectorAll('.here')).toHaveLength(0);
  });

  it.each([1, 2, 24, 25, 44, 45, 101, 1_000])('with %d parts is no wider than a word', (parts) => {
    const width = Number(
      draw(
        Array.from({ length: parts }, () => unread),
        0,
      ).getAttribute('width'),
    );
    expect(width).toBeGreaterThan(0);
    expect(width).toBeLessThanOrEqual(132);
  });
});
