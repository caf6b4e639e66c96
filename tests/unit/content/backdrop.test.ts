import { describe, expect, it } from 'vitest';
import { groundFor, luminance } from '../../../src/content/backdrop.ts';

describe('relative luminance', () => {
  // WCAG 2 definition; the values are the usual ones of these colours.
  it.each([
    ['black', [0, 0, 0], 0],
    ['white', [255, 255, 255], 1],
    ['red', [255, 0, 0], 0.2126],
    ['green', [0, 255, 0], 0.7152],
    ['blue', [0, 0, 255], 0.0722],
    ['#777777', [119, 119, 119], 0.1845],
    ['#0a0a0a, in the linear part', [10, 10, 10], 0.00304],
    ['silver', [192, 192, 192], 0.5271],
  ])('of %s', (_, channels, expected) => {
    expect(luminance(channels)).toBeCloseTo(expected, 4);
  });
});

describe('the ground of a line', () => {
  it.each([
    ['white paper', [255, 255, 255], 'light'],
    ['a blog’s off-white', [248, 248, 246], 'light'],
    ['sepia', [232, 220, 196], 'light-dim'],
    ['silver', [192, 192, 192], 'black'],
    ['mid grey', [128, 128, 128], 'black'],
    ['a dark grey', [90, 90, 90], 'white'],
    ['a night mode', [56, 60, 64], 'dark-dim'],
    ['Dark Reader’s ground', [24, 26, 27], 'dark'],
    ['black', [0, 0, 0], 'dark'],
  ])('%s is found', (_, channels, ground) => {
    expect(groundFor(luminance(channels))).toBe(ground);
  });

  it.each([
    [1, 'light'],
    [0.851, 'light'],
    [0.85, 'light-dim'],
    [0.72, 'light-dim'],
    [0.719, 'black'],
    [0.18, 'black'],
    [0.179, 'white'],
    [0.055, 'white'],
    [0.054, 'dark-dim'],
    [0.032, 'dark-dim'],
    [0.0309, 'dark'],
    [0, 'dark'],
  ])('at luminance %d is %s', (value, ground) => {
    expect(groundFor(value)).toBe(ground);
  });
});
