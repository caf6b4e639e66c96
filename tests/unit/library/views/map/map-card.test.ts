import { expect, it } from 'vitest';
import { cardPlace } from '../../../../../src/library/views/map/map-card.ts';
import type { Frame } from '../../../../../src/library/views/map/map-frame.ts';
import { seeded } from '../../../support.ts';

const frame: Frame = {
  width: 1_000,
  height: 600,
  left: 0,
  top: 0,
  zoom: 1,
  stretch: 1,
  isZooming: false,
  gutter: 100,
};
const size = { width: 320, height: 130 };
const covers = (card: { x: number; y: number }, { x, y }: { x: number; y: number }) =>
  x > card.x && x < card.x + size.width && y > card.y && y < card.y + size.height;

it('the card is in the window and does not cover its dot, at any position', () => {
  const random = seeded(3);
  for (let i = 0; i < 500; i++) {
    const dot = { x: random() * 1_000, y: random() * 600 };
    const card = cardPlace(frame, dot, size, []);
    expect(covers(card, dot)).toBe(false);
    expect(card.x).toBeGreaterThanOrEqual(0);
    expect(card.y).toBeGreaterThanOrEqual(0);
    expect(card.x + size.width).toBeLessThanOrEqual(1_000);
    expect(card.y + size.height).toBeLessThanOrEqual(600);
  }
});

it('the card avoids the references of the post', () => {
  const dot = { x: 500, y: 300 };
  const right = Array.from({ length: 9 }, (_, i) => ({ x: 560 + i * 20, y: 250 + i * 12 }));
  const card = cardPlace(frame, dot, size, right);
  expect(right.filter((each) => covers(card, each))).toEqual([]);
  expect(card.x + size.width).toBeLessThan(500);
});

it('the card is at the edge of a window that is smaller than it', () => {
  const small = { ...frame, width: 200, height: 100 };
  const card = cardPlace(small, { x: 100, y: 50 }, size, []);
  expect(card.x).toBeGreaterThanOrEqual(0);
  expect(card.y).toBeGreaterThanOrEqual(0);
});
